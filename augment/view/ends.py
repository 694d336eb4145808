"""From where to where a slider goes, and in which steps: what is allowed, what is usual, and what is written already."""

from __future__ import annotations

import math
from typing import NamedTuple

from augment.values import Quantity, Sensible

SIDE = 256
"""Of the picture for which fractions are turned into pixels, to find how far a slider of pixels goes."""
STEPS = 200
NEAR = 4
"""How many times what is written a slider goes to either side of zero."""


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


def ends(
    quantity: Quantity, usual: Sensible | None, low: float, high: float, *, pixels: bool = False, near: bool = False
) -> Ends:
    """Return the ends for a value from ``low`` to ``high``.

    ``near`` is for values that are written: little is seen of ±3 on a slider of ±180, which grows when it is moved.
    """
    scale = SIDE if pixels else 1
    least = max(usual.low if usual else -math.inf, quantity.ge) * scale
    most = min(usual.high if usual else math.inf, quantity.le) * scale
    if near and -math.inf < least < 0 < most < math.inf:
        around = max(NEAR * max(abs(low), abs(high)), (most - least) / 8)
        least, most = max(least, -around), min(most, around)
    reach = 2 * max(abs(low), abs(high), 8 if pixels else 1)
    if math.isinf(least):
        least = -reach if low < 0 else max(quantity.gt, 0.0)
    if math.isinf(most):
        most = max(reach, least + reach)
    step = (2.0 if quantity.odd else 1.0) if quantity.integer else step_of(most - least)
    if least <= quantity.gt:
        least = quantity.gt + step
    return Ends(min(least, low), max(most, high), step)


def step_of(span: float) -> float:
    """Return a round number, about `STEPS` of which make a span."""
    raw = span / STEPS
    power = 10.0 ** math.floor(math.log10(raw))
    return next((m * power for m in (1, 2, 5) if m * power >= raw), 10 * power)
