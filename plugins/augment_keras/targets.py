"""Boxes and keypoints of a batch: padded rows that travel as points, and the policies for what leaves.

A row that is gone keeps its place. Rows come out as in Keras: boxes of zeros with the class −1, keypoints at (−1, −1).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import keras
import numpy as np

from augment.engine.batch import BatchPoints
from augment.engine.visible import View, areas
from augment.sample import Target
from augment.sample.sides import mirrors
from augment_keras import ops
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
    """The rows of one target: ``at`` (B, n, k, 2), and what they carry, (B, n, ...) each."""

    target: Target = field(kw_only=True)
    carried: dict[str, Tensor] = field(kw_only=True)

    @classmethod
    def read(cls, rows: Tensor, target: Target, size: Size, carried: dict[str, Tensor], outline: int) -> Rows:
        """Read an entry (B, n, ...); ``outline`` is of how many points the outline of a box is followed, 4 or more."""
        raise NotImplementedError

    def settle(self) -> None:
        """Drop, or cut, what does not lie on the canvas."""
        raise NotImplementedError

    def show(self, view: View) -> None:
        """Move to where the sample lies on a canvas that several compose; what is not seen is cut, or gone."""
        raise NotImplementedError

    def write(self, dtype: str) -> tuple[Tensor, dict[str, Tensor]]:
        """Return what is left, in the format that came in, and what it carries."""
        raise NotImplementedError

    def each(self, do: Callable[..., Tensor], *others: Any) -> Any:
        """Return what a function makes of every tensor (B, n, ...), given with that of others."""
        every = (self, *others)
        carried = {name: do(*(rows.carried[name] for rows in every)) for name in self.carried}
        return replace(self, at=do(*(rows.at for rows in every)), alive=do(*(rows.alive for rows in every)), carried=carried)

    def where(self, open_: Any, other: Rows) -> Rows:
        """Itself where a gate (B,) is open, else ``other``."""
        if open_ is True:
            return self
        at = ops.where(open_[:, None, None, None], self.at, other.at)
        return replace(self, at=at, alive=ops.where(open_[:, None], self.alive, other.alive))

    def _left(self) -> dict[str, Tensor]:
        """What is carried, without that of rows that are gone."""
        out = {}
        for name, values in self.carried.items():
            mask = ops.reshape(self.alive, (*ops.shape(self.alive), *(1,) * (len(values.shape) - 2)))
            gone = ops.full_like(values, nothing(name, keras.backend.standardize_dtype(values.dtype)))
            out[name] = ops.where(mask, values, gone)
        return out


@dataclass
class Boxes(Rows):
    """Boxes (B, n, 4) of any format."""

    @classmethod
    def read(cls, rows: Tensor, target: Target, size: Size, carried: dict[str, Tensor], outline: int) -> Boxes:
        """Rows of the class −1, or without area, are padding."""
        boxes = to_xyxy(ops.cast(rows, "float32"), target.format, size)
        alive, real = areas(boxes, ops) > 0, of_a_class(carried, 2, ops)
        alive = alive if real is True else ops.logical_and(alive, real)
        return cls(outlined(boxes, outline), alive, size, target=target, carried=carried)

    def hulls(self) -> Tensor:
        """(B, n, 4): x0, y0, x1, y1 in edge coordinates, unclipped."""
        if self.at.shape[1] == 0:  # of no rows there is no lowest
            return ops.concatenate([self.at[:, :, 0], self.at[:, :, 0]], axis=-1)
        return ops.concatenate([ops.min(self.at, axis=2), ops.max(self.at, axis=2)], axis=-1) + 0.5

    def settle(self) -> None:
        """Cut the boxes at the canvas, and drop by policy."""
        hulls = self.hulls()
        left = ops.maximum(ops.minimum(hulls, _corner(self.size)), 0.0)
        self._cut(left, areas(hulls, ops), areas(left, ops))

    def show(self, view: View) -> None:
        left, before, after = view.cut(self.hulls(), ops)
        self.size = view.size
        self._cut(left, before, after)

    def _cut(self, boxes: Tensor, before: Tensor, after: Tensor) -> None:
        """Replace the boxes by what is left of them, and drop by policy."""
        least = self.target.min_area
        height, width = self.size
        low = least.support[0] * (1 if least.unit == "px" else height * width)
        keep = ops.logical_and(after > 0, after >= low)
        keep = ops.logical_and(keep, after >= self.target.min_visibility * before)
        self.alive = ops.logical_and(self.alive, keep)
        self.at = outlined(boxes, self.at.shape[2])

    def write(self, dtype: str) -> tuple[Tensor, dict[str, Tensor]]:
        self.settle()
        boxes = from_xyxy(self.hulls(), self.target.format, self.size)
        return ops.cast(ops.where(self.alive[..., None], boxes, 0.0), dtype), self._left()


@dataclass
class Keypoints(Rows):
    """Keypoints (B, n, 2); further columns stay with their rows."""

    extra: Tensor = field(kw_only=True)
    """(B, n, further columns)."""
    together: Any = field(kw_only=True)
    """How many rows follow each other of one object, or of one sample: pairs are among them."""

    @classmethod
    def read(cls, rows: Tensor, target: Target, size: Size, carried: dict[str, Tensor], outline: int) -> Keypoints:
        """x and y come first; rows at (−1, −1) are padding. Raises `SampleError` on rows that cannot be pairs as declared."""
        flips, count = target.flip_pairs, ops.shape(rows)[1]
        if isinstance(count, int):
            flips.partners(count, target.kind)
        at = ops.cast(rows[..., :2], "float32")
        alive = ops.logical_not(ops.all(at == GONE, axis=-1))
        more = {"extra": rows[..., 2:], "together": flips.rows or count}
        return cls(at[:, :, None], alive, size, target=target, carried=carried, **more)

    def each(self, do: Callable[..., Tensor], *others: Any) -> Any:
        return replace(super().each(do, *others), extra=do(self.extra, *(rows.extra for rows in others)))

    def turn(self, inverse: Tensor) -> Keypoints:
        flips = self.target.flip_pairs
        if not flips.pairs:
            return self
        which, order = ops.convert_to_tensor(mirrors(inverse)), flips.swap()
        return self.each(lambda rows: _swapped(rows, which, order, self.together))

    def leave(self, which: Tensor) -> None:
        if self.target.invisible == "drop":
            super().leave(which)

    def settle(self) -> None:
        at = self.at[:, :, 0]
        self.leave(ops.any(ops.logical_or(at < -0.5, at >= _corner(self.size)[:2] - 0.5), axis=-1))

    def show(self, view: View) -> None:
        at = view.moved(self.at[:, :, 0] + 0.5, ops)
        self.leave(ops.logical_not(view.sees(at, ops)))
        self.at, self.size = at[:, :, None] - 0.5, view.size

    def write(self, dtype: str) -> tuple[Tensor, dict[str, Tensor]]:
        self.settle()
        alive = self.alive[..., None]
        at = ops.cast(ops.where(alive, self.at[:, :, 0], float(GONE)), dtype)
        extra = ops.cast(ops.where(alive, self.extra, ops.zeros_like(self.extra)), dtype)
        return ops.concatenate([at, extra], axis=-1), self._left()


KINDS: Mapping[str, type[Rows]] = {"boxes": Boxes, "keypoints": Keypoints}


def _swapped(rows: Tensor, which: Tensor, order: Sequence[int], together: Any) -> Tensor:
    """Rows (B, n, ...) with those of pairs in each other's place in some samples, among the first of each that belong together;
    words name places, and stay."""
    if keras.backend.standardize_dtype(rows.dtype) == "string":
        return rows
    shape, rest, last = ops.shape(rows), rows.shape[2:], len(order)
    groups = ops.reshape(rows, (shape[0], -1, together, *rest))
    groups = ops.concatenate([ops.take(groups[:, :, :last], order, axis=2), groups[:, :, last:]], axis=2)
    return ops.where(ops.reshape(which, (-1,) + (1,) * (len(rows.shape) - 1)), ops.reshape(groups, shape), rows)


def outlined(boxes: Tensor, count: int) -> Tensor:
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
