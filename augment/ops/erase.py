"""What is filled: rectangles, grids and bands."""

from typing import Annotated, Any, ClassVar

import numpy as np
from pydantic import Field

from augment.ops.kinds import FILLS, UNIT, Cover, Draw, Erase, Label, pixels, shorter
from augment.ops.overlay import axis, several
from augment.ops.tries import first_fit, first_rows, row, window_draws
from augment.values import Constant, LogUniform, Quantity, Sensible, Short, Value

Side = Annotated[
    Short[Value], Quantity("fractions of the side, or px", gt=0, le=1, pixels=True),
    Sensible(high=0.6, why="what the picture is of may be covered whole"),
]  # fmt: skip


class CoarseDropout(Erase):
    """Fill a number of rectangles, each of its own drawn size and place, wholly inside the image.

    Albumentations' fills `random` (noise, uniform) and `random_uniform` (there a colour for each hole) are `noise` and `random`
    here. Its `inpaint_telea` and `inpaint_ns` are refused: they follow a front from pixel to pixel, as only OpenCV does and no
    graph; `mean` hides as little. The noise of torchvision and Keras is standard normal, and not scaled after normalize.
    """

    holes: Annotated[Short[Value], Quantity("rectangles", ge=1, le=256, integer=True)] = Field(
        default=Constant(number=1), description="how many"
    )
    height: Side = Field(description="of a rectangle, as a fraction of the image's height or in px")
    width: Side = Field(description="of a rectangle, as a fraction of the image's width or in px")

    examples: ClassVar[tuple[dict[str, Any], ...]] = (
        {"height": [0.1, 0.4], "width": ["5px", "30px"]},
        {"holes": [2, 5], "height": 0.2, "width": 0.25, "fill": [0.2, 0.5, 0.8], "fill_mask": 7},
        *({"holes": 4, "height": 0.3, "width": 0.3, "fill": fill} for fill in FILLS),
    )

    def draws(self):
        most = int(self.holes.support[1])
        return (
            *self.fill_draws(),
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
        return (*self.fill_draws(), *window_draws(self.area, self.aspect))

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
        return row(top, left, top + h, left + w, xp=xp)


class Cutout(Erase):
    """Fill squares whose centres are anywhere in the image, so that a part of them may lie outside (DeVries and Taylor 2017).

    As the authors' code and Albumentations before 1.4; squares that lie inside are `coarse_dropout`.
    """

    size: Annotated[
        Short[Value], Quantity("fractions of the shorter side, or px", gt=0, le=1, pixels=True),
        Sensible(high=0.6, why="what the picture is of may be covered whole"),
    ] = Field(
        kw_only=False, description="side of a square, as a fraction of the shorter side or in px"
    )
    holes: Annotated[Short[Value], Quantity("squares", ge=1, le=256, integer=True)] = Field(
        default=Constant(number=1), description="how many"
    )

    examples: ClassVar[tuple[dict[str, Any], ...]] = (
        {"size": [0.2, 0.5]}, {"size": "16px", "holes": [2, 8], "fill": "mean", "fill_mask": 7},
    )  # fmt: skip

    def draws(self):
        most = int(self.holes.support[1])
        own = (Draw("size", self.size, most, exact=True), *(Draw(side, UNIT, most) for side in ("y", "x")))
        return (*self.fill_draws(), Draw("holes", self.holes), *own)

    def rectangles(self, v, size, xp):
        height, width = size
        side = shorter(size, xp)

        def square(xp: Any, length: Any, y: Any, x: Any) -> tuple[Any, ...]:
            whole = xp.maximum(xp.floor(pixels(self.size, length, side)), 1)
            half = xp.floor(whole * 0.5)
            top, left = xp.floor(y * height) - half, xp.floor(x * width) - half
            ends = (xp.minimum(top + whole, height * 1.0), xp.minimum(left + whole, width * 1.0))
            return xp.maximum(top, 0 * top), xp.maximum(left, 0 * left), *ends

        return first_rows(v["holes"], square, xp, *(several(v[name], self.holes) for name in ("size", "y", "x")))


class XyMasking(Erase):
    """Fill bands over the whole height and bands over the whole width: SpecAugment (Park et al. 2019), as on spectrograms.

    As Albumentations' `XYMasking`: its `num_masks_x` are the columns, its `mask_x_length` their width.
    """

    columns: Annotated[Short[Value], Quantity("bands", ge=0, le=64, integer=True)] = Field(
        default=Constant(number=1), description="how many over the whole height"
    )
    rows: Annotated[Short[Value], Quantity("bands", ge=0, le=64, integer=True)] = Field(
        default=Constant(number=1), description="how many over the whole width"
    )
    width: Side = Field(description="of a column, as a fraction of the image's width or in px")
    height: Side = Field(description="of a row, as a fraction of the image's height or in px")

    examples: ClassVar[tuple[dict[str, Any], ...]] = (
        {"width": [0.05, 0.2], "height": ["2px", "8px"]},
        {"columns": [0, 2], "rows": 2, "width": "9px", "height": 0.1, "fill": "mean", "fill_mask": 5},
    )  # fmt: skip

    def draws(self):
        most = {"width": int(self.columns.support[1]), "height": int(self.rows.support[1])}
        counts = (Draw("columns", self.columns), Draw("rows", self.rows))
        lengths = (Draw(side, getattr(self, side), max(1, n), exact=True) for side, n in most.items())
        return (*self.fill_draws(), *counts, *lengths, *(Draw(f"{side}_at", UNIT, max(1, n)) for side, n in most.items()))

    def rectangles(self, v, size, xp):
        def bands(side: str, number: str, across: int) -> Any:
            extent, other = size[across], size[1 - across]

            def band(xp: Any, length: Any, at: Any) -> tuple[Any, ...]:
                whole = xp.minimum(xp.maximum(xp.floor(pixels(getattr(self, side), length, extent)), 1), extent)
                start = xp.floor(at * (extent - whole + 1))
                low, high = 0 * start, 0 * start + other
                return (low, start, high, start + whole) if across else (start, low, start + whole, high)

            drawn = (several(v[name], getattr(self, number)) for name in (side, f"{side}_at"))
            return first_rows(v[number], band, xp, *drawn)

        found = bands("width", "columns", 1), bands("height", "rows", 0)
        return xp.concatenate(found, axis=-2)


class GridDropout(Cover):
    """Fill the squares of a grid: GridMask (Chen et al. 2020), without its rotation.

    As Albumentations' `GridDropout`: its `unit_size_range` is the unit in px, its `holes_number_xy` one over the unit, and its
    `random_offset` what happens here always.
    """

    unit: Annotated[Short[Value], Quantity("fractions of the side, or px", gt=0, le=1, pixels=True)] = Field(
        kw_only=False, description="side of a unit of the grid, as a fraction of the image's height and width or in px"
    )
    ratio: Annotated[
        Short[Value], Quantity("shares of the side of a unit", ge=0, le=1),
        Sensible(high=0.7, why="what the picture is of may be covered whole"),
    ] = Field(
        default=Constant(number=0.5), description="side of a hole over that of its unit"
    )

    examples: ClassVar[tuple[dict[str, Any], ...]] = (
        {"unit": [0.1, 0.3]}, {"unit": ["8px", "20px"], "ratio": [0.2, 0.7], "fill": "random", "fill_mask": 7},
    )  # fmt: skip

    def draws(self):
        fields = (Draw(name, getattr(self, name), exact=True) for name in ("unit", "ratio"))
        return (*self.fill_draws(), *fields, *(Draw(name, UNIT) for name in ("y", "x")))

    def covered(self, v, size, xp):
        lines = []
        for name, extent in zip(("y", "x"), size, strict=True):
            line = axis(extent, xp)
            unit = xp.maximum(xp.floor(pixels(self.unit, v["unit"], line.extent) + 0.5), 2)
            hole = xp.floor(unit * v["ratio"] + 0.5)
            start = xp.floor(v[name] * unit)
            at = line.at + start[..., None]
            place = at - unit[..., None] * xp.floor((at + 0.5) / unit[..., None])  # of a half, as divisions may round
            lines.append(place < hole[..., None])
        return xp.logical_and(lines[0][..., :, None], lines[1][..., None, :])


class HideAndSeek(Cover):
    """Fill a share of the patches of a grid, each by itself (Singh and Lee 2017)."""

    grid: Annotated[Short[Value], Quantity("patches a side", ge=1, le=32, integer=True)] = Field(
        description="how many patches there are along each side"
    )
    share: Annotated[
        Short[Value], Quantity("share", ge=0, le=1), Sensible(high=0.6, why="what the picture is of may be covered whole"),
    ] = Field(
        kw_only=False, description="probability of a patch to be filled"
    )

    examples: ClassVar[tuple[dict[str, Any], ...]] = (
        {"grid": [3, 6], "share": 0.4}, {"grid": 4, "share": [0.2, 0.6], "fill": "mean", "fill_mask": 7},
    )  # fmt: skip

    def draws(self):
        return (*super().draws(), Draw("hidden", UNIT, max(2, int(self.grid.support[1]) ** 2)))

    def covered(self, v, size, xp):
        most = int(self.grid.support[1])
        patches = xp.where(v["hidden"][..., : most * most] < v["share"][..., None], 1.0, 0.0)
        patches = xp.reshape(patches, (*xp.shape(patches)[:-1], most, most))
        lines = []
        for extent in size:
            line = axis(extent, xp)
            place = xp.floor((line.at * v["grid"][..., None] + 0.5) / line.extent)  # of a half, as divisions may round
            number = xp.multiply(xp.arange(most), 1.0)
            lines.append(xp.where(place[..., :, None] == number, 1.0, 0.0))
        return lines[0] @ patches @ xp.swapaxes(lines[1], -1, -2) > 0.5


class MaskDropout(Cover):
    """Hide whole objects of the mask: they are filled in the image, and become background in the mask.

    An object is what touches, also at a corner, and has one label. So many go as are drawn, each as likely as the others, or all
    where there are no more. Boxes and keypoints lose what lies on them, as their targets say (``min_visibility``): a box of which
    nothing else is left goes. A sample without a mask stays as it is. Albumentations' `MaskDropout`.

    Connected objects are found on the host alone, sample by sample; in batches `coarse_dropout` hides rectangles anywhere.
    """

    objects: Annotated[Short[Value], Quantity("objects", ge=1, le=256, integer=True)] = Field(
        default=Constant(number=1), kw_only=False, description="how many"
    )
    ignore: Short[tuple[Label, ...]] = Field(default=(), max_length=256, description="labels that are no objects, beside 0")
    fill_mask: int | None = Field(default=0, description="label that masks get there; they stay as they are with null")

    moves: ClassVar[frozenset[str]] = frozenset({"mask", "boxes", "keypoints"})
    disturbs: ClassVar[frozenset[str]] = frozenset({"instances", "polygons", "oriented_boxes"})
    reads: ClassVar[frozenset[str]] = frozenset({"mask"})
    examples: ClassVar[tuple[dict[str, Any], ...]] = ({}, {"objects": [1, 3], "fill": "mean", "fill_mask": 9, "ignore": [2]})

    @classmethod
    def primitives(cls):
        return super().primitives() | {"components"}

    def draws(self):
        most = int(self.objects.support[1])
        return (*self.fill_draws(), Draw("objects", self.objects), Draw("which", UNIT, most))

    def aim(self, v, size, sight, xp):
        numbers = sight.components(self.ignore)
        left = list(range(1, int(numbers.max()) + 1))
        which = np.atleast_1d(v["which"])[: min(int(v["objects"]), len(left))]
        gone = [left.pop(min(int(np.float32(one) * np.float32(len(left))), len(left) - 1)) for one in which]
        return np.isin(numbers, gone)

    def covered(self, v, size, xp):
        """What `aim` has found; nothing of a sample without a mask, where nobody has aimed."""
        return v["hidden"] if "hidden" in v else np.zeros(size, bool)
