"""What mixes the channels of an image, by a matrix: their order, their loss, the colour of the light."""

from typing import Annotated, Any, ClassVar, Literal

import numpy as np
from pydantic import Field, model_validator

from augment.ops.kinds import UNIT, ChannelMixture, Draw, Mixture, matrix
from augment.values import Constant, Normal, Quantity, Sensible, Short, Value

RGB = 3
SEPIA = np.array([[0.393, 0.769, 0.189], [0.349, 0.686, 0.168], [0.272, 0.534, 0.131]])
VARIANCE = np.array([0.2175, 0.0188, 0.0045])
COMPONENTS = np.array([[-0.5675, -0.5808, -0.5836], [0.7192, -0.0045, -0.6948], [0.4009, -0.8140, 0.4203]])
"""Of ImageNet's colours: the principal components, a row each, and the variance along them."""
SHIFT = Quantity("fractions of full scale", ge=-1, le=1)
TINT = Sensible(-0.25, 0.25, least=0.004, why="white and skin get another colour")
LIGHT: dict[str, tuple[tuple[float, ...], tuple[float, ...]]] = {
    "blackbody": (
        (0.47, 1.21783, -0.70724, 0.47639, -0.13547, 0.03229), (1.93044, -2.18593, 3.23031, -5.77069, 5.02523, -1.65133),
    ),
    "daylight": ((0.32112, 1.68955, -1.53879, 1.09091, -0.24435), (1.75998, -0.90544, -1.15356, 1.27451, -0.45792)),
}  # fmt: skip
"""Red and blue, each as a factor of green, as polynomials of 4000 K / temperature: fitted to the table of Zini et al. 2022, with
errors of at most 0.0033 (blackbody) and 0.0002 (daylight)."""


class RgbShift(ChannelMixture):
    """Add to red, green and blue, to each its own.

    As Albumentations' `RGBShift`, whose limits are levels: 20 are 0.078.
    """

    red: Annotated[Short[Value], SHIFT, TINT] = Field(default=Constant(number=0.0), description="what is added to red")
    green: Annotated[Short[Value], SHIFT, TINT] = Field(default=Constant(number=0.0), description="what is added to green")
    blue: Annotated[Short[Value], SHIFT, TINT] = Field(default=Constant(number=0.0), description="what is added to blue")

    needs_rgb: ClassVar[bool] = True
    takes_grey: ClassVar[bool] = False
    examples: ClassVar[tuple[dict[str, Any], ...]] = (
        {"red": [-0.1, 0.1], "green": [-0.1, 0.1], "blue": [-0.1, 0.1]}, {"blue": 0.2},
    )  # fmt: skip

    @model_validator(mode="after")
    def _says_something(self):
        if all(value == Constant(number=0) for value in (self.red, self.green, self.blue)):
            raise ValueError("needs red, green or blue")
        return self

    def mixture(self, v, xp):
        return Mixture(np.eye(RGB), xp.stack([v["red"], v["green"], v["blue"]], axis=-1))


class Sepia(ChannelMixture):
    """Give an image the brown of old photographs, by a matrix (as Albumentations' `ToSepia`); some lights come out white."""

    needs_p: ClassVar[bool] = True
    needs_rgb: ClassVar[bool] = True
    takes_grey: ClassVar[bool] = False

    def mixture(self, v, xp):
        return Mixture(SEPIA, np.zeros(RGB))


class PlanckianJitter(ChannelMixture):
    """Light the scene anew, by light of a temperature: red and blue get factors, and green stays (Zini et al. 2022).

    As Albumentations' and Kornia's of that name, whose tables are read at the temperature that is drawn; here by polynomials that
    keep within 0.0033 of them. White stays white at 6500 K under daylight.
    """

    kelvin: Annotated[
        Short[Value], Quantity("kelvin", ge=3000, le=15000), Sensible(4000, 12000, neutral=6500, why="white is orange, or blue"),
    ] = Field(
        kw_only=False, description="temperature of the light: low is red, high is blue"
    )
    light: Literal["blackbody", "daylight"] = Field(
        default="blackbody", description="of a glowing body, or of the sky (CIE D, from 4000 kelvin on)"
    )

    needs_rgb: ClassVar[bool] = True
    takes_grey: ClassVar[bool] = False
    examples: ClassVar[tuple[dict[str, Any], ...]] = ({"kelvin": [3000, 15000]}, {"kelvin": [4000, 9000], "light": "daylight"})

    @model_validator(mode="after")
    def _has_light(self):
        if self.light == "daylight" and self.kelvin.support[0] < 4000:
            raise ValueError("daylight has at least 4000 kelvin; below that write light: blackbody")
        return self

    def mixture(self, v, xp):
        cold = 4000 / v["kelvin"]
        red, blue = (sum(weight * cold**power for power, weight in enumerate(line)) for line in LIGHT[self.light])
        return Mixture(matrix(xp, (red, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, blue)), np.zeros(RGB))


class FancyPca(ChannelMixture):
    """Add a colour along the principal components of ImageNet's colours, each by its variance times a normal number.

    As in the paper (Krizhevsky, Sutskever and Hinton 2012): one colour for the whole image, of the statistics of a data set,
    which recipes for ImageNet call lighting. Albumentations' `FancyPCA` takes the components of each image, and multiplies its
    pixels' distance from the mean by them, so that a photograph hardly changes.
    """

    std: Annotated[
        Short[Value], Quantity("times the variance", ge=0, le=4), Sensible(high=0.5, why="white gets a colour"),
    ] = Field(
        kw_only=False, description="standard deviation of the numbers; 0.1 in the paper"
    )

    needs_rgb: ClassVar[bool] = True
    takes_grey: ClassVar[bool] = False

    def draws(self):
        return (*super().draws(), Draw("alpha", Normal(mean=0.0, std=1.0), RGB))

    def mixture(self, v, xp):
        numbers = v["std"][..., None] * v["alpha"]
        weights = (VARIANCE[:, None] * COMPONENTS).tolist()
        offset = xp.stack([sum(numbers[..., k] * weights[k][c] for k in range(RGB)) for c in range(RGB)], axis=-1)
        return Mixture(np.eye(RGB), offset)


class Channelwise(ChannelMixture):
    """Treats channels as wholes: those that ``channels`` names, or red, green and blue."""

    takes_grey: ClassVar[bool] = False
    examples: ClassVar[tuple[dict[str, Any], ...]] = ({}, {"channels": [0, 2]})

    @model_validator(mode="after")
    def _has_several(self):
        if self.count_of_channels < 2:
            raise ValueError("needs two channels at least: write channels: [0, 1, 2], or leave it out")
        return self

    @property
    def rgb(self):
        return self.channels is None

    @property
    def count_of_channels(self) -> int:
        return len(self.channels) if self.channels else RGB

    def draws(self):
        return (*super().draws(), Draw("order", UNIT, self.count_of_channels))

    def places(self, v: Any, xp: Any) -> Any:
        """(..., n): the place of each channel in a drawn order, whole numbers from 0."""
        one, other = v["order"][..., :, None], v["order"][..., None, :]
        before = np.tri(self.count_of_channels, k=-1) > 0  # of equal numbers the first comes first
        return xp.sum(xp.where(xp.logical_or(other < one, xp.logical_and(other == one, before)), 1.0, 0.0), axis=-1)


class ChannelShuffle(Channelwise):
    """Put the channels of an image into an order that is drawn: all orders alike, also the one that they have.

    As torchvision's `RandomChannelPermutation` and Albumentations' `ChannelShuffle`; of images that have not three channels,
    ``channels`` names those that are shuffled.
    """

    def mixture(self, v, xp):
        count = self.count_of_channels
        rows = xp.where(self.places(v, xp)[..., :, None] == np.arange(count, dtype=np.float32), 1.0, 0.0)
        return Mixture(rows, np.zeros(count))


class ChannelDropout(Channelwise):
    """Fill some channels with a level, and leave at least one.

    As Albumentations' of that name, whose `channel_drop_range` is `count`.
    """

    count: Annotated[Short[Value], Quantity("channels", ge=1, integer=True)] = Field(
        default=Constant(number=1), description="how many are lost, equally likely"
    )
    fill: Annotated[float, Field(ge=0, le=1)] = Field(default=0.0, description="the level that they get")

    examples: ClassVar[tuple[dict[str, Any], ...]] = (
        {}, {"count": [1, 2], "fill": 0.5}, {"channels": [0, 2]},
    )  # fmt: skip

    @model_validator(mode="after")
    def _leaves_one(self):
        if self.count.support[1] >= self.count_of_channels:
            text = f"of {self.count_of_channels} channels at most {self.count_of_channels - 1} can be lost"
            raise ValueError(f"{text}, not {self.count.support[1]:g}; name more with channels")
        return self

    def mixture(self, v, xp):
        kept = xp.where(self.places(v, xp) >= v["count"][..., None], 1.0, 0.0)
        return Mixture(kept[..., None] * np.eye(self.count_of_channels, dtype=np.float32), (1 - kept) * self.fill)
