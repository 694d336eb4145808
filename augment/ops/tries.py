"""Fields of several drawn numbers: each of them, and tries of which the first that fits is taken.

For one sample on the host, plain numbers are quicker than arrays of a few.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from augment.ops.kinds import Array


def _one_sample(drawn: Array, xp: Any) -> bool:
    return xp.__name__ == "numpy" and drawn.ndim == 1


def each(drawn: Array, xp: Any) -> Sequence[Any]:
    """The numbers (...) of a field that has several (..., n)."""
    return drawn.tolist() if _one_sample(drawn, xp) else [drawn[..., i] for i in range(drawn.shape[-1])]


def first_fit(attempt: Callable[..., tuple[Array, ...]], xp: Any, *draws: Array) -> tuple[Array, ...]:
    """Of n tries, with ``draws`` (..., n), the first that fits; ``attempt`` returns whether it does, and numbers.

    Returns whether there is one (a bool for one sample on the host), and its numbers, or 0.
    """
    if _one_sample(draws[0], xp):
        for numbers in zip(*draws, strict=True):
            fits, *found = attempt(*numbers)
            if fits:
                return True, *map(float, found)
        return False, *(0.0 for _ in found)
    fits, *found = attempt(*draws)
    n = fits.shape[-1]
    place = xp.arange(n)
    chosen = xp.equal(xp.min(xp.where(fits, place, n), axis=-1, keepdims=True), place)
    return xp.any(fits, axis=-1), *(xp.sum(xp.where(chosen, t, 0), axis=-1) for t in found)


def either(condition: Array, yes: Any, no: Any, xp: Any) -> Any:
    """``xp.where``, which takes its time over a single bool."""
    return (yes if condition else no) if isinstance(condition, bool) else xp.where(condition, yes, no)
