"""Tiles that change places."""

from typing import Any, ClassVar

from pydantic import Field, model_validator

from augment.ops.kinds import UNIT, Array, Draw, Geometric, Move, Pixels, matrix

MOST_TILES = 256


class GridShuffle(Geometric):
    """Cut the image into tiles, and let those of one size change places.

    Whole pixels are moved. Keypoints go with their tiles; boxes would be torn apart. Albumentations' RandomGridShuffle.
    """

    grid: Pixels = Field(default=(3, 3), kw_only=False, description="[rows, columns] of tiles, or one number for both")

    @model_validator(mode="after")
    def _has_few_tiles(self):
        if self.grid[0] * self.grid[1] > MOST_TILES:
            raise ValueError(f"has {self.grid[0] * self.grid[1]} tiles; at most {MOST_TILES}")
        return self

    samples: ClassVar[bool] = False
    torn: ClassVar[bool] = True
    moves: ClassVar[frozenset[str]] = frozenset({"mask", "instances", "keypoints"})
    instead: ClassVar[str] = "limit it with on, or leave boxes out: those of a torn image are nowhere"
    examples: ClassVar[tuple[dict[str, Any], ...]] = ({"grid": [3, 3]}, {"grid": [2, 5]})

    def draws(self):
        return (Draw("order", UNIT, self.grid[0] * self.grid[1]),)

    def move(self, v, size, xp):
        rows, columns = self.grid
        (top, row), (left, column) = (_bands(side, count, xp) for side, count in zip(size, self.grid, strict=True))
        tall, wide = top[1:] - top[:-1], left[1:] - left[:-1]
        count = rows * columns
        number = xp.arange(count)
        # tiles of one size are of one group; by their draws they are given to the places of that group, in order
        group = xp.reshape(tall[:, None] * 65536.0 + wide[None, :], (count,))
        same = xp.equal(group[:, None], group[None, :])
        drawn = v["order"]
        tie = xp.logical_and(xp.equal(drawn[..., None, :], drawn[..., :, None]), number[None, :] < number[:, None])
        before = xp.logical_or(drawn[..., None, :] < drawn[..., :, None], tie)
        rank = xp.sum(xp.where(xp.logical_and(same, before), 1, 0), axis=-1)
        place = xp.sum(xp.where(xp.logical_and(same, number[None, :] < number[:, None]), 1, 0), axis=-1)
        # (..., tile, place): which tile goes where
        goes = xp.logical_and(same, xp.equal(rank[..., :, None], place[None, :]))
        corners = top[:-1, None] + left[None, :-1] * 0, left[None, :-1] + top[:-1, None] * 0
        y, x = (xp.reshape(corner, (count,)) for corner in corners)

        def displaced(which: Array) -> Array:
            """(..., h, w, 2): how far the tile that goes to (or comes from) each tile is away."""
            way = [xp.sum(xp.where(which, at[None, :] - at[:, None], 0.0), axis=-1) for at in (x, y)]
            grids = [xp.reshape(one, (*xp.shape(one)[:-1], rows, columns)) for one in way]
            return xp.stack([row @ grid @ xp.swapaxes(column, -1, -2) for grid in grids], axis=-1)

        identity = matrix(xp, (1, 0, 0), (0, 1, 0), (0, 0, 1))
        return Move(identity, size, False, displaced(xp.swapaxes(goes, -1, -2)), displaced(goes))


def _bands(side: Any, count: int, xp: Any) -> tuple[Array, Array]:
    """The edges (count + 1,) of so many bands of a side, the longer ones first, and which band holds a pixel (side, count)."""
    number = xp.multiply(xp.arange(count + 1), 1.0)
    least = xp.floor(side * 1.0 / count + 1e-4)
    edges = number * least + xp.minimum(number, side * 1.0 - least * count)
    at = xp.multiply(xp.arange(side), 1.0)[:, None]
    return edges, xp.where(xp.logical_and(at >= edges[None, :-1], at < edges[None, 1:]), 1.0, 0.0)
