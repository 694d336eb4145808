"""Flips and quarter turns: whole pixels move, nothing is interpolated."""

from typing import Annotated, Any, ClassVar

from pydantic import Field

from augment.ops.kinds import Canvas, Geometric, Move, Size, matrix
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
    upends: ClassVar[bool] = True

    def move(self, v, size, xp):
        return Move(matrix(xp, (0, 1, 0), (1, 0, 0), (0, 0, 1)), (size[1], size[0]), sides=False)


class Rotate90(Geometric):
    """Turn by quarter turns, counter-clockwise."""

    samples: ClassVar[bool] = False

    turns: Annotated[Short[Value], Quantity("quarter turns", ge=0, le=3, integer=True)] = Field(
        default=Integers(low=0, high=3), kw_only=False, description="how many quarter turns"
    )

    canvas: ClassVar[Canvas] = "drawn"
    upends: ClassVar[bool] = True

    def move(self, v, size, xp):
        # a constant is known before anything is drawn, and so is the size of the output
        return quarter_turn(int(self.turns.support[0]) if self.turns.constant else v["turns"] * 1.0, size, xp)


def quarter_turn(turns: Any, size: Size, xp: Any) -> Move:
    """Turn by 0 to 3 quarter turns, counter-clockwise."""
    cos, sin = abs(turns - 2) - 1, 1 - abs(turns - 1)  # 1, 0, -1, 0 and 0, 1, 0, -1, exactly
    height, width = size
    if not (isinstance(height, int) and isinstance(width, int) and height == width):  # arrays of sides cannot tell
        odd = turns % 2
        height, width = height + odd * (width - height), width + odd * (height - width)
    return Move(matrix(xp, (cos, -sin, 0), (sin, cos, 0), (0, 0, 1)), (height, width), sides=False)


class D4(Geometric):
    """One of the eight symmetries of a square: four quarter turns, each mirrored or not."""

    symmetry: Annotated[Short[Value], Quantity("symmetries", ge=0, le=7, integer=True)] = Field(
        default=Integers(low=0, high=7), kw_only=False,
        description="0 to 3: so many quarter turns counter-clockwise; 4 to 7: the same after left and right changed places",
    )  # fmt: skip

    samples: ClassVar[bool] = False
    canvas: ClassVar[Canvas] = "drawn"
    upends: ClassVar[bool] = True

    def move(self, v, size, xp):
        number = int(self.symmetry.support[0]) if self.symmetry.constant else v["symmetry"] * 1.0
        mirrored = number // 4
        mirror, turns = 1 - 2 * mirrored, number - 4 * mirrored
        turned = quarter_turn(turns, size, xp)
        return turned._replace(inverse=matrix(xp, (mirror, 0, 0), (0, 1, 0), (0, 0, 1)) @ turned.inverse)
