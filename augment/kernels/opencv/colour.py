"""Colour chains: tables while the image is uint8 and channels keep apart, then matrices on float32.

Neighbouring matrices are multiplied as long as the clip between them cannot matter, which their coefficients tell.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import cv2
import numpy as np

from augment.kernels.opencv.form import GRID, LEVELS, raster, wide
from augment.kernels.reference import GREY
from augment.ops.kinds import Curve, HueShift, Linear, LinearColour, Tail

MOST = 4
"""The channels that `cv2.transform` takes."""
SLACK = 1e-7


def pointwise(image: np.ndarray, chain: list[tuple[Any, Any]]) -> np.ndarray:
    """Run a chain of colour ops, each (op, its values)."""
    work: Table | Matrix = Table(image) if image.dtype == np.uint8 else Matrix(image)
    for op, values in chain:
        values = _numbers(values)
        if isinstance(work, Table):
            if work.add(op, values):
                continue
            work = Matrix(wide(work.done()))
        work.add(op, values)
    return work.done()


def _numbers(values: Mapping[str, Any]) -> dict[str, Any]:
    """Single numbers as Python's own, which keep float32 arrays float32."""
    return {name: v.item() if getattr(v, "shape", None) == () else v for name, v in values.items()}


def _is_zero(x: Any) -> bool:
    return isinstance(x, float) and x == 0.0


class Table:
    """A uint8 image, and what becomes of each level: of all channels alike, or of each."""

    def __init__(self, image: np.ndarray):
        self.image, self.channels = image, image.shape[2]
        self.levels: np.ndarray | None = None
        """(256, 1 or channels); None as long as nothing changes."""
        self.clipped = True

    def add(self, op: Any, v: dict[str, Any]) -> bool:
        """Put an op on top; returns False where a table cannot express it."""
        own = getattr(op, "channels", None)
        count = len(own) if own else self.channels
        f = op.linear(v, np) if isinstance(op, LinearColour) else None
        if isinstance(op, HueShift) or (f is not None and not _is_zero(f.gray) and count > 1):
            return False
        if f is not None and op.statistic and self.levels is not None:
            return False  # the mean of what the table gives
        levels = LEVELS.astype(np.float64)[:, None] if self.levels is None else self.levels
        if own and (count < self.channels or f is not None):
            levels = np.repeat(levels, self.channels, axis=1) if levels.shape[1] == 1 else levels.copy()
            levels[:, list(own)] = self._changed(levels[:, list(own)], op, f, v, own)
        else:
            levels = self._changed(levels, op, f, v, own)
        self.levels = levels
        return True

    def _changed(self, x: np.ndarray, op: Any, f: Linear | None, v: dict[str, Any], own: Any) -> np.ndarray:
        if isinstance(op, Tail):
            gain, offset = op.affine()
            self.clipped = False
            return x * gain + offset
        if op.rounds:
            x = np.rint(x * 255) / 255
        if f is not None:
            shift = f.offset
            if op.statistic:
                mean = _means(self.image, own) / 255
                shift = shift + f.mean * (mean if op.statistic == "channel_mean" else _grey(mean))
            x = x * (f.gain + f.gray) + shift
        else:
            assert isinstance(op, Curve)
            x = op.curve(x, v, np)
        return np.clip(x, 0, 1)

    def done(self) -> np.ndarray:
        """The image through the table: uint8 if all levels lie on its grid, else float32."""
        if self.levels is None:
            return self.image
        levels = self.levels * 255
        rounded = np.rint(levels)
        on_grid = self.clipped and (abs(levels - rounded) < GRID).all()
        table = rounded.astype(np.uint8) if on_grid else self.levels.astype(np.float32)
        out = cv2.LUT(np.ascontiguousarray(self.image), np.ascontiguousarray(table[:, 0] if table.shape[1] == 1 else table[None]))
        return raster(out, self.channels)


class Matrix:
    """A float32 image, and a matrix that still has to be applied to its pixels."""

    def __init__(self, image: np.ndarray):
        self.image, self.channels = image, image.shape[2]
        self.matrix: np.ndarray | None = None
        """(channels, channels + 1)"""
        self.known: np.ndarray | None = None
        """The mean of each channel of the image, once it was asked for."""

    def add(self, op: Any, v: dict[str, Any]) -> None:
        own = getattr(op, "channels", None)
        if own and own != tuple(range(self.channels)):
            self._settle()
            part = Matrix(np.ascontiguousarray(self.image[..., list(own)]))
            part._apply(op, v)
            image = self.image.copy()
            image[..., list(own)] = part.done()
            self._replace(image)
        else:
            self._apply(op, v)

    def done(self) -> np.ndarray:
        self._settle()
        return self.image

    def _apply(self, op: Any, v: dict[str, Any]) -> None:
        if isinstance(op, Tail):
            gain, offset = (np.broadcast_to(a, self.channels) for a in op.affine())
            self._multiply(np.diag(gain), offset, clips=False)
            return
        if op.rounds:
            self._settle()
            self._replace(np.rint(self.image * np.float32(255)) / np.float32(255))
        match op:
            case LinearColour():
                f = op.linear(v, np)
                self._multiply(*self._linear(f, op.statistic), clips=True)
            case Curve():
                self._settle()
                self._replace(np.clip(op.curve(self.image, v, np), 0, 1).astype(np.float32, copy=False))
            case HueShift():
                self._settle()
                self._replace(turn_hue(self.image, op.turns(v, np)))

    def _linear(self, f: Linear, statistic: str | None) -> tuple[np.ndarray, np.ndarray]:
        matrix, offset = np.eye(self.channels) * f.gain, np.full(self.channels, f.offset, float)
        if not _is_zero(f.gray):
            matrix = matrix + f.gray * (GREY if self.channels == 3 else np.ones(1))
        if statistic:
            mean = self._mean()
            offset = offset + f.mean * (mean if statistic == "channel_mean" else _grey(mean))
        return matrix, offset

    def _mean(self) -> np.ndarray:
        if self.known is None:
            self.known = _means(self.image)
        return self.known if self.matrix is None else self.matrix[:, :-1] @ self.known + self.matrix[:, -1]

    def _multiply(self, matrix: np.ndarray, offset: np.ndarray, clips: bool) -> None:
        if self.matrix is not None:
            offset = matrix @ self.matrix[:, -1] + offset
            matrix = matrix @ self.matrix[:, :-1]
        self.matrix = np.concatenate([matrix, offset[:, None]], axis=1)
        if not clips:
            return
        low = offset + np.minimum(matrix, 0).sum(axis=1)
        high = offset + np.maximum(matrix, 0).sum(axis=1)
        low, high = low.min() < -SLACK, high.max() > 1 + SLACK
        if low or high:
            self._settle()
            if not low:
                np.minimum(self.image, 1, out=self.image)
            else:
                np.clip(self.image, 0, 1, out=self.image)

    def _settle(self) -> None:
        """Apply the matrix."""
        if self.matrix is None:
            return
        if self.channels <= MOST:
            self._replace(raster(cv2.transform(np.ascontiguousarray(self.image), self.matrix), self.channels))
        else:  # only ops that keep channels apart come here
            gain, offset = np.diagonal(self.matrix).astype(np.float32), self.matrix[:, -1].astype(np.float32)
            self._replace(self.image * gain + offset)

    def _replace(self, image: np.ndarray) -> None:
        self.image, self.matrix, self.known = image, None, None


def _means(image: np.ndarray, channels: tuple[int, ...] | None = None) -> np.ndarray:
    """The mean of each channel."""
    if image.shape[2] <= MOST:
        mean = np.array(cv2.mean(image)[: image.shape[2]])
    else:
        mean = image.mean(axis=0, dtype=np.float64).mean(axis=0)
    return mean[list(channels)] if channels else mean


def _grey(mean: np.ndarray) -> float:
    return float(mean @ GREY) if len(mean) == 3 else float(mean[0])


def turn_hue(image: np.ndarray, turns: float) -> np.ndarray:
    """Turn the hue of HSV by a share of the circle."""
    hsv = cv2.cvtColor(np.ascontiguousarray(image), cv2.COLOR_RGB2HSV)
    # cv2 takes hues from 0 up to any number of circles, but none below
    cv2.add(hsv, (float(turns) % 1 * 360, 0, 0, 0), dst=hsv)
    return cv2.cvtColor(hsv, cv2.COLOR_HSV2RGB)
