"""Flips and quarter turns: whole pixels move, nothing is interpolated."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from augment.ops.kinds import Canvas, Geometric, Move, matrix
from augment.values import Integers, Quantity, Short, Value


class HorizontalFlip(Geometric):
    """Mirror left and right."""

    samples: ClassVar[bool] = False
    needs_p: ClassVar[bool] = True

    def move(self, v, size, xp):
        return Move(matrix(xp, (-1, 0, 0), (0, 1, 0), (0, 0, 1)), size, sides=False)


class VerticalFlip(Geometric):
    """Mirror top and bottom."""

    samples: ClassVar[bool] = False
    needs_p: ClassVar[bool] = True

    def move(self, v, size, xp):
        return Move(matrix(xp, (1, 0, 0), (0, -1, 0), (0, 0, 1)), size, sides=False)


class Transpose(Geometric):
    """Mirror on the diagonal from top left to bottom right: rows become columns."""

    samples: ClassVar[bool] = False
    needs_p: ClassVar[bool] = True
    canvas: ClassVar[Canvas] = "drawn"

    def move(self, v, size, xp):
        return Move(matrix(xp, (0, 1, 0), (1, 0, 0), (0, 0, 1)), (size[1], size[0]), sides=False)


class Rotate90(Geometric):
    """Turn by quarter turns, counter-clockwise."""

    samples: ClassVar[bool] = False

    turns: Annotated[Short[Value], Quantity("quarter turns", ge=0, le=3, integer=True)] = Field(
        default=Integers(low=0, high=3), kw_only=False, description="how many quarter turns"
    )

    canvas: ClassVar[Canvas] = "drawn"

    def move(self, v, size, xp):
        # a constant is known before anything is drawn, and so is the size of the output
        turns = int(self.turns.support[0]) if self.turns.constant else v["turns"] * 1.0
        cos, sin = abs(turns - 2) - 1, 1 - abs(turns - 1)  # 1, 0, -1, 0 and 0, 1, 0, -1, exactly
        height, width = size
        if not (isinstance(height, int) and isinstance(width, int) and height == width):  # arrays of sides cannot tell
            odd = turns % 2
            height, width = height + odd * (width - height), width + odd * (height - width)
        return Move(matrix(xp, (cos, -sin, 0), (sin, cos, 0), (0, 0, 1)), (height, width), sides=False)
