"""Resizing to a size, or so that one side has a length."""

from typing import Any, ClassVar

from pydantic import Field, model_validator

from augment.ops.kinds import Pixels, Resizing, shorter
from augment.ops.tries import either
from augment.values import MOST_SIDE


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
            return tuple(at_least((2 * have * sides[0] + sides[1]) // (2 * sides[1]), 1, xp) for have in size)
        small = shorter(size, xp)
        choices = (self.short, small), (self.long, height + width - small), (self.height, height), (self.width, width)
        side, base = next(choice for choice in choices if choice[0])
        # whole numbers throughout: the other side is rounded to the nearest pixel, halves up
        return tuple(at_least((2 * have * side + base) // (2 * base), 1, xp) for have in size)

    def inference(self):
        return self


def at_least(side: Any, least: int, xp: Any) -> Any:
    return max(side, least) if isinstance(side, int) else xp.maximum(side, least)
