"""Largest and smallest values of neighbourhoods by slices: for every library whose arrays can be sliced."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from augment.ops.primitives import Shape

Array = Any


def element(size: int, shape: Shape) -> np.ndarray:
    """(size, size) uint8: the pixels of a neighbourhood of an odd size."""
    reach = size // 2
    column = np.abs(np.arange(-reach, reach + 1))
    return (column[None, :] <= np.array(half_widths(size, shape))[:, None]).astype(np.uint8)


def half_widths(size: int, shape: Shape) -> list[int]:
    """How far each row of a neighbourhood goes to either side, from the top; an ellipse as `cv2.getStructuringElement` has it."""
    reach = size // 2
    if shape == "square":
        return [reach] * size
    return [round((reach**2 - dy**2) ** 0.5) for dy in range(-reach, reach + 1)]


def extremes(wide: Array, size: int, shape: Shape, axes: tuple[int, int], pick: Callable[[Array, Array], Array]) -> Array:
    """The extreme (``pick`` is maximum or minimum) of the neighbourhood of each pixel, of rasters that were widened by
    ``size // 2`` at all sides. Their y and x axes are ``axes``."""
    y, x = axes
    if shape == "square":
        return _along(_along(wide, size, x, pick), size, y, pick)
    rows: dict[int, Array] = {}
    out = None
    for dy, dx in enumerate(half_widths(size, shape)):
        if dx not in rows:
            spare = size // 2 - dx
            rows[dx] = _along(without(wide, x, spare, spare), 2 * dx + 1, x, pick)
        row = without(rows[dx], y, dy, size - 1 - dy)
        out = row if out is None else pick(out, row)
    return out


def _along(wide: Array, size: int, axis: int, pick: Callable[[Array, Array], Array]) -> Array:
    """The extreme of each ``size`` values in a row: of twice as many in each turn."""
    reached = 1
    while reached < size:
        step = min(reached, size - reached)
        wide = pick(without(wide, axis, 0, step), without(wide, axis, step, 0))
        reached += step
    return wide


def without(array: Array, axis: int, first: int, last: int) -> Array:
    """An array without its first and its last lines along an axis, whose length need not be known."""
    return array[(slice(None),) * axis + (slice(first, -last or None),)]
