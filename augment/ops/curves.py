"""Curves: each level of a channel becomes another. All work on [0, 1] and clip to it."""

from typing import Annotated, ClassVar

from pydantic import Field

from augment.ops.kinds import Curve, Draw
from augment.values import Normal, Quantity, Sensible, Short, Value

Bending = Sensible(0.4, 2.5, neutral=1, least=0.02, why="most of the picture turns black or white")


class Gamma(Curve):
    """Raise to a power: above 1 darkens, below 1 brightens."""

    gamma: Annotated[Short[Value], Quantity("the exponent", gt=0), Bending] = Field(
        kw_only=False, description="1 changes nothing"
    )

    def curve(self, x, v, xp):
        return x ** v["gamma"]

    def exponent(self, v):
        return v["gamma"]


class ToneCurve(Curve):
    """Bend the curve of tones: a cubic Bezier curve from 0 to 1, whose heights at a third and at two thirds are drawn.

    They are normal about 1/4 and 3/4, which is where a straight line has them nearly, and end at 0 and 1. As Albumentations'
    `RandomToneCurve`, whose table has whole levels; its `per_channel` is three of them, each limited by `channels`.
    """

    strength: Annotated[Short[Value], Quantity("fractions of full scale", ge=0, le=1), Sensible(
        high=0.3, why="tones that lie apart become one",
    )] = Field(
        kw_only=False, description="standard deviation of both heights; 0 changes little"
    )

    def draws(self):
        return (*super().draws(), *(Draw(name, Normal(mean=0.0, std=1.0)) for name in ("low", "high")))

    def curve(self, x, v, xp):
        low, high = (xp.clip(middle + v["strength"] * v[name], 0, 1) for name, middle in (("low", 0.25), ("high", 0.75)))
        rest = 1 - x
        return 3 * rest * rest * x * low + 3 * rest * x * x * high + x * x * x


class Solarize(Curve):
    """Invert what is at or above a threshold."""

    threshold: Annotated[
        Short[Value], Quantity("fractions of full scale", ge=0, le=1),
        Sensible(low=0.2, why="nearly the whole picture is inverted"),
    ] = Field(
        kw_only=False, description="1 inverts only full scale"
    )

    rounds: ClassVar[bool] = True

    def curve(self, x, v, xp):
        # levels are whole numbers here; the margin keeps a threshold of k/255 at level k in float32 too
        return xp.where(x * 255 >= v["threshold"] * 255 - 1e-3, 1 - x, x)


class SolarizeAdd(Curve):
    """Brighten what is below the middle grey, and leave the rest (RandAugment as timm and TensorFlow's models have it)."""

    add: Annotated[
        Short[Value], Quantity("fractions of full scale", ge=0, le=1), Sensible(high=0.5, why="dark parts turn white")
    ] = Field(
        kw_only=False, description="what is added to levels below 128"
    )

    rounds: ClassVar[bool] = True

    def curve(self, x, v, xp):
        return xp.where(x * 255 < 127.5, xp.clip(x + v["add"], 0, 1), x)


class Posterize(Curve):
    """Keep the upper bits of each level."""

    bits: Annotated[
        Short[Value], Quantity("bits", ge=1, le=8, integer=True), Sensible(low=2, why="only black and full colours are left")
    ] = Field(
        kw_only=False, description="8 changes nothing"
    )

    rounds: ClassVar[bool] = True

    def curve(self, x, v, xp):
        step = xp.exp2(8.0 - v["bits"]) if hasattr(xp, "exp2") else 2.0 ** (8.0 - v["bits"])
        step = xp.round(step)  # a whole number, whatever the precision of the power
        return xp.floor((xp.round(x * 255) + 0.25) / step) * step / 255
