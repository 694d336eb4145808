"""Functions of how often each level is there: histograms and tables."""

from __future__ import annotations

from typing import Any

import numpy as np

from augment.kernels import tiles as by_tiles
from augment.kernels.reference import HALF_UP, mirror
from augment_keras import ops
from augment_keras.kernels.form import Tensor


def _places(image: Tensor) -> tuple[Tensor, Tensor]:
    """The place (B, H, W, C) of each value among the levels of all channels, sample by sample; and how many there are."""
    batch, channels = ops.shape(image)[0], image.shape[-1]
    first = ops.reshape(ops.arange(batch * channels) * 256, (batch, 1, 1, channels))
    return ops.cast(ops.floor(image * 255 + HALF_UP), "int32") + ops.cast(first, "int32"), batch * channels * 256


def histogram(image: Tensor) -> Tensor:
    """(B, C, 256): how often each level of the 8-bit grid occurs in each channel."""
    places, count = _places(image)
    flat = ops.reshape(places, (-1,))
    counts = ops.segment_sum(ops.ones_like(flat), flat, num_segments=count)
    return ops.reshape(counts, (-1, image.shape[-1], 256))


def look_up(image: Tensor, levels: Tensor) -> Tensor:
    """What becomes of each level of the 8-bit grid: (B, C, 256), 0 to 255."""
    return ops.take(ops.cast(ops.reshape(levels, (-1,)), "float32"), _places(image)[0], axis=0) / 255


def clahe(image: Tensor, limit: Tensor, tiles: tuple[int, int]) -> Tensor:
    """Equalise the brightness by tiles, with limited contrast; each sample has its limit."""
    levels = ops.floor(image * 255 + HALF_UP)
    if image.shape[-1] == 1:
        return _equalised(levels, limit, tiles)
    light = by_tiles.luma([levels[..., c : c + 1] for c in range(3)], ops)
    return ops.clip(levels / 255 + (_equalised(light, limit, tiles) - light / 255), 0, 1)


def _equalised(light: Tensor, limit: Tensor, tiles: tuple[int, int]) -> Tensor:
    """Fractions, of whole levels (B, H, W, 1)."""
    levels = ops.cast(light, "int32")
    batch, height, width = ops.shape(levels)[:3]
    rows, columns = tiles
    tall, wide = by_tiles.tile_size((height, width), tiles, ops)
    first = ops.cast(ops.reshape(ops.arange(batch), (batch, 1, 1, 1)) * (rows * columns), "int32")
    wider = ops.take(ops.take(levels, _reflected(rows * tall, height), axis=1), _reflected(columns * wide, width), axis=2)
    row, column = (ops.cast(ops.arange(count * side) // side, "int32") for count, side in ((rows, tall), (columns, wide)))
    places = ops.reshape(wider + 256 * (first + (row[:, None] * columns + column)[..., None]), (-1,))
    counts = ops.segment_sum(ops.ones_like(places), places, num_segments=batch * (rows * columns * 256))
    counts = ops.reshape(ops.cast(counts, "float32"), (batch, rows * columns, 256))
    limits = ops.reshape(ops.cast(limit, "float32"), (-1, 1, 1))
    curves = ops.reshape(by_tiles.limited(counts, limits, ops.cast(tall * wide, "float32"), ops), (-1,))
    (above, below, down), (left, right, across) = (
        by_tiles.between(ops.cast(ops.arange(n), "float32"), ops.cast(side, "float32"), count, ops)
        for n, side, count in ((height, tall, rows), (width, wide, columns))
    )

    def at(row: Tensor, column: Tensor) -> Tensor:
        tile = ops.cast(row[:, None] * columns + column, "int32")[..., None]
        return ops.take(curves, levels + 256 * (first + tile), axis=0)

    down, across = down[:, None, None], across[:, None]
    top = at(above, left) * (1 - across) + at(above, right) * across
    return (top * (1 - down) + (at(below, left) * (1 - across) + at(below, right) * across) * down) / 255


def _reflected(count: Any, extent: Any) -> Tensor:
    """The places of ``count`` pixels along an axis of fewer, by reflect101."""
    if isinstance(count, int) and isinstance(extent, int):
        return ops.convert_to_tensor(mirror(np.arange(count), extent).astype(np.int32))
    period = ops.maximum(2 * (extent - 1), 1)
    at = ops.mod(ops.cast(ops.arange(count), "int32"), period)
    return ops.minimum(at, period - at)
