"""Sizes: resize, crops and padding. Windows are whole pixels."""

from __future__ import annotations

import math
from typing import Annotated, Any, ClassVar, Literal, Self, get_args

import numpy as np
from pydantic import Field, model_validator

from augment.errors import SampleError
from augment.ops.kinds import (
    RASTERS_AND_POINTS,
    UNIT,
    Canvas,
    Colour,
    Draw,
    Expansion,
    Geometric,
    Interpolation,
    Move,
    Pixels,
    Policy,
    Resizing,
    Size,
    Window,
    matrix,
    pixels,
    shorter,
)
from augment.ops.tries import either, first_fit
from augment.values import MOST_SIDE, Constant, LogUniform, Quantity, Sensible, Short, Value

Area = Annotated[
    Short[Value], Quantity("fractions of the image's area", gt=0, le=1),
    Sensible(low=0.05, why="so small a window seldom shows what the label says"),
]  # fmt: skip
Aspect = Annotated[
    Short[Value], Quantity("width over height", gt=0, spread=LogUniform),
    Sensible(1 / 3, 3, neutral=1, why="shapes are squeezed beyond what cameras see"),
]  # fmt: skip
Strip = Annotated[Short[Value], Quantity("fractions of the image, or px", ge=0, le=0.95, pixels=True)]
ZERO = Constant(number=0)
SLACK = 0.0073
"""Of a pixel, that a side may lack to be whole: a quotient is a little less on one engine than on another."""
TRIES = 10  # as torchvision and Albumentations


class Resize(Resizing):
    """Resize to a size, or so that one side has a length and the aspect stays; antialiased.

    `long` is Albumentations' LongestMaxSize and `short` its SmallestMaxSize, with `inside` and `cover` for a size of two sides.
    """

    size: Pixels | None = Field(default=None, kw_only=False, description="[height, width] or one number for a square")
    short: int | None = Field(default=None, gt=0, le=MOST_SIDE, description="length of the shorter side; keeps the aspect")
    long: int | None = Field(default=None, gt=0, le=MOST_SIDE, description="length of the longer side; keeps the aspect")
    height: int | None = Field(default=None, gt=0, le=MOST_SIDE, description="keeps the aspect; for lines of text")
    width: int | None = Field(default=None, gt=0, le=MOST_SIDE, description="keeps the aspect")
    inside: Pixels | None = Field(default=None, description="[height, width] that it just fits into; keeps the aspect")
    cover: Pixels | None = Field(default=None, description="[height, width] that it just covers; keeps the aspect")

    examples: ClassVar[tuple[dict[str, Any], ...]] = (
        {"size": [56, 72]}, {"size": [150, 170]}, {"short": 50}, {"long": 170}, {"height": 60}, {"width": 64},
        {"inside": [70, 80]}, {"cover": [50, 80]},
        {"size": 64, "antialias": False}, {"size": 64, "interpolation": "bicubic"},
        {"size": [57, 90], "interpolation": "nearest"},
    )  # fmt: skip

    @model_validator(mode="after")
    def _one_way_to_say_it(self):
        ways = self.size, self.short, self.long, self.height, self.width, self.inside, self.cover
        if sum(x is not None for x in ways) != 1:
            both = self.height and self.width
            fix = f"; height and width together are size: [{self.height}, {self.width}]" if both else ""
            raise ValueError(f"needs one of size, short, long, height, width, inside and cover{fix}")
        return self

    def output(self, v, size, xp):
        if self.size:
            return self.size
        height, width = size
        frame = self.inside or self.cover
        if frame:
            # the side that decides, and its length
            tall, flat = frame[0] * width, frame[1] * height
            upright = tall <= flat if self.inside else tall >= flat
            pairs = [(a, b) if isinstance(upright, bool) else (a * 1.0, b * 1.0) for a, b in (frame, size)]
            sides = [either(upright, tall, wide, xp) for tall, wide in pairs]
            return tuple(_at_least((2 * have * sides[0] + sides[1]) // (2 * sides[1]), 1, xp) for have in size)
        small = shorter(size, xp)
        choices = (self.short, small), (self.long, height + width - small), (self.height, height), (self.width, width)
        side, base = next(choice for choice in choices if choice[0])
        # whole numbers throughout: the other side is rounded to the nearest pixel, halves up
        return tuple(_at_least((2 * have * side + base) // (2 * base), 1, xp) for have in size)

    def inference(self):
        return self


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


Spot = Literal["top_left", "top_right", "bottom_left", "bottom_right", "center"]
WINDOWS: tuple[Spot, ...] = get_args(Spot)


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
        return CenterCrop(size=self.size, **_shared(self, Geometric))


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


class RandomResizedCrop(Resizing):
    """Cut out a window of random area and aspect, and resize it; ten tries, then the largest central one that fits."""

    size: Pixels = Field(description="[height, width] or one number for a square")
    area: Area = Field(description="share of the image")
    aspect: Aspect = Field(default=LogUniform(low=3 / 4, high=4 / 3), description="width over height of the window")

    examples: ClassVar[tuple[dict[str, Any], ...]] = (
        {"size": [56, 64], "area": [0.2, 1.0]}, {"size": 48, "area": [0.3, 0.6], "antialias": False},
    )  # fmt: skip

    def draws(self):
        return (
            Draw("area", self.area, TRIES, exact=True),
            Draw("aspect", self.aspect, TRIES, exact=True),
            Draw("top", UNIT),
            Draw("left", UNIT),
        )

    def output(self, v, size, xp):
        return self.size

    def window(self, v, size, xp):
        height, width = size
        # of a canvas that is drawn, each sample has its own sides beside its tries
        tall, wide = (side[..., None] if getattr(side, "shape", ()) else side for side in size)

        def attempt(xp: Any, area: Any, aspect: Any) -> tuple[Any, ...]:
            area = area * (tall * wide)
            w = xp.floor(xp.sqrt(area * aspect) + 0.5)
            h = xp.floor(xp.sqrt(area / aspect) + 0.5)
            return (w >= 1) & (h >= 1) & (w <= wide) & (h <= tall), h, w

        ok, h, w = first_fit(attempt, xp, v["area"], v["aspect"])
        if ok is True:
            return Window(math.floor(v["top"] * (height - h + 1)), math.floor(v["left"] * (width - w + 1)), h, w)
        # without a fit: the whole side, and the other as the nearest allowed aspect asks
        high_h, wide_w = _largest(size, self.aspect.support, xp)
        top = either(ok, xp.floor(v["top"] * (height - h + 1)), (height - high_h) // 2, xp)
        left = either(ok, xp.floor(v["left"] * (width - w + 1)), (width - wide_w) // 2, xp)
        return Window(top, left, either(ok, h, high_h, xp), either(ok, w, wide_w, xp))

    def inference(self):
        return Resize(size=self.size, antialias=self.antialias, **_shared(self, Geometric))


def _at_least(side: Any, least: int, xp: Any) -> Any:
    return max(side, least) if isinstance(side, int) else xp.maximum(side, least)


def _largest(size: Size, aspect: tuple[float, float], xp: Any) -> Size:
    """Height and width of the largest window whose width over height is nearest to a range."""
    height, width = size
    low, high = aspect
    if isinstance(height, int) and isinstance(width, int):
        tall = min(height, max(1, int(width / low))) if width < low * height else height
        return tall, min(width, max(1, int(height * high))) if width > high * height else width
    tall = xp.minimum(height, xp.maximum(xp.floor(width / low), 1))
    wide = xp.minimum(width, xp.maximum(xp.floor(height * high), 1))
    return xp.where(width < low * height, tall, height), xp.where(width > high * height, wide, width)


class RandomSizedCrop(Resizing):
    """Cut out a window of random height and given aspect, and resize it; one that is too large is reduced to what fits."""

    size: Pixels = Field(description="[height, width] or one number for a square")
    height: Annotated[Short[Value], Quantity("fractions of the height, or px", gt=0, le=1, pixels=True)] = Field(
        description="of the window"
    )
    aspect: float = Field(default=1.0, gt=0.01, le=100, description="width over height of the window")

    examples: ClassVar[tuple[dict[str, Any], ...]] = (
        {"size": [56, 64], "height": [0.4, 0.9]}, {"size": 48, "height": ["30px", "70px"], "aspect": 1.25, "antialias": False},
    )  # fmt: skip

    def draws(self):
        return Draw("height", self.height, exact=True), Draw("top", UNIT), Draw("left", UNIT)

    def output(self, v, size, xp):
        return self.size

    def window(self, v, size, xp):
        height, width = size
        wanted = xp.floor(pixels(self.height, v["height"], height))
        h = xp.maximum(xp.minimum(xp.minimum(wanted, height * 1.0), xp.floor(width / self.aspect + SLACK)), 1)
        w = xp.maximum(xp.minimum(xp.floor(h * self.aspect + SLACK), width * 1.0), 1)
        return Window(xp.floor(v["top"] * (height - h + 1)), xp.floor(v["left"] * (width - w + 1)), h, w)

    def inference(self):
        return Resize(size=self.size, antialias=self.antialias, **_shared(self, Geometric))


class Pad(Geometric):
    """Pad to at least a size, to multiples of a number, or by so many pixels; odd remainders go to the right and the bottom."""

    canvas: ClassVar[Canvas] = "derived"

    size: Pixels | None = Field(default=None, kw_only=False, description="[height, width] that it has at least")
    multiple: int | None = Field(default=None, gt=0, le=4096, description="both sides become multiples of it")
    left: int = Field(default=0, ge=0, le=MOST_SIDE, description="columns that are added at the left")
    top: int = Field(default=0, ge=0, le=MOST_SIDE, description="rows that are added at the top")
    right: int = Field(default=0, ge=0, le=MOST_SIDE, description="columns that are added at the right")
    bottom: int = Field(default=0, ge=0, le=MOST_SIDE, description="rows that are added at the bottom")
    at: Spot = Field(default="center", description="where the image stands in a size or a multiple")

    examples: ClassVar[tuple[dict[str, Any], ...]] = (
        {"size": [141, 150]}, {"multiple": 32, "border": "reflect"}, {"top": 4, "left": 7, "right": 3, "fill": 0.4},
        {"multiple": 32, "at": "top_left"},
    )  # fmt: skip

    @model_validator(mode="after")
    def _one_way_to_say_it(self) -> Self:
        by_sides = bool(self.left or self.top or self.right or self.bottom)
        if (self.size is not None) + (self.multiple is not None) + by_sides != 1:
            raise ValueError("needs one of size, multiple, and top, left, bottom or right")
        if by_sides and self.at != "center":
            raise ValueError("at says where the image stands in a size or a multiple; left, top, right and bottom say it already")
        return self

    def move(self, v, size, xp):
        if self.size:
            out = tuple(_at_least(have, want, xp) for have, want in zip(size, self.size, strict=True))
        elif self.multiple:
            out = tuple(-(-have // self.multiple) * self.multiple for have in size)
        else:
            return padded(size, (size[0] + self.top + self.bottom, size[1] + self.left + self.right), (self.top, self.left), xp)
        room = out[0] - size[0], out[1] - size[1]
        if self.at == "center":
            return padded(size, out, (room[0] // 2, room[1] // 2), xp)
        down, right = self.at.startswith("bottom"), self.at.endswith("right")
        return padded(size, out, (room[0] if down else 0, room[1] if right else 0), xp)

    def inference(self):
        return self


def padded(size: Size, out: Size, corner: Size, xp: Any) -> Move:
    """Put an image on a larger canvas, with its top left corner at ``corner``."""
    top, left = corner
    bottom, right = out[0] - size[0] - top, out[1] - size[1] - left
    shift_x, shift_y = (right - left) * -0.5, (bottom - top) * -0.5
    # x_in = x_out − left, and the centres are (out − 1)/2 and (size − 1)/2
    inverse = matrix(xp, (1, 0, -shift_x), (0, 1, -shift_y), (0, 0, 1))
    return Move(inverse, out, sides=(left > 0, top > 0, right > 0, bottom > 0))


class Letterbox(Policy):
    """Resize to just fit into a size, and pad to it on both sides; what detectors are fed."""

    size: Pixels = Field(kw_only=False, description="[height, width] or one number for a square")
    fill: Colour = Field(default=(0.0,), description="colour of the bars")
    interpolation: Interpolation = Field(default="bilinear", description="of images")
    antialias: bool = Field(default=True, description="weigh all pixels that fall under an output pixel")

    moves: ClassVar[frozenset[str]] = RASTERS_AND_POINTS
    examples: ClassVar[tuple[dict[str, Any], ...]] = ({"size": [80, 96]}, {"size": 100, "fill": 0.447})

    def expand(self):
        fitted = Resize(inside=self.size, interpolation=self.interpolation, antialias=self.antialias, on=self.on)
        return Expansion("resize", fitted), Expansion("pad", Pad(size=self.size, fill=self.fill, on=self.on))


def _shared(op: Geometric, base: type[Geometric]) -> dict[str, Any]:
    """The fields of ``base`` that were set on an op, without ``p``, for its counterpart at inference."""
    return {f: getattr(op, f) for f in op.model_fields_set & set(base.model_fields) - {"p", "weight", "stage"}}
