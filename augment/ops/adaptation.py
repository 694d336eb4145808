"""Ops that adapt an image to another of the data set: to its histograms, its low frequencies, its mean and variance."""

import math
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field

from augment.errors import SampleError
from augment.ops.kinds import Adaptation, Array, Draw, Values
from augment.ops.lines import across, per_line, places
from augment.values import Quantity, Sensible, Short, Value


class Blended(Adaptation):
    """Blends the adapted image with what it was."""

    blend: Annotated[Short[Value], Quantity("share", ge=0, le=1)] = Field(
        kw_only=False, description="of the adapted image in the result; 1 leaves nothing of the levels that it had"
    )

    def adapted(self, image: Array, reference: Array, v: Values, kernels: Any) -> Array:
        """Return the image with the statistics of the reference."""
        raise NotImplementedError

    def express(self, image, v, kernels):
        return image + v["blend"] * (self.adapted(image, kernels.reference, v, kernels) - image)


class HistogramMatching(Blended):
    """Give each channel the histogram of another sample's, level by level, and blend the result with what it was.

    A level becomes the one below which the other image has as large a share of its pixels, on the 8-bit grid, between levels that
    it has by a straight line: as scikit-image's `match_histograms` on uint8, and as Albumentations' `HistogramMatching`, which
    both cut the fraction off the result. The other image may have any size. Labels, boxes and masks stay.
    """

    uses: ClassVar[frozenset[str]] = frozenset({"histogram"})
    rounds: ClassVar[bool] = True
    examples: ClassVar[tuple[dict[str, Any], ...]] = ({"blend": [0.5, 1.0]}, {"blend": 1, "channels": [0, 2]})

    def adapted(self, image, reference, v, kernels):
        own, xp = kernels.kernels, kernels.xp
        counts, wanted = (own.histogram(own.pack(one)) for one in (image, reference))
        ours, theirs = (math.prod(one.shape[-3:-1]) if None not in one.shape[-3:-1] else 1 for one in (image, reference))
        # shares of one size are compared by whole numbers, which every library has exactly; others only stand on the host
        factors = (1.0, 1.0) if ours == theirs else (float(theirs), float(ours))
        return own.unpack(own.look_up(own.pack(image), matching(counts, wanted, factors, xp)))


def matching(counts: Array, wanted: Array, factors: tuple[float, float], xp: Any) -> Array:
    """(..., 256), what becomes of each level, 0 to 255, so that levels that occur so often (..., 256) occur as those wanted.

    ``factors`` make pixels of both count the same.
    """
    upto = xp.multiply(xp.cumsum(counts, axis=-1), factors[0])[..., :, None]
    goal, there = xp.multiply(xp.cumsum(wanted, axis=-1), factors[1])[..., None, :], wanted[..., None, :] > 0
    number = xp.multiply(xp.cumsum(xp.ones_like(wanted), axis=-1) - 1, 1.0)[..., None, :]
    below = goal < upto
    above = xp.sum(xp.where(below, 1.0, 0.0), axis=-1)  # the first level up to which there are as many
    last = xp.amax(xp.where(below, xp.where(there, number, -1.0), -1.0), axis=-1)  # the one before it that occurs
    low = xp.amax(xp.where(below, goal, 0.0), axis=-1)
    high = xp.amin(xp.where(below, xp.amax(goal, axis=-1, keepdims=True), goal), axis=-1)
    share = (upto[..., 0] - low) / xp.where(high > low, high - low, 1.0)
    return xp.clip(xp.where(last >= 0, last + (above - last) * share, above), 0, 255)


LEAST = 1e-6
"""Amplitude, of full scale, below which a frequency is not there: float32 has no phase of it."""


class Fda(Adaptation):
    """Give the low frequencies of each channel the amplitudes of another sample's (FDA: Yang and Soatto 2020).

    Of all waves whose periods along each axis are at most `beta` times the shorter side, the amplitude becomes that of the other
    image and the phase stays: colours and light become those of the other, and shapes stay. The window is that of the authors'
    code. Albumentations' `FDA` takes one that is not symmetric about the mean (for 256 pixels and 10 periods it reaches from -11
    to 8, along each axis), which leaves a part of the change imaginary and drops it. A wave that the image lacks altogether, as
    any but the mean of a flat one, has no phase and stays away. The other image may have any size; what is too fine for it stays
    as it is. Labels, boxes and masks stay.
    """

    beta: Annotated[
        Short[Value], Quantity("fractions of the shorter side", ge=0, le=0.5),
        Sensible(high=0.15, why="stripes and shapes of the other image are seen"),
    ] = Field(
        kw_only=False, description="up to which frequency amplitudes are taken; 0.01 to 0.1 in the paper"
    )

    examples: ClassVar[tuple[dict[str, Any], ...]] = ({"beta": [0.0, 0.1]}, {"beta": 0.05, "channels": [0, 2]})

    def draws(self):
        _, *others = super().draws()
        return (Draw("beta", self.beta, exact=True), *others)

    def express(self, image, v, kernels):
        xp, sides = kernels.xp, [kernels.size(one) for one in (image, kernels.reference)]
        if not all(isinstance(side, int) for size in sides for side in size):
            raise SampleError("needs a known height and width: resize or crop before it")
        shorter = min(sides[0])
        most = min(math.floor(self.beta.support[1] * shorter), *((min(size) - 1) // 2 for size in sides))
        reach = xp.clip(xp.floor(per_line(v["beta"], image) * float(shorter)), 0, most)[..., None, :, :]
        own, other = (_Waves(one, most, kernels) for one in (image, kernels.reference))
        down, along = own.down[..., None, :, :], own.along[..., None, :, :]
        (real, imaginary), (x, y) = own.spectrum(image), other.spectrum(kernels.reference)
        amplitude, wanted = xp.sqrt(real**2 + imaginary**2), xp.sqrt(x**2 + y**2)
        mean = xp.where(xp.abs(down) + along < 0.5, 1.0, 0.0)
        there, safe = amplitude > LEAST, xp.clip(amplitude, LEAST, 2)
        more = xp.where(xp.abs(down) <= reach, xp.where(along <= reach, wanted - amplitude, 0.0), 0.0)
        turned = more * xp.where(there, real / safe, mean), more * xp.where(there, imaginary / safe, 0.0)
        return image + own.image(*turned)


class _Waves:
    """Cosines and sines over an image (..., H, W, C), of up to ``most`` periods along each side.

    The frequencies are -most to most downwards, (..., m, 1), and 0 to most along the rows, (..., 1, n): those that are left are
    the conjugates of these, as an image is real. Two products of small matrices are all that a transform needs of them.
    """

    def __init__(self, image: Array, most: int, kernels: Any):
        xp = self.xp = kernels.xp
        rows, columns = places(image, kernels)
        self.down = rows[..., : 2 * most + 1, :] - most
        self.along = across(columns[..., : most + 1, :], xp)
        height, width = self.size = kernels.size(image)
        self.y = self._waves(across(rows, xp) * self.down / height)
        self.x = self._waves(columns * self.along / width)

    def _waves(self, turns: Array) -> tuple[Array, Array]:
        angle = (turns - self.xp.floor(turns)) * (2 * math.pi)
        return self.xp.cos(angle)[..., None, :, :], self.xp.sin(angle)[..., None, :, :]

    def spectrum(self, image: Array) -> tuple[Array, Array]:
        """(..., C, m, n) each: what a channel has of each wave, real and imaginary; that of none is its mean."""
        (cos_y, sin_y), (cos_x, sin_x) = self.y, self.x
        planes = self.xp.moveaxis(image, -1, -3) / (self.size[0] * self.size[1])
        real, imaginary = planes @ cos_x, -(planes @ sin_x)
        return cos_y @ real + sin_y @ imaginary, cos_y @ imaginary - sin_y @ real

    def image(self, real: Array, imaginary: Array) -> Array:
        """The way back: an image (..., H, W, C) that is the sum of the waves and their conjugates."""
        xp, (cos_y, sin_y), (cos_x, sin_x) = self.xp, self.y, self.x
        twice = xp.where(self.along < 0.5, 1.0, 2.0)[..., None, :, :]
        cos_y, sin_y, cos_x, sin_x = (xp.moveaxis(wave, -1, -2) for wave in (cos_y, sin_y, cos_x, sin_x))
        real, imaginary = (cos_y @ real - sin_y @ imaginary) * twice, (sin_y @ real + cos_y @ imaginary) * twice
        return xp.moveaxis(real @ cos_x - imaginary @ sin_x, -3, -1)


class PixelDistribution(Blended):
    """Give the colours of an image the statistics of another sample's, and blend the result with what it was.

    "standard": mean and standard deviation of each channel (Reinhard et al. 2001, in RGB). "min_max": the least and the largest
    value of each. "pca": the mean, and the directions of the principal components, along which the image keeps its own variances;
    a component points where that of the other image does. As Albumentations' `PixelDistributionAdaptation`, which rounds to
    levels before and chooses one sign for all components; its version 2.0.8 makes black images of uint8, and of floats
    almost white ones where it blends. The other image may have any size. Labels, boxes and masks stay.
    """

    statistics: Literal["standard", "min_max", "pca"] = Field(
        default="standard", description="mean and standard deviation of channels; their ends; mean and principal components"
    )

    examples: ClassVar[tuple[dict[str, Any], ...]] = (
        {"blend": [0.25, 1.0]}, {"blend": 1, "statistics": "min_max"}, {"blend": [0.5, 1.0], "statistics": "pca"},
    )  # fmt: skip

    def adapted(self, image, reference, v, kernels):
        xp = kernels.xp
        if self.statistics == "min_max":
            low, span = _ends(image, xp)
            base, wanted = _ends(reference, xp)
            return (image - low) / xp.where(span > 0, span, xp.ones_like(span)) * wanted + base
        mean, base = _mean(image, xp), _mean(reference, xp)
        apart, other = image - mean, reference - base
        if self.statistics == "pca":
            return apart @ _turn(apart, other, xp) + base
        width, wanted = (xp.sqrt(_mean(one**2, xp)) for one in (apart, other))
        return apart / xp.where(width > 0, width, xp.ones_like(width)) * wanted + base


def _ends(image: Array, xp: Any) -> tuple[Array, Array]:
    """The least value of each channel, and how far the largest lies above it."""
    low, high = (end(image, axis=(-3, -2), keepdims=True) for end in (xp.amin, xp.amax))
    return low, high - low


def _mean(image: Array, xp: Any) -> Array:
    """Of each channel; row by row, as a long sum in float32 loses digits."""
    return xp.mean(xp.mean(image, axis=-2, keepdims=True), axis=-3, keepdims=True)


def _turn(apart: Array, other: Array, xp: Any) -> Array:
    """(..., 1, C, C): what turns colours, as rows, from the principal components of one image to those of the other."""

    def components(image: Array) -> Array:
        return xp.linalg.eigh(xp.mean(xp.moveaxis(image, -1, -2) @ image, axis=-3) / image.shape[-2])[1]

    mine, theirs = components(apart), components(other)
    along = xp.sum(mine * theirs, axis=-2, keepdims=True)
    return ((mine * xp.where(along < 0, -1.0, 1.0)) @ xp.moveaxis(theirs, -1, -2))[..., None, :, :]


__all__ = ["Fda", "HistogramMatching", "PixelDistribution"]
