"""What a move of the image does to directions: quarter turns and mirrors, read from the matrix of the move."""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import numpy as np

DIRECTIONS = {
    "W": (-1, 0), "E": (1, 0), "N": (0, -1), "S": (0, 1), "NW": (-1, -1), "NE": (1, -1), "SW": (-1, 1), "SE": (1, 1),
}  # fmt: skip
"""As they lie in the image, x right and y down."""
AXES = {"H": "V", "V": "H"}
_NAMES = {vector: name for name, vector in DIRECTIONS.items()}
CLEAR = 30.0
"""So many degrees beside a quarter turn, what was left is still more left than anything else; between, no word fits."""


class Turn(NamedTuple):
    """A quarter turn (none, one, two or three), after a mirror or not: where (1, 0) and (0, 1) come to lie."""

    x: tuple[int, int] = (1, 0)
    y: tuple[int, int] = (0, 1)
    clear: bool = True
    """Whether the move is near it; otherwise no word of direction says where a thing has gone."""

    @classmethod
    def of(cls, inverse: Any) -> Turn:
        """Return the turn nearest to a move, given as the 3 x 3 matrix from its output back to its input, about their centres.

        Only the linear part at the centre counts: shifts, scales and small shears move no word.
        """
        (a, b, c), (d, e, f), (g, h, i) = np.asarray(inverse, np.float64).tolist()
        # the derivative at the centre of the way forth, by cofactors, but for a factor above 0
        w = a * e - b * d
        x, y, p, q = b * f - c * e, c * d - a * f, d * h - e * g, b * g - a * h
        left, over = (e * i - f * h) * w - x * p, (c * h - b * i) * w - x * q
        down, right = (f * g - d * i) * w - y * p, (a * i - c * g) * w - y * q
        mirrored = left * right - over * down < 0
        if mirrored:
            left, down = -left, -down  # what remains after a mirror of left and right
        degrees = math.degrees(math.atan2(down - over, left + right))
        quarters = round(degrees / 90)
        cos, sin = ((1, 0), (0, 1), (-1, 0), (0, -1))[quarters % 4]
        x = (-cos, -sin) if mirrored else (cos, sin)
        return cls(x, (-sin, cos), abs(degrees - 90 * quarters) <= CLEAR + 1e-6)

    @property
    def mirrored(self) -> bool:
        """Whether it turns clockwise into counterclockwise, and a left hand into a right one."""
        return self.x[0] * self.y[1] - self.x[1] * self.y[0] < 0

    @property
    def swaps_axes(self) -> bool:
        """Whether left and right become above and below."""
        return self.x[0] == 0

    @property
    def still(self) -> bool:
        """Whether it changes nothing."""
        return self.clear and self == Turn()

    def __call__(self, direction: str) -> str:
        """Return what a direction has become, or one of the axes H and V."""
        if direction in AXES:
            return AXES[direction] if self.swaps_axes else direction
        dx, dy = DIRECTIONS[direction]
        return _NAMES[dx * self.x[0] + dy * self.y[0], dx * self.x[1] + dy * self.y[1]]

    def hour(self, hour: int) -> int:
        """Return what an hour of the clock, as a direction, has become."""
        noon = {"N": 0, "E": 3, "S": 6, "W": 9}[self("N")]
        return (noon + (-hour if self.mirrored else hour) - 1) % 12 + 1


STILL = Turn()
