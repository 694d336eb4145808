"""How much of a canvas lies under each pixel of the output."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import cv2
import numpy as np

from augment.kernels.reference import NEAREST_BIAS

Size = tuple[int, int]


def cover(matrix: np.ndarray, canvas: Size, sides: Any, output: Size, nearest: bool = False) -> np.ndarray:
    """Coverage of a canvas that ``matrix`` reaches from the output: float32 in [0, 1], or bools for nearest pixels. Its shape is
    (h, w), or one that broadcasts to it."""
    return covered(*coordinates(matrix, output, np.float64 if nearest else np.float32), canvas, sides, nearest)


def coordinates(matrix: np.ndarray, output: Size, kind: Any) -> tuple[np.ndarray, np.ndarray]:
    """Where ``matrix`` takes the pixels of the output: x and y, each a row, a column or (h, w)."""
    (a, b, c), (d, e, f), (g, h, i) = matrix.tolist()
    x, y = _centred(output[1]), _centred(output[0])[:, None]
    at_x, at_y = _sum(a * x, b * y + c, a, b, kind), _sum(d * x, e * y + f, d, e, kind)
    if g or h or i != 1:
        w = _sum(g * x, h * y + i, g, h, kind)
        return at_x / w, at_y / w
    return at_x, at_y


@lru_cache(maxsize=64)
def _centred(extent: int) -> np.ndarray:
    at = np.arange(extent) - (extent - 1) / 2
    at.setflags(write=False)
    return at


def _sum(along: np.ndarray, down: np.ndarray, slope_x: float, slope_y: float, kind: Any) -> np.ndarray:
    """The sum of a row and a column, as one of them where it does not depend on the other."""
    if slope_x == 0:
        return down.astype(kind)
    if slope_y == 0:
        return (along + down[0]).astype(kind)[None]
    return np.add(along.astype(kind), down.astype(kind))


def covered(x: np.ndarray, y: np.ndarray, canvas: Size, sides: Any, nearest: bool = False) -> np.ndarray:
    """Coverage of a canvas at coordinates relative to its centre."""
    left, top, right, bottom = sides if isinstance(sides, tuple) else (sides,) * 4
    axes = (x, canvas[1], left, right), (y, canvas[0], top, bottom)
    parts = [_axis(at, extent, low, high, nearest) for at, extent, low, high in axes if low or high]
    return parts[0] if len(parts) == 1 else parts[0] & parts[1] if nearest else parts[0] * parts[1]


def _axis(x: np.ndarray, extent: int, low: bool, high: bool, nearest: bool) -> np.ndarray:
    if nearest:
        edge = extent / 2
        after, before = x >= NEAREST_BIAS - edge, x < NEAREST_BIAS + edge
        return after & before if low and high else after if low else before
    out = np.abs(x) if low and high else -x if low else x.copy()
    np.subtract(np.float32((extent + 1) / 2), out, out=out)
    cv2.threshold(out, 1, 1, cv2.THRESH_TRUNC, out)
    cv2.threshold(out, 0, 0, cv2.THRESH_TOZERO, out)
    return out
