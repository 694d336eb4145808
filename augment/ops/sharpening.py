"""Edges made clearer, or softer: what a smoothed copy of an image lacks is added to it, or taken away."""

from typing import Annotated, ClassVar

import numpy as np
from pydantic import Field

from augment.ops.kinds import LENGTH, Expression, Filter, Taps
from augment.ops.primitives import Unpacked
from augment.ops.taps import gaussian
from augment.values import Constant, Quantity, Sensible, Short, Value

SMOOTH = np.array([[1, 1, 1], [1, 5, 1], [1, 1, 1]], np.float32) / 13
"""Pillow's filter of that name."""


class Sharpness(Expression):
    """Blend with a smoothed copy: 0 is that copy, 1 changes nothing, above 1 sharpens; the outermost pixels stay as they are.

    As `PIL.ImageEnhance.Sharpness` and torchvision's `adjust_sharpness`, and so AutoAugment and RandAugment, but that nothing is
    rounded before the blend: for 8 bits within half a level times the distance of the factor from 1, and another half. Keras'
    `RandomSharpness` smooths the outermost pixels, too, as if black lay beyond, and doubles its factor.
    """

    factor: Annotated[
        Short[Value], Quantity("times", ge=0, hint="1 changes nothing; twice as sharp is 2"),
        Sensible(0, 4, neutral=1, least=0.05, why="edges get bright and dark seams"),
    ] = Field(
        kw_only=False, description="0 is smooth, 1 changes nothing"
    )

    values_suffice: ClassVar[bool] = True
    uses: ClassVar[frozenset[str]] = frozenset({"convolve"})

    def express(self, image, v, kernels):
        xp, (y, x), (height, width) = kernels.xp, kernels.grid(image), kernels.size(image)
        inner = (1 - xp.ceil(xp.clip(xp.abs(y) - height / 2 + 1, 0, 1))) * (1 - xp.ceil(xp.clip(xp.abs(x) - width / 2 + 1, 0, 1)))
        smooth = kernels.convolve(image, Taps(kernel=SMOOTH))
        return image + (1 - v["factor"]) * inner * (smooth - image)

    def neutral(self, v, size):
        return bool(v["factor"] == 1)


SHARE = Quantity("share", ge=0, le=1)
STILL, GROWING = ((-1, 0, 0), (0, 1, 0), (0, 0, 1)), ((-1, -1, 0), (-1, 0, 1), (0, 1, 1))
"""The relief, and what its strength adds to it."""
MIDDLE = np.array([[0, 0, 0], [0, 1, 0], [0, 0, 0]], np.float32)


class Sharpen(Filter):
    """Blend with what a filter of edges makes of the image: eight neighbours are taken from 8 + lightness times a pixel.

    As Albumentations' `Sharpen` (`method: kernel`; `gaussian` is `unsharp_mask` with a threshold of 0). A lightness of 1 keeps
    the brightness; `sharpness` keeps it always.
    """

    alpha: Annotated[Short[Value], SHARE, Sensible(high=0.6, why="edges get bright and dark seams")] = Field(
        description="share of the filtered image; 0 changes nothing"
    )
    lightness: Annotated[Short[Value], Quantity("times", ge=0, le=4)] = Field(
        default=Constant(number=1), description="brightness of the filtered image; 1 keeps it"
    )

    overshoots: ClassVar[bool] = True

    def taps(self, v, size, xp):
        alpha, lightness = v["alpha"][..., None, None], v["lightness"][..., None, None]
        edges = 9 * MIDDLE - 1
        return Taps(kernel=xp.array(MIDDLE) * (1 - alpha) + alpha * (xp.array(edges) + xp.array(MIDDLE) * lightness))


class Emboss(Filter):
    """Blend with a relief of the image, lit from the bottom right (as Albumentations' `Emboss`)."""

    alpha: Annotated[Short[Value], SHARE, Sensible(high=0.6, why="little but edges is left")] = Field(
        description="share of the relief; 0 changes nothing"
    )
    strength: Annotated[Short[Value], Quantity("times", ge=0, le=4)] = Field(description="of the relief; 0 is flat but sharp")

    overshoots: ClassVar[bool] = True

    def taps(self, v, size, xp):
        alpha, strength = v["alpha"][..., None, None], v["strength"][..., None, None]
        still, grow = (np.array(rows, np.float32) for rows in (STILL, GROWING))
        return Taps(kernel=xp.array(MIDDLE) * (1 - alpha) + alpha * (xp.array(still) + xp.array(grow) * strength))


class UnsharpMask(Expression):
    """Add to an image what a Gaussian takes from it, where that is more than a threshold.

    As Albumentations' `UnsharpMask`: where is itself smoothed by that Gaussian, and its threshold counts levels (10 are 0.039);
    its kernel ends at `blur_limit`, here at four times the largest sigma. Pillow's `UnsharpMask` decides pixel by pixel.
    """

    sigma: Annotated[Short[Value], LENGTH] = Field(
        description="standard deviation of the Gaussian, as a fraction of the shorter side or in px"
    )
    amount: Annotated[
        Short[Value], Quantity("times", ge=0, le=8), Sensible(high=2, why="edges get bright and dark seams"),
    ] = Field(description="how much of the difference is added; 0 changes nothing")
    threshold: Annotated[Short[Value], Quantity("fractions of full scale", ge=0, le=1)] = Field(
        default=Constant(number=0.04), description="differences up to it are taken for noise"
    )

    uses: ClassVar[frozenset[str]] = frozenset({"convolve"})
    negligible: ClassVar[float] = 1e-4
    """Smaller differences are none: float32 does not tell them from zero."""

    def change(self, image, v, context, kernels):
        taps = gaussian(self.sigma, v["sigma"], context.size, context.xp)
        floats, own, xp = kernels.unpack(image), Unpacked(kernels), kernels.xp
        amount, threshold = (kernels.spread(v[name], floats) for name in ("amount", "threshold"))
        rest = floats - own.convolve(floats, taps)
        where = own.convolve(xp.where(xp.abs(rest) > threshold + self.negligible, xp.ones_like(rest), xp.zeros_like(rest)), taps)
        sharp = xp.clip(floats + amount * rest, 0, 1)
        return kernels.pack(xp.clip(floats + where * (sharp - floats), 0, 1))

    def neutral(self, v, size):
        return bool(v["amount"] == 0)
