"""From where to where a slider goes, and in which steps: what is usual, and as far as is allowed where one goes on."""

from __future__ import annotations

import math
from typing import NamedTuple

from augment.values import Quantity, Sensible

SIDE = 256
"""Of the picture for which fractions are turned into pixels, to find how far a slider of pixels goes."""
STEPS = 400


class Ends(NamedTuple):
    """Of a slider."""

    least: float
    most: float
    step: float


def neutral(quantity: Quantity, usual: Sensible | None) -> float:
    """Return the number that changes nothing, or the nearest to it that may be written."""
    start = usual.neutral if usual else 0
    if start >= quantity.ge and start > quantity.gt:
        return start
    return quantity.ge if quantity.ge > -math.inf else 1


def ends(quantity: Quantity, usual: Sensible | None, low: float, high: float, unit: str = "") -> Ends:
    """Return the ends for a value from ``low`` to ``high``: what is usual, and further out where the value is at its end."""
    allowed = quantity.allowed(unit)
    scale, least, most = (SIDE if unit else 1), quantity.ge, quantity.le
    if usual:
        least, most = max(least, usual.low), min(most, usual.high)
    reach = 2 * max(abs(low), abs(high), 8 if unit else 1)
    least = least * scale if least > -math.inf else -reach if low < 0 else max(quantity.gt, 0.0)
    most = most * scale if most < math.inf else max(reach, least + reach)
    least, most = grown(least, most, low, high, allowed)
    step = (2.0 if quantity.odd else 1.0) if quantity.integer else step_of(most - least, low, high)
    return Ends(quantity.gt + step if least <= quantity.gt else least, most, step)


def grown(least: float, most: float, low: float, high: float, allowed: tuple[float, float]) -> tuple[float, float]:
    """Return ends that leave room beyond a value that is at one of them, as far as is allowed."""
    span = most - least
    if low <= least:
        least = max(allowed[0], low - max(span, abs(low)))
    if high >= most:
        most = min(allowed[1], high + max(span, abs(high)))
    return max(allowed[0], least), min(allowed[1], most)


def step_of(span: float, *written: float) -> float:
    """Return a round number, about `STEPS` of which make a span, or a tenth or a hundredth of it that meets what is written."""
    raw = span / STEPS
    power = 10.0 ** math.floor(math.log10(raw))
    step = next((m * power for m in (1, 2, 5) if m * power >= raw), 10 * power)
    return next((s for s in (step, step / 10) if all(_meets(s, number) for number in written)), step / 100)


def _meets(step: float, number: float) -> bool:
    return abs(number / step - round(number / step)) < 1e-6


__all__ = ["Ends", "ends", "grown", "neutral", "step_of"]
