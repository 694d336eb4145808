"""Drawn numbers as formulas take them: one, each of several, and tries of which the first that fits is taken.

For one sample on the host, plain numbers are quicker than arrays of a few.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from augment.ops.kinds import UNIT, Array, Draw
from augment.values import Value

TRIES = 10  # as torchvision and Albumentations


class Plain:
    """What formulas need of an array library, for numbers."""

    floor, minimum, maximum = math.floor, min, max
    sqrt = np.sqrt
    """Of a float32, a float32."""


def _one_sample(drawn: Array, xp: Any) -> bool:
    return xp.__name__ == "numpy" and drawn.ndim == 1


def each(drawn: Array, xp: Any) -> Sequence[Any]:
    """The numbers (...) of a field that has several (..., n)."""
    return drawn.tolist() if _one_sample(drawn, xp) else [drawn[..., i] for i in range(drawn.shape[-1])]


def window_draws(area: Value, aspect: Value) -> tuple[Draw, ...]:
    """The draws of a window: tries of its area and its aspect, and where it lies."""
    return Draw("area", area, TRIES, exact=True), Draw("aspect", aspect, TRIES, exact=True), Draw("top", UNIT), Draw("left", UNIT)


def first_fit(attempt: Callable[..., tuple[Array, ...]], xp: Any, *draws: Array) -> tuple[Array, ...]:
    """Of n tries, with ``draws`` (..., n), the first that fits; ``attempt(xp, ...)`` returns whether it does, and numbers.

    Returns whether there is one (a bool for one sample on the host), and its numbers, or 0.
    """
    if _one_sample(draws[0], xp):
        for numbers in zip(*draws, strict=True):
            fits, *found = attempt(Plain, *numbers)
            if fits:
                return True, *map(float, found)
        return False, *(0.0 for _ in found)
    fits, *found = attempt(xp, *draws)
    n = fits.shape[-1]
    place = xp.arange(n)
    chosen = xp.equal(xp.min(xp.where(fits, place, n), axis=-1, keepdims=True), place)
    return xp.any(fits, axis=-1), *(xp.sum(xp.where(chosen, t, 0), axis=-1) for t in found)


def first_rows(count: Array, row: Callable[..., tuple[Array, ...]], xp: Any, *draws: Array) -> Array:
    """(..., n, k): what ``row(xp, ...)`` makes of each of n draws (..., n); 0 from the ``count``-th on."""
    if _one_sample(draws[0], xp):
        rows = [row(Plain, *numbers) for numbers in zip(*(own[: int(count)] for own in draws), strict=True)]
        blank = (0,) * len(rows[0] if rows else row(Plain, *(own[0] for own in draws)))
        return np.array(rows + [blank] * (len(draws[0]) - len(rows)), np.float32)
    use = xp.less(xp.arange(draws[0].shape[-1]), count[..., None])
    return xp.where(use[..., None], xp.stack(row(xp, *draws), axis=-1), 0)


def row(*numbers: Array, xp: Any) -> Array:
    """(..., 1, k): numbers (...) as one row."""
    if xp.__name__ == "numpy" and not np.ndim(numbers[0]):
        return np.array([numbers])
    return xp.stack(numbers, axis=-1)[..., None, :]


def either(condition: Array, yes: Any, no: Any, xp: Any) -> Any:
    """``xp.where``, which takes its time over a single bool."""
    return (yes if condition else no) if isinstance(condition, bool) else xp.where(condition, yes, no)
