"""The end of a program that turns images into floats, the same for each of them: what a device does with a batch of bytes."""

from __future__ import annotations

from functools import reduce
from typing import Protocol, TypeVar

import numpy as np

from augment.errors import Mistake, SpecError
from augment.ops.kinds import Labelling, Rescaling, Scale
from augment.program.leaf import Leaf


class _Step(Protocol):
    @property
    def leaves(self) -> tuple[Leaf, ...]: ...


S = TypeVar("S", bound=_Step)


def parted(steps: tuple[S, ...]) -> tuple[tuple[S, ...], Scale]:
    """Return the steps, each of one leaf, without those at the end that rescale every image, and what these do together.

    Raises `SpecError`, with the place, where something else stands among them or behind them, or where there are none.
    """
    on_images = [step for step in steps if step.leaves[0].op.modality == "image" and not isinstance(step.leaves[0].op, Labelling)]
    ending: list[S] = []
    while on_images and _rescales(on_images[-1].leaves[0]):
        ending.insert(0, on_images.pop())
    left = [step.leaves[0] for step in on_images]
    if early := next((leaf for leaf in left if leaf.op.normalizes), None):
        raise SpecError([Mistake(left[-1].path, _why(early, left[-1]))])
    if not ending:
        none = "output='uint8' parts the ops that make floats from the end, and this spec ends in no normalize or to_float"
        raise SpecError(f"{none}: images of 8 bits come out as such without it")
    scales = (step.leaves[0].op.scale for step in ending)  # type: ignore[attr-defined]
    return tuple(step for step in steps if step not in ending), reduce(_then, scales, Scale())


def _rescales(leaf: Leaf) -> bool:
    return isinstance(leaf.op, Rescaling) and leaf.op.on is None and leaf.op.full_scale is None and not leaf.gate


def _why(early: Leaf, last: Leaf) -> str:
    asks = "output='uint8' parts the ops that make floats from the end"
    if early is not last:
        return f"{asks}, and this one stands behind {early.path}: move it before, or leave output out"
    if early.op.on is not None:
        return f"{asks}, for all images alike, and this one is limited to {', '.join(early.op.on)}: leave output out"
    return f"{asks}, and this one takes its numbers from each image: use normalize, or leave output out"


def _then(first: Scale, second: Scale) -> Scale:
    (gain, offset), (more, shift) = (map(np.array, scale) for scale in (first, second))
    return Scale(tuple((gain * more).tolist()), tuple((offset * more + shift).tolist()))


__all__ = ["parted"]
