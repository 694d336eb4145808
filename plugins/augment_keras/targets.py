"""Boxes and keypoints of a batch: padded rows that travel as points, the policies for what leaves, and mixing.

A row that is gone keeps its place. Rows come out as in Keras: boxes of zeros with the class −1, keypoints at (−1, −1).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import keras
import numpy as np
from keras import ops

from augment.errors import SampleError
from augment.program.batch import Batch, BatchExecutor, BatchPoints
from augment.program.flatten import Leaf
from augment.sample import Target
from augment_keras.warp import constant

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

    def hulls(self) -> Tensor:
        """(B, n, 4): x0, y0, x1, y1 in edge coordinates, unclipped."""
        return ops.concatenate([ops.min(self.at, axis=2), ops.max(self.at, axis=2)], axis=-1) + 0.5

    def clip(self) -> None:
        """Cut the boxes at the canvas, and drop by policy."""
        hulls = self.hulls()
        self.cut(ops.maximum(ops.minimum(hulls, _corner(self.size)), 0.0), areas(hulls))

    def cut(self, boxes: Tensor, before: Tensor) -> None:
        """Replace the boxes by what is left of them, and drop by policy."""
        after, least = areas(boxes), self.target.min_area
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
    return Rows(at[:, :, None], alive, size, target=target, carried=carried, extra=keypoints[..., 2:])


def write_keypoints(rows: Rows, padding: Tensor, dtype: str) -> tuple[Tensor, dict[str, Tensor]]:
    """The keypoints, with their further columns, and what they carry. ``padding`` (B, n) is what was alive on the way in."""
    at = rows.at[:, :, 0]
    if rows.target.invisible == "keep":
        alive = padding
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


def mix_points(executor: BatchExecutor, leaf: Leaf, batch: Batch, rectangle: Tensor | None, open_: Any) -> None:
    """Append each partner's boxes; with a rectangle (B, 4), keep what is visible of mine outside it and of the other's inside.

    The number of rows doubles; where the gate is closed, the second half is padding.
    """
    for name, mine in batch.points.items():
        assert isinstance(mine, Rows)
        if leaf.op.on is not None and name not in leaf.op.on:
            continue
        if mine.target.kind != "boxes":
            raise SampleError(f"{leaf.path}: cannot move {name} ({mine.target.kind})")
        theirs = _padded(batch.donors.points[name], mine) if batch.donors else mine  # type: ignore[arg-type]
        before = Rows(mine.at, mine.alive, mine.size, target=mine.target, carried=mine.carried)
        theirs = replace(theirs)
        for rows in (mine, theirs):
            rows.clip()

        def take(rows: Tensor) -> Tensor:
            return ops.take(rows, batch.partner, axis=0)

        carried = {key: take(rows) for key, rows in theirs.carried.items()}
        other = Rows(take(theirs.at), take(theirs.alive), mine.size, target=mine.target, carried=carried)
        if rectangle is not None:
            y0, x0, y1, x1 = (rectangle[:, None, i] for i in range(4))
            hulls = mine.hulls()
            mine.cut(_outside(hulls, (x0, y0, x1, y1)), areas(hulls))
            hulls = other.hulls()
            low, high = ops.stack([x0, y0, x0, y0], axis=-1), ops.stack([x1, y1, x1, y1], axis=-1)
            other.cut(ops.minimum(ops.maximum(hulls, low), high), areas(hulls))
        if open_ is not True:
            other.alive = ops.logical_and(other.alive, open_[:, None])
        mine = mine.where(open_, before)
        both = {key: ops.concatenate([rows, carried[key]], axis=1) for key, rows in mine.carried.items()}
        at, alive = (ops.concatenate(pair, axis=1) for pair in ((mine.at, other.at), (mine.alive, other.alive)))
        batch.points[name] = Rows(at, alive, mine.size, target=mine.target, carried=both)


def _padded(rows: Rows, like: Rows) -> Rows:
    """Rows with as many behind them, which are gone, as ``like`` has more."""
    more = like.at.shape[1] - rows.at.shape[1]

    def pad(tensor: Tensor) -> Tensor:
        return ops.pad(tensor, [(0, 0), (0, more), *[(0, 0)] * (len(tensor.shape) - 2)])

    carried = {key: pad(tensor) for key, tensor in rows.carried.items()}
    return replace(rows, at=pad(rows.at), alive=ops.cast(pad(ops.cast(rows.alive, "int32")), "bool"), carried=carried)


def _outside(boxes: Tensor, cut: tuple[Tensor, Tensor, Tensor, Tensor]) -> Tensor:
    """The hull of what a cut leaves of each box: smaller only where the cut spans it from side to side."""
    x0, y0, x1, y1 = cut
    left, top, right, bottom = (boxes[..., i] for i in range(4))

    def shorten(low: Tensor, high: Tensor, first: Tensor, last: Tensor, spans: Tensor) -> tuple[Tensor, Tensor]:
        begins = ops.logical_and(spans, ops.logical_and(low >= first, low < last))
        ends = ops.logical_and(spans, ops.logical_and(high <= last, high > first))
        start = ops.where(begins, ops.minimum(last, high), low)
        return start, ops.where(ends, ops.maximum(first, start), high)

    tall = ops.logical_and(top >= y0, bottom <= y1)
    wide = ops.logical_and(left >= x0, right <= x1)
    new_left, new_right = shorten(left, right, x0, x1, tall)
    new_top, new_bottom = shorten(top, bottom, y0, y1, wide)
    return ops.stack([new_left, new_top, new_right, new_bottom], axis=-1)
