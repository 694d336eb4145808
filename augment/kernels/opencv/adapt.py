"""Adaptive equalisation by tiles: counts and curves as in CLAHE of OpenCV, and the way between curves without its rounding."""

from __future__ import annotations

import numpy as np

from augment.kernels import tiles as by_tiles
from augment.kernels.opencv.form import bytes8
from augment.kernels.reference import mirror


def clahe(image: np.ndarray, limit: float, tiles: tuple[int, int]) -> np.ndarray:
    """Equalise each channel by tiles, with limited contrast."""
    levels = bytes8(image).transpose(2, 0, 1)
    (height, width), (rows, columns) = levels.shape[1:], tiles
    tall, wide = by_tiles.tile_size((height, width), tiles, np)
    y, x = mirror(np.arange(rows * tall), height), mirror(np.arange(columns * wide), width)
    tile = (np.arange(rows * tall) // tall * columns)[:, None] + np.arange(columns * wide) // wide << 8
    down = by_tiles.between(np.arange(height, dtype=np.float32), np.float32(tall), rows, np)
    across = by_tiles.between(np.arange(width, dtype=np.float32), np.float32(wide), columns, np)
    corners = [
        ((row * columns).astype(np.int32)[:, None] + column.astype(np.int32)) << 8 for row in down[:2] for column in across[:2]
    ]
    right, low = across[2], down[2][:, None]
    out = np.empty((height, width, len(levels)), np.float32)
    for c, plane in enumerate(levels):
        counts = np.bincount((tile + plane[y][:, x]).ravel(), minlength=rows * columns << 8).reshape(-1, 256)
        curves = by_tiles.limited(counts.astype(np.float32), np.float32(limit), np.float32(tall * wide), np).ravel()
        first, second, third, fourth = (curves.take(corner + plane, mode="clip") for corner in corners)
        # in the order of the reference: halves of levels are common, and the last bit of a float decides them
        top, bottom = first * (1 - right) + second * right, third * (1 - right) + fourth * right
        out[..., c] = top * (1 - low) + bottom * low
    return np.divide(out, np.float32(255), out=out)
