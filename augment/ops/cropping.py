"""Windows of the canvas that are cut out, in whole pixels and without interpolation."""

from typing import Annotated, Any, ClassVar, Self, get_args

import numpy as np
from pydantic import Field, model_validator

from augment.errors import SampleError
from augment.ops.kinds import UNIT, Canvas, Draw, Geometric, Move, Pixels, Size, matrix, pixels
from augment.ops.moves import Spot
from augment.values import MOST_SIDE, Constant, Quantity, Short, Value

Strip = Annotated[Short[Value], Quantity("fractions of the image, or px", ge=0, le=0.95, pixels=True)]
ZERO = Constant(number=0)
WINDOWS: tuple[Spot, ...] = get_args(Spot)


def check_room(op: Geometric, size: Size) -> None:
    """Raise `SampleError` if a canvas is smaller than the least that an op takes; of one that is drawn, the engine does."""
    least = op.least
    if least and isinstance(size[0], int) and isinstance(size[1], int) and (size[0] < least[0] or size[1] < least[1]):
        wanted, has = f"{least[0]} x {least[1]}", f"{size[0]} x {size[1]} (height x width)"
        raise SampleError(
            f"{op.name()}: a window of {wanted} does not fit into {has}; "
            f"resize before it, or pad: {{size: [{least[0]}, {least[1]}]}}"
        )


class _Cropping(Geometric):
    """A window of the canvas, without interpolation."""

    size: Pixels = Field(kw_only=False, description="[height, width] or one number for a square")

    canvas: ClassVar[Canvas] = "fixed"
    samples: ClassVar[bool] = False

    @property
    def least(self):
        return self.size

    def corner(self, v: Any, room: tuple[Any, Any], xp: Any) -> tuple[Any, Any]:
        """Top and left of the window, where ``room`` is what the canvas has to spare."""
        raise NotImplementedError

    def move(self, v, size, xp):
        check_room(self, size)
        room = size[0] - self.size[0], size[1] - self.size[1]
        top, left = self.corner(v, room, xp)
        return Move(matrix(xp, (1, 0, left - room[1] * 0.5), (0, 1, top - room[0] * 0.5), (0, 0, 1)), self.size, sides=False)


class CenterCrop(_Cropping):
    """Cut out the middle; odd remainders leave one pixel more at the right and the bottom."""

    def corner(self, v, room, xp):
        return room[0] // 2, room[1] // 2

    def inference(self):
        return self


class Crop(_Cropping):
    """Cut out a window at a given place."""

    top: int = Field(default=0, ge=0, le=MOST_SIDE, description="rows above the window")
    left: int = Field(default=0, ge=0, le=MOST_SIDE, description="columns to the left of it")
    at: Spot = Field(
        default="top_left", description="the corner that the window lies in, or the middle, rounded to the even pixel"
    )

    examples: ClassVar[tuple[dict[str, Any], ...]] = (
        {"size": [30, 41], "top": 7, "left": 9}, {"size": 40}, {"size": [30, 41], "at": "bottom_right"},
        {"size": [39, 41], "at": "center"},
    )  # fmt: skip

    @model_validator(mode="after")
    def _one_place(self) -> Self:
        if self.at != "top_left" and (self.top or self.left):
            raise ValueError(f"top and left are counted from the top left corner, and it lies at {self.at}: leave one out")
        return self

    @property
    def least(self):
        return self.top + self.size[0], self.left + self.size[1]

    def corner(self, v, room, xp):
        if self.at == "center":
            return tuple(spare // 2 + spare % 4 // 3 for spare in room)
        down, right = self.at.startswith("bottom"), self.at.endswith("right")
        return room[0] if down else self.top, room[1] if right else self.left

    def inference(self):
        return self


class RandomCrop(_Cropping):
    """Cut out a window at a random place."""

    def draws(self):
        return Draw("top", UNIT), Draw("left", UNIT)

    def corner(self, v, room, xp):
        return xp.floor(v["top"] * (room[0] + 1)), xp.floor(v["left"] * (room[1] + 1))

    def inference(self):
        return CenterCrop(size=self.size, **self.geometric_fields())


class RandomCropFromBorders(Geometric):
    """Cut strips of random width off the sides."""

    top: Strip = Field(default=ZERO, description="off the top, as a fraction of the height or in px")
    left: Strip = Field(default=ZERO, description="off the left, as a fraction of the width or in px")
    bottom: Strip = Field(default=ZERO, description="off the bottom")
    right: Strip = Field(default=ZERO, description="off the right")

    canvas: ClassVar[Canvas] = "drawn"
    samples: ClassVar[bool] = False
    examples: ClassVar[tuple[dict[str, Any], ...]] = (
        {"top": [0, 0.2], "left": [0, 0.2], "bottom": [0, 0.2], "right": [0, 0.2]}, {"left": ["3px", "20px"], "bottom": 0.1},
    )  # fmt: skip

    @model_validator(mode="after")
    def _leaves_something(self):
        if not self.model_fields_set & {"top", "left", "bottom", "right"}:
            raise ValueError("needs top, left, bottom or right")
        for one, other in (("top", "bottom"), ("left", "right")):
            both = [getattr(self, name) for name in (one, other)]
            if sum(value.support[1] for value in both if value.unit != "px") >= 1:
                raise ValueError(f"{one} and {other} may take all of the image; together they must stay below 1")
        return self

    def draws(self):
        return tuple(Draw(name, getattr(self, name), exact=True) for name in ("top", "left", "bottom", "right"))

    def move(self, v, size, xp):
        sides = (self.top, "top", 0), (self.left, "left", 1), (self.bottom, "bottom", 0), (self.right, "right", 1)
        top, left, bottom, right = (xp.floor(pixels(value, v[name], size[axis])) for value, name, axis in sides)
        out = size[0] - top - bottom, size[1] - left - right
        if xp.__name__ == "numpy" and np.any(np.minimum(*out) < 1):
            raise SampleError(f"{self.name()}: nothing is left of {size[0]} x {size[1]} (height x width); take less off")
        return Move(matrix(xp, (1, 0, (left - right) * 0.5), (0, 1, (top - bottom) * 0.5), (0, 0, 1)), out, sides=False)
