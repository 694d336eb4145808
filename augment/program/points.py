"""Boxes and keypoints on their way through a program, and what becomes of those that leave the image.

Keypoints are pixel-index coordinates. Boxes are edge coordinates; they travel as points on their outline, and become boxes
again (the hull of these points) where a rule asks for one and at the end.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from augment.errors import SampleError
from augment.program.walk import Leg, through
from augment.sample import Target

Size = tuple[int, int]


@dataclass
class Points:
    """The boxes or keypoints of one target: ``at`` (n, k, 2), which are left, and why the others went."""

    target: Target
    at: np.ndarray
    carried: dict[str, Any]
    size: Size
    alive: np.ndarray = field(init=False)
    dropped: list[dict[str, Any]] = field(default_factory=list)
    extra: np.ndarray | None = None  # further columns of keypoints

    def __post_init__(self) -> None:
        self.alive = np.ones(len(self.at), bool)

    def go(self, leg: Leg) -> None:
        """Move along one leg of a walk; what lies wholly outside its output canvas is gone."""
        if len(self.at):
            height, width = leg.size
            centre = np.array([(width - 1) / 2, (height - 1) / 2])
            moved, seen = through(leg, self.at.reshape(-1, 2) - centre)
            height, width = leg.output
            self.at = moved.reshape(self.at.shape) + np.array([(width - 1) / 2, (height - 1) / 2])
            seen = np.asarray(seen.reshape(self.at.shape[:2]).all(axis=1))
            low, high = self.at.min(axis=1) + 0.5, self.at.max(axis=1) + 0.5
            inside = np.logical_and(high > 0, low < np.array([width, height])).all(axis=1)
            if self.target.kind == "keypoints" and self.target.invisible == "keep":
                seen = inside = np.ones(len(self.at), bool)
            self.drop(~(seen & inside), f"left the image at {leg.path}")
        self.size = leg.output

    def drop(self, which: np.ndarray, reason: str) -> None:
        for i in np.flatnonzero(which & self.alive):
            self.dropped.append({"row": int(i), "reason": reason})
        self.alive &= ~which

    def keep_alive(self) -> None:
        """Forget the rows that are gone, and what they carry."""
        self.carried = {name: select(rows, self.alive) for name, rows in self.carried.items()}
        self.at = self.at[self.alive]
        self.extra = None if self.extra is None else self.extra[self.alive]
        self.alive = np.ones(len(self.at), bool)

    # Boxes ---------------------------------------------------------------------------------------------------------

    def hulls(self) -> np.ndarray:
        """(n, 4): x0, y0, x1, y1 in edge coordinates, unclipped."""
        return np.concatenate([self.at.min(axis=1), self.at.max(axis=1)], axis=1) + 0.5

    def clip(self) -> None:
        """Cut the boxes at the canvas, and drop by policy."""
        hulls = self.hulls()
        height, width = self.size
        self.cut(np.clip(hulls, 0, [width, height, width, height]), areas(hulls))

    def cut(self, boxes: np.ndarray, before: np.ndarray) -> None:
        """Replace the boxes by what is left of them, and drop by policy."""
        after = areas(boxes)
        least = self.target.min_area
        low = least.support[0] * (1 if least.unit == "px" else self.size[0] * self.size[1])
        self.drop(after <= 0, "nothing of it is left")
        self.drop(after < low, f"less than min_area {least} is left")
        self.drop(after < self.target.min_visibility * before, f"less than min_visibility {self.target.min_visibility:g} is left")
        self.at = outline(boxes, self.at.shape[1])


def areas(boxes: np.ndarray) -> np.ndarray:
    return np.clip(boxes[:, 2] - boxes[:, 0], 0, None) * np.clip(boxes[:, 3] - boxes[:, 1], 0, None)


def outline(boxes: np.ndarray, count: int) -> np.ndarray:
    """(n, count, 2): points on the outline of boxes, in index coordinates; 4 (the corners) or 16."""
    steps = count // 4
    t = np.arange(steps) / steps
    one, zero = np.ones(steps), np.zeros(steps)
    x = np.concatenate([t, one, 1 - t, zero])
    y = np.concatenate([zero, t, one, 1 - t])
    low, span = boxes[:, None, :2], (boxes[:, 2:] - boxes[:, :2])[:, None]
    return low + span * np.stack([x, y], axis=-1) - 0.5


def numbers(name: str, raw: Any) -> np.ndarray:
    """Read rows of numbers; raises `SampleError` on what has no common shape."""
    try:
        return np.asarray(raw, np.float64)
    except (TypeError, ValueError):
        raise SampleError(f"{name}: must be rows of as many numbers each, not {str(raw)[:60]}") from None


def read_boxes(name: str, raw: Any, target: Target, size: Size, carried: dict[str, Any], outline_points: int) -> Points:
    """Read boxes of any format; empty lists are fine."""
    boxes = numbers(name, raw)
    boxes = boxes.reshape(0, 4) if boxes.size == 0 else boxes
    if boxes.ndim != 2 or boxes.shape[1] != 4:
        raise SampleError(f"{name}: boxes have the shape (n, 4), not {boxes.shape}")
    _check_rows(name, boxes, carried)
    boxes = to_xyxy(boxes, target.format, size)
    wrong = np.flatnonzero((boxes[:, 2:] <= boxes[:, :2]).any(axis=1))
    if wrong.size:
        row = np.asarray(raw)[wrong[0]].tolist()
        raise SampleError(f"{name}[{wrong[0]}]: {row} has no area as {target.format}; declare the format under targets")
    return Points(target, outline(boxes, outline_points), carried, size)


def write_boxes(points: Points, like: Any) -> Any:
    """The clipped boxes that are left, in the format and the kind of array that came in."""
    points.keep_alive()
    boxes = from_xyxy(points.hulls(), points.target.format, points.size)
    return _like(boxes, like)


def read_keypoints(name: str, raw: Any, target: Target, size: Size, carried: dict[str, Any]) -> Points:
    """Read keypoints (n, 2); further columns stay with their rows."""
    rows = numbers(name, raw)
    rows = rows.reshape(0, 2) if rows.size == 0 else rows
    if rows.ndim != 2 or rows.shape[1] < 2:
        raise SampleError(f"{name}: keypoints have the shape (n, 2), x and y first, not {rows.shape}")
    _check_rows(name, rows, carried)
    points = Points(target, rows[:, None, :2], carried, size)
    points.extra = rows[:, 2:]
    return points


def write_keypoints(points: Points, like: Any) -> Any:
    """The keypoints that are left."""
    height, width = points.size
    at = points.at[:, 0]
    if points.target.invisible == "drop":
        outside = np.asarray(np.logical_or(at < -0.5, at >= np.array([width - 0.5, height - 0.5])).any(axis=1))
        points.drop(outside, "left the image")
    points.keep_alive()
    return _like(np.concatenate([points.at[:, 0], points.extra], axis=1), like)  # type: ignore[list-item]


def to_xyxy(boxes: np.ndarray, form: str, size: Size) -> np.ndarray:
    height, width = size
    if form == "yolo":
        boxes = boxes * [width, height, width, height]
    if form in ("cxcywh", "yolo"):
        return np.concatenate([boxes[:, :2] - boxes[:, 2:] / 2, boxes[:, :2] + boxes[:, 2:] / 2], axis=1)
    return np.concatenate([boxes[:, :2], boxes[:, :2] + boxes[:, 2:]], axis=1) if form == "xywh" else boxes


def from_xyxy(boxes: np.ndarray, form: str, size: Size) -> np.ndarray:
    height, width = size
    span = boxes[:, 2:] - boxes[:, :2]
    if form == "xywh":
        return np.concatenate([boxes[:, :2], span], axis=1)
    if form in ("cxcywh", "yolo"):
        boxes = np.concatenate([(boxes[:, :2] + boxes[:, 2:]) / 2, span], axis=1)
    return boxes / [width, height, width, height] if form == "yolo" else boxes


def _check_rows(name: str, rows: np.ndarray, carried: dict[str, Any]) -> None:
    if not np.isfinite(rows).all():
        raise SampleError(f"{name}: holds a value that is not finite")
    for other, values in carried.items():
        if not isinstance(values, list | tuple) and np.ndim(values) == 0:
            raise SampleError(f"{other} is carried by {name}, so it has one row for each of them; it is {str(values)[:60]!r}")
        if len(values) != len(rows):
            raise SampleError(f"{other} has {len(values)} rows and {name}, which carries it, has {len(rows)}")


def select(rows: Any, which: np.ndarray) -> Any:
    """Keep some rows of an array or a list, as the same type."""
    if isinstance(rows, list | tuple):
        return type(rows)(row for row, keep in zip(rows, which, strict=True) if keep)
    return np.asarray(rows)[which]


def _like(rows: np.ndarray, like: Any) -> Any:
    if isinstance(like, np.ndarray):
        return rows.astype(like.dtype if like.dtype.kind == "f" else np.float64)
    return rows.tolist()
