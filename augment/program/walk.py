"""The map of a run: from its output back to its source, canvas by canvas.

Coordinates are pixels relative to the centre of a canvas, so that flips, turns and resizes have no offsets and float32 is enough.
A kernel walks the legs backwards; points (boxes, keypoints) go through them forwards.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import repeat
from typing import Any

import numpy as np

from augment.errors import SampleError
from augment.ops.kinds import Geometric, Move, Size, Window
from augment.program.block import Block, Row
from augment.program.leaf import Leaf
from augment.program.steps import Step
from augment.program.unbend import unbend

Array = Any
SIZES = 256
"""Of how many sizes of images it is remembered what ops do that draw nothing."""
HORIZON = 1e-6
"""Where the w of a homography is smaller, on the way back to the source, there is nothing to see."""


@dataclass(slots=True, eq=False)
class Leg:
    """One op of a run: the canvas that it reads, and the way back to it. Nobody changes one; to forbid it would take its time."""

    inverse: Array
    """(..., 3, 3): from its output to its input canvas, both relative to their centres."""
    size: Size
    """Of its input canvas."""
    sides: Any
    """Whether the input canvas fades at its left, top, right and bottom: one for all, or four; bools or (...) arrays."""
    fill: tuple[float, ...]
    field: Array | None = None
    """(..., h, w, 2) on the output canvas."""
    output: Size = (0, 0)
    path: str = ""
    """Of the op in the spec."""
    projective: bool = True
    """Whether the last row of ``inverse`` may differ from 0, 0, 1."""
    onward: Array | None = None
    """(..., h, w, 2): on the input canvas, where the field has tears: see `Move`."""
    window: Window | None = None
    """What is resized, of an op that resizes in a step of its own."""
    whole: bool | None = None
    """Whether pixels go to pixels, once somebody has found out."""
    known: dict[tuple[float, ...], Any] = dataclasses.field(default_factory=dict)
    """What native code reads of it beside its matrix, by its fill: legs of a block, which differ in their matrices, share it."""


@dataclass(slots=True, eq=False)
class Walk:
    """A run with its drawn parameters; nobody changes one either."""

    legs: tuple[Leg, ...]
    """In the order of the spec."""
    size: Size
    """Of the output."""
    border: str
    interpolation: str
    beside: Walks | None = None
    number: int = 0
    """Among those."""

    @property
    def source(self) -> Size:
        return self.legs[0].size

    def fades(self, leg: Leg) -> bool:
        """Whether a leg's canvas can matter (always, where it is decided per sample)."""
        return any(s is not False for s in leg.sides) if isinstance(leg.sides, tuple) else leg.sides is not False


@dataclass(slots=True, eq=False)
class Walks:
    """Walks of samples to which the same is done: what a kernel finds out about one, it may find for all at once."""

    legs: list[tuple[Leg, ...]]
    size: Size
    border: str
    interpolation: str
    found: dict[Any, Sequence[Any]] = dataclasses.field(default_factory=dict)
    """What was found out, of each walk; it stays until the block is done."""

    def walk(self, number: int) -> Walk:
        return Walk(self.legs[number], self.size, self.border, self.interpolation, self, number)


def step_walk(step: Step, leaves: tuple[Leaf, ...], values: Mapping[str, Any], size: Size) -> Walk:
    """Build the walk of one sample through those of a step's leaves that are active, with those of its block where that pays."""
    if isinstance(values, Row):
        block = values.block
        if leaves is block.opened(step)[values.number] and block.pays(step, size):
            walks, number = block.once(step, size, partial(_walks, step, size, block)).get(values.number, (None, 0))
            if walks is not None:
                return walks.walk(number)
    return host_walk(leaves, values, size, *step.border)


def _walks(step: Step, size: Size, block: Block) -> dict[int, tuple[Walks, int]]:
    """The walks of the samples of a block, by their numbers, and which of several each is; but for those of which some op has to
    be asked alone."""
    found: dict[int, tuple[Walks, int]] = {}
    for leaves, numbers in block.alike(step):
        columns, at = [], size
        for leaf in leaves:
            legs = _still(leaf, at) if leaf.still else _foreseen(leaf, block, at)
            if legs is None:
                break
            columns.append([legs] * len(numbers) if isinstance(legs, Leg) else [legs[number] for number in numbers])
            at = columns[-1][0].output
        else:
            walks = Walks(list(zip(*columns, strict=True)), at, *step.border)
            found |= {number: (walks, i) for i, number in enumerate(numbers)}
    return found


def host_walk(leaves: Iterable[Leaf], values: Mapping[str, Any], size: Size, border: str, interpolation: str) -> Walk:
    """Build the walk of one sample from the leaves that are active. ``size`` is that of the source, in pixels."""
    legs = []
    for leaf in leaves:
        leg = _still(leaf, size) if leaf.still else _ahead(leaf, values, size)
        legs.append(leg or _leg(leaf, _move(leaf, values.get(leaf.key, {}), size), size))
        size = legs[-1].output
    return Walk(tuple(legs), size, border, interpolation)


def _still(leaf: Leaf, size: Size) -> Leg:
    """The leg of an op that draws nothing, remembered."""
    leg = leaf.known.get(size)
    if leg is None:
        leg = _leg(leaf, _move(leaf, {}, size), size)
        if len(leaf.known) < SIZES:
            leaf.known[size] = leg
    return leg


def _ahead(leaf: Leaf, values: Mapping[str, Any], size: Size) -> Leg | None:
    """The leg of a sample, made with those of its block where all of these mostly have one canvas."""
    if not isinstance(values, Row) or not values.block.pays(leaf, size):
        return None
    legs = _foreseen(leaf, values.block, size)
    return None if legs is None else legs.get(values.number)


def _foreseen(leaf: Leaf, block: Block, size: Size) -> dict[int, Leg] | None:
    """The legs of the samples of a block, by their numbers, of an op that moves all by a matrix to one canvas."""
    op = leaf.op
    if op.canvas not in ("same", "fixed") or op.displaces or op.reads:
        return None
    return block.ahead(leaf, size, partial(_legs, leaf, size))


def _legs(leaf: Leaf, size: Size, v: Mapping[str, np.ndarray], count: int) -> list[Leg]:
    """The legs of an op in several samples."""
    move = _move(leaf, v, size)
    first = _leg(leaf, move, size)
    windows: Iterable[Any] = repeat(None, count)
    if first.window is not None:
        windows = map(Window._make, zip(*(np.broadcast_to(side, count).tolist() for side in first.window), strict=True))
    more = first.size, first.sides, first.fill, None, first.output, first.path, first.projective, None
    matrices = np.broadcast_to(np.asarray(move.inverse, float), (count, 3, 3))
    return [Leg(own, *more, window, None, first.known) for own, window in zip(matrices, windows, strict=True)]


def _move(leaf: Leaf, v: Mapping[str, Any], size: Size) -> Move:
    assert isinstance(leaf.op, Geometric)
    try:
        return leaf.op.move(v, size, np)
    except SampleError as error:
        raise error.at(leaf.path) from None


def _leg(leaf: Leaf, move: Move, size: Size) -> Leg:
    assert isinstance(leaf.op, Geometric)
    output = int(move.size[0]), int(move.size[1])
    window = move.window if leaf.op.separable else None
    how = leaf.op.fill, move.field, output, leaf.path, leaf.op.projective, move.onward, window
    return Leg(move.inverse, size, _sides(move.sides), *how)


def _sides(sides: Any) -> Any:
    if isinstance(sides, bool):
        return sides
    four = tuple(bool(s) for s in sides)
    return four[0] if len(set(four)) == 1 else four


def through(leg: Leg, at: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Carry points (n, 2), relative to the centre of a leg's input canvas, to its output: returns them and which could be.

    A point beyond the horizon of a perspective has no image. Displacement fields are inverted, see `unbend`.
    """
    matrix = np.linalg.inv(leg.inverse)
    w = at @ matrix[2, :2] + matrix[2, 2]
    seen = (w > 0) & (w < 1 / HORIZON)  # one over the w of the way back
    moved = (at @ matrix[:2, :2].T + matrix[:2, 2]) / np.where(seen, w, 1)[:, None]
    field = leg.field
    if leg.onward is not None:
        return at + sample_field(leg.onward, whole_pixel(at, leg.size, np)), seen
    return moved if field is None else unbend(moved, lambda at: sample_field(field, at), np), seen


def whole_pixel(at: Array, size: Size, xp: Any) -> Array:
    """The pixel (..., 2) that holds each point; both relative to the centre of a canvas."""
    height, width = size
    middle = [(side - 1) * 0.5 for side in (width, height)]
    return xp.stack([xp.floor(at[..., i] + m + 0.5) - m for i, m in enumerate(middle)], axis=-1)


def sample_field(field: np.ndarray, at: np.ndarray) -> np.ndarray:
    """Read a field (h, w, 2) at coordinates (..., 2) relative to its centre: bilinear, clamped to the edge."""
    height, width = field.shape[:2]
    x = np.clip(at[..., 0] + (width - 1) / 2, 0, width - 1)
    y = np.clip(at[..., 1] + (height - 1) / 2, 0, height - 1)
    x0, y0 = np.minimum(x.astype(int), max(width - 2, 0)), np.minimum(y.astype(int), max(height - 2, 0))
    x1, y1 = np.minimum(x0 + 1, width - 1), np.minimum(y0 + 1, height - 1)
    fx, fy = (x - x0)[..., None], (y - y0)[..., None]
    top = field[y0, x0] * (1 - fx) + field[y0, x1] * fx
    return top * (1 - fy) + (field[y1, x0] * (1 - fx) + field[y1, x1] * fx) * fy
