"""Cuts pictures at 1:1 and without loss, to be looked at pixel by pixel: what is reduced or compressed hides faint noise and
blurs of half a pixel."""

from __future__ import annotations

import math

import numpy as np

from augment.report.model import Closer

SHEET = 1_200_000
"""Bytes that the cuts of a sheet may take in a report, about."""
LEAST, MOST = 48, 160
"""The side of a cut, in pixels."""
BYTES = 2.1
"""Of a pixel that is kept without loss and written as text."""
CELL = 8
"""Pixels in which the place of a cut is looked for."""


def side_of(count: int, budget: int, most: int = MOST) -> int:
    """Return how large cuts may be, if there are that many in so many bytes; 0 where no bytes are given."""
    return min(most, max(LEAST, math.isqrt(int(budget / BYTES / max(count, 1))))) if budget else 0


def place(pixels: np.ndarray, before: np.ndarray | None = None) -> tuple[int, int]:
    """Return y and x of the middle of the window that shows most: the largest difference to what was there before, else the most
    detail. Pictures are (h, w, 3) of bytes."""
    height, width = pixels.shape[:2]
    if height <= MOST and width <= MOST:
        return height // 2, width // 2
    told = np.abs(_grey(pixels) - _grey(before)) if before is not None else _detail(_grey(pixels))
    cells = np.pad(told, ((0, -height % CELL), (0, -width % CELL)))
    cells = cells.reshape(cells.shape[0] // CELL, CELL, -1, CELL).sum(axis=(1, 3))
    total = np.pad(cells, ((1, 0), (1, 0))).cumsum(axis=0).cumsum(axis=1)
    rows, columns = (min(MOST // CELL, n) for n in cells.shape)
    windows = total[rows:, columns:] - total[:-rows, columns:] - total[rows:, :-columns] + total[:-rows, :-columns]
    y, x = np.unravel_index(int(windows.argmax()), windows.shape)
    return int(y) * CELL + rows * CELL // 2, int(x) * CELL + columns * CELL // 2


def cut(pixels: np.ndarray, side: int, middle: tuple[int, int], before: np.ndarray | None = None) -> Closer:
    """Return a window of a picture, and the same of what it was before; of two around one middle the larger holds the other."""
    y, x = (min(max(at - side // 2, 0), max(length - side, 0)) for at, length in zip(middle, pixels.shape, strict=False))
    window = np.s_[y : y + side, x : x + side]
    return Closer(np.ascontiguousarray(pixels[window]), None if before is None else np.ascontiguousarray(before[window]), (y, x))


def _grey(pixels: np.ndarray) -> np.ndarray:
    return pixels.mean(axis=2, dtype=np.float32)


def _detail(grey: np.ndarray) -> np.ndarray:
    """How much each pixel differs from its neighbours."""
    down, right = (np.abs(np.diff(grey, axis=axis, append=np.take(grey, [-1], axis))) for axis in (0, 1))
    return down + right
