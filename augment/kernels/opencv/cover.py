"""How much of a canvas lies under each pixel of the output."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import cv2
import numpy as np

from augment.kernels.reference import NEAREST_BIAS

Size = tuple[int, int]
Rows = Sequence[Sequence[float]]
"""A matrix (3, 3) in plain numbers."""


def cover(matrix: Rows, canvas: Size, sides: Any, output: Size, nearest: bool = False) -> np.ndarray:
    """Coverage of a canvas that ``matrix`` reaches from the output: float32 in [0, 1], or bools for nearest pixels. Its shape is
    (h, w), or one that broadcasts to it."""
    x, y = coordinates(matrix, output, np.float64 if nearest else np.float32)
    return covered(x, y, canvas, sides, nearest, spent=True)


def coordinates(matrix: Rows, output: Size, kind: Any) -> tuple[np.ndarray, np.ndarray]:
    """Where ``matrix`` takes the pixels of the output: x and y, each (h, w), or a row and a column where axes stay axes."""
    (a, b, c), (d, e, f), (g, h, i) = matrix
    x, y = _centred(output[1]), _centred(output[0])
    straight = not g and not h and i == 1
    if straight and not b and not d:
        return (a * x + c).astype(kind)[None], (e * y + f).astype(kind)[:, None]
    # a·x + (b·y + c) as a product of matrices, in a quarter of the time of a sum that broadcasts
    rows = 2 if straight else 3
    down = np.empty((rows, output[0], 2), kind)
    for own, (along, across, shift) in zip(down, matrix, strict=False):
        own[:, 0], own[:, 1] = along, across * y + shift
    planes = (down.reshape(-1, 2) @ _across(output[1], kind)).reshape(rows, *output)
    if not straight:
        planes[:2] /= planes[2]
    return planes[0], planes[1]


@lru_cache(maxsize=64)
def _centred(extent: int) -> np.ndarray:
    at = np.arange(extent) - (extent - 1) / 2
    at.setflags(write=False)
    return at


@lru_cache(maxsize=64)
def _across(extent: int, kind: Any) -> np.ndarray:
    out = np.stack([_centred(extent), np.ones(extent)]).astype(kind)
    out.setflags(write=False)
    return out


def covered(x: np.ndarray, y: np.ndarray, canvas: Size, sides: Any, nearest: bool = False, spent: bool = False) -> np.ndarray:
    """Coverage of a canvas at coordinates relative to its centre; ``spent``: they may be overwritten."""
    left, top, right, bottom = sides if isinstance(sides, tuple) else (sides,) * 4
    axes = (x, canvas[1], left, right), (y, canvas[0], top, bottom)
    if nearest:
        within = [_within(at, extent, low, high) for at, extent, low, high in axes if low or high]
        return within[0] if len(within) == 1 else within[0] & within[1]
    parts = [_faded(at, extent, low, high, at if spent else None) for at, extent, low, high in axes if low or high]
    return parts[0] if len(parts) == 1 else parts[0] * parts[1]


def _within(x: np.ndarray, extent: int, low: bool, high: bool) -> np.ndarray:
    edge = extent / 2
    after, before = x >= NEAREST_BIAS - edge, x < NEAREST_BIAS + edge
    return after & before if low and high else after if low else before


def _faded(x: np.ndarray, extent: int, low: bool, high: bool, out: np.ndarray | None) -> np.ndarray:
    out = (np.abs if low and high else np.negative if low else np.positive)(x, out=out)
    np.subtract(np.float32((extent + 1) / 2), out, out=out)
    cv2.threshold(out, 1, 1, cv2.THRESH_TRUNC, out)
    cv2.threshold(out, 0, 0, cv2.THRESH_TOZERO, out)
    return out
