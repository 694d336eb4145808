"""Noise from the keys of draws."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch
from torch import Tensor

from augment.random import threefry_words
from augment.values import TABLE_SIZE, Normal, Uniform, Value


def noise(raster: Tensor, value: Value, key: tuple[Any, Any], number: int = 0, pixel: bool = False) -> Tensor:
    """(B, C, H, W), or (B, 1, H, W) of each ``pixel``: numbers of a distribution, each sample from a generator of its key."""
    batch, channels, height, width = raster.shape
    field = torch.empty((batch, 1 if pixel else channels, height, width), device=raster.device)
    for one, high, low in zip(field, *(np.broadcast_to(word, batch) for word in key), strict=True):
        seed, rest = threefry_words((int(high), int(low)), (number, 0))  # on a CPU, generators take 32 bits of a seed
        generator = torch.Generator(raster.device).manual_seed(rest << 32 | seed)
        if isinstance(value, Normal):
            one.normal_(value.mean, value.std, generator=generator)
        else:
            one.uniform_(generator=generator)
    if isinstance(value, Normal):
        return field
    if isinstance(value, Uniform):
        return field * (value.high - value.low) + value.low
    return torch.from_numpy(value.table()).to(raster.device)[(field * TABLE_SIZE).to(torch.int64)]
