"""What light does between the sun and the picture: shadows of things that are not in it, and flares of the lens."""

from typing import Annotated, Any, ClassVar

from pydantic import Field

from augment.ops.kinds import UNIT, Colour, Draw, pixels, shorter
from augment.ops.overlay import PLACE, SIDE, Length, Opacity, Overlay, Place, axis, several, used
from augment.values import Constant, Quantity, Sensible, Short, Value

Array = Any


class Shadow(Overlay):
    """Cast shadows: polygons in which light is lost, whose corners are drawn from a region.

    The corners are joined in the order in which they are drawn; where a polygon covers itself twice, there is light, as of
    OpenCV's `fillPoly` and so of Albumentations' `RandomShadow`. Its `shadow_roi: [0, 0.5, 1, 1]` is y: [0.5, 1].
    """

    darkness: Annotated[
        Short[Value], Quantity("share", ge=0, le=1), Sensible(high=0.8, least=0.02, why="nothing can be seen in it")
    ] = Field(
        kw_only=False, description="share of the light that each shadow takes; 0 changes nothing"
    )
    shadows: Annotated[Short[Value], Quantity("shadows", ge=1, le=16, integer=True)] = Field(
        default=Constant(number=1), description="how many"
    )
    corners: int = Field(default=5, ge=3, le=16, description="of each polygon")
    x: Place = Field(default=PLACE, description="where the corners are")
    y: Place = Field(default=Quantity("").read([0.5, 1]), description="where the corners are; [0.5, 1] is the lower half")
    softness: Annotated[Length, Sensible(high=0.2, why="no edge of a shadow is left")] = Field(
        default=Constant(number=1, unit="px"),
        description="over which length the edge fades, as a fraction of the shorter side or in px",
    )
    colour: Colour = Field(default=(0.0,), description="of the shadows")

    scattered: ClassVar[frozenset[str]] = frozenset({"x", "y"})
    examples: ClassVar[tuple[dict[str, Any], ...]] = (
        {"darkness": [0.3, 0.7]}, {"darkness": 0.5, "shadows": [1, 3], "corners": 4, "y": [0, 1], "softness": ["1px", "9px"]},
    )  # fmt: skip

    @property
    def _most(self) -> int:
        return int(self.shadows.support[1])

    def draws(self):
        own = (draw for draw in super().draws() if draw.field not in ("darkness", "x", "y"))
        each = (Draw(name, getattr(self, name), self._most * self.corners) for name in ("x", "y"))
        return (*own, Draw("darkness", self.darkness, self._most), *each)

    def alpha(self, v, size, xp):
        height, width = (axis(extent, xp) for extent in size)
        y, x = height.at[:, None], width.at
        soft = xp.maximum(pixels(self.softness, v["softness"], shorter(size, xp)), 1e-3)[..., None, None]
        share = several(v["darkness"], self.shadows)
        share = share * used(v["shadows"], share, xp)
        light: Any = 1.0
        for k in range(self._most):
            own = [k * self.corners + i for i in range(self.corners)]
            corners = [
                (v["x"][..., i, None, None] * width.extent - 0.5, v["y"][..., i, None, None] * height.extent - 0.5) for i in own
            ]
            inside = xp.clip(0.5 + depth(corners, x, y, xp) / soft, 0, 1)
            light = light * (1 - share[..., k, None, None] * inside)
        return 1 - light

    def neutral(self, v, size):
        return not v["darkness"].any()


def depth(corners: list[tuple[Array, Array]], x: Array, y: Array, xp: Any) -> Array:
    """(..., H, W): how far each point lies inside a polygon (even-odd); negative outside."""
    odd: Any = None
    nearest: Any = None
    for (ax, ay), (bx, by) in zip(corners, corners[1:] + corners[:1], strict=True):
        ex, ey = bx - ax, by - ay
        dx, dy = x - ax, y - ay
        along = xp.clip((dx * ex + dy * ey) / xp.maximum(ex * ex + ey * ey, 1e-6), 0, 1)
        apart = (dx - along * ex) ** 2 + (dy - along * ey) ** 2
        nearest = apart if nearest is None else xp.minimum(nearest, apart)
        # a ray to the left crosses the edge
        level = xp.where(xp.abs(ey) < 1e-6, 1e-6, ey)
        crosses = xp.logical_and((ay > y) != (by > y), dx > dy * ex / level)
        odd = crosses if odd is None else odd != crosses
    return xp.where(odd, 1.0, -1.0) * xp.sqrt(nearest)


class SunFlare(Overlay):
    """Let the sun shine into the lens: a glow at a drawn place, and faint discs on the line through the middle of the image.

    As Albumentations' `RandomSunFlare(method="overlay")`: its `flare_roi: [0, 0, 1, 0.5]` is y: [0, 0.5], its
    `src_radius` the radius in px. There the line has a drawn angle, and the discs colours near that of the sun.
    """

    strength: Annotated[Short[Value], Quantity("share", ge=0, le=1)] = Field(
        kw_only=False, description="share of the colour in the middle of the glow; 0 leaves the discs alone"
    )
    radius: Length = Field(default=Constant(number=0.6), description="of the glow, as a fraction of the shorter side or in px")
    x: Place = Field(default=PLACE, description="where the sun is")
    y: Place = Field(default=Quantity("").read([0, 0.5]), description="where the sun is; [0, 0.5] is the upper half")
    discs: Annotated[Short[Value], Quantity("discs", ge=0, le=16, integer=True)] = Field(
        default=Quantity("discs", integer=True).read([4, 8]), description="how many"
    )
    size: Length = Field(
        default=SIDE.read([0.02, 0.12]), description="radius of a disc, as a fraction of the shorter side or in px"
    )
    opacity: Opacity = Field(default=Quantity("").read([0.05, 0.2]), description="share of the colour in a disc")

    examples: ClassVar[tuple[dict[str, Any], ...]] = (
        {"strength": [0.4, 1]}, {"strength": 0.8, "radius": "30px", "discs": 1, "colour": [1, 0.9, 0.7]},
        {"strength": 0.5, "discs": 0, "radius": [0.2, 1]},
    )  # fmt: skip

    @property
    def _most(self) -> int:
        return int(self.discs.support[1])

    def draws(self):
        each = {"size": self.size, "opacity": self.opacity, "along": UNIT}
        own = (draw for draw in super().draws() if draw.field not in each)
        return (*own, *(Draw(name, value, max(1, self._most)) for name, value in each.items()))

    def alpha(self, v, size, xp):
        height, width = (axis(extent, xp) for extent in size)
        side = shorter(size, xp)
        sun = [v[name][..., None, None] * line.extent - 0.5 for name, line in (("x", width), ("y", height))]
        middle = [(line.extent - 1) * 0.5 for line in (width, height)]

        def distance(x: Array, y: Array) -> Array:
            return xp.sqrt((width.at - x) ** 2 + (height.at[:, None] - y) ** 2)

        glow = xp.maximum(pixels(self.radius, v["radius"], side), 1e-3)[..., None, None]
        light = 1 - v["strength"][..., None, None] * xp.clip(1 - distance(*sun) / glow, 0, 1) ** 3
        if not self._most:
            return 1 - light
        size_, opacity, along = (several(v[name], self.discs) for name in ("size", "opacity", "along"))
        opacity = opacity * used(v["discs"], opacity, xp)
        radius = pixels(self.size, size_, side if self.size.unit == "px" or isinstance(side, int) else side[..., None])
        for k in range(self._most):
            far = 0.3 + 1.7 * along[..., k, None, None]  # beyond the middle, too
            x, y = (start + far * (end - start) for start, end in zip(sun, middle, strict=True))
            disc = xp.clip(radius[..., k, None, None] + 0.5 - distance(x, y), 0, 1)
            light = light * (1 - opacity[..., k, None, None] * disc)
        return 1 - light

    def neutral(self, v, size):
        return bool(v["strength"] == 0 and (not self._most or not v["opacity"].any()))
