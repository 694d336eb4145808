"""Sizes: resize, crops and padding. Windows are whole pixels."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar

from pydantic import Field, model_validator

from augment.errors import SampleError
from augment.ops.kinds import UNIT, Canvas, Draw, Geometric, Move, Pixels, Resizing, Size, Window, matrix, shorter
from augment.ops.tries import either, first_fit
from augment.values import LogUniform, Quantity, Sensible, Short, Value

Area = Annotated[
    Short[Value], Quantity("fractions of the image's area", gt=0, le=1),
    Sensible(low=0.05, why="so small a window seldom shows what the label says"),
]  # fmt: skip
Aspect = Annotated[
    Short[Value], Quantity("width over height", gt=0, spread=LogUniform),
    Sensible(1 / 3, 3, neutral=1, why="shapes are squeezed beyond what cameras see"),
]  # fmt: skip
TRIES = 10  # as torchvision and Albumentations


class Resize(Resizing):
    """Resize to a size, or so that one side has a length and the aspect stays; antialiased."""

    size: Pixels | None = Field(default=None, kw_only=False, description="[height, width] or one number for a square")
    short: int | None = Field(default=None, gt=0, le=32767, description="length of the shorter side; keeps the aspect")
    long: int | None = Field(default=None, gt=0, le=32767, description="length of the longer side; keeps the aspect")
    height: int | None = Field(default=None, gt=0, le=32767, description="keeps the aspect; for lines of text")
    width: int | None = Field(default=None, gt=0, le=32767, description="keeps the aspect")

    examples: ClassVar[tuple[dict[str, Any], ...]] = (
        {"size": [56, 72]}, {"size": [150, 170]}, {"short": 50}, {"long": 170}, {"height": 60}, {"width": 64},
        {"size": 64, "antialias": False}, {"size": 64, "interpolation": "bicubic"},
        {"size": [57, 90], "interpolation": "nearest"},
    )  # fmt: skip

    @model_validator(mode="after")
    def _one_way_to_say_it(self):
        if sum(x is not None for x in (self.size, self.short, self.long, self.height, self.width)) != 1:
            raise ValueError("needs one of size, short, long, height and width")
        return self

    def output(self, size, xp):
        if self.size:
            return self.size
        height, width = size
        small = shorter(size, xp)
        choices = (self.short, small), (self.long, height + width - small), (self.height, height), (self.width, width)
        side, base = next(choice for choice in choices if choice[0])
        # whole numbers throughout: the other side is rounded to the nearest pixel, halves up
        return tuple(_at_least((2 * have * side + base) // (2 * base), 1, xp) for have in size)

    def inference(self):
        return self


class _Cropping(Geometric):
    """A window of the canvas, without interpolation."""

    size: Pixels = Field(kw_only=False, description="[height, width] or one number for a square")

    canvas: ClassVar[Canvas] = "fixed"
    samples: ClassVar[bool] = False

    def corner(self, v: Any, room: tuple[Any, Any], xp: Any) -> tuple[Any, Any]:
        """Top and left of the window, where ``room`` is what the canvas has to spare."""
        raise NotImplementedError

    def move(self, v, size, xp):
        if isinstance(size[0], int) and isinstance(size[1], int) and (size[0] < self.size[0] or size[1] < self.size[1]):
            wanted, has = f"{self.size[0]} x {self.size[1]}", f"{size[0]} x {size[1]} (height x width)"
            raise SampleError(
                f"{self.name()}: a window of {wanted} does not fit into {has}; "
                f"resize before it, or pad: {{size: [{self.size[0]}, {self.size[1]}]}}"
            )
        room = size[0] - self.size[0], size[1] - self.size[1]
        top, left = self.corner(v, room, xp)
        return Move(matrix(xp, (1, 0, left - room[1] * 0.5), (0, 1, top - room[0] * 0.5), (0, 0, 1)), self.size, sides=False)


class CenterCrop(_Cropping):
    """Cut out the middle; odd remainders leave one pixel more at the right and the bottom."""

    def corner(self, v, room, xp):
        return room[0] // 2, room[1] // 2

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

    def output(self, size, xp):
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
            return Window(xp.floor(v["top"] * (height - h + 1)), xp.floor(v["left"] * (width - w + 1)), h, w)
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


class Pad(Geometric):
    """Pad to at least a size, or to multiples of a number; odd remainders go to the right and the bottom."""

    canvas: ClassVar[Canvas] = "derived"

    size: Pixels | None = Field(default=None, kw_only=False, description="[height, width] that it has at least")
    multiple: int | None = Field(default=None, gt=0, le=4096, description="both sides become multiples of it")

    examples: ClassVar[tuple[dict[str, Any], ...]] = ({"size": [141, 150]}, {"multiple": 32, "border": "reflect"})

    @model_validator(mode="after")
    def _one_way_to_say_it(self):
        if (self.size is None) == (self.multiple is None):
            raise ValueError("needs size or multiple")
        return self

    def move(self, v, size, xp):
        if self.size:
            out = tuple(_at_least(have, want, xp) for have, want in zip(size, self.size, strict=True))
        else:
            out = tuple(-(-have // self.multiple) * self.multiple for have in size)
        top, left = (out[0] - size[0]) // 2, (out[1] - size[1]) // 2
        bottom, right = out[0] - size[0] - top, out[1] - size[1] - left
        shift_x, shift_y = (right - left) * -0.5, (bottom - top) * -0.5
        # x_in = x_out − left, and the centres are (out − 1)/2 and (size − 1)/2
        inverse = matrix(xp, (1, 0, -shift_x), (0, 1, -shift_y), (0, 0, 1))
        return Move(inverse, out, sides=(left > 0, top > 0, right > 0, bottom > 0))

    def inference(self):
        return self


def _shared(op: Geometric, base: type[Geometric]) -> dict[str, Any]:
    """The fields of ``base`` that were set on an op, without ``p``, for its counterpart at inference."""
    return {f: getattr(op, f) for f in op.model_fields_set & set(base.model_fields) - {"p", "weight", "stage"}}
