"""Which strengths are usual."""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True)
class Sensible:
    """Between which ends a strength is usual, put beside the `Quantity`; nothing is refused beyond them, and lint tells of it.

    Lengths are fractions here, also where the spec writes pixels.
    """

    low: float = -math.inf
    high: float = math.inf
    neutral: float = 0  # the number that changes nothing
    least: float = 0  # a strength that stays nearer to neutral than this can hardly be seen
    why: str = ""  # what is wrong beyond the ends

    def __str__(self) -> str:
        if math.isinf(self.low):
            return f"up to {self.high:g}"
        return f"from {self.low:g} on" if math.isinf(self.high) else f"{self.low:g} to {self.high:g}"
