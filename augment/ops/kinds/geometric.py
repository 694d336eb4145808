"""Ops that move pixels, and what moves with them."""

from collections.abc import Callable
from typing import Any, ClassVar, Literal, NamedTuple, get_args

import numpy as np
from pydantic import Field

from augment.ops.kinds.drawn import Array, Canvas, Drawn, Size, Values
from augment.ops.kinds.entries import Entries
from augment.ops.kinds.fields import Colour

Border = Literal["constant", "reflect", "reflect101", "replicate", "wrap"]
Interpolation = Literal["bilinear", "bicubic", "nearest"]
"""Bicubic is the kernel of Keys (1981): with a = -0.75 in a warp, as OpenCV and torch have it, with a = -0.5 in an antialiased
resize, as Pillow and torch have it. What it overshoots is cut off at 0 and 1."""


class Window(NamedTuple):
    """A window of whole pixels."""

    y: Any
    x: Any
    height: Any
    width: Any


class Move(NamedTuple):
    """What a geometric op does with one canvas."""

    inverse: Array
    """(..., 3, 3): output to input, in pixels relative to the centres of the two canvases."""
    size: Size
    """Of the output canvas."""
    sides: Any = True
    """Whether the input canvas fades out at its left, top, right and bottom side (one for all, or four): no for moves of whole
    pixels, yes for what interpolates or looks beyond the edge."""
    field: Array | None = None
    """(..., h, w, 2): displacement (x, y) in pixels, added to the output's coordinates before ``inverse``."""
    onward: Array | None = None
    """(..., h, w, 2): of a field with tears, how far each whole pixel of the input goes; without it the field is inverted."""
    window: Window | None = None
    """What it resizes, of an op that ``resizes``."""


class Sight(NamedTuple):
    """What an op may look at before it decides where a sample goes."""

    boxes: Array
    """(..., n, 4): x0, y0, x1, y1 of all boxes, in edge coordinates; there is at least one row."""
    there: Array
    """(..., n): which rows are boxes."""
    locate: Callable[[Array, tuple[int, ...]], tuple[Array, Array, Array]]
    """A pixel of the first mask by a uniform (...), of those that have neither 0 nor an ignored label: whether there is one,
    and its y and x."""
    components: Callable[[tuple[int, ...]], Array] | None = None
    """(H, W): the connected objects of the first mask, numbered from 1, but for ignored labels; only on the host."""


def matrix(xp: Any, *rows: tuple[Any, Any, Any]) -> Array:
    """Stack nine numbers or arrays of one shape to (..., 3, 3); where ``xp`` has its matrices number by number, `Entries`."""
    if getattr(xp, "by_entries", False):
        return Entries(e for row in rows for e in row)
    if xp.__name__ == "numpy":
        try:
            numbers = xp.array(rows, float)
        except ValueError:  # arrays beside numbers
            pass
        else:
            if numbers.ndim == 2:
                return numbers
    zero = sum([e for row in rows for e in row if not isinstance(e, (int, float))]) * 0.0
    if isinstance(zero, float):
        return xp.array(rows, float)
    return xp.stack([xp.stack([zero + e for e in row], axis=-1) for row in rows], axis=-2)


def plain(numbers: Array, xp: Any) -> Any:
    """Numbers on the host in double precision: one as Python's own, with which long formulas are quicker."""
    if xp.__name__ != "numpy":
        return numbers
    return numbers.astype(float, copy=False) if getattr(numbers, "shape", None) else float(numbers)


RASTERS_AND_POINTS = frozenset({"mask", "instances", "boxes", "oriented_boxes", "polygons", "keypoints"})


class Geometric(Drawn):
    """Moves pixels: by a matrix or a displacement field, from one canvas to another."""

    border: Border = Field(default="constant", description="what lies outside the image")
    fill: Colour = Field(default=(0.0,), description="colour of the constant border")
    interpolation: Interpolation = Field(default="bilinear", description="of images; masks are always nearest")

    primitive: ClassVar[str] = "resample"
    moves: ClassVar[frozenset[str]] = RASTERS_AND_POINTS
    disturbs: ClassVar[frozenset[str]] = RASTERS_AND_POINTS
    relocates: ClassVar[bool] = True
    samples: ClassVar[bool] = True
    projective: ClassVar[bool] = False
    """Whether the last row of its inverse may differ from 0, 0, 1; where none does, a division is spared for each pixel."""

    @property
    def fixed_size(self):
        return getattr(self, "size", None) if self.canvas == "fixed" else None

    @property
    def fill_colour(self):
        return self.fill

    def move(self, v: Values, size: Size, xp: Any) -> Move:
        raise NotImplementedError

    def aim(self, v: Values, size: Size, sight: Sight, xp: Any) -> tuple[Values, Array | None]:
        """Of an op that ``reads``, which begins a run: the ``window`` that `move` needs beside draws, and which boxes (..., n)
        stay, if not all."""
        raise NotImplementedError

    def canvas_after(self, v, size):
        if self.canvas == "same":
            return size
        height, width = self.move(v, size, np).size
        return int(height), int(width)

    def geometric_fields(self) -> dict[str, Any]:
        """The fields of all geometric ops that were set on this one, without those of when it is done, for its counterpart at
        inference."""
        return {f: getattr(self, f) for f in self.model_fields_set & set(Geometric.model_fields) - {"p", "weight", "stage"}}

    def neutral(self, v, size):
        if self.canvas not in ("same", "drawn"):
            return False
        move = self.move(v, size, np)
        still = move.field is None or np.abs(move.field).max() < 1e-6
        return still and tuple(map(int, move.size)) == size and np.allclose(move.inverse, np.eye(3))


def blind(op: Geometric, v: Values, xp: Any) -> Sight:
    """The sight of a sample that has neither boxes nor a mask."""
    draw = op.draws()[0]
    none = xp.multiply(v[draw.field][..., 0] if draw.count > 1 else v[draw.field], 0.0)
    rows = xp.stack([xp.stack([none] * 4, axis=-1)], axis=-2)
    return Sight(rows, rows[..., 0] > 1, lambda uniform, _: (uniform < 0, uniform * 0, uniform * 0))


class Bending(Geometric):
    """Displaces the pixels of a canvas by a field."""

    displaces: ClassVar[bool] = True

    def field(self, v: Values, size: Size, xp: Any) -> Array:
        """(..., h, w, 2): how far from each pixel of the output it is read, x and y in pixels."""
        raise NotImplementedError

    def move(self, v, size, xp):
        return Move(matrix(xp, (1, 0, 0), (0, 1, 0), (0, 0, 1)), size, field=self.field(v, size, xp))


class Resizing(Geometric):
    """Goes from a window of whole pixels to a size, antialiased in a step of its own (or else as a canvas of the run)."""

    antialias: bool = Field(default=True, description="weigh all pixels that fall under an output pixel")

    canvas: ClassVar[Canvas] = "fixed"
    resizes: ClassVar[bool] = True

    @property
    def separable(self):
        return self.antialias and self.interpolation != "nearest"

    def window(self, v: Values, size: Size, xp: Any) -> Window:
        return Window(0, 0, *size)

    def output(self, v: Values, size: Size, xp: Any) -> Size:
        """Height and width that come out."""
        raise NotImplementedError

    def move(self, v, size, xp):
        height, width = self.output(v, size, xp)
        window = Window(*(plain(side, xp) for side in self.window(v, size, xp)))
        sy, sx = window.height / height, window.width / width
        cy = window.y + (window.height - size[0]) * 0.5
        cx = window.x + (window.width - size[1]) * 0.5
        # the canvas is enlarged as a whole and the window cut out of it: beyond the window lies the image, not a border
        return Move(matrix(xp, (sx, 0, cx), (0, sy, cy), (0, 0, 1)), (height, width), sides=False, window=window)


BORDERS = get_args(Border)
