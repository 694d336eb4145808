"""Windows of random size that are cut out and resized to one."""

import math
from typing import Annotated, Any, ClassVar

from pydantic import Field

from augment.ops.kinds import UNIT, Draw, Pixels, Resizing, Size, Window, pixels
from augment.ops.resizing import Resize
from augment.ops.tries import either, first_fit, window_draws
from augment.values import LogUniform, Quantity, Sensible, Short, Value

Area = Annotated[
    Short[Value], Quantity("fractions of the image's area", gt=0, le=1),
    Sensible(low=0.05, why="so small a window seldom shows what the label says"),
]  # fmt: skip
Aspect = Annotated[
    Short[Value], Quantity("width over height", gt=0, spread=LogUniform),
    Sensible(1 / 3, 3, neutral=1, why="shapes are squeezed beyond what cameras see"),
]  # fmt: skip
SLACK = 0.0073
"""Of a pixel, that a side may lack to be whole: a quotient is a little less on one engine than on another."""


class RandomResizedCrop(Resizing):
    """Cut out a window of random area and aspect, and resize it; ten tries, then the largest central one that fits."""

    size: Pixels = Field(description="[height, width] or one number for a square")
    area: Area = Field(description="share of the image")
    aspect: Aspect = Field(default=LogUniform(low=3 / 4, high=4 / 3), description="width over height of the window")

    examples: ClassVar[tuple[dict[str, Any], ...]] = (
        {"size": [56, 64], "area": [0.2, 1.0]}, {"size": 48, "area": [0.3, 0.6], "antialias": False},
    )  # fmt: skip

    def draws(self):
        return window_draws(self.area, self.aspect)

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
        return Resize(size=self.size, antialias=self.antialias, **self.geometric_fields())


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
        return Resize(size=self.size, antialias=self.antialias, **self.geometric_fields())
