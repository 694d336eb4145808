"""Padding: images stand on larger canvases, as they are or resized to just fit."""

from typing import Any, ClassVar, Self

from pydantic import Field, model_validator

from augment.ops.kinds import (
    RASTERS_AND_POINTS,
    Canvas,
    Colour,
    Expansion,
    Geometric,
    Interpolation,
    Pixels,
    Policy,
)
from augment.ops.moves import Spot, padded
from augment.ops.resizing import Resize, at_least
from augment.values import MOST_SIDE


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
            out = tuple(at_least(have, want, xp) for have, want in zip(size, self.size, strict=True))
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
