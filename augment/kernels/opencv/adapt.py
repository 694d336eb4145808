"""Adaptive equalisation by tiles: counts and curves as in CLAHE of OpenCV, and the way between curves without its rounding."""

from __future__ import annotations

import cv2
import numpy as np

from augment.kernels import tiles as by_tiles
from augment.kernels.opencv.form import bytes8
from augment.kernels.reference import mirror

FULL = np.float32(255)


def clahe(image: np.ndarray, limit: float, tiles: tuple[int, int]) -> np.ndarray:
    """Equalise the brightness of an image by tiles, with limited contrast."""
    levels = bytes8(image)
    if levels.shape[2] == 1:
        return _equalised(levels[..., 0], limit, tiles)[..., None]
    light = by_tiles.luma(cv2.split(levels.astype(np.float32)), np)
    gain = _equalised(light.astype(np.uint8), limit, tiles) - light / FULL
    out = np.divide(levels, FULL, dtype=np.float32)
    out += gain[..., None]
    return np.clip(out, 0, 1, out=out)


def _equalised(light: np.ndarray, limit: float, tiles: tuple[int, int]) -> np.ndarray:
    """float32 fractions, of levels (H, W)."""
    (height, width), (rows, columns) = light.shape, tiles
    tall, wide = by_tiles.tile_size((height, width), tiles, np)
    y, x = mirror(np.arange(rows * tall), height), mirror(np.arange(columns * wide), width)
    tile = (np.arange(rows * tall) // tall * columns)[:, None] + np.arange(columns * wide) // wide << 8
    counts = np.bincount((tile + light[y][:, x]).ravel(), minlength=rows * columns << 8).reshape(-1, 256)
    curves = by_tiles.limited(counts.astype(np.float32), np.float32(limit), np.float32(tall * wide), np).ravel()
    above, below, low = by_tiles.between(np.arange(height, dtype=np.float32), np.float32(tall), rows, np)
    left, right, across = by_tiles.between(np.arange(width, dtype=np.float32), np.float32(wide), columns, np)
    low = low[:, None]

    def at(row: np.ndarray, column: np.ndarray) -> np.ndarray:
        first = ((row * columns).astype(np.int32)[:, None] + column.astype(np.int32)) << 8
        return curves.take(first + light, mode="clip")

    # in the order of the reference: halves of levels are common, and the last bit of a float decides them
    top = at(above, left) * (1 - across) + at(above, right) * across
    bottom = at(below, left) * (1 - across) + at(below, right) * across
    return (top * (1 - low) + bottom * low) / FULL
