"""Rectangles that are filled: coarse dropout and random erasing."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar

from pydantic import Field

from augment.ops.kinds import UNIT, Draw, Erase, pixels
from augment.ops.tries import first_fit, first_rows
from augment.values import Constant, LogUniform, Quantity, Sensible, Short, Value

Side = Annotated[
    Short[Value], Quantity("fractions of the side, or px", gt=0, le=1, pixels=True),
    Sensible(high=0.6, why="what the picture is of may be covered whole"),
]  # fmt: skip
TRIES = 10


class CoarseDropout(Erase):
    """Fill a number of rectangles, each of its own drawn size and place, wholly inside the image."""

    holes: Annotated[Short[Value], Quantity("rectangles", ge=1, le=256, integer=True)] = Field(
        default=Constant(number=1), description="how many"
    )
    height: Side = Field(description="of a rectangle, as a fraction of the image's height or in px")
    width: Side = Field(description="of a rectangle, as a fraction of the image's width or in px")

    examples: ClassVar[tuple[dict[str, Any], ...]] = (
        {"height": [0.1, 0.4], "width": ["5px", "30px"]},
        {"holes": [2, 5], "height": 0.2, "width": 0.25, "fill": [0.2, 0.5, 0.8], "fill_mask": 7},
    )

    def draws(self):
        most = int(self.holes.support[1])
        return (
            Draw("holes", self.holes),
            *(Draw(side, getattr(self, side), most, exact=True) for side in ("height", "width")),
            *(Draw(side, UNIT, most) for side in ("top", "left")),
        )

    def rectangles(self, v, size, xp):
        def span(xp: Any, drawn: Any, start: Any, value: Value, extent: Any) -> tuple[Any, Any]:
            length = xp.minimum(xp.maximum(xp.floor(pixels(value, drawn, extent)), 1), extent)
            begin = xp.floor(start * (extent - length + 1))
            return begin, begin + length

        def rectangle(xp: Any, height: Any, width: Any, top: Any, left: Any) -> tuple[Any, ...]:
            y0, y1 = span(xp, height, top, self.height, size[0])
            x0, x1 = span(xp, width, left, self.width, size[1])
            return y0, x0, y1, x1

        single = int(self.holes.support[1]) == 1  # has no axis of its own
        draws = (v[name][..., None] if single else v[name] for name in ("height", "width", "top", "left"))
        return first_rows(v["holes"], rectangle, xp, *draws)


class RandomErasing(Erase):
    """Fill one rectangle of random area and aspect; ten tries, then none, as torchvision does."""

    area: Annotated[
        Short[Value], Quantity("fractions of the image's area", gt=0, le=1),
        Sensible(high=0.5, why="what the picture is of may be covered whole"),
    ] = Field(
        kw_only=False, description="of the rectangle"
    )
    aspect: Annotated[Short[Value], Quantity("height over width", gt=0, spread=LogUniform)] = Field(
        default=LogUniform(low=0.3, high=3.3), description="height over width of the rectangle"
    )

    def draws(self):
        return (
            Draw("area", self.area, TRIES, exact=True),
            Draw("aspect", self.aspect, TRIES, exact=True),
            Draw("top", UNIT),
            Draw("left", UNIT),
        )

    def rectangles(self, v, size, xp):
        height, width = size

        def attempt(xp: Any, area: Any, aspect: Any) -> tuple[Any, ...]:
            area = area * (height * width)
            h = xp.floor(xp.sqrt(area * aspect) + 0.5)
            w = xp.floor(xp.sqrt(area / aspect) + 0.5)
            return (h >= 1) & (w >= 1) & (h < height) & (w < width), h, w

        _, h, w = first_fit(attempt, xp, v["area"], v["aspect"])
        top = xp.floor(v["top"] * (height - h + 1))
        left = xp.floor(v["left"] * (width - w + 1))
        return xp.stack([top, left, top + h, left + w], axis=-1)[..., None, :]
