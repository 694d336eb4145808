"""The steps that kernels run, and the passes that join them.

A step is one primitive with the leaves that it stands for, so `explain` can say which line became what. Passes go from steps to
steps; the meaning of a run of geometric ops (one map, sampled once) is that of the language, see docs/meaning.md.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property

from augment.ops.kinds import Geometric
from augment.program import alternatives
from augment.program.leaf import Leaf


@dataclass(frozen=True)
class Step:
    """One primitive, and the leaves that feed it."""

    primitive: str
    leaves: tuple[Leaf, ...]
    after_break: bool = False

    @cached_property
    def border(self) -> tuple[str, str]:
        """Border and interpolation of a run: those of its first op that looks at the border."""
        ops = [leaf.op for leaf in self.leaves if isinstance(leaf.op, Geometric)]
        op = next((op for op in ops if op.samples), ops[0])
        return op.border, op.interpolation

    @cached_property
    def sized(self) -> bool:
        """Whether what it is given has mostly one size in all samples."""
        return self.leaves[0].sized

    @cached_property
    def groups(self) -> list[alternatives.Group]:
        """Its leaves in order, with those that exclude each other and are done at once side by side."""
        return alternatives.groups(self.leaves)

    @cached_property
    def partnered(self) -> bool:
        """Whether it needs other samples."""
        return self.leaves[0].op.partnered

    @property
    def mixes(self) -> bool:
        """Whether it joins the sample with others."""
        return self.leaves[0].op.mixes

    @cached_property
    def normalizes(self) -> bool:
        """Whether one of its ops changes the range of an image, with colours that are written as fractions."""
        return any(leaf.op.normalizes for leaf in self.leaves)

    @cached_property
    def limited(self) -> bool:
        """Whether some of its ops are not for all targets."""
        return any(leaf.op.on is not None for leaf in self.leaves)

    @cached_property
    def forsaken(self) -> frozenset[str]:
        """Kinds of targets that one of its ops would leave behind."""
        return frozenset(kind for leaf in self.leaves for kind in leaf.op.disturbs - leaf.op.moves)

    @cached_property
    def painted(self) -> frozenset[str]:
        """Kinds of rasters, beside images, whose values its ops change."""
        ops = [leaf.op for leaf in self.leaves if not leaf.op.relocates and not leaf.op.mixes]
        return frozenset(kind for op in ops for kind in op.moves & {"mask"})

    @property
    def free(self) -> bool:
        """Whether all its ops only move whole pixels, and so join a run of any border."""
        return not any(leaf.op.samples for leaf in self.leaves)

    @cached_property
    def looks(self) -> bool:
        """Whether its first op decides by boxes or masks what becomes of a sample, so that none may move them before."""
        op = self.leaves[0].op
        return bool(op.reads) and not op.mixes

    @property
    def torn(self) -> bool:
        """Whether a field of it has jumps, which nothing may be sampled across."""
        return any(leaf.op.torn for leaf in self.leaves)


Pass = Callable[[tuple[Step, ...]], tuple[Step, ...]]


def drop_noops(steps: tuple[Step, ...]) -> tuple[Step, ...]:
    """Drop what never does anything: identity, and ``p: 0``."""
    out, broken = [], False
    for step in steps:
        broken = broken or step.after_break
        if step.primitive != "none" and step.leaves[0].op.p != 0:
            out.append(replace(step, after_break=broken))
            broken = False
    return tuple(out)


def fuse_runs(steps: tuple[Step, ...]) -> tuple[Step, ...]:
    """Join neighbouring geometric ops of one border and interpolation into one map."""

    def joins(a: Step, b: Step) -> bool:
        apart = b.looks or a.torn or b.torn
        return a.primitive == b.primitive == "resample" and not apart and (a.free or b.free or a.border == b.border)

    return _join(steps, joins)


def fuse_colours(steps: tuple[Step, ...]) -> tuple[Step, ...]:
    """Join neighbouring pointwise ops, normalize and to_float included, into one chain."""
    return _join(steps, lambda a, b: a.primitive == b.primitive == "pointwise")


def _join(steps: tuple[Step, ...], joins: Callable[[Step, Step], bool]) -> tuple[Step, ...]:
    out: list[Step] = []
    for step in steps:
        # a break ends runs of geometry; colours may join across it, as nothing is sampled there
        blocked = step.after_break and step.primitive == "resample"
        if out and not blocked and joins(out[-1], step):
            out[-1] = replace(out[-1], leaves=out[-1].leaves + step.leaves)
        else:
            out.append(step)
    return tuple(out)


def gather_alternatives(steps: tuple[Step, ...]) -> tuple[Step, ...]:
    """Join what batches do at once: steps that exclude each other, over others that they exclude, too."""

    def join(a: Step, b: Step) -> Step | None:
        if a.primitive != b.primitive or a.partnered or not _gathers(a, b):
            return None
        return replace(a, leaves=a.leaves + b.leaves)

    return tuple(alternatives.gather(steps, lambda step: step.leaves, join))


def _gathers(a: Step, b: Step) -> bool:
    if a.primitive == "resample":
        return a.border == b.border and all(leaf.op.canvas == "same" for leaf in a.leaves + b.leaves)
    if a.primitive == "pointwise":
        return not any(leaf.op.floats for leaf in a.leaves + b.leaves)
    return len(alternatives.groups(a.leaves + b.leaves)) == 1


PASSES: tuple[Pass, ...] = (drop_noops, fuse_runs, fuse_colours)


__all__ = ["PASSES", "Step", "drop_noops", "fuse_colours", "fuse_runs", "gather_alternatives"]
