"""Sizes that are drawn: what comes out is larger or smaller, in the aspect of the image. A batch of them needs a crop behind."""

from typing import Annotated, Any, ClassVar

import numpy as np
from pydantic import Field

from augment.errors import SampleError
from augment.ops.kinds import UNIT, Canvas, Draw, Geometric, Pixels, Resizing, Size, shorter
from augment.ops.moves import padded
from augment.ops.resizing import Resize
from augment.values import MOST_AREA, MOST_SIDE, Quantity, Sensible, Short, Value

HALF_UP = 0.5073
"""What is added before a side is rounded down: halves are common, and float32 decides them one way here and another there."""


Times = Annotated[
    Short[Value], Quantity("times the size", gt=0, le=16, hint="a change of a tenth either way is 1±0.1"),
    Sensible(0.1, 4, neutral=1, least=0.01, why="little is left of the picture, or little can be made out in it"),
]  # fmt: skip


def check_area(op: Geometric, out: Size, xp: Any) -> Size:
    """Raise `SampleError` if a canvas has more pixels than any image may have; in a graph, nobody knows."""
    if xp.__name__ == "numpy" and np.max(np.multiply(*out)) > MOST_AREA:
        tall, wide = (int(np.max(side)) for side in out)
        raise SampleError(f"{op.name()}: {tall} x {wide} (height x width) are more than {MOST_AREA:,} pixels; draw less")
    return out


def scaled(size: Size, factor: Any, xp: Any) -> Size:
    """A size times a factor, each side rounded to the nearest pixel, halves up, and at least 1."""
    height, width = (xp.maximum(xp.floor(have * factor + HALF_UP), 1) for have in size)
    return height, width


class _Scaling(Resizing):
    """Resizes by a factor that is drawn."""

    canvas: ClassVar[Canvas] = "drawn"

    def factor_of(self, v: Any, size: Size, xp: Any) -> Any:
        """How many times as large it becomes."""
        raise NotImplementedError

    def output(self, v, size, xp):
        return check_area(self, scaled(size, self.factor_of(v, size, xp), xp), xp)


class RandomScale(_Scaling):
    """Resize by a factor. Albumentations' RandomScale, which rounds down, and whose limit is the factor less one."""

    factor: Times = Field(kw_only=False, description="times the size of the image")

    examples: ClassVar[tuple[dict[str, Any], ...]] = ({"factor": [0.6, 1.5]}, {"factor": 0.75, "antialias": False})

    def draws(self):
        return (Draw("factor", self.factor, exact=True),)

    def factor_of(self, v, size, xp):
        return v["factor"]


class ScaleJitter(_Scaling):
    """Resize to what just fits into a size, times a factor: large scale jittering (Ghiasi et al. 2021).

    With ``pad`` and ``random_crop`` of the same size behind it; torchvision's ScaleJitter, which rounds down.
    """

    size: Pixels = Field(description="[height, width] or one number for a square")
    factor: Times = Field(description="times what just fits into the size")

    examples: ClassVar[tuple[dict[str, Any], ...]] = (
        {"size": [96, 110], "factor": [0.7, 1.6]}, {"size": 90, "factor": [0.7, 1.2], "antialias": False},
    )  # fmt: skip

    def draws(self):
        return (Draw("factor", self.factor, exact=True),)

    def factor_of(self, v, size, xp):
        return xp.minimum(self.size[0] / size[0], self.size[1] / size[1]) * v["factor"]

    def inference(self):
        return Resize(inside=self.size, antialias=self.antialias, interpolation=self.interpolation)


class RandomShortestSize(_Scaling):
    """Resize so that the shorter side has a length that is drawn, and the longer one at most another.

    torchvision's RandomShortestSize, which rounds down; a list of lengths is ``{choice: [480, 512]}``.
    """

    short: Annotated[Short[Value], Quantity("pixels", ge=1, le=MOST_SIDE, integer=True)] = Field(
        kw_only=False, description="length of the shorter side"
    )
    long: int | None = Field(default=None, gt=0, le=MOST_SIDE, description="length that the longer side has at most")

    examples: ClassVar[tuple[dict[str, Any], ...]] = (
        {"short": [50, 90]}, {"short": {"choice": [60, 70]}, "long": 84, "antialias": False},
    )  # fmt: skip

    def factor_of(self, v, size, xp):
        small = shorter(size, xp)
        factor = v["short"] * 1.0 / small
        return factor if self.long is None else xp.minimum(factor, self.long * 1.0 / (size[0] + size[1] - small))

    def inference(self):
        low, high = self.short.support
        middle = type(self)(short=int(low + high) // 2, long=self.long)
        return middle.replace(antialias=self.antialias, interpolation=self.interpolation)


class ZoomOut(Geometric):
    """Put the image on a larger canvas, at a random place, without resizing it: the expansion of SSD (Liu et al. 2016).

    torchvision's RandomZoomOut. The colour of the canvas is ``fill``.
    """

    factor: Annotated[Short[Value], Quantity("times the size of the image", ge=1, le=16)] = Field(
        kw_only=False, description="sides of the canvas, as a multiple of those of the image"
    )

    canvas: ClassVar[Canvas] = "drawn"
    examples: ClassVar[tuple[dict[str, Any], ...]] = ({"factor": [1, 2.5], "fill": [0.2, 0.5, 0.8]},)

    def draws(self):
        return Draw("factor", self.factor, exact=True), Draw("top", UNIT), Draw("left", UNIT)

    def move(self, v, size, xp):
        out = check_area(self, (xp.floor(size[0] * v["factor"]), xp.floor(size[1] * v["factor"])), xp)
        return padded(size, out, (xp.floor((out[0] - size[0]) * v["top"]), xp.floor((out[1] - size[1]) * v["left"])), xp)
