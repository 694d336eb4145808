"""What lies between the camera and the picture: a colour and how much of it there is at each place."""

import math
from typing import Annotated, Any, ClassVar

from pydantic import Field

from augment.ops.hls import from_hls, to_hls
from augment.ops.kinds import UNIT, Colour, Draw, Expression, Size, Values, pixels, shorter
from augment.ops.moves import smooth
from augment.ops.overlay import PLACE, RADIANS, SIDE, Length, Opacity, Overlay, Place, axis, several, used
from augment.values import Constant, Normal, Quantity, Sensible, Short, Value

Array = Any
LARGEST = 32
"""Knots a side."""
SLOPE = 1.702
"""Of the logistic curve that comes nearest to the normal distribution, within 0.01 of it."""


class Fog(Overlay):
    """Lay fog over an image, thicker here and thinner there.

    A lattice of normal numbers under a Gaussian of width `patches` makes a smooth field of unit variance, as `elastic` does; its
    place in the normal distribution is the density. So the share of fog at each pixel is uniform from 0 to `strength`, over all
    draws, and changes over that length.
    """

    strength: Annotated[
        Short[Value], Quantity("share", ge=0, le=1), Sensible(high=0.8, why="nothing of the picture is left in places"),
    ] = Field(
        kw_only=False, description="share of the colour where the fog is thickest; 0 changes nothing"
    )
    patches: Annotated[Short[Value], Quantity("fractions of the shorter side", ge=0.1, le=1)] = Field(
        default=Constant(number=0.3), description="over which length the fog changes"
    )

    examples: ClassVar[tuple[dict[str, Any], ...]] = (
        {"strength": [0.2, 0.8]}, {"strength": 0.5, "patches": [0.1, 0.6], "colour": [0.8, 0.8, 0.9]},
    )  # fmt: skip

    @property
    def knots(self) -> int:
        """Along each side: enough for the smallest patches on an image twice as long as high."""
        return min(LARGEST, math.ceil(2 / self.patches.support[0]) + 5)

    def draws(self):
        return (*super().draws(), Draw("lattice", Normal(mean=0.0, std=1.0), self.knots**2))

    def alpha(self, v, size, xp):
        sigma = v["patches"] * shorter(size, xp)
        rows, columns = (smooth(extent, sigma, self.knots, xp) for extent in size)
        lattice = xp.reshape(v["lattice"], (*xp.shape(v["lattice"])[:-1], self.knots, self.knots))
        field = rows @ lattice @ xp.swapaxes(columns, -1, -2)
        return v["strength"][..., None, None] / (1 + xp.exp(-SLOPE * field))

    def neutral(self, v, size):
        return bool(v["strength"] == 0)


class Rain(Overlay):
    """Let rain fall: streaks of one length and slant, each at its own place.

    As Albumentations' `RandomRain` without its last two steps: `blur_value` is `gaussian_blur` beside, and
    `brightness_coefficient` is `brightness: 0.7`. Its slant is in pixels over the length of a drop.
    """

    drops: Annotated[
        Short[Value], Quantity("streaks", ge=1, le=2000, integer=True), Sensible(high=1000, why="little can be seen but rain"),
    ] = Field(
        kw_only=False, description="how many"
    )
    length: Length = Field(default=Constant(number=0.08), description="of a streak, as a fraction of the shorter side or in px")
    width: Length = Field(default=Constant(number=1, unit="px"), description="of a streak, likewise")
    slant: Annotated[Short[Value], Quantity("degrees", ge=-75, le=75)] = Field(
        default=Quantity("degrees").read([-15, 15]), description="from upright; counter-clockwise: the lower end to the right"
    )
    opacity: Opacity = Field(default=Constant(number=0.6), description="share of the colour along a streak; 0 changes nothing")

    examples: ClassVar[tuple[dict[str, Any], ...]] = (
        {"drops": [20, 80]}, {"drops": 1, "length": "15px", "width": ["1px", "3px"], "slant": 40, "colour": [0.7, 0.8, 0.9]},
    )  # fmt: skip

    def draws(self):
        return (*super().draws(), *(Draw(name, UNIT, int(self.drops.support[1])) for name in ("x", "y")))

    def alpha(self, v, size, xp):
        height, width = (axis(extent, xp) for extent in size)
        side, angle = shorter(size, xp), v["slant"][..., None, None] * RADIANS
        length, thickness = (pixels(getattr(self, name), v[name], side)[..., None, None] for name in ("length", "width"))
        tall, (tallest, widest) = length * xp.cos(angle), (line.extent for line in (height, width))
        x, y = (several(v[name], self.drops)[..., None] for name in ("x", "y"))
        use = used(v["drops"], x[..., 0], xp)[..., None]
        along = use * xp.clip(tall * 0.5 + 0.5 - xp.abs(height.at - (y * (tallest + tall) - tall * 0.5 - 0.5)), 0, 1)
        gap = xp.abs(width.at - x * widest)  # rain goes on where it leaves the image at a side
        across = xp.clip(thickness * 0.5 + 0.5 - xp.minimum(gap, widest - gap), 0, 1) * xp.clip(thickness, 0, 1)
        upright = xp.clip(xp.swapaxes(along, -1, -2) @ across, 0, 1)
        at = width.at - (height.at[:, None] - (tallest - 1) * 0.5) * xp.tan(angle) + 0 * upright
        left = xp.floor(at)
        taps = [xp.take_along_axis(upright, width.wrapped(left + step, xp), axis=-1) for step in (0, 1)]
        return v["opacity"][..., None, None] * (taps[0] + (taps[1] - taps[0]) * (at - left))

    def neutral(self, v, size):
        return bool(v["opacity"] == 0)


class Scattered(Overlay):
    """Grains of a colour, each of a drawn place and size."""

    opacity: Opacity = Field(default=Constant(number=0.9), description="share of the colour in a grain; 0 changes nothing")
    size: Length = Field(description="diameter of a grain, as a fraction of the shorter side or in px")
    x: Place = Field(default=PLACE, description="where they are; [0.5, 1] is the right half")
    y: Place = Field(default=PLACE, description="where they are; [0.5, 1] is the lower half")

    scattered: ClassVar[frozenset[str]] = frozenset({"size", "x", "y"})
    counted: ClassVar[str]
    """The field that says how many."""

    def draws(self):
        most = int(getattr(self, self.counted).support[1])
        own = (draw for draw in super().draws() if draw.field not in self.scattered)
        return (*own, *(Draw(name, getattr(self, name), most) for name in sorted(self.scattered)))

    def weights(self, v: Values) -> Any:
        """How much of the opacity each has."""
        return 1.0

    def profile(self, distance: Array, diameter: Array, xp: Any) -> Array:
        """How much of a grain there is at a distance, along an axis."""
        raise NotImplementedError

    def piled(self, v: Values, size: Size, xp: Any) -> Array:
        """(..., H, W): the sum of all grains."""
        number, side = getattr(self, self.counted), shorter(size, xp)
        diameter = several(pixels(self.size, v["size"], side), number)[..., None]
        lines = []
        for name, extent in zip(("y", "x"), size, strict=True):
            line = axis(extent, xp)
            place = several(v[name], number)[..., None] * line.extent - 0.5
            lines.append(self.profile(line.at - place, diameter, xp))
        use = (used(v[self.counted], diameter[..., 0], xp) * self.weights(v))[..., None]
        return xp.swapaxes(lines[0] * use, -1, -2) @ lines[1]

    def alpha(self, v, size, xp):
        return v["opacity"][..., None, None] * xp.clip(self.piled(v, size, xp), 0, 1)

    def neutral(self, v, size):
        return bool(v["opacity"] == 0)


def bell(distance: Array, diameter: Array, xp: Any) -> Array:
    """A Gaussian of this width at half its height, but at least of a pixel."""
    return xp.exp(-2.7726 * (distance / xp.maximum(diameter, xp.ones_like(diameter))) ** 2)


class Snow(Scattered):
    """Let snow fall: soft flakes, each of its own place and size.

    Snow that lies on the ground, as Albumentations' `RandomSnow` means it, is `snow_cover`.
    """

    flakes: Annotated[
        Short[Value], Quantity("flakes", ge=1, le=2000, integer=True), Sensible(high=1000, why="little can be seen but snow"),
    ] = Field(
        kw_only=False, description="how many"
    )
    size: Length = Field(
        default=SIDE.read([0.005, 0.03]), description="diameter of a flake, as a fraction of the shorter side or in px"
    )

    counted: ClassVar[str] = "flakes"
    examples: ClassVar[tuple[dict[str, Any], ...]] = (
        {"flakes": [20, 100]}, {"flakes": 1, "size": "20px", "opacity": [0.3, 0.9], "y": [0, 0.5]},
    )  # fmt: skip

    def profile(self, distance, diameter, xp):
        return bell(distance, diameter, xp)


class Spatter(Scattered):
    """Spatter the lens: drops with a soft edge, which run together where they meet.

    Albumentations' `Spatter`, after ImageNet-C's, makes them of blurred noise above a threshold, so that their number and size
    follow from `mean`, `std` and `gauss_sigma`; here they are said. Mud and rain are two colours.
    """

    drops: Annotated[
        Short[Value], Quantity("drops", ge=1, le=500, integer=True), Sensible(high=200, why="little can be seen through them"),
    ] = Field(
        kw_only=False, description="how many"
    )
    size: Length = Field(
        default=SIDE.read([0.02, 0.1]), description="diameter of a drop alone, as a fraction of the shorter side or in px"
    )
    colour: Colour = Field(default=(0.2,), description="of the drops")

    counted: ClassVar[str] = "drops"
    examples: ClassVar[tuple[dict[str, Any], ...]] = ({"drops": [5, 40]}, {"drops": 10, "size": "9px", "colour": [0.4, 0.3, 0.2]})

    def profile(self, distance, diameter, xp):
        return bell(distance, diameter, xp)

    def alpha(self, v, size, xp):
        wet = xp.clip((self.piled(v, size, xp) - 0.5) * 4 + 0.5, 0, 1)  # alone, a drop is as wide as it says
        return v["opacity"][..., None, None] * wet * wet * (3 - 2 * wet)


class Gravel(Scattered):
    """Strew gravel: square grains, each of its own place, size and share of the colour.

    Albumentations' `RandomGravel` sets the lightness of small rectangles in a region to random levels; here each grain has
    from half to all of the opacity.
    """

    grains: Annotated[
        Short[Value], Quantity("grains", ge=1, le=2000, integer=True), Sensible(high=1000, why="little can be seen but gravel"),
    ] = Field(
        kw_only=False, description="how many"
    )
    size: Length = Field(
        default=SIDE.read([0.005, 0.03]), description="side of a grain, as a fraction of the shorter side or in px"
    )
    y: Place = Field(default=Quantity("").read([0.5, 1]), description="where they are; [0.5, 1] is the lower half")
    colour: Colour = Field(default=(0.5,), description="of the grains")

    counted: ClassVar[str] = "grains"
    examples: ClassVar[tuple[dict[str, Any], ...]] = (
        {"grains": [20, 100]}, {"grains": 30, "size": "5px", "y": [0, 1], "colour": 0.1},
    )  # fmt: skip

    def draws(self):
        return (*super().draws(), Draw("shade", UNIT, int(self.grains.support[1])))

    def weights(self, v):
        return 0.5 + 0.5 * several(v["shade"], self.grains)

    def profile(self, distance, diameter, xp):
        return xp.clip(diameter * 0.5 + 0.5 - xp.abs(distance), 0, 1)


class SnowCover(Expression):
    """Let snow lie on what is dark: lightness below a threshold is multiplied, as Albumentations' `RandomSnow` bleaches.

    Its `snow_point` is (below − 1/3)·2, and its `brightness_coeff` the factor. It works in 8 bits, to one level.
    """

    below: Annotated[Short[Value], Quantity("fractions of full scale", ge=0, le=1)] = Field(
        kw_only=False, description="the lightness, the mean of the least and the largest channel, under which snow lies"
    )
    factor: Annotated[
        Short[Value], Quantity("times", ge=1, le=10), Sensible(high=4, neutral=1, why="nothing is left but white")
    ] = Field(
        default=Constant(number=2.5), description="of the lightness there; 1 changes nothing"
    )

    needs_rgb: ClassVar[bool] = True
    takes_grey: ClassVar[bool] = False
    examples: ClassVar[tuple[dict[str, Any], ...]] = ({"below": [0.4, 0.6]}, {"below": 0.5, "factor": [1.5, 3]})

    def express(self, image, v, kernels):
        xp = kernels.xp
        hue, lightness, saturation = to_hls(image, xp)
        white = xp.clip(lightness * v["factor"], 0, 1)
        return xp.where(lightness < v["below"], from_hls(hue, white, saturation, xp), image)

    def neutral(self, v, size):
        return bool(v["factor"] == 1)
