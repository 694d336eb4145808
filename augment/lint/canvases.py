"""Which sizes images have on their way through a program, found without any pixels: two sizes of input, many draws."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from augment.errors import SampleError
from augment.program.leaf import Leaf
from augment.program.lower import Program

Size = tuple[int, int]
INPUTS: tuple[Size, ...] = ((1543, 2017), (2049, 1367))  # odd, of either orientation, and larger than the windows of most crops


class Canvases(NamedTuple):
    """The sizes before and after each op, by its path, over all inputs and draws."""

    passed: Mapping[str, frozenset[tuple[Size, Size]]]
    ends: tuple[frozenset[Size], ...]
    """Of the result, for each input."""

    @classmethod
    def of(cls, program: Program, drawn: Iterable[Mapping[str, Any]], image: str) -> Canvases:
        """Follow one image of the targets through what is drawn of a program."""
        leaves = [leaf for leaf in program.leaves if leaf.concerns(image)]
        passed: dict[str, set[tuple[Size, Size]]] = defaultdict(set)
        ends = []
        for size in INPUTS:
            final = set()
            for values in drawn:
                end = size
                for leaf, before, after in _way(leaves, values, size):
                    passed[leaf.path].add((before, after))
                    end = after
                final.add(end)
            ends.append(frozenset(final))
        return cls({path: frozenset(sizes) for path, sizes in passed.items()}, tuple(ends))

    def before(self, path: str) -> Size | None:
        """The size before an op, if the spec alone decides it."""
        found = {before for before, _ in self.passed.get(path, ())}
        return next(iter(found)) if len(found) == 1 else None

    def after(self, path: str) -> Size | None:
        """The size after an op, if the spec alone decides it."""
        found = {after for _, after in self.passed.get(path, ())}
        return next(iter(found)) if len(found) == 1 else None


def _way(leaves: list[Leaf], values: Mapping[str, Any], size: Size) -> Iterator[tuple[Leaf, Size, Size]]:
    for leaf in leaves:
        if leaf.active(values):
            after = canvas_after(leaf, values, size)
            if after is None:
                return
            yield leaf, size, after
            size = after


def canvas_after(leaf: Leaf, values: Mapping[str, Any], size: Size) -> Size | None:
    """Return the canvas after a leaf; None where an image of this size cannot go on."""
    try:
        return leaf.op.canvas_after(values.get(leaf.key, {}), size)
    except SampleError:
        return None
