"""From a spec to its program: what runs, in order, for every sample, and the values that are drawn for it."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Literal

import numpy as np

from augment.errors import Mistake, SpecError
from augment.ops.kinds import Drawn, Geometric, Scale
from augment.program.ahead import Ahead, Coming
from augment.program.block import Values
from augment.program.flatten import Break, flatten
from augment.program.leaf import Leaf
from augment.program.plan import Plan
from augment.program.steps import PASSES, Step, drop_noops, gather_alternatives
from augment.program.tail import parted
from augment.random import sample_key, seed_number
from augment.spec.node import Pipeline
from augment.spec.places import located, places_of
from augment.spec.views import refuse_views


@dataclass(frozen=True)
class Program:
    """A lowered spec: what runs, in order, for every sample."""

    pipeline: Pipeline
    stage: str
    seed: int
    plan: Plan
    unfused: tuple[Step, ...]
    steps: tuple[Step, ...]
    fused: bool = True
    """Whether the passes that join steps were run."""
    tail: Scale | None = None
    """What was parted from its end, where it was: images come out as 8 bits then, whatever they were."""

    @cached_property
    def leaves(self) -> tuple[Leaf, ...]:
        return tuple(leaf for step in self.unfused for leaf in step.leaves)

    @cached_property
    def batch_steps(self) -> tuple[Step, ...]:
        """What a batch runs: alternatives are done at once."""
        return gather_alternatives(self.steps) if self.fused else self.steps

    @cached_property
    def partnered(self) -> bool:
        """Whether it needs other samples."""
        return any(step.partnered for step in self.steps)

    @cached_property
    def relabels(self) -> bool:
        """Whether labels change."""
        return any(step.leaves[0].op.relabels for step in self.steps)

    @cached_property
    def mixes(self) -> bool:
        """Whether it joins samples."""
        return any(step.mixes for step in self.steps)

    @cached_property
    def full_scale(self) -> float | None:
        """Of images that are neither 8 bits nor floats, if the first op on images says it."""
        first = next((leaf.op for leaf in self.leaves if leaf.op.modality == "image"), None)
        return first.full_scale if first else None

    @cached_property
    def makes(self) -> Literal["float32", "uint8"] | None:
        """The type that images come out in, whatever they were; None where they keep theirs."""
        if self.tail is not None:
            return "uint8"
        return "float32" if any(leaf.op.floats for leaf in self.leaves) else None

    @property
    def floats(self) -> bool:
        """Whether images come out as floats, whatever they were."""
        return self.makes == "float32"

    @cached_property
    def outline(self) -> int:
        """Of how many points the outline of a box is followed: more than its corners where lines are bent."""
        return 16 if any(leaf.op.displaces for leaf in self.leaves) else 4

    @cached_property
    def fill_labels(self) -> tuple[int, ...]:
        """The labels that ops write into masks."""
        return tuple(leaf.op.fill_label for leaf in self.leaves if leaf.op.fill_label is not None)

    def joined(self, name: str, steps: int | None = None) -> int:
        """Of how many samples there are rows in a target of one, at most, after so many steps (or all): each mix multiplies
        them."""
        mixes = (step.leaves[0] for step in self.steps[:steps] if step.mixes)
        return math.prod(leaf.op.sources for leaf in mixes if leaf.concerns(name))

    @cached_property
    def soft_labels(self) -> bool:
        """Whether class numbers come out as one-hot rows: labels change, or ``classes`` asks for them."""
        return self.relabels or any(target.classes is not None for target in self.pipeline.targets.values())

    def without(self, keys: Collection[str]) -> Program:
        """Return the program without some of its ops, by key; all draws stay as they are."""

        def rest(steps: tuple[Step, ...]) -> tuple[Step, ...]:
            left = (replace(s, leaves=tuple(leaf for leaf in s.leaves if leaf.key not in keys)) for s in steps)
            return tuple(s for s in left if s.leaves)

        return replace(self, unfused=rest(self.unfused), steps=rest(self.steps)) if keys else self

    def values(self, index: Any, epoch: Any = 0, coming: Coming | None = None) -> Values:
        """The drawn values of a sample, or of a vector of samples; ``coming(n)`` guesses which n samples, (epoch, index), follow
        a single one.

        Raises `SampleError` on a negative one.
        """
        single = type(index) is int and type(epoch) is int
        found = self._ahead.take((epoch, index), self._draw, coming) if single else None
        return self._draw(epoch, index) if found is None else found

    def values_of(self, words: tuple[int, int], coming: Coming) -> Values:
        """The drawn values of the sample with these two words of a key; ``coming(n)`` guesses those of the n that follow."""
        found = self._unkeyed.take(words, self._draw_by, coming)
        return self._draw_by(*np.array(words, np.uint32)) if found is None else found

    def expect(self, keys: Iterable[tuple[int, int]]) -> None:
        """Draw at once for samples, (epoch, index), that will be asked for; a guess that is wrong costs its time alone."""
        self._ahead.prepare(keys, self._draw)

    @cached_property
    def _ahead(self) -> Ahead:
        return Ahead(len(self.plan.slots))

    @cached_property
    def _unkeyed(self) -> Ahead:
        return Ahead(len(self.plan.slots))

    def _draw(self, epoch: Any, index: Any) -> Values:
        return self.plan.draw(sample_key(self.seed, epoch, index))

    def _draw_by(self, first: Any, second: Any) -> Values:
        return self.plan.draw((first.astype(np.uint32), second.astype(np.uint32)))


def lower(
    pipeline: Pipeline, *, stage: str = "train", seed: int | None = None, fuse: bool = True, part: bool = False
) -> Program:
    """Lower a spec; ``part`` leaves out the ops at its end that make floats of images, which are the program's `tail` then.

    Raises `SpecError` on an order of ops that has no meaning (a colour op after normalize), or that cannot be parted, and on a
    spec with views, of which each is a program of its own.
    """
    refuse_views(pipeline)
    items, plan = flatten(pipeline, stage)
    steps: list[Step] = []
    broken = False
    for item in items:
        if isinstance(item, Break):
            broken = True
        else:
            op = item.op
            primitive = "resize" if op.separable else op.primitive
            steps.append(Step(primitive, (item,), after_break=broken))
            broken = False
    _check_order([leaf for step in steps for leaf in step.leaves])
    unfused, tail = drop_noops(tuple(steps)), None
    if part:
        try:
            unfused, tail = parted(unfused)
        except SpecError as error:
            raise SpecError([located(one, places_of(pipeline)) for one in error.mistakes]) from None
    fused = unfused
    for improve in PASSES if fuse else ():
        fused = improve(fused)
    return Program(pipeline, stage, pipeline.seed if seed is None else seed_number(seed), plan, unfused, fused, fuse, tail)


def _check_order(leaves: list[Leaf]) -> None:
    mistakes: list[Mistake] = []
    done: list[Leaf] = []
    for i, leaf in enumerate(leaf for leaf in leaves if leaf.op.modality == "image"):
        if leaf.op.full_scale is not None and i:
            mistakes.append(Mistake(leaf.path, "to_float with max reads the input, so it must be the first op"))
        normalized = next((one for one in done if _meet(one.op, leaf.op)), None)
        if normalized and leaf.op.ranged:
            text = f"cannot stand after {normalized.path}: it works on values from 0 to 1; move it before"
            mistakes.append(Mistake(leaf.path, text))
        if normalized and isinstance(leaf.op, Geometric) and leaf.op.samples and leaf.op.interpolation == "bicubic":
            text = f"bicubic clips to 0..1, so it cannot stand after {normalized.path}; move it before"
            mistakes.append(Mistake(leaf.path, text))
        if normalized and normalized.op.own and _fills(leaf.op):
            text = f"fills, and after {normalized.path} no colour is the same for every image; move it before"
            mistakes.append(Mistake(leaf.path, text))
        if leaf.op.normalizes:
            if leaf.gate:
                text = f"{leaf.op.name()} must always be applied, or the range of the output would vary"
                mistakes.append(Mistake(leaf.path, text))
            done.append(leaf)
    if mistakes:
        raise SpecError(mistakes)


def _meet(one: Drawn, other: Drawn) -> bool:
    """Whether two ops may be done to one image."""
    return one.on is None or other.on is None or not set(one.on).isdisjoint(other.on)


def _fills(op: Drawn) -> bool:
    """Whether an op may fill a part of the canvas."""
    return op.samples if op.relocates else "fill" in type(op).model_fields  # type: ignore[attr-defined]


__all__ = ["Program", "Step", "lower"]
