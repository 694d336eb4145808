"""What lenses and displays do to an image: a focus that is missed, a zoom meanwhile, fringes of colour, ringing."""

import math
from typing import Annotated, Any, ClassVar, Literal

import numpy as np
from pydantic import Field

from augment.ops.kinds import LENGTH, Array, Draw, Expression, Filter, Taps, Values, most_pixels, pixels, shorter
from augment.ops.moves import lens
from augment.ops.primitives import Unpacked
from augment.values import Constant, Quantity, Sensible, Short, Value

RGB = 3
SOFT = 2
"""Pixels over which the edge of a disk is softened."""


class Defocus(Filter):
    """Blur by a disk, as a lens out of focus does: the pixels within a radius, and a Gaussian that softens its edge.

    As Albumentations' `Defocus`, whose radii are whole pixels, and whose `alias_blur` is `softness`.
    """

    radius: Annotated[Short[Value], LENGTH, Sensible(high=0.05, why="details that tell classes apart are gone")] = Field(
        kw_only=False, description="of the disk, as a fraction of the shorter side or in px; 0 changes nothing"
    )
    softness: Annotated[Short[Value], Quantity("pixels", ge=0, le=1)] = Field(
        default=Constant(number=0.3), description="standard deviation of the Gaussian"
    )

    def taps(self, v, size, xp):
        reach = math.ceil(most_pixels(self.radius, size)) + SOFT
        step = xp.array(np.arange(-reach, reach + 1, dtype=np.float32))
        radius = pixels(self.radius, v["radius"], shorter(size, xp))[..., None, None] + 1e-3
        disk = xp.where(step[:, None] ** 2 + step[None, :] ** 2 <= radius**2, 1.0, 0.0)
        apart = xp.abs(step[:, None] - step[None, :])
        softness = xp.maximum(v["softness"], 1e-3)[..., None, None]
        soft = xp.where(apart <= SOFT, xp.exp(-0.5 * (apart / softness) ** 2), 0.0)
        weight = soft @ disk @ soft
        return Taps(kernel=weight / xp.sum(weight, axis=(-2, -1), keepdims=True))


class Ringing(Filter):
    """Leave only low frequencies, by a filter with a sharp end: edges ring and overshoot, as after hard compression.

    The filter is circular, ``J1(cutoff·r) / r`` within a square. As Albumentations' `RingingOvershoot` (Wang et al. 2021,
    "Real-ESRGAN").
    """

    size: Annotated[Short[Value], Quantity("pixels, odd", ge=3, le=31, integer=True, odd=True)] = Field(
        description="side of the square"
    )
    cutoff: Annotated[Short[Value], Quantity("radians per pixel", ge=0.1, le=math.pi)] = Field(
        description="the highest frequency that is left; pi is all, and half of it is strong"
    )

    overshoots: ClassVar[bool] = True
    examples: ClassVar[tuple[dict[str, Any], ...]] = (
        {"size": [7, 15], "cutoff": [0.8, 1.6]}, {"size": {"choice": [5, 11]}, "cutoff": 3},
    )  # fmt: skip

    def taps(self, v, size, xp):
        reach = int(self.size.support[1]) // 2
        step = np.arange(-reach, reach + 1, dtype=np.float32)
        distance = xp.array(np.hypot(step[:, None], step[None, :]))
        near = xp.where(xp.abs(xp.array(step)) <= v["size"][..., None] * 0.5, 1.0, 0.0)
        weight = bessel(v["cutoff"][..., None, None] * distance, xp) * near[..., :, None] * near[..., None, :]
        return Taps(kernel=weight / xp.sum(weight, axis=(-2, -1), keepdims=True))


SMALL = (0.5, -0.56249985, 0.21093573, -0.03954289, 0.00443319, -0.00031761, 0.00001109)
SIZE = (0.79788456, 0.00000156, 0.01659667, 0.00017105, -0.00249511, 0.00113653, -0.00020033)
PHASE = (-2.35619449, 0.12499612, 0.00005650, -0.00637879, 0.00074348, 0.00079824, -0.00029166)


def bessel(x: Any, xp: Any) -> Any:
    """J1(x) / x for x from 0 on, within 1e-7: Abramowitz and Stegun, 9.4.4 and 9.4.6."""
    near, far = xp.minimum(x, 3.0) / 3, 3 / xp.maximum(x, 3.0)
    large = xp.maximum(x, 3.0)
    wave = _polynomial(SIZE, far) * xp.cos(large + _polynomial(PHASE, far)) / (large * xp.sqrt(large))
    return xp.where(x <= 3, _polynomial(SMALL, near**2), wave)


def _polynomial(coefficients: tuple[float, ...], x: Any) -> Any:
    total: Any = 0.0
    for coefficient in reversed(coefficients):
        total = total * x + coefficient
    return total


class ZoomBlur(Expression):
    """The mean of an image and of `steps` zooms into its centre, up to one that is drawn: as if the lens zoomed meanwhile.

    As Albumentations' `ZoomBlur`, whose steps are as many as `step_factor` fits between 1 and the zoom, and which rounds each
    zoom to whole pixels.
    """

    zoom: Annotated[
        Short[Value], Quantity("times", ge=1, le=4, hint="1 changes nothing; a tenth larger is 1.1"),
        Sensible(1, 1.3, neutral=1, least=0.01, why="only the centre can still be told"),
    ] = Field(
        kw_only=False, description="the largest zoom; 1 changes nothing"
    )
    steps: Annotated[int, Field(ge=1, le=64)] = Field(default=12, description="how many zooms are averaged with the image")

    uses: ClassVar[frozenset[str]] = frozenset({"zoom"})
    examples: ClassVar[tuple[dict[str, Any], ...]] = ({"zoom": [1.05, 1.3]}, {"zoom": 1.2, "steps": 5})

    def change(self, image, v, context, kernels):
        floats, own = kernels.unpack(image), Unpacked(kernels)
        total = floats
        for step in range(1, self.steps + 1):
            total = total + own.zoom(floats, 1 + (v["zoom"] - 1) * (step / self.steps))
        return kernels.pack(total / (self.steps + 1))

    def neutral(self, v, size):
        return bool(v["zoom"] == 1)


LENS = Quantity("the coefficient of the lens", ge=-0.3, le=0.3, hint="beyond 0.3 no lens has fringes, and a picture would fold")
FRINGES = Sensible(-0.1, 0.1, least=0.002, why="red and blue no longer belong to the same picture")


class ChromaticAberration(Expression):
    """Bend red and blue as a lens does that breaks them otherwise than green: edges get fringes of colour towards the corners.

    Each of the two is read ``1 + k1·r² + k2·r⁴`` times as far from the centre, in OpenCV's lens model for a camera whose focal
    lengths are the width and the height; k1 and k2 are drawn for red and for blue. As Albumentations' of that name, whose
    `primary_distortion_limit` is k1, whose `secondary_distortion_limit` is k2 (k2 always has the sign of k1), and whose centre is
    half a pixel further right and down.
    """

    k1: Annotated[Short[Value], LENS, FRINGES] = Field(description="of the square of the distance, drawn for red and for blue")
    k2: Annotated[Short[Value], LENS, FRINGES] = Field(
        default=Constant(number=0), description="of its fourth power, drawn for red and for blue, with the sign of k1"
    )
    fringe: Literal["green_purple", "red_blue", "any"] = Field(
        default="green_purple", description="red and blue to the same side of green, to opposite sides, or as they are drawn"
    )

    uses: ClassVar[frozenset[str]] = frozenset({"displace"})
    needs_rgb: ClassVar[bool] = True
    takes_grey: ClassVar[bool] = False
    examples: ClassVar[tuple[dict[str, Any], ...]] = (
        {"k1": [-0.06, 0.06], "k2": [-0.1, 0.1]}, {"k1": [0.02, 0.1], "fringe": "red_blue"},
    )  # fmt: skip

    def draws(self):
        return Draw("k1", self.k1, 2), Draw("k2", self.k2, 2)

    def change(self, image, v, context, kernels):
        floats, own = kernels.unpack(image), Unpacked(kernels)
        planes = [floats[..., c : c + 1] for c in range(RGB)]
        for channel, (k1, k2) in zip((0, 2), self._bends(v, context.xp), strict=True):
            planes[channel] = own.displace(planes[channel], lens(k1, k2, context.size, context.xp))
        return kernels.pack(kernels.xp.stack([plane[..., 0] for plane in planes], axis=-1))

    def _bends(self, v: Values, xp: Any) -> list[tuple[Array, Array]]:
        """k1 and k2 of red, and those of blue."""
        k1, k2 = v["k1"], v["k2"]
        own = xp.where(xp.where(k1 == 0, k2, k1) < 0, -1.0, 1.0)
        red = own[..., 0]
        blue = {"green_purple": red, "red_blue": -red, "any": own[..., 1]}[self.fringe]
        return [(xp.abs(k1[..., i]) * sign, xp.abs(k2[..., i]) * sign) for i, sign in enumerate((red, blue))]

    def neutral(self, v, size):
        return bool(np.all(v["k1"] == 0) and np.all(v["k2"] == 0))
