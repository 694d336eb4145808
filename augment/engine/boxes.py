"""Boxes, in edge coordinates: they travel as points on their outline, and become boxes again (the hull of these points) where a
rule asks for one and at the end."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from typing import Any

import numpy as np

from augment.engine.points import Points
from augment.engine.rows import Size, alike, check_canvas, check_carried, check_finite, numbers, tell_of_fractions
from augment.engine.visible import View, areas
from augment.errors import SampleError
from augment.sample import Target


@dataclass
class Boxes(Points):
    """Boxes (n, 4) of any format."""

    @classmethod
    def read(cls, name: str, raw: Any, target: Target, size: Size, carried: dict[str, Any], outline: int) -> Boxes:
        """Those without area are dropped here: crops of other libraries hand them on, and a map would make boxes of them.

        Raises `SampleError` on negative extents: the rows have another format.
        """
        boxes = numbers(name, raw)
        boxes = boxes.reshape(0, 4) if boxes.size == 0 else boxes
        if boxes.ndim != 2 or boxes.shape[1] != 4:
            raise SampleError(f"{name}: boxes have the shape (n, 4), not {boxes.shape}")
        check_canvas(name, raw, size)
        check_finite(name, boxes)
        check_carried(name, len(boxes), carried)
        check_said(name, raw, target.format)
        tell_of_units(name, boxes, target.format)
        extents = check_extents(name, boxes, target.format)
        points = cls(target, carried, size, outlined(to_xyxy(boxes, target.format, size), outline))
        points.drop((extents == 0).any(axis=1), "has no area")
        return points

    def hulls(self) -> np.ndarray:
        """(n, 4): x0, y0, x1, y1 in edge coordinates, unclipped."""
        return np.concatenate([self.at.min(axis=1), self.at.max(axis=1)], axis=1) + 0.5

    def settle(self) -> None:
        """Cut the boxes at the canvas, and drop by policy."""
        hulls = self.hulls()
        height, width = self.size
        self.cut(np.clip(hulls, 0, [width, height, width, height]), areas(hulls))

    def cut(self, boxes: np.ndarray, before: np.ndarray, after: np.ndarray | None = None) -> None:
        """Replace the boxes by what is left of them, and drop by policy; ``after`` are their areas, if not all of it is seen."""
        self.drop_small(areas(boxes) if after is None else after, before)
        self.at = outlined(boxes, self.at.shape[1])

    def show(self, view: View) -> None:
        left, before, after = view.cut(self.hulls())
        self.size = view.size
        self.cut(left, before, after)

    def write(self, like: Any) -> Any:
        return alike(from_xyxy(self.hulls(), self.target.format, self.size), like)


def check_said(name: str, raw: Any, form: str) -> None:
    """Raise where boxes know their own format, as torchvision's do, and are read in another one."""
    said = str(getattr(getattr(raw, "format", None), "name", form)).lower()
    if said != form:
        raise SampleError(f"{name}: they say of themselves that they are {said}, and are read as {form}; declare format: {said}")


def tell_of_units(name: str, boxes: np.ndarray, form: str) -> None:
    """Warn where the values of boxes (n, 4) seem to be fractions and are read as pixels, or the other way round."""
    if form != "yolo":
        tell_of_fractions(name, boxes, "multiply them, or declare format: yolo")
    elif len(boxes) and (boxes[:, :2] > 1).all():
        warnings.warn(
            f"{name}: their centres are no fractions of the image, as yolo has them; declare their format", stacklevel=2
        )


def check_extents(name: str, boxes: np.ndarray, form: str) -> np.ndarray:
    """Return width and height (..., 2) of boxes (..., 4); raises `SampleError` where one is negative."""
    extents = np.asarray(boxes[..., 2:] - boxes[..., :2] if form == "xyxy" else boxes[..., 2:])
    wrong = np.argwhere((extents < 0).any(axis=-1))
    if len(wrong):
        row = ", ".join(f"{n:g}" for n in boxes[tuple(wrong[0])])
        fix = "declare the format under targets"
        raise SampleError(f"{name}{wrong[0].tolist()}: [{row}] ends before it begins as {form}; {fix}")
    return extents


def outlined(boxes: np.ndarray, count: int) -> np.ndarray:
    """(n, count, 2): points on the outline of boxes, in index coordinates; 4 (the corners) or 16."""
    steps = count // 4
    t = np.arange(steps) / steps
    one, zero = np.ones(steps), np.zeros(steps)
    x = np.concatenate([t, one, 1 - t, zero])
    y = np.concatenate([zero, t, one, 1 - t])
    low, span = boxes[:, None, :2], (boxes[:, 2:] - boxes[:, :2])[:, None]
    return low + span * np.stack([x, y], axis=-1) - 0.5


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
