"""Blurs: convolutions with reflect101 borders, and the median of a neighbourhood."""

import math
from typing import Annotated, Any, ClassVar

import numpy as np
from pydantic import Field, field_validator

from augment.ops.kinds import ANGLE, LENGTH, UNIT, Draw, Filter, Taps, Valued, most_pixels, odd_sizes, pixels, shorter
from augment.ops.taps import gaussian
from augment.values import Constant, Quantity, Sensible, Short, Value

RADIANS = math.pi / 180
MOST_BOX = 255


class GaussianBlur(Filter):
    """Blur with a Gaussian, cut off at four times the largest sigma, or by a size.

    The kernels of torchvision and OpenCV have a size: one of 3 leaves of a sigma of 2 a spread of 0.8.
    """

    sigma: Annotated[
        Short[Value], LENGTH,
        Sensible(high=0.03, why="details that tell classes apart are gone"),
    ] = Field(
        kw_only=False, description="standard deviation, as a fraction of the shorter side or in px; OpenCV's for a kernel of k "
        "pixels is 0.3*((k-1)*0.5-1)+0.8, 1.1px for 5"
    )
    size: int | None = Field(
        default=None, ge=3, le=MOST_BOX, description="side in pixels, odd, of what is looked at; four sigma either way without it"
    )

    examples: ClassVar[tuple[dict[str, Any], ...]] = ({"sigma": [0.002, 0.02]}, {"sigma": ["0.1px", "3px"], "size": 5})

    @field_validator("size")
    @classmethod
    def _has_a_middle(cls, size: int | None) -> int | None:
        if size is not None and size % 2 == 0:
            raise ValueError(f"must be odd, so that there is a middle: {size - 1} or {size + 1}")
        return size

    def taps(self, v, size, xp):
        return gaussian(self.sigma, v["sigma"], size, xp, None if self.size is None else self.size // 2)


class BoxBlur(Filter):
    """Give each pixel the mean of the square around it (as `cv2.blur`, and so Albumentations' `Blur`).

    Albumentations' `blur_limit: 7` draws the odd sizes from 3 to 7: [3, 7] here.
    """

    size: Annotated[
        Short[Value], Quantity("pixels, odd", ge=1, le=MOST_BOX, integer=True, odd=True),
        Sensible(high=11, neutral=1, why="details that tell classes apart are gone"),
    ] = Field(
        kw_only=False, description="side of the square; 1 changes nothing"
    )

    examples: ClassVar[tuple[dict[str, Any], ...]] = ({"size": [1, 7]}, {"size": {"choice": [3, 9]}}, {"size": 5})

    def taps(self, v, size, xp):
        distance = _steps(self.size, xp)
        weight = xp.where(xp.abs(distance) <= v["size"][..., None] * 0.5, 1.0, 0.0)
        weight = weight / xp.sum(weight, axis=-1, keepdims=True)
        return Taps(y=weight, x=weight)


def _steps(size: Value, xp: Any) -> Any:
    """The places of the taps of a kernel whose size is drawn, from its middle."""
    radius = _side(size) // 2
    return xp.array(np.arange(-radius, radius + 1, dtype=np.float32))


def _side(size: Value) -> int:
    """The number of taps along a side: of the largest kernel that can be drawn."""
    return max(3, int(size.support[1]))


class MotionBlur(Filter):
    """Blur along a line through each pixel: an antialiased segment of a length and an angle."""

    length: Annotated[
        Short[Value], LENGTH,
        Sensible(high=0.12, why="details that tell classes apart are gone"),
    ] = Field(
        kw_only=False, description="of the segment, as a fraction of the shorter side or in px; 1px changes nothing"
    )
    degrees: Annotated[Short[Value], ANGLE] = Field(
        default=ANGLE.read([0, 180]), description="the angle of the line, counter-clockwise from the x axis"
    )

    def taps(self, v, size, xp):
        radius = max(1, math.ceil(most_pixels(self.length, size) / 2))
        length = pixels(self.length, v["length"], shorter(size, xp))[..., None, None]
        angle = v["degrees"][..., None, None] * RADIANS
        step = xp.array(np.arange(-radius, radius + 1, dtype=np.float32))
        x, y = step[None, :], -step[:, None]  # y up, as angles are
        along = xp.abs(x * xp.cos(angle) + y * xp.sin(angle))
        across = xp.abs(x * xp.sin(angle) - y * xp.cos(angle))
        weight = xp.clip(1 - across, 0, 1) * xp.clip(length * 0.5 + 0.5 - along, 0, 1)
        return Taps(kernel=weight / xp.sum(weight, axis=(-2, -1), keepdims=True))


class MedianBlur(Valued):
    """Give each pixel the median of the square around it, each channel alone: grain goes, and edges stay.

    The image is first rounded to the 8-bit grid; what lies beyond the edge is as the edge (as `cv2.medianBlur`, Pillow and
    Albumentations have it).
    """

    size: Annotated[Short[Value], Quantity("pixels, odd", ge=3, le=7, integer=True, odd=True)] = Field(
        kw_only=False, description="side of the square"
    )

    primitive: ClassVar[str] = "median"
    rounds: ClassVar[bool] = True
    examples: ClassVar[tuple[dict[str, Any], ...]] = (
        {"size": [3, 7]}, {"size": {"choice": [3, 5]}, "channels": [0, 2]}, {"size": 5},
    )  # fmt: skip

    def change(self, image, v, context, kernels):
        return kernels.median(image, v["size"], odd_sizes(self.size))


class AdvancedBlur(Filter):
    """Blur by a generalised Gaussian, ``exp(−½·q**beta)`` with q = x'²/sigma_x² + y'²/sigma_y², turned, and with noise on it.

    As Albumentations' `AdvancedBlur` (Wang et al. 2021, "Real-ESRGAN"): beta 1 is a Gaussian, below it has a peak and long
    tails, above it is a plateau. Its angles are clockwise; half of its betas are below 1 and half above, and `noise: 0.1` is its
    `noise_limit` of 0.9 to 1.1.
    """

    size: Annotated[
        Short[Value], Quantity("pixels, odd", ge=3, le=31, integer=True, odd=True),
        Sensible(high=15, why="details that tell classes apart are gone"),
    ] = Field(description="side of the square beyond which nothing is looked at")
    sigma_x: Annotated[Short[Value], Quantity("pixels", ge=0.1, le=31)] = Field(description="width along the turned x axis")
    sigma_y: Annotated[Short[Value], Quantity("pixels", ge=0.1, le=31)] = Field(description="width along the turned y axis")
    degrees: Annotated[Short[Value], ANGLE] = Field(
        default=ANGLE.read([-90, 90]), description="of the x axis, counter-clockwise"
    )
    beta: Annotated[Short[Value], Quantity("the exponent", ge=0.1, le=16)] = Field(
        default=Constant(number=1), description="of the shape; 1 is a Gaussian"
    )
    noise: Annotated[Short[Value], Quantity("share", ge=0, le=1)] = Field(
        default=Constant(number=0), description="how far each tap may be off its weight"
    )

    examples: ClassVar[tuple[dict[str, Any], ...]] = (
        {"size": [3, 9], "sigma_x": [0.3, 3], "sigma_y": [0.3, 3], "beta": [0.5, 4], "noise": 0.1},
        {"size": 7, "sigma_x": 3, "sigma_y": 0.5},
    )  # fmt: skip

    def draws(self):
        return (*super().draws(), Draw("grain", UNIT, _side(self.size) ** 2))

    def taps(self, v, size, xp):
        step, angle = _steps(self.size, xp), v["degrees"][..., None, None] * RADIANS
        x, y = step[None, :], -step[:, None]  # y up, as angles are
        along = (x * xp.cos(angle) + y * xp.sin(angle)) / v["sigma_x"][..., None, None]
        across = (y * xp.cos(angle) - x * xp.sin(angle)) / v["sigma_y"][..., None, None]
        squares = xp.maximum(along**2 + across**2, 1e-12)
        near = xp.where(xp.abs(step) <= v["size"][..., None] * 0.5, 1.0, 0.0)
        side = _side(self.size)
        grain = xp.reshape(v["grain"], (*xp.shape(v["grain"])[:-1], side, side))
        weight = xp.exp(-0.5 * squares ** v["beta"][..., None, None]) * (1 + v["noise"][..., None, None] * (2 * grain - 1))
        weight = weight * near[..., :, None] * near[..., None, :]
        return Taps(kernel=weight / xp.sum(weight, axis=(-2, -1), keepdims=True))
