"""Colour by tables of the 256 levels, and how often each of them is there."""

from __future__ import annotations

import cv2
import numpy as np

from augment.kernels.opencv.form import GRID, MANY, bytes8, in_parts
from augment.kernels.opencv.matrix import _level, _means
from augment.kernels.reference import HALF_UP
from augment.ops.kinds import Bend, Linear, Mixture, Scale, Stroke, Turn


class Table:
    """A uint8 image, and what becomes of each level: of all channels alike, or of each."""

    def __init__(self, image: np.ndarray):
        self.image, self.channels = image, image.shape[2]
        self.levels: np.ndarray | None = None
        """(256, 1 or channels); None as long as nothing changes."""
        self.clipped = True

    def add(self, stroke: Stroke) -> bool:
        """Put a link on top; returns False where a table cannot express it."""
        form, own, _ = stroke
        count = len(own) if own else self.channels
        linear = isinstance(form, Linear)
        if isinstance(form, Turn | Mixture) or (isinstance(form, Linear) and form.gray and count > 1):
            return False
        if isinstance(form, Linear) and form.statistic and self.levels is not None:
            return False  # the mean of what the table gives
        levels = np.arange(256)[:, None] / 255 if self.levels is None else self.levels
        if own and (count < self.channels or linear):
            levels = np.repeat(levels, self.channels, axis=1) if levels.shape[1] == 1 else levels.copy()
            levels[:, list(own)] = self._changed(levels[:, list(own)], stroke)
        else:
            levels = self._changed(levels, stroke)
        self.levels = levels
        return True

    def _changed(self, x: np.ndarray, stroke: Stroke) -> np.ndarray:
        form, own, rounds = stroke
        if isinstance(form, Scale):
            self.clipped = False
            return x * form.gain + form.offset
        if rounds:
            x = np.floor(x * 255 + HALF_UP) / 255
        match form:
            case Linear():
                shift = form.offset
                if form.statistic:
                    mean = [m / 255 for m in _means(self.image, own)]
                    shift = shift + form.mean * np.array(_level(mean, form.statistic))
                x = x * (form.gain + form.gray) + shift
            case Bend():
                x = form.curve(x, form.values, np)
            case _:
                raise TypeError(f"a table cannot express {form}")
        return np.clip(x, 0, 1)

    def done(self) -> np.ndarray:
        """The image through the table: uint8 if all levels lie on its grid, else float32."""
        if self.levels is None:
            return self.image
        return _tabled(self.image, self.levels, self.clipped)


def _tabled(image: np.ndarray, values: np.ndarray, clipped: bool) -> np.ndarray:
    """A uint8 image through a table (256, 1 or channels): uint8 if all values lie on its grid, else float32."""
    levels = values * 255
    rounded = np.rint(levels)
    on_grid = clipped and (abs(levels - rounded) < GRID).all()
    table = rounded.astype(np.uint8) if on_grid else values.astype(np.float32)
    image = np.ascontiguousarray(image)
    if table.shape[1] == 1:
        return cv2.LUT(image.reshape(len(image), -1), np.ascontiguousarray(table[:, 0])).reshape(image.shape)
    return in_parts(image, lambda part, group: cv2.LUT(part, np.ascontiguousarray(table[None, :, group])))


def histogram(image: np.ndarray) -> np.ndarray:
    """(C, 256): how often each level of the 8-bit grid occurs in each channel."""
    image = np.ascontiguousarray(bytes8(image))
    planes = [image] if image.shape[2] <= MANY else np.moveaxis(image, 2, 0)[..., None]
    counts = [cv2.calcHist([part], [c], None, [256], [0, 256]).ravel() for part in planes for c in range(part.shape[2])]
    return np.stack(counts).astype(np.int64)


def look_up(image: np.ndarray, levels: np.ndarray) -> np.ndarray:
    """What becomes of each level of the 8-bit grid: (C, 256), 0 to 255."""
    return _tabled(bytes8(image), levels.T / 255, True)
