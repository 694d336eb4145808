"""Ops that join a sample with others: mixup, cutmix, resize_mix, mixgen and mosaic."""

from typing import Annotated, Any, ClassVar

from pydantic import Field, field_validator, model_validator

from augment.ops.kinds import UNIT, Colour, Composition, Draw, Mix, Placement, Window
from augment.sample import TEXTS
from augment.values import Beta, Constant, Quantity, Sensible, Short, Value

Concentration = Annotated[
    Short[Value], Quantity("the parameter of Beta(alpha, alpha)", gt=0),
    Sensible(high=2, why="nearly every sample is half of another"),
]  # fmt: skip


def _one_number(alpha: Value | None) -> Value | None:
    if alpha is not None and not isinstance(alpha, Constant):
        raise ValueError("must be one number")
    return alpha


class Weighed(Mix):
    """Two samples, of which the first has a weight from Beta(alpha, alpha)."""

    alpha: Concentration = Field(
        kw_only=False, description="Beta(alpha, alpha) is the distribution of the weight; small keeps samples apart"
    )

    examples: ClassVar[tuple[dict[str, Any], ...]] = ({"alpha": 0.8},)
    _is_constant = field_validator("alpha")(_one_number)

    def draws(self):
        alpha = self.alpha.support[0]
        return Draw("weight", Beta(a=alpha, b=alpha), exact=True), Draw("partner", UNIT), *self._place()

    def _place(self) -> tuple[Draw, ...]:
        return ()


class Mixup(Weighed):
    """Blend with another sample, and the labels with it (Zhang et al. 2018)."""

    def blend(self, v, size, xp):
        return v["weight"], None


class Mixgen(Mix):
    """Blend with another sample and join the texts, whose spans stay with their words (Hao et al. 2023)."""

    alpha: Concentration | None = Field(
        default=None, kw_only=False, description="Beta(alpha, alpha) is the distribution of the weight; without it, it is a half"
    )
    between: str = Field(default=" ", description="what stands between two texts that are joined")

    moves: ClassVar[frozenset[str]] = Mix.moves | TEXTS
    examples: ClassVar[tuple[dict[str, Any], ...]] = ({}, {"alpha": 0.8})
    _is_constant = field_validator("alpha")(_one_number)

    def draws(self):
        alpha = self.alpha.support[0] if self.alpha else 0
        weight = Draw("weight", Beta(a=alpha, b=alpha), exact=True) if alpha else Draw("weight", Constant(number=0.5))
        return weight, Draw("partner", UNIT)

    def blend(self, v, size, xp):
        return v["weight"], None


class Cutmix(Weighed):
    """Paste a rectangle of another sample; labels count by area (Yun et al. 2019)."""

    def _place(self):
        return Draw("y", UNIT), Draw("x", UNIT)

    def blend(self, v, size, xp):
        height, width = size
        cut = xp.sqrt(1 - v["weight"])
        h, w = xp.floor(cut * height), xp.floor(cut * width)
        cy, cx = xp.floor(v["y"] * height), xp.floor(v["x"] * width)
        top, left = xp.floor(cy - h * 0.5), xp.floor(cx - w * 0.5)
        y0, x0 = xp.clip(top, 0, height), xp.clip(left, 0, width)
        y1, x1 = xp.clip(top + h, 0, height), xp.clip(left + w, 0, width)
        weight = 1 - (y1 - y0) * (x1 - x0) / (height * width)
        return weight, xp.stack([y0, x0, y1, x1], axis=-1)


class ResizeMix(Mix):
    """Paste another sample, all of it, made smaller; labels count by area (ResizeMix: Qin et al. 2020).

    The patch has the shape of the canvas and lies wholly inside it; the authors' code cuts it at the edges of the canvas and
    squeezes the other sample into what is left, and takes the nearest pixels, where this one is antialiased. Samples may have any
    size.
    """

    scale: Annotated[
        Short[Value], Quantity("shares of the side", gt=0, le=1),
        Sensible(high=0.9, why="little of the sample itself is seen"),
    ] = Field(
        kw_only=False, description="side of the patch over that of the canvas; the authors draw from 0.1 to 0.8"
    )

    primitive: ClassVar[str] = "compose"
    examples: ClassVar[tuple[dict[str, Any], ...]] = ({"scale": [0.1, 0.8]},)

    @classmethod
    def primitives(cls):
        return frozenset({"compose", "resize"})

    def draws(self):
        return Draw("scale", self.scale, exact=True), Draw("partner", UNIT), Draw("y", UNIT), Draw("x", UNIT)

    def compose(self, v, sizes, xp):
        (height, width), other = sizes
        h, w = (xp.maximum(xp.floor(v["scale"] * side), 1.0) for side in (height, width))
        y, x = xp.floor(v["y"] * (height - h + 1)), xp.floor(v["x"] * (width - w + 1))
        share = h * w / (height * width)
        placements = (
            Placement(0, Window(0, 0, height, width), 0, 0),
            Placement(1, Window(0, 0, *other), y, x, resized=(h, w), over=True),
        )
        return Composition((height, width), (1 - share, share), placements=placements)


_Cells = Annotated[int, Field(ge=1, le=8)]


class Mosaic(Mix):
    """Cut the canvas into a grid, whose lines are drawn, and show a window of a sample in each cell (Bochkovskiy et al. 2020).

    Samples may have any size: a window is drawn from those that are larger than their cell; smaller ones lie in its middle, on
    the fill. Labels of the image count by area; boxes are cut at the edges of their cells.
    """

    grid: Short[tuple[_Cells, _Cells]] = Field(
        default=(2, 2), description="rows and columns"
    )
    jitter: float = Field(default=1.0, ge=0, le=1, description="over which share of a cell the lines between cells are drawn")
    fill: Colour = Field(default=(0.0,), description="where a sample is smaller than its cell")

    examples: ClassVar[tuple[dict[str, Any], ...]] = ({}, {"grid": [1, 3], "jitter": 0.4, "fill": 0.5})

    primitive: ClassVar[str] = "compose"

    @property
    def fill_colour(self):
        return self.fill

    @property
    def sources(self):
        return self.grid[0] * self.grid[1]

    @model_validator(mode="after")
    def _joins_several(self):
        if self.sources == 1:
            raise ValueError("a grid of one cell joins nothing")
        return self

    def draws(self):
        lines = (("rows", self.grid[0] - 1), ("columns", self.grid[1] - 1))
        return (
            Draw("partner", UNIT, self.sources - 1), *(Draw(name, UNIT, count) for name, count in lines if count),
            Draw("top", UNIT, self.sources), Draw("left", UNIT, self.sources),
        )  # fmt: skip

    def compose(self, v, sizes, xp):
        """The sample itself is at the top left, its partners follow row by row."""
        height, width = sizes[0]
        ys = self._lines(v.get("rows"), self.grid[0], height, xp)
        xs = self._lines(v.get("columns"), self.grid[1], width, xp)
        placements, weights = [], []
        for source, (tall, wide) in enumerate(sizes):
            row, column = divmod(source, self.grid[1])
            y, h, top = _shown(ys[row], ys[row + 1], tall, v["top"][..., source], xp)
            x, w, left = _shown(xs[column], xs[column + 1], wide, v["left"][..., source], xp)
            placements.append(Placement(source, Window(top, left, h, w), y, x))
            weights.append((ys[row + 1] - ys[row]) * (xs[column + 1] - xs[column]) / (height * width))
        return Composition((height, width), tuple(weights), placements=tuple(placements), fill=self.fill)

    def _lines(self, drawn: Any, count: int, extent: Any, xp: Any) -> list[Any]:
        """Where the cells begin along a side, and its end; nothing is added before a floor, so that all engines agree."""
        lines: list[Any] = []
        for i in range(1, count):
            low = xp.ceil((i - self.jitter / 2) / count * extent - SLACK)
            high = xp.floor((i + self.jitter / 2) / count * extent + SLACK)
            unit = drawn if count == 2 else drawn[..., i - 1]
            lines.append(low + xp.floor(unit * (xp.maximum(high - low, 0 * low) + 1)))
        return [0, *lines, extent]


SLACK = 1e-3
"""A line that may stand at a pixel may do so however the product is rounded."""


def _shown(start: Any, stop: Any, extent: Any, drawn: Any, xp: Any) -> tuple[Any, Any, Any]:
    """Along a side of a cell: where what is shown of a sample begins on the canvas, how long it is, and where in the sample."""
    room = stop - start + 0 * drawn
    shown = xp.minimum(room, extent + 0 * room)
    return start + xp.floor((room - shown) * 0.5), shown, xp.floor(drawn * (extent - shown + 1))
