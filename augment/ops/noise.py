"""Noise: random numbers for every value, or every pixel; their fields differ between backends, their distributions do not."""

from typing import Annotated, Any, ClassVar

import numpy as np
from pydantic import Field, model_validator

from augment.ops.hls import from_hls, to_hls
from augment.ops.kinds import NORMAL, UNIT, Colour, Fields, Noise
from augment.values import Constant, Quantity, Sensible, Short, Value

Array = Any
EACH = "a number for each value; without it one for each pixel, the same in all channels"
Share = Annotated[Short[Value], Quantity("share", ge=0, le=1)]
MANY = 10
"""From so many counts on, the normal distribution with a correction of its skewness stands for Poisson's, within 0.0015."""
MOST = 100_000
"""Photons of full scale."""
STEPS = 28
"""Poisson's distribution of `MANY` is beyond so many counts once in a million."""


def poisson(mean: Array, normal: Array, xp: Any) -> Array:
    """Counts of a Poisson distribution, as a monotonous function of normal numbers.

    Up to a mean of `MANY` by inversion of its distribution, from there on by the Cornish-Fisher expansion: the largest distance
    of the two distributions is 0.0015, at `MANY`.
    """
    if isinstance(mean, np.ndarray) and mean.size == 1:  # of one sample on the host: it is one or the other
        return _inverted(mean, normal, xp) if mean.item() < MANY else _expanded(mean, normal, xp)
    return xp.where(mean < MANY, _inverted(mean, normal, xp), _expanded(mean, normal, xp))


def _inverted(mean: Array, normal: Array, xp: Any) -> Array:
    few = xp.clip(mean, 0, MANY)
    term = xp.exp(-few)
    upto, count, place = term, xp.zeros_like(normal + mean), _below(normal, xp)
    for k in range(1, STEPS + 1):
        count = xp.where(place >= upto, count + 1, count)
        term = term * few / k
        upto = upto + term
    return count


def _expanded(mean: Array, normal: Array, xp: Any) -> Array:
    many = xp.clip(mean, MANY, MOST)
    return xp.floor(many + xp.sqrt(many) * normal + (normal * normal - 1) / 6 + 0.5)


def _below(normal: Array, xp: Any) -> Array:
    """The normal distribution, within 1e-7 (Abramowitz and Stegun 26.2.17)."""
    size = xp.abs(normal)
    t = 1 / (1 + 0.2316419 * size)
    series = t * (0.319381530 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))))
    above = xp.exp(-0.5 * size * size) * 0.3989422804 * series
    return xp.where(normal > 0, 1 - above, above)


class GaussianNoise(Noise):
    """Add normal noise; the field itself differs between backends, its distribution does not."""

    std: Annotated[
        Short[Value], Quantity("fractions of full scale", ge=0, le=1),
        Sensible(high=0.15, least=0.002, why="little but the noise can be made out"),
    ] = Field(
        kw_only=False, description="standard deviation, as a fraction of full scale"
    )
    mean: Annotated[Short[Value], Quantity("fractions of full scale", ge=-1, le=1)] = Field(
        default=Constant(number=0), description="of the noise; anything but 0 makes the image brighter or darker"
    )
    per_channel: bool = Field(default=True, description=EACH)

    examples: ClassVar[tuple[dict[str, Any], ...]] = (
        {"std": [0.1, 0.2]}, {"std": 0.1, "mean": [-0.1, 0.1], "per_channel": False}, {"std": 0.1, "channels": [0, 2]},
    )  # fmt: skip

    def express(self, image, v, kernels):
        return image + (v["mean"] + v["std"] * kernels.field(NORMAL, pixel=not self.per_channel))

    def neutral(self, v, size):
        return bool(v["std"] == 0 and v["mean"] == 0)


class AdditiveNoise(Noise):
    """Add noise of any distribution: {uniform: [-1, 1]}, {normal: [0, 1]}, {beta: [a, b]}, {choice: [-1, 1]}.

    Albumentations' `AdditiveNoise` calls it per_pixel, and shared where `per_channel` is off; its beta is one of 2x - 1, and what
    it calls constant is `brightness: {add: ...}` of each channel. Its Laplace distribution is not among those of the language.
    """

    noise: Annotated[Short[Value], Quantity("fractions of full scale, times the strength")] = Field(
        description="the distribution of the noise over the image"
    )
    strength: Annotated[
        Short[Value], Quantity("times", ge=0, le=1), Sensible(high=0.4, why="little but the noise can be made out"),
    ] = Field(
        kw_only=False, description="what the noise is multiplied by, a number for the image"
    )
    per_channel: bool = Field(default=True, description=EACH)

    scattered: ClassVar[frozenset[str]] = frozenset({"noise"})
    examples: ClassVar[tuple[dict[str, Any], ...]] = (
        {"noise": [-1, 1], "strength": [0.05, 0.2]}, {"noise": {"beta": [0.5, 2]}, "strength": 0.3, "per_channel": False},
        {"noise": {"normal": [0, 0.1]}, "strength": 1, "channels": [0, 2]}, {"noise": {"choice": [-0.5, 1]}, "strength": 0.2},
    )  # fmt: skip

    def express(self, image, v, kernels):
        return image + v["strength"] * kernels.field(self.noise, pixel=not self.per_channel)

    def neutral(self, v, size):
        return bool(v["strength"] == 0) or self.noise.support == (0, 0)


class MultiplicativeNoise(Noise):
    """Multiply each value by a factor of its own: speckle.

    As Albumentations' `MultiplicativeNoise(elementwise=True)`. Without `elementwise` that is one factor for the image, which is
    `brightness: [0.9, 1.1]`, or with `per_channel` one for each channel: `brightness: {factor: [0.9, 1.1], channels: [0]}`, ….
    `skimage.util.random_noise(mode="speckle")` is a factor of {normal: [1, 0.1]}.
    """

    factor: Annotated[
        Short[Value], Quantity("times", ge=-10, le=10, hint="1 changes nothing; a tenth either way is 1±0.1"),
        Sensible(0, 3, neutral=1, least=0.02, why="little but the noise can be made out"),
    ] = Field(
        kw_only=False, description="its distribution over the image; 1 changes nothing"
    )
    per_channel: bool = Field(default=True, description=EACH)

    scattered: ClassVar[frozenset[str]] = frozenset({"factor"})
    examples: ClassVar[tuple[dict[str, Any], ...]] = (
        {"factor": [0.8, 1.2]}, {"factor": {"normal": [1, 0.2]}, "per_channel": False},
        {"factor": [0.7, 1.2], "channels": [0, 2]},
    )  # fmt: skip

    def express(self, image, v, kernels):
        return image * kernels.field(self.factor, pixel=not self.per_channel)

    def neutral(self, v, size):
        return self.factor.support == (1, 1)


class ShotNoise(Noise):
    """Count photons: each value x becomes a Poisson number of mean x·photons, over the photons.

    As `numpy.random.poisson(x·photons) / photons`, which skimage does with 256, ImageNet-C with 60 to 3.
    Albumentations' `ShotNoise` counts light that is linear: it takes x to the power 2.2 before, and back after, with 1/scale
    photons; that is `linear: true`. Counts of a mean of 10 and more come from an expansion whose distribution is within 0.0015.
    """

    photons: Annotated[
        Short[Value], Quantity("photons", ge=1, le=MOST), Sensible(low=4, why="little but the noise can be made out"),
    ] = Field(
        kw_only=False, description="how many full scale stands for; the fewer, the more noise"
    )
    linear: bool = Field(default=False, description="whether values are taken for sRGB, of which light is about the power 2.2")
    per_channel: bool = Field(default=True, description=EACH)

    examples: ClassVar[tuple[dict[str, Any], ...]] = (
        {"photons": [5, 60]}, {"photons": 6, "linear": True, "per_channel": False}, {"photons": 15, "channels": [0, 2]},
    )  # fmt: skip

    def express(self, image, v, kernels):
        xp = kernels.xp
        light = xp.clip(image, 1e-6, 1) ** 2.2 if self.linear else image
        found = poisson(light * v["photons"], kernels.field(NORMAL, pixel=not self.per_channel), xp) / v["photons"]
        return xp.clip(found, 1e-12, 1) ** (1 / 2.2) if self.linear else found


class SaltAndPepper(Noise):
    """Make a share of the pixels white or black.

    Of each pixel all channels, as Albumentations does; with `per_channel` each value alone, as `skimage.util.random_noise`.
    """

    share: Annotated[
        Short[Value], Quantity("share", ge=0, le=1),
        Sensible(high=0.2, least=0.0005, why="little but the noise can be made out"),
    ] = Field(
        kw_only=False, description="of the pixels"
    )
    salt: Share = Field(default=Constant(number=0.5), description="share of these that are white; the others are black")
    per_channel: bool = Field(default=False, description=EACH)

    examples: ClassVar[tuple[dict[str, Any], ...]] = (
        {"share": [0.1, 0.3]}, {"share": 0.2, "salt": [0.2, 0.8], "per_channel": True}, {"share": 0.2, "channels": [0, 2]},
    )  # fmt: skip

    def express(self, image, v, kernels):
        xp, place = kernels.xp, kernels.field(UNIT, pixel=not self.per_channel)
        white, black = place < v["share"] * v["salt"], place < v["share"]
        return xp.where(white, 1.0, xp.where(black, 0.0, image))

    def neutral(self, v, size):
        return bool(v["share"] == 0)


class PixelDropout(Noise):
    """Give a share of the pixels a colour.

    Masks stay unless they get a label there (`fill_mask`, as Albumentations' `mask_drop_value`).
    """

    share: Annotated[
        Short[Value], Quantity("share", ge=0, le=1),
        Sensible(high=0.5, least=0.0005, why="little of the picture is left"),
    ] = Field(
        kw_only=False, description="of the pixels"
    )
    fill: Colour | None = Field(default=(0.0,), description="colour of these; null: random, uniform for each value")
    fill_mask: int | None = Field(default=None, description="label that masks get there; they stay as they are without it")
    per_channel: bool = Field(default=False, description=EACH)

    uses: ClassVar[frozenset[str]] = frozenset({"noise", "fill"})
    moves: ClassVar[frozenset[str]] = frozenset({"mask"})
    examples: ClassVar[tuple[dict[str, Any], ...]] = (
        {"share": [0.1, 0.3]}, {"share": 0.2, "fill": None, "per_channel": True, "channels": [0, 2]},
        {"share": 0.2, "fill": [0.2, 0.5, 0.8], "fill_mask": 3},
    )  # fmt: skip

    @model_validator(mode="after")
    def _masks_have_no_channels(self):
        if self.per_channel and self.fill_mask is not None:
            raise ValueError("fill_mask needs per_channel: false, as a mask is one for all channels")
        return self

    @property
    def fill_colour(self):
        return self.fill

    @property
    def fill_label(self):
        return self.fill_mask

    def express(self, image, v, kernels):
        hit = kernels.field(UNIT, pixel=not self.per_channel) < v["share"]
        return kernels.xp.where(hit, self._colour(image, kernels), image)

    def _colour(self, image: Array, kernels: Any) -> Array:
        if self.fill is None:
            return kernels.field(UNIT, 1)
        planes = [kernels.xp.zeros_like(image[..., 0]) + level for level in self.levels_of(self.fill)]
        return kernels.xp.stack(planes, axis=-1)

    def change_mask(self, mask, v, context, kernels):
        if self.fill_mask is None:
            return mask
        place = Fields(kernels, mask, v).field(UNIT, pixel=True)
        return kernels.fill_mask(mask, (place < kernels.spread(v["share"], place))[..., 0], self.fill_mask)

    def neutral(self, v, size):
        return bool(v["share"] == 0)


class IsoNoise(Noise):
    """Grain of a sensor at high sensitivity: the hue of each pixel turns a little, and its lightness is raised by counts.

    The hue turns by a normal number of `colour`·`intensity` of the circle. The lightness goes towards white by n/255, n being a
    Poisson number whose mean is `intensity` times the deviation of the image's lightness in levels: what Albumentations means by
    `ISONoise`. Its 2.0.8 takes turns and levels for fractions, so that its hue hardly moves, and single pixels become white.
    """

    colour: Annotated[
        Short[Value], Quantity("share of the circle, times the intensity", ge=0, le=1),
        Sensible(high=0.15, why="colour tells nothing any more"),
    ] = Field(
        default=Constant(number=0.03), description="deviation of the hue; 0 leaves it"
    )
    intensity: Annotated[
        Short[Value], Quantity("times", ge=0, le=2), Sensible(high=1, why="the picture fades into white"),
    ] = Field(
        kw_only=False, description="of both kinds of noise; 0 changes nothing"
    )

    needs_rgb: ClassVar[bool] = True
    takes_grey: ClassVar[bool] = False
    examples: ClassVar[tuple[dict[str, Any], ...]] = ({"intensity": [0.3, 0.8]}, {"intensity": 0.6, "colour": [0.05, 0.1]})

    def express(self, image, v, kernels):
        xp = kernels.xp
        hue, lightness, saturation = to_hls(image, xp)
        middle = xp.mean(lightness, axis=(-3, -2), keepdims=True)
        deviation = xp.sqrt(xp.mean((lightness - middle) ** 2, axis=(-3, -2), keepdims=True))
        counts = poisson(deviation * v["intensity"] * 255, kernels.field(NORMAL, pixel=True), xp)
        turned = hue + 6 * v["colour"] * v["intensity"] * kernels.field(NORMAL, 1, pixel=True)
        raised = lightness + xp.clip(counts / 255, 0, 1) * (1 - lightness)
        return from_hls(turned, raised, saturation, xp)

    def neutral(self, v, size):
        return bool(v["intensity"] == 0)
