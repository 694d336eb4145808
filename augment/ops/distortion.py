"""Distortions: displacements that a few numbers say, of a lens, of a grid's lines, or of a grid's knots."""

from functools import lru_cache
from typing import Annotated, Any, ClassVar, Literal

import numpy as np
from pydantic import Field

from augment.ops.kinds import Array, Bending, Draw, Size, pixels, shorter
from augment.ops.moves import lens, middle
from augment.values import Normal, Quantity, Sensible, Short, Value

MOST_STEPS = 64
MOST_KNOTS = 16


class GridDistortion(Bending):
    """Stretch and squeeze the columns and the rows of a grid, each by a draw of its own; straight lines along it stay straight.

    The image is cut into ``steps`` equal columns and rows; what each of them shows is as wide as 1 + distort says, in proportion
    to the others, so that all together show the whole image. This is Albumentations' GridDistortion with ``normalized=True``, but
    for its last step, which is what is left of whole pixels.
    """

    distort: Annotated[
        Short[Value], Quantity("shares of a step", ge=-0.95, le=0.95),
        Sensible(-0.6, 0.6, least=0.02, why="parts of the picture are squeezed to lines"),
    ] = Field(
        kw_only=False, description="how much wider each column and row of the grid is, drawn for each"
    )
    steps: int = Field(default=5, ge=2, le=MOST_STEPS, description="columns and rows of the grid")

    def draws(self):
        return Draw("x", self.distort, self.steps), Draw("y", self.distort, self.steps)

    def move(self, v, size, xp):
        return super().move(v, size, xp)._replace(sides=False)  # nothing beyond the image is ever seen

    def field(self, v, size, xp):
        down, across = (self._shifts(v[name], extent, xp) for name, extent in (("y", size[0]), ("x", size[1])))
        down, across = down[..., :, None], across[..., None, :]
        return xp.stack([across + down * 0, down + across * 0], axis=-1)

    def _shifts(self, distort: Array, extent: Any, xp: Any) -> Array:
        """(..., extent): how far each pixel along an axis is read from its place."""
        share = (1 + distort) / xp.sum(1 + distort, axis=-1, keepdims=True)
        at = xp.multiply(xp.arange(extent), 1.0) + 0.5
        # how much of each step lies before a pixel; steps that are no wider than others leave it where it is
        before = xp.clip((at * (self.steps / extent))[:, None] - xp.array(np.arange(self.steps, dtype=np.float32)), 0, 1)
        return xp.sum(before * (share - 1 / self.steps)[..., None, :], axis=-1) * extent


class OpticalDistortion(Bending):
    """Bend lines as a lens does: positive strengths as a barrel, negative ones as a pincushion.

    ``camera`` is OpenCV's lens model with k1 = k2 = strength, for a camera whose focal lengths are the width and the height;
    ``fisheye`` reads each pixel 1 + strength·(r / half the diagonal)² times as far from the centre. Both are of Albumentations'
    OpticalDistortion, whose centre is half a pixel further right and down. Below -0.33 the picture would fold over itself, which
    Albumentations lets it do; here such strengths are refused.
    """

    strength: Annotated[
        Short[Value],
        Quantity("the coefficient of the lens", ge=-0.33, le=4, hint="below -0.33 the picture would fold over itself"),
        Sensible(-0.3, 1.0, least=0.01, why="no lens is that bad"),
    ] = Field(
        kw_only=False, description="above 0 a barrel, below 0 a pincushion"
    )
    model: Literal["camera", "fisheye"] = Field(default="camera", description="which lens")

    examples: ClassVar[tuple[dict[str, Any], ...]] = (
        {"strength": [-0.3, 0.6]}, {"strength": [-0.3, 0.6], "model": "fisheye"},
    )  # fmt: skip

    def field(self, v, size, xp):
        if self.model == "camera":
            return lens(v["strength"], v["strength"], size, xp)
        height, width = size
        y, x = middle(height, xp)[:, None], middle(width, xp)[None, :]
        more = v["strength"][..., None, None] * ((x**2 + y**2) * (4 / (width**2 + height**2)))
        return xp.stack([x * more, y * more], axis=-1)


class _Knots(Bending):
    """Displaces the knots of a regular grid over the whole image, each by normal numbers, and what lies between follows."""

    scale: Annotated[
        Short[Value], Quantity("fractions of the shorter side, or px", ge=0, le=1, pixels=True),
        Sensible(high=0.08, least=0.002, why="the picture folds over itself"),
    ] = Field(
        kw_only=False, description="standard deviation of a knot's displacement"
    )
    rows: int = Field(default=4, ge=2, le=MOST_KNOTS, description="knots from top to bottom")
    columns: int = Field(default=4, ge=2, le=MOST_KNOTS, description="knots from left to right")

    def draws(self):
        return (*super().draws(), Draw("knots", Normal(mean=0.0, std=1.0), 2 * self.rows * self.columns))

    def field(self, v, size, xp):
        scale = pixels(self.scale, v["scale"], shorter(size, xp))[..., None]
        return self.between(v["knots"] * scale, size, xp)

    def between(self, knots: Array, size: Size, xp: Any) -> Array:
        """(..., h, w, 2), of the displacements (..., 2·rows·columns) of the knots: x of all, then y."""
        raise NotImplementedError


class PiecewiseAffine(_Knots):
    """Displace the knots of a grid, and the triangles between them by affine maps: straight lines get kinks.

    As scikit-image's PiecewiseAffineTransform, and imgaug's op of this name, whose standard deviation is of each side of its own.
    Albumentations' PiecewiseAffine is none: it weighs all knots by their distance, and shrinks the picture towards its middle.
    """

    examples: ClassVar[tuple[dict[str, Any], ...]] = ({"scale": [0.01, 0.03]}, {"scale": "2px", "rows": 6, "columns": 3})

    def between(self, knots, size, xp):
        grid = xp.reshape(knots, (*xp.shape(knots)[:-1], 2, self.rows, self.columns))
        (y, down), (x, across) = _cells(size[0], self.rows, xp), _cells(size[1], self.columns, xp)
        # a cell is cut from top left to bottom right; the bilinear surface and the two triangles differ by its warp
        warp = grid[..., :-1, :-1] + grid[..., 1:, 1:] - grid[..., :-1, 1:] - grid[..., 1:, :-1]
        smooth = _hats(y, down, xp) @ grid @ xp.swapaxes(_hats(x, across, xp), -1, -2)
        edges = xp.minimum(y[:, None], x[None, :]) - y[:, None] * x[None, :]
        return xp.moveaxis(smooth + edges * (down @ warp @ xp.swapaxes(across, -1, -2)), -3, -1)


def _cells(extent: Any, knots: int, xp: Any) -> tuple[Array, Array]:
    """Where the pixels of a side lie between knots, (extent,), 0 to 1, and in which cell, (extent, knots - 1), 0 or 1."""
    at = (xp.multiply(xp.arange(extent), 1.0) + 0.5) * ((knots - 1) / extent)
    cell = xp.floor(at)
    return at - cell, xp.where(xp.equal(cell[:, None], xp.array(np.arange(knots - 1, dtype=np.float32))), 1.0, 0.0)


def _hats(at: Array, cells: Array, xp: Any) -> Array:
    """(extent, knots): the weights of linear interpolation."""
    none = xp.zeros_like(cells[:, :1])
    low, high = cells * (1 - at)[:, None], cells * at[:, None]
    return xp.concatenate([low, none], axis=-1) + xp.concatenate([none, high], axis=-1)


class ThinPlateSpline(_Knots):
    """Displace the knots of a grid, and what lies between as a thin plate bends through them (Bookstein 1989).

    The plate is that of the image stretched to a square. Albumentations' ThinPlateSpline with as many control points has a
    ``scale_range`` of ten times the scale, of each side of its own.
    """

    examples: ClassVar[tuple[dict[str, Any], ...]] = ({"scale": [0.01, 0.03]}, {"scale": "2px", "rows": 3, "columns": 5})

    def between(self, knots, size, xp):
        height, width = size
        offsets = xp.reshape(knots, (*xp.shape(knots)[:-1], 2, self.rows * self.columns))
        grid = self.rows, self.columns
        bent = offsets @ (_plates_of(height, width, *grid) if xp is np else _plates(size, *grid, xp))
        sides = [xp.shape(middle(side, xp))[0] for side in size]  # of which a graph may know no more than that they are some
        return xp.moveaxis(xp.reshape(bent, (*xp.shape(bent)[:-1], *sides)), -3, -1)


def _plates(size: Size, rows: int, columns: int, xp: Any) -> Array:
    """(knots, h·w): the plates that are one at a knot and zero at all others."""
    height, width = size
    y = (xp.multiply(xp.arange(height), 1.0) + 0.5) / height
    x = (xp.multiply(xp.arange(width), 1.0) + 0.5) / width
    zero = y[:, None] * 0 + x[None, :] * 0
    bends = [_bend((x - kx)[None, :] ** 2 + (y - ky)[:, None] ** 2, xp) for ky, kx in _knots(rows, columns)]
    shapes = xp.stack([*bends, zero + 1, zero + x[None, :], zero + y[:, None]], axis=0)
    weights = xp.array(_weights(rows, columns).astype(np.float32 if xp is not np else np.float64))
    return weights @ xp.reshape(shapes, (rows * columns + 3, -1))


@lru_cache(maxsize=4)
def _plates_of(height: int, width: int, rows: int, columns: int) -> np.ndarray:
    return np.asarray(_plates((height, width), rows, columns, np))


def _bend(square: Array, xp: Any) -> Array:
    """``r²·log(r²)``, 0 at 0."""
    return square * xp.log(square + 1e-30)


def _knots(rows: int, columns: int) -> list[tuple[float, float]]:
    """y and x of each knot, in shares of the sides."""
    return [(float(y), float(x)) for y in np.linspace(0, 1, rows) for x in np.linspace(0, 1, columns)]


@lru_cache(maxsize=64)
def _weights(rows: int, columns: int) -> np.ndarray:
    """(knots, knots + 3): what each plate has of the bends about the knots, of 1, of x and of y."""
    at = np.array(_knots(rows, columns))
    count = len(at)
    plane = np.stack([np.ones(count), at[:, 1], at[:, 0]], axis=1)
    bends = _bend(((at[:, None] - at[None]) ** 2).sum(axis=-1), np)
    whole = np.block([[bends, plane], [plane.T, np.zeros((3, 3))]])
    return np.asarray(np.linalg.inv(whole)[:, :count].T)
