"""Boxes and keypoints of a batch: padded rows that travel as points, the policies for what leaves, and mixing.

A row that is gone keeps its place. Rows come out as in Keras: boxes of zeros with the class −1, keypoints at (−1, −1).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import keras
import numpy as np
from keras import ops

from augment.engine.batch import Batch, BatchPoints
from augment.engine.visible import edges_over, outside, seen
from augment.errors import SampleError
from augment.ops.kinds import Composition, Placement
from augment.program.leaf import Leaf
from augment.sample import Target
from augment.sample.sides import FlipPairs, mirrors
from augment_keras.kernels.coordinates import constant

Tensor = Any
Size = tuple[Any, Any]
GONE = -1
CLASSES = frozenset({
    "labels", "classes", "label", "class", "class_ids", "class_id", "class_labels", "category_ids", "category_id", "categories",
    "category", "cls",
})  # fmt: skip
"""Under these names a row says of which class it is, and −1 says of none: Keras has ``labels``, KerasCV ``classes``."""


@dataclass
class Rows(BatchPoints):
    """The boxes or keypoints of one target: ``at`` (B, n, k, 2), what they carry (B, n, ...), and further columns."""

    target: Target = field(kw_only=True)
    carried: dict[str, Tensor] = field(default_factory=dict, kw_only=True)
    extra: Tensor | None = field(default=None, kw_only=True)
    real: Tensor | None = field(default=None, kw_only=True)
    """(B, n): the keypoints that were no padding on the way in."""

    def turn(self, inverse: Tensor) -> None:
        flips = self.target.flip_pairs
        if not flips.pairs:
            return
        if isinstance(count := self.at.shape[1], int):
            flips.partners(count, self.target.kind)  # raises on rows that these are not the pairs of
        which = mirrors(inverse)
        self.at, self.alive = _swapped(self.at, which, flips), _swapped(self.alive, which, flips)
        self.extra, self.real = _swapped(self.extra, which, flips), _swapped(self.real, which, flips)
        self.carried = {name: _swapped(rows, which, flips) for name, rows in self.carried.items()}

    def hulls(self) -> Tensor:
        """(B, n, 4): x0, y0, x1, y1 in edge coordinates, unclipped."""
        if self.at.shape[1] == 0:  # of no rows there is no lowest
            return ops.concatenate([self.at[:, :, 0], self.at[:, :, 0]], axis=-1)
        return ops.concatenate([ops.min(self.at, axis=2), ops.max(self.at, axis=2)], axis=-1) + 0.5

    def clip(self) -> None:
        """Cut the boxes at the canvas, and drop by policy."""
        hulls = self.hulls()
        self.cut(ops.maximum(ops.minimum(hulls, _corner(self.size)), 0.0), areas(hulls))

    def cut(self, boxes: Tensor, before: Tensor, after: Tensor | None = None) -> None:
        """Replace the boxes by what is left of them, and drop by policy; ``after`` are their areas, if not all of it is seen."""
        after, least = areas(boxes) if after is None else after, self.target.min_area
        height, width = self.size
        low = least.support[0] * (1 if least.unit == "px" else height * width)
        keep = ops.logical_and(after > 0, after >= low)
        keep = ops.logical_and(keep, after >= self.target.min_visibility * before)
        self.alive = ops.logical_and(self.alive, keep)
        self.at = outline(boxes, self.at.shape[2])

    def where(self, open_: Any, other: Rows) -> Rows:
        """Itself where a gate (B,) is open, else ``other``."""
        if open_ is True:
            return self
        at = ops.where(open_[:, None, None, None], self.at, other.at)
        alive = ops.where(open_[:, None], self.alive, other.alive)
        return Rows(at, alive, self.size, target=self.target, carried=self.carried, extra=self.extra)


def _swapped(rows: Tensor, which: Tensor, flips: FlipPairs) -> Tensor:
    """Rows (B, n, ...) with those of pairs in each other's place in some samples; words name places, and stay."""
    if keras.backend.standardize_dtype(rows.dtype) == "string":
        return rows
    shape, rest, order = ops.shape(rows), rows.shape[2:], flips.swap()
    if flips.rows:
        other = ops.take(ops.reshape(rows, (shape[0], -1, flips.rows, *rest)), order, axis=2)
        other = ops.reshape(other, (shape[0], shape[1], *rest))
    else:
        other = ops.concatenate([ops.take(rows[:, : len(order)], order, axis=1), rows[:, len(order) :]], axis=1)
    return ops.where(ops.reshape(which, (-1,) + (1,) * (len(rows.shape) - 1)), other, rows)


def areas(boxes: Tensor) -> Tensor:
    return ops.maximum(boxes[..., 2] - boxes[..., 0], 0.0) * ops.maximum(boxes[..., 3] - boxes[..., 1], 0.0)


def outline(boxes: Tensor, count: int) -> Tensor:
    """(B, n, count, 2): points on the outline of boxes, in index coordinates; 4 (the corners) or 16."""
    t = np.arange(count // 4) / (count // 4)
    one, zero = np.ones_like(t), np.zeros_like(t)
    share = np.stack([np.concatenate([t, one, 1 - t, zero]), np.concatenate([zero, t, one, 1 - t])], axis=-1)
    low, span = boxes[..., None, :2], (boxes[..., 2:] - boxes[..., :2])[..., None, :]
    return low + span * constant(share) - 0.5


def _corner(size: Size) -> Tensor:
    """(4,): width, height, width, height."""
    height, width = size
    if isinstance(height, int) and isinstance(width, int):
        return constant([width, height, width, height])
    return ops.stack([ops.cast(n, "float32") for n in (width, height, width, height)])


# Reading and writing -------------------------------------------------------------------------------------------------


def read_boxes(boxes: Tensor, target: Target, size: Size, carried: dict[str, Tensor], outline_points: int) -> Rows:
    """Read boxes (B, n, 4); rows of the class −1, or without area, are padding."""
    boxes = to_xyxy(ops.cast(boxes, "float32"), target.format, size)
    alive, real = areas(boxes) > 0, of_a_class(carried, 2, ops)
    alive = alive if real is True else ops.logical_and(alive, real)
    return Rows(outline(boxes, outline_points), alive, size, target=target, carried=carried)


def write_boxes(rows: Rows, dtype: str) -> tuple[Tensor, dict[str, Tensor]]:
    """The clipped boxes (B, n, 4) in the format that came in, and what they carry."""
    rows.clip()
    boxes = from_xyxy(rows.hulls(), rows.target.format, rows.size)
    return ops.cast(ops.where(rows.alive[..., None], boxes, 0.0), dtype), _carried(rows, rows.alive)


def read_keypoints(keypoints: Tensor, target: Target, size: Size, carried: dict[str, Tensor]) -> Rows:
    """Read keypoints (B, n, 2 or more), x and y first; rows at (−1, −1) are padding."""
    at = ops.cast(keypoints[..., :2], "float32")
    alive = ops.logical_not(ops.all(at == GONE, axis=-1))
    return Rows(at[:, :, None], alive, size, target=target, carried=carried, extra=keypoints[..., 2:], real=alive)


def write_keypoints(rows: Rows, dtype: str) -> tuple[Tensor, dict[str, Tensor]]:
    """The keypoints, with their further columns, and what they carry."""
    at = rows.at[:, :, 0]
    if rows.target.invisible == "keep":
        alive = rows.real
    else:
        corner = _corner(rows.size)[:2]
        seen = ops.all(ops.logical_and(at >= -0.5, at < corner - 0.5), axis=-1)
        alive = ops.logical_and(rows.alive, seen)
    at = ops.cast(ops.where(alive[..., None], at, float(GONE)), dtype)
    extra = ops.where(alive[..., None], rows.extra, ops.zeros_like(rows.extra))
    return ops.concatenate([at, ops.cast(extra, dtype)], axis=-1), _carried(rows, alive)


def _carried(rows: Rows, alive: Tensor) -> dict[str, Tensor]:
    out = {}
    for name, values in rows.carried.items():
        mask = ops.reshape(alive, (*ops.shape(alive), *(1,) * (len(values.shape) - 2)))
        gone = ops.full_like(values, nothing(name, keras.backend.standardize_dtype(values.dtype)))
        out[name] = ops.where(mask, values, gone)
    return out


def of_a_class(carried: Mapping[str, Any], axes: int, xp: Any) -> Any:
    """Which rows are not marked as padding by a class, of entries with so many ``axes`` up to the rows; True if none has one."""
    out: Any = True
    for name in sorted(carried.keys() & CLASSES):
        real = carried[name] != GONE
        if len(carried[name].shape) > axes:  # a row of numbers for each
            real = xp.any(real, axis=tuple(range(axes, len(carried[name].shape))))
        out = real if out is True else xp.logical_and(out, real)
    return out


def nothing(name: str, dtype: str) -> int:
    """What stands in a row that is gone: −1 for classes and whole numbers, of which 0 is one like others; else 0."""
    return GONE if name in CLASSES or dtype.startswith("int") else 0


def to_xyxy(boxes: Tensor, form: str, size: Size) -> Tensor:
    if form == "yolo":
        boxes = boxes * _corner(size)
    low, high = boxes[..., :2], boxes[..., 2:]
    if form in ("cxcywh", "yolo"):
        low, high = low - high * 0.5, low + high * 0.5
    elif form == "xywh":
        high = low + high
    return ops.concatenate([low, high], axis=-1)


def from_xyxy(boxes: Tensor, form: str, size: Size) -> Tensor:
    low, high = boxes[..., :2], boxes[..., 2:]
    if form in ("cxcywh", "yolo"):
        low, high = (low + high) * 0.5, high - low
    elif form == "xywh":
        high = high - low
    boxes = ops.concatenate([low, high], axis=-1)
    return boxes / _corner(size) if form == "yolo" else boxes


# Mixing --------------------------------------------------------------------------------------------------------------


def mix_points(leaf: Leaf, batch: Batch, composition: Composition, partners: Sequence[Tensor], open_: Any) -> None:
    """Append the boxes of the partners, and keep what is visible of each sample's.

    The rows of all follow each other; where the gate is closed, those of the partners are padding.
    """
    for name, mine in batch.points.items():
        assert isinstance(mine, Rows)
        if not leaf.concerns(name):
            continue
        if mine.target.kind != "boxes":
            raise SampleError(f"{leaf.path}: cannot move {name} ({mine.target.kind})")
        theirs = _padded(batch.donors.points[name], mine) if batch.donors else mine  # type: ignore[arg-type]
        before = Rows(mine.at, mine.alive, mine.size, target=mine.target, carried=mine.carried)
        theirs = replace(theirs)
        for rows in (mine, theirs):
            rows.clip()
        groups = [mine, *(_of_partner(theirs, partner, mine) for partner in partners)]
        if composition.pair is None:
            for i, placement in enumerate(composition.placements):
                _place(groups[placement.source], placement, edges_over(composition.placements[i + 1 :]))
        elif (rectangle := composition.pair.rectangle) is not None:
            y0, x0, y1, x1 = (rectangle[:, None, i] for i in range(4))
            hulls = mine.hulls()
            mine.cut(outside(hulls, (x0, y0, x1, y1), ops), areas(hulls))
            theirs_at = groups[1].hulls()
            groups[1].cut(_within(theirs_at, (y0, x0, y1, x1)), areas(theirs_at))
        elif (second := composition.pair.shown) is not None:
            for rows, shown in zip(groups, (ops.logical_not(second), second), strict=True):
                hulls = rows.hulls()
                left, share = seen(hulls, shown, ops)
                rows.cut(left, areas(hulls), areas(hulls) * share)
        if open_ is not True:
            for other in groups[1:]:
                other.alive = ops.logical_and(other.alive, open_[:, None])
        groups[0] = mine.where(open_, before)
        carried = {key: ops.concatenate([rows.carried[key] for rows in groups], axis=1) for key in mine.carried}
        at, alive = (ops.concatenate([getattr(rows, part) for rows in groups], axis=1) for part in ("at", "alive"))
        batch.points[name] = Rows(at, alive, mine.size, target=mine.target, carried=carried)


def _of_partner(rows: Rows, partner: Tensor, like: Rows) -> Rows:
    def take(tensor: Tensor) -> Tensor:
        return ops.take(tensor, partner, axis=0)

    carried = {key: take(tensor) for key, tensor in rows.carried.items()}
    return Rows(take(rows.at), take(rows.alive), like.size, target=like.target, carried=carried)


def _place(rows: Rows, placement: Placement, over: Sequence[tuple[Any, Any, Any, Any]]) -> None:
    """Move boxes with the window that shows them, cut them at its edges, and cut off what others hide."""
    y, x, height, width, top, left, tall, wide = (
        _edge(n) for n in (*placement.window, placement.y, placement.x, *placement.size)
    )
    moved = rows.hulls() - ops.stack([x, y, x, y], axis=-1)
    if placement.resized is not None:
        across, down = wide / ops.maximum(width, 1.0), tall / ops.maximum(height, 1.0)
        moved = moved * ops.stack([across, down, across, down], axis=-1)
    moved = moved + ops.stack([left, top, left, top], axis=-1)
    shown = _within(moved, (top, left, top + tall, left + wide))
    for edges in over:
        shown = outside(shown, tuple(map(_edge, edges)), ops)
    rows.cut(shown, areas(moved))


def _edge(number: Any) -> Tensor:
    """(B or 1, 1)."""
    return ops.reshape(ops.cast(ops.convert_to_tensor(number), "float32"), (-1, 1))


def _within(boxes: Tensor, edges: tuple[Tensor, Tensor, Tensor, Tensor]) -> Tensor:
    """Boxes cut at edges (B, 1) each: top, left, bottom, right."""
    y0, x0, y1, x1 = edges
    low, high = ops.stack([x0, y0, x0, y0], axis=-1), ops.stack([x1, y1, x1, y1], axis=-1)
    return ops.minimum(ops.maximum(boxes, low), high)


def _padded(rows: Rows, like: Rows) -> Rows:
    """Rows with as many behind them, which are gone, as ``like`` has more."""
    more = like.at.shape[1] - rows.at.shape[1]

    def pad(tensor: Tensor) -> Tensor:
        return ops.pad(tensor, [(0, 0), (0, more), *[(0, 0)] * (len(tensor.shape) - 2)])

    carried = {key: pad(tensor) for key, tensor in rows.carried.items()}
    return replace(rows, at=pad(rows.at), alive=ops.cast(pad(ops.cast(rows.alive, "int32")), "bool"), carried=carried)
