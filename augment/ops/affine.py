"""Warps by one matrix: rotate, translate, scale, shear, all of them at once, and perspective.

The convention, in pixel-index coordinates (x right, y down, centre c): ``M = T(c+t)·R(θ)·Y(φy)·X(φx)·S·T(−c)`` with
R = [[cos, sin], [−sin, cos]], X = [[1, −tan φx], [0, 1]], Y = [[1, 0], [−tan φy, 1]], S = diag(sx, sy). Each op states the
inverse, relative to the centre.
"""

import math
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field, model_validator

from augment.ops.kinds import ANGLE, UNIT, Canvas, Draw, Geometric, Move, Size, matrix, pixels, plain
from augment.ops.tries import each
from augment.values import Constant, Quantity, Sensible, Short, Value

Degrees = Annotated[
    Short[Value], ANGLE, Sensible(-180, 180, least=1, why="half a turn either way reaches every direction already")
]
Slant = Annotated[
    Short[Value], Quantity("degrees", ge=-80, le=80),
    Sensible(-35, 35, least=0.5, why="shapes are no longer those that cameras see"),
]  # fmt: skip
Shift = Annotated[
    Short[Value], Quantity("fractions of the image, or px", ge=-1, le=1, pixels=True),
    Sensible(-0.35, 0.35, least=0.002, why="what the picture is of leaves it"),
]  # fmt: skip
Factor = Annotated[
    Short[Value], Quantity("times the size", gt=0, hint="a change of a tenth either way is 1±0.1"),
    Sensible(0.4, 2.5, neutral=1, least=0.01, why="little is left of the picture, or little can be made out in it"),
]  # fmt: skip
ZERO, ONE = Constant(number=0), Constant(number=1)
RADIANS = math.pi / 180


class Rotate(Geometric):
    """Turn about the centre; positive angles are counter-clockwise.

    With ``expand`` the canvas becomes the smallest that holds all of the turned image, but for a hundredth of a pixel.
    """

    degrees: Degrees = Field(kw_only=False, description="the angle, counter-clockwise")
    expand: bool = Field(default=False, description="enlarge the canvas to hold all of the image")

    examples: ClassVar[tuple[dict[str, Any], ...]] = ({"degrees": [-30, 30]}, {"degrees": [-30, 30], "expand": True})

    @property
    def canvas(self) -> Canvas:  # type: ignore[override]  # a field decides
        return "drawn" if self.expand else "same"

    def move(self, v, size, xp):
        inverse, cos, sin = _turned(v["degrees"], xp)
        if not self.expand:
            return Move(inverse, size)
        return Move(inverse, tuple(xp.maximum(xp.ceil(side - 0.01), 1) for side in _extent(cos, sin, size, xp)))


class SafeRotate(Geometric):
    """Turn about the centre, and stretch what comes out to the canvas, so that nothing is lost. Albumentations' SafeRotate."""

    degrees: Degrees = Field(kw_only=False, description="the angle, counter-clockwise")

    def move(self, v, size, xp):
        inverse, cos, sin = _turned(v["degrees"], xp)
        tall, wide = _extent(cos, sin, size, xp)
        return Move(inverse @ matrix(xp, (wide / size[1], 0, 0), (0, tall / size[0], 0), (0, 0, 1)), size)


def _turned(degrees: Any, xp: Any) -> tuple[Any, Any, Any]:
    """The way back from an image turned counter-clockwise, and the cosine and the sine."""
    cos, sin = xp.cos(degrees * RADIANS), xp.sin(degrees * RADIANS)
    return matrix(xp, (cos, -sin, 0), (sin, cos, 0), (0, 0, 1)), cos, sin


def _extent(cos: Any, sin: Any, size: Size, xp: Any) -> Size:
    """The sides of what holds all of a turned image."""
    height, width = size
    return height * xp.abs(cos) + width * xp.abs(sin), width * xp.abs(cos) + height * xp.abs(sin)


class Translate(Geometric):
    """Shift right (x) and down (y), also by parts of a pixel."""

    x: Shift = Field(default=ZERO, description="to the right, as a fraction of the width or in px")
    y: Shift = Field(default=ZERO, description="down, as a fraction of the height or in px")

    @model_validator(mode="after")
    def _says_how_far(self):
        if not self.model_fields_set & {"x", "y"}:
            raise ValueError("needs x, y or both")
        return self

    def move(self, v, size, xp):
        tx, ty = pixels(self.x, v["x"], size[1]), pixels(self.y, v["y"], size[0])
        return Move(matrix(xp, (1, 0, -tx), (0, 1, -ty), (0, 0, 1)), size)


class Scale(Geometric):
    """Enlarge (above 1) or shrink (below 1) about the centre, on the same canvas."""

    factor: Factor | None = Field(default=None, kw_only=False, description="both axes alike")
    x: Factor | None = Field(default=None, description="the width")
    y: Factor | None = Field(default=None, description="the height")

    @model_validator(mode="after")
    def _one_way_to_say_it(self):
        if (self.factor is None) == (self.x is None and self.y is None):
            raise ValueError("needs factor (both axes alike), or x, y or both")
        return self

    def move(self, v, size, xp):
        both = v.get("factor", 1.0)
        return Move(matrix(xp, (1 / v.get("x", both), 0, 0), (0, 1 / v.get("y", both), 0), (0, 0, 1)), size)


class Shear(Geometric):
    """Slant: positive x moves the top to the right, positive y the right side up."""

    x: Slant = Field(default=ZERO, description="along x")
    y: Slant = Field(default=ZERO, description="along y")
    about: Literal["center", "corner"] = Field(
        default="center", description="what stays: the centre, or the top left corner (AutoAugment, Keras)"
    )

    @model_validator(mode="after")
    def _says_how_much(self):
        if not self.model_fields_set & {"x", "y"}:
            raise ValueError("needs x, y or both")
        return self

    def move(self, v, size, xp):
        tx, ty = xp.tan(v["x"] * RADIANS), xp.tan(v["y"] * RADIANS)
        a, b, d = 1 + tx * ty, tx, ty
        if self.about == "center":
            return Move(matrix(xp, (a, b, 0), (d, 1, 0), (0, 0, 1)), size)
        # the outer corner of the first pixel stays, as in torchvision
        cx, cy = size[1] * -0.5, size[0] * -0.5
        return Move(matrix(xp, (a, b, cx - a * cx - b * cy), (d, 1, -d * cx), (0, 0, 1)), size)


class Affine(Geometric):
    """Scale, shear, rotate and translate in one map, in this order."""

    rotate: Degrees = Field(default=ZERO, description="the angle, counter-clockwise")
    translate_x: Shift = Field(default=ZERO, description="to the right, as a fraction of the width or in px")
    translate_y: Shift = Field(default=ZERO, description="down, as a fraction of the height or in px")
    scale: Factor = Field(default=ONE, description="above 1 enlarges; both axes alike")
    scale_x: Factor | None = Field(default=None, description="of the width alone")
    scale_y: Factor | None = Field(default=None, description="of the height alone")
    shear_x: Slant = Field(default=ZERO, description="along x: positive moves the top to the right")
    shear_y: Slant = Field(default=ZERO, description="along y: positive moves the right side up")

    examples: ClassVar[tuple[dict[str, Any], ...]] = tuple(
        {"rotate": [-30, 30], "translate_x": 0.1, "translate_y": ["-5.5px", "5.5px"], "shear_x": 9, "shear_y": -6} | more
        for more in (
            {"scale": [0.8, 1.2]}, {"scale": [0.8, 1.2], "border": "reflect"},
            {"scale_x": [0.7, 1.3], "scale_y": [0.9, 1.5], "border": "replicate"},
            {"scale": [0.8, 1.2], "border": "wrap", "interpolation": "bicubic"},
            {"scale": [0.8, 1.2], "interpolation": "bicubic"},
        )
    )  # fmt: skip

    @model_validator(mode="after")
    def _says_something(self):
        names = ("rotate", "translate_x", "translate_y", "scale", "scale_x", "scale_y", "shear_x", "shear_y")
        if not self.model_fields_set & {*names}:
            raise ValueError(f"needs {', '.join(names[:-1])} or {names[-1]}")
        if "scale" in self.model_fields_set and (self.scale_x is not None or self.scale_y is not None):
            raise ValueError("needs scale (both axes alike), or scale_x, scale_y or both")
        return self

    def move(self, v, size, xp):
        cos, sin = xp.cos(v["rotate"] * RADIANS), xp.sin(v["rotate"] * RADIANS)
        px, py = xp.tan(v["shear_x"] * RADIANS), xp.tan(v["shear_y"] * RADIANS)
        tx, ty = pixels(self.translate_x, v["translate_x"], size[1]), pixels(self.translate_y, v["translate_y"], size[0])
        sx, sy = (1 / v.get(name, v["scale"]) for name in ("scale_x", "scale_y"))
        # S⁻¹·X⁻¹·Y⁻¹·R⁻¹
        a, b = ((1 + px * py) * cos + px * sin) * sx, (px * cos - (1 + px * py) * sin) * sx
        c, d = (py * cos + sin) * sy, (cos - py * sin) * sy
        return Move(matrix(xp, (a, b, -(a * tx + b * ty)), (c, d, -(c * tx + d * ty)), (0, 0, 1)), size)


class Perspective(Geometric):
    """Move each corner inwards by up to ``distortion`` of half the side, as torchvision's RandomPerspective does.

    The corners are those of the image's outline; their shifts are uniform and need not be whole pixels.
    """

    distortion: Annotated[
        Short[Value],
        Quantity("fractions of half the side", ge=0, le=0.66, hint="beyond two thirds a corner may cross its neighbours"),
        Sensible(high=0.6, least=0.01, why="corners meet nearly in the middle: no camera sees that"),
    ] = Field(
        kw_only=False, description="how far a corner may move"
    )

    projective: ClassVar[bool] = True

    def draws(self):
        return (*super().draws(), Draw("corners", UNIT, 8))

    def move(self, v, size, xp):
        shift, corners = plain(v["distortion"], xp), each(v["corners"], xp)
        # corners of the output in half sides: top left, top right, bottom right, bottom left
        x = [sx * (1 - corners[i] * shift) for i, sx in enumerate((-1, 1, 1, -1))]
        y = [sy * (1 - corners[i + 4] * shift) for i, sy in enumerate((-1, -1, 1, 1))]
        inverse = _quad_to_square(x, y)
        hy, hx = size[0] * 0.5, size[1] * 0.5
        (a, b, c), (d, e, f), (g, h, i) = inverse
        g, h = g / hx, h / hy
        rows = (a / i, b * hx / hy / i, c * hx / i), (d * hy / hx / i, e / i, f * hy / i), (g / i, h / i, i / i)
        return Move(matrix(xp, *rows), size)


def _quad_to_square(x, y):
    """Rows of the homography that takes a quadrilateral to the square [-1, 1]² (the adjugate of Heckbert's square to quad).

    P. Heckbert, "Fundamentals of Texture Mapping and Image Warping", 1989, section 2.2.3, for the unit square.
    """
    sx, sy = x[0] - x[1] + x[2] - x[3], y[0] - y[1] + y[2] - y[3]
    dx1, dx2, dy1, dy2 = x[1] - x[2], x[3] - x[2], y[1] - y[2], y[3] - y[2]
    area = dx1 * dy2 - dx2 * dy1
    g, h = (sx * dy2 - dx2 * sy) / area, (dx1 * sy - sx * dy1) / area
    a, b, c = x[1] - x[0] + g * x[1], x[3] - x[0] + h * x[3], x[0]
    d, e, f = y[1] - y[0] + g * y[1], y[3] - y[0] + h * y[3], y[0]
    unit = (
        (e - f * h, c * h - b, b * f - c * e),
        (f * g - d, a - c * g, c * d - a * f),
        (d * h - e * g, b * g - a * h, a * e - b * d),
    )
    return *(tuple(2 * p - q for p, q in zip(row, unit[2], strict=True)) for row in unit[:2]), unit[2]
