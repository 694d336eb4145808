"""Light that falls unevenly: on one side, from a corner, on a spot, in clouds."""

import math
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field, model_validator

from augment.ops.kinds import ANGLE, Draw, Expression, Values
from augment.ops.lines import bilinear, places, resampled
from augment.values import Choice, Constant, Normal, Quantity, Sensible, Short, Uniform, Value

Array = Any
RADIANS = math.pi / 180
SLOPE = 1.702
"""Of the logistic curve that comes nearest to the normal distribution, within 0.01 of it."""
OCTAVES = 5
STRENGTH = Annotated[
    Short[Value], Quantity("share of the light", ge=-1, le=1), Sensible(-0.5, 0.5, why="parts turn black or white"),
]  # fmt: skip

PATTERNS: dict[str, dict[str, Value]] = {
    "linear": {"degrees": Uniform(low=-180, high=180)},
    "corner": {"corner": Choice(options=(0, 1, 2, 3))},
    "spot": {"x": Uniform(low=0.1, high=0.9), "y": Uniform(low=0.1, high=0.9), "width": Uniform(low=0.2, high=1.0)},
}
"""What each pattern draws, and from what where nothing else is written."""


class Illumination(Expression):
    """Multiply an image by light that changes over it: 1 plus `strength` times a pattern.

    `linear` goes from −1 at one side of the image to 1 at the other, along a direction; `corner` from 0 in a corner that is drawn
    to 1 in the opposite one; `spot` is a Gaussian about a place. As Albumentations' `Illumination`, whose `corner` has the other
    sign, and whose linear pattern fits the frame only at multiples of 45 degrees.
    """

    strength: STRENGTH = Field(kw_only=False, description="below 0 it gets darker where the pattern is high; 0 changes nothing")
    pattern: Literal["linear", "corner", "spot"] = Field(default="linear", description="of the light")
    degrees: Annotated[Short[Value], ANGLE] | None = Field(
        default=None, description="linear: where it gets brighter, counter-clockwise from the x axis; any direction without it"
    )
    x: Annotated[Short[Value], Quantity("fractions of the width", ge=0, le=1)] | None = Field(
        default=None, description="spot: its centre, from the left; 0.1 to 0.9 without it"
    )
    y: Annotated[Short[Value], Quantity("fractions of the height", ge=0, le=1)] | None = Field(
        default=None, description="spot: its centre, from the top; 0.1 to 0.9 without it"
    )
    width: Annotated[Short[Value], Quantity("fractions of the longer side", ge=0.05, le=4)] | None = Field(
        default=None, description="spot: its standard deviation; 0.2 to 1 without it"
    )

    examples: ClassVar[tuple[dict[str, Any], ...]] = (
        {"strength": [-0.4, 0.4]}, {"strength": [-0.4, 0.4], "pattern": "corner"}, {"strength": [0.1, 0.5], "pattern": "spot"},
    )  # fmt: skip

    @model_validator(mode="after")
    def _says_what_counts(self):
        given = [name for name in ("degrees", "x", "y", "width") if getattr(self, name) is not None]
        if idle := [name for name in given if name not in PATTERNS[self.pattern]]:
            raise ValueError(f"a {self.pattern} pattern has no {idle[0]}; leave it out, or choose another pattern")
        return self

    def draws(self):
        own = {name: getattr(self, name, None) or usual for name, usual in PATTERNS[self.pattern].items()}
        return Draw("strength", self.strength), *(Draw(name, value, exact=name == "corner") for name, value in own.items())

    def express(self, image, v, kernels):
        xp, (y, x), (height, width) = kernels.xp, kernels.grid(image), kernels.size(image)
        high, wide = height / 2, width / 2
        if self.pattern == "linear":
            c, s = xp.cos(v["degrees"] * RADIANS), xp.sin(v["degrees"] * RADIANS)
            pattern = (x * c - y * s) / ((width - 1) / 2 * xp.abs(c) + (height - 1) / 2 * xp.abs(s) + 1e-6)
        elif self.pattern == "corner":
            right, below = 2 * xp.floor(v["corner"] / 2) - 1, 4 * (v["corner"] / 2 - xp.floor(v["corner"] / 2)) - 1
            across_, down = x - right * (width - 1) / 2, y - below * (height - 1) / 2
            pattern = xp.sqrt((across_ * across_ + down * down) / (width * width + height * height))
        else:
            across_, down = x + wide - 0.5 - v["x"] * width, y + high - 0.5 - v["y"] * height
            longer = width if width is height else xp.maximum(0 * x[..., :1, :1, :] + width, 0 * x[..., :1, :1, :] + height)
            pattern = xp.exp(-0.5 * (across_ * across_ + down * down) / (v["width"] * longer) ** 2)
        return image * (1 + v["strength"] * pattern)

    def neutral(self, v, size):
        return bool(v["strength"] == 0)


class Plasma(Expression):
    """Works with clouds: numbers from 0 to 1 at each pixel, smooth, with finer and weaker clouds on the larger ones.

    The clouds are the sum of five lattices of normal numbers, of which each has twice as many knots a side as the one before and
    `roughness` times its weight, read between the knots; their place in the normal distribution is the number, so that it is
    uniform over all draws. Diamond-square, as Albumentations' ops of this name have it, is that with its own way between the
    knots, and stretches each picture to 0 and 1.
    """

    roughness: Annotated[Short[Value], Quantity("times", ge=0.1, le=1)] = Field(
        default=Constant(number=0.5), description="weight of each finer lattice; 0.1 is smooth, 1 is rough"
    )

    def draws(self):
        return (*super().draws(), Draw("knots", Normal(mean=0.0, std=1.0), sum((2**k + 1) ** 2 for k in range(1, OCTAVES + 1))))

    def clouds(self, image: Array, v: Values, kernels: Any) -> Array:
        """(..., H, W, 1): the numbers."""
        xp, at, sizes = kernels.xp, places(image, kernels), kernels.size(image)
        batch = (-1,) if len(image.shape) > 3 else ()
        total: Any = 0.0
        squares, weight, first = 0.0, 1.0, 0
        for octave in range(1, OCTAVES + 1):
            knots = 2**octave + 1
            lattice = xp.reshape(v["knots"][..., first : first + knots**2], (*batch, knots, knots, 1))
            rows, columns = (self._line(line, extent, knots, xp) for line, extent in zip(at, sizes, strict=True))
            # the variance of what is read between knots
            down, across = (xp.sum(line * line, axis=-1) for line in (rows, columns))
            field = resampled(lattice, rows, columns, xp) / xp.sqrt(down[..., :, None, None] * across[..., None, :, None])
            total = total + weight * field
            squares, weight, first = squares + weight * weight, weight * v["roughness"], first + knots**2
        return 1 / (1 + xp.exp(-SLOPE * total / squares**0.5))

    def _line(self, at: Array, extent: Any, knots: int, xp: Any) -> Array:
        """(..., extent, knots): the weights of the knots, from end to end of a line."""
        return bilinear(at * ((knots - 1) / (extent - 1 + 1e-6)), knots, _row(at, knots, xp), xp)


def _row(at: Array, knots: int, xp: Any) -> Array:
    """(..., 1, knots): the numbers of knots."""
    ones = xp.stack([xp.ones_like(at[..., :1, 0]) for _ in range(knots)], axis=-1)
    return xp.cumsum(ones, axis=-1) - 1


class PlasmaShadow(Plasma):
    """Lay clouds of shadow over an image: it loses up to `strength` of its light where they are thickest.

    As Albumentations' `PlasmaShadow`, whose clouds have at least one place without shadow and one with all of it.
    """

    strength: Annotated[
        Short[Value], Quantity("share of the light", ge=0, le=1), Sensible(high=0.8, why="parts turn black"),
    ] = Field(
        kw_only=False, description="that is lost where the clouds are thickest; 0 changes nothing"
    )

    def express(self, image, v, kernels):
        return image * (1 - v["strength"] * self.clouds(image, v, kernels))

    def neutral(self, v, size):
        return bool(v["strength"] == 0)


class PlasmaBrightnessContrast(Plasma):
    """Change brightness and contrast in the same clouds (as Albumentations' `PlasmaBrightnessContrast`).

    `brightness` times the clouds is added, then the distance from the mean is multiplied by 1 + `contrast` times the clouds.
    Albumentations clips in between, by which factors below 0 do nothing.
    """

    brightness: Annotated[Short[Value], Quantity("fractions of full scale", ge=-1, le=1)] = Field(
        default=Constant(number=0), description="what is added where the clouds are thickest"
    )
    contrast: Annotated[Short[Value], Quantity("times", ge=-1, le=4)] = Field(
        default=Constant(number=0), description="what the factor gains where the clouds are thickest; 0 changes nothing"
    )

    examples: ClassVar[tuple[dict[str, Any], ...]] = (
        {"brightness": [-0.3, 0.3], "contrast": [-0.3, 0.3]}, {"brightness": 0.3, "roughness": [0.2, 0.9]}, {"contrast": -0.8},
    )  # fmt: skip

    @model_validator(mode="after")
    def _says_something(self):
        if self.brightness == self.contrast == Constant(number=0):
            raise ValueError("needs brightness or contrast")
        return self

    def express(self, image, v, kernels):
        clouds = self.clouds(image, v, kernels)
        lit = image + v["brightness"] * clouds
        mean = kernels.xp.mean(kernels.xp.mean(lit, axis=-2, keepdims=True), axis=(-3, -1), keepdims=True)
        return lit + v["contrast"] * clouds * (lit - mean)
