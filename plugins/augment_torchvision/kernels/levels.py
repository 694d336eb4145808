"""Functions of how often each level is there: histograms and tables."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch
from torch import Tensor

from augment.kernels import opencv
from augment.kernels import tiles as by_tiles
from augment.kernels.reference import mirror
from augment_torchvision.kernels.form import as_fractions, bytes8


def _planes(image: Tensor) -> np.ndarray:
    """(B·C, H, W, 1): the channels of a batch on the host, in 8 bits."""
    return bytes8(image).reshape(-1, *image.shape[2:], 1).numpy()


def _places(image: Tensor) -> Tensor:
    """(B, C, H, W): the place of each value among the levels of all channels, sample by sample."""
    first = torch.arange(0, 256 * image.shape[0] * image.shape[1], 256, device=image.device)
    return bytes8(image).to(torch.int64) + first.reshape(*image.shape[:2], 1, 1)


def histogram(image: Tensor) -> Tensor:
    """(B, C, 256): how often each level of the 8-bit grid occurs in each channel."""
    batch, channels = image.shape[:2]
    if image.device.type == "cpu":  # plane by plane on the host: several times as quick as to count and to take all at once
        counts = [opencv.histogram(plane) for plane in _planes(image)]
        return torch.from_numpy(np.concatenate(counts).reshape(batch, channels, 256))
    return torch.bincount(_places(image).ravel(), minlength=batch * channels * 256).reshape(batch, channels, 256)


def look_up(image: Tensor, levels: Tensor) -> Tensor:
    """What becomes of each level of the 8-bit grid: (B, C, 256), 0 to 255."""
    if image.device.type == "cpu":
        curves = levels.to(torch.float64).reshape(-1, 1, 256).numpy()
        out = np.stack([opencv.unpack(opencv.look_up(*pair)) for pair in zip(_planes(image), curves, strict=True)])
        return as_fractions(torch.from_numpy(out).reshape(image.shape), image, 1)
    return as_fractions(levels.to(torch.float32).ravel()[_places(image)], image)


def clahe(image: Tensor, limit: Any, tiles: tuple[int, int]) -> Tensor:
    """Equalise the brightness by tiles, with limited contrast; each sample has its limit."""
    levels = bytes8(image).to(torch.float32)
    if levels.shape[1] == 1:
        return as_fractions(_equalised(levels, limit, tiles), image, 1)
    light = by_tiles.luma(levels.split(1, dim=1), torch)
    gain = _equalised(light, limit, tiles) - light / 255
    return as_fractions((levels / 255 + gain).clip(0, 1), image, 1)


def _equalised(light: Tensor, limit: Any, tiles: tuple[int, int]) -> Tensor:
    """Fractions, of whole levels (B, 1, H, W)."""
    levels = light.to(torch.int64)
    batch, _, height, width = levels.shape
    rows, columns = tiles
    tall, wide = by_tiles.tile_size((height, width), tiles, torch)
    sides = (rows * tall, height), (columns * wide, width)
    y, x = (torch.from_numpy(mirror(np.arange(n), extent)).to(light.device) for n, extent in sides)
    plane = torch.arange(batch, device=light.device).reshape(batch, 1, 1, 1) * (rows * columns)
    row, column = (torch.arange(count * side, device=light.device) // side for count, side in ((rows, tall), (columns, wide)))
    places = levels[:, :, y][..., x] + 256 * (plane + row[:, None] * columns + column)
    counts = torch.bincount(places.ravel(), minlength=256 * batch * rows * columns).to(torch.float32)
    limits = torch.from_numpy(np.broadcast_to(np.asarray(limit, np.float32), (batch,)).copy()).to(light.device)
    shape = batch, rows * columns, 256
    curves = by_tiles.limited(counts.reshape(shape), limits[:, None, None], float(tall * wide), torch).ravel()
    (above, below, down), (left, right, across) = (
        by_tiles.between(torch.arange(n, dtype=torch.float32, device=light.device), float(side), count, torch)
        for n, side, count in ((height, tall, rows), (width, wide, columns))
    )

    def at(row: Tensor, column: Tensor) -> Tensor:
        return curves[levels + 256 * (plane + row.to(torch.int64)[:, None] * columns + column.to(torch.int64))]

    down = down[:, None]
    top = at(above, left) * (1 - across) + at(above, right) * across
    return (top * (1 - down) + (at(below, left) * (1 - across) + at(below, right) * across) * down) / 255
