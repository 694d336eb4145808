"""Functions of how often each level is there: histograms and tables."""

from __future__ import annotations

import numpy as np

from augment.kernels import tiles as by_tiles
from augment.kernels.reference.colour import round8
from augment.kernels.reference.filter import mirror


def histogram(image: np.ndarray) -> np.ndarray:
    """(C, 256): how often each level of the 8-bit grid occurs in each channel."""
    levels = np.rint(round8(image) * 255).astype(int)
    return np.stack([np.bincount(levels[..., c].ravel(), minlength=256) for c in range(image.shape[2])])


def look_up(image: np.ndarray, levels: np.ndarray) -> np.ndarray:
    """What becomes of each level of the 8-bit grid: (C, 256), 0 to 255."""
    at = np.rint(round8(image) * 255).astype(int)
    return np.stack([levels[c][at[..., c]] for c in range(image.shape[2])], axis=-1).astype(np.float32) / np.float32(255)


def clahe(image: np.ndarray, limit: float, tiles: tuple[int, int]) -> np.ndarray:
    """Equalise the brightness of an image by tiles, with limited contrast: its one channel, or the luma of three, which get what
    it gains.

    ``limit`` is drawn: how often a level counts at most, as a multiple of the mean. The image is first rounded to the 8-bit grid.
    """
    levels = np.rint(round8(image) * 255).astype(np.float32)
    if levels.shape[2] == 1:
        return _equalised(levels[..., 0], limit, tiles)[..., None]
    light = by_tiles.luma(np.moveaxis(levels, -1, 0), np)
    gain = _equalised(light, limit, tiles) - light / 255
    return np.clip(levels / 255 + gain[..., None], 0, 1)


def _equalised(light: np.ndarray, limit: float, tiles: tuple[int, int]) -> np.ndarray:
    """Fractions, of whole levels (H, W): between the curves of the four nearest tiles lies that of a pixel."""
    levels = light.astype(int)
    (height, width), (rows, columns) = levels.shape, tiles
    tall, wide = by_tiles.tile_size((height, width), tiles, np)
    y, x = mirror(np.arange(rows * tall), height), mirror(np.arange(columns * wide), width)
    tile = (np.arange(rows * tall) // tall)[:, None] * columns + np.arange(columns * wide) // wide
    (above, below, down), (left, right, across) = (
        by_tiles.between(np.arange(n, dtype=np.float32), np.float32(side), count, np)
        for n, side, count in ((height, tall, rows), (width, wide, columns))
    )
    places = levels[y][:, x] + 256 * tile
    counts = np.bincount(places.ravel(), minlength=256 * rows * columns).reshape(-1, 256).astype(np.float32)
    curves = by_tiles.limited(counts, np.float32(limit), np.float32(tall * wide), np)

    def at(rows_: np.ndarray, columns_: np.ndarray) -> np.ndarray:
        return curves[(rows_[:, None] * columns + columns_).astype(int), levels]

    down = down[:, None]
    top = at(above, left) * (1 - across) + at(above, right) * across
    return (top * (1 - down) + (at(below, left) * (1 - across) + at(below, right) * across) * down) / np.float32(255)
