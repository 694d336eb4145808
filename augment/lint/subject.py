"""What rules look at: the spec with its places, its program, the sizes that images have in it, and what was measured."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from augment.lint.canvases import Canvases
from augment.lint.names import Names
from augment.program.leaf import Leaf
from augment.program.lower import Program
from augment.sample import DEFAULT_TARGETS, Target
from augment.spec.check import Place, walk
from augment.spec.comments import Comment
from augment.spec.ledger import path_text
from augment.spec.node import Op, Pipeline
from augment.spec.places import Places, places_of

if TYPE_CHECKING:
    from augment.backend import Backend
    from augment.lint.measure import Measured

DRAWS = 48
"""So many samples are drawn where draws are looked at."""


@dataclass(frozen=True)
class Subject:
    """A spec under examination."""

    pipeline: Pipeline
    program: Program
    """Of the train stage, not fused: each step is one op."""
    samples: Sequence[Any] | None = None
    """The files that were given."""
    backends: tuple[Backend, ...] = ()
    idle: tuple[tuple[Comment, str], ...] = ()
    """Comments, each with a rule that it ignores where that rule finds nothing."""

    @cached_property
    def nodes(self) -> tuple[Place, ...]:
        """Every op and combinator of the spec, in order."""
        return tuple(walk(self.pipeline.pipeline))

    @cached_property
    def ops(self) -> tuple[tuple[str, Op], ...]:
        """The path of each op, and the op."""
        return tuple((path_text(place.path), place.node) for place in self.nodes if isinstance(place.node, Op))

    @cached_property
    def leaves(self) -> tuple[Leaf, ...]:
        """What the ops become, in the order in which it runs."""
        return self.program.leaves

    @cached_property
    def targets(self) -> dict[str, Target]:
        return dict(self.pipeline.targets) or DEFAULT_TARGETS

    @property
    def images(self) -> tuple[str, ...]:
        return tuple(name for name, target in self.targets.items() if target.kind == "image")

    @cached_property
    def names(self) -> Names:
        """Of the given files."""
        return Names.of(self.samples)

    @cached_property
    def places(self) -> Places:
        return places_of(self.pipeline)

    @cached_property
    def drawn(self) -> tuple[Mapping[str, Any], ...]:
        """The values of the first samples of an epoch."""
        return tuple(self.program.values(index) for index in range(DRAWS))

    @cached_property
    def canvases(self) -> dict[str, Canvases]:
        """Of each image."""
        return {name: Canvases.of(self.program, self.drawn, name) for name in self.images}

    def sizes(self, leaf: Leaf) -> Iterator[tuple[int, int]]:
        """Yield the sizes in which images come to a leaf, as far as the spec or the given files tell them."""
        for name in self.images:
            if leaf.concerns(name):
                known = self.canvases[name].before(leaf.path)
                if known:
                    yield known
                elif self.samples is not None and (seen := self.measured.ops.get(leaf.path)):
                    yield from seen.sizes

    @cached_property
    def measured(self) -> Measured:
        """On the given files, or on a photograph that comes with the package."""
        from augment.lint.measure import measure

        return measure(self.program, self.samples)
