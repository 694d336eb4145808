"""Noise from the keys of draws."""

from __future__ import annotations

from typing import Any

import numpy as np

from augment.values import TABLE_SIZE, Normal, Uniform, Value


def noise(raster: np.ndarray, value: Value, key: tuple[int, int], number: int = 0, pixel: bool = False) -> np.ndarray:
    """(H, W, C), or (H, W, 1) of each ``pixel``: numbers of a distribution, from a generator of the sample's key.

    It depends on nothing of the raster but its shape; fields of several ``number``s are independent.
    """
    bits = np.random.Philox(key=np.array(key, np.uint64), counter=np.array([0, 0, 0, number], np.uint64))
    return distributed(np.random.Generator(bits), value, (*raster.shape[:2], 1 if pixel else raster.shape[2]))


def distributed(generator: Any, value: Value, shape: tuple[int, ...]) -> np.ndarray:
    """Numbers of a distribution, from what has ``standard_normal`` and ``random`` as NumPy's generators have them."""
    if isinstance(value, Normal):
        field = generator.standard_normal(shape, np.float32)
        return field if (value.mean, value.std) == (0, 1) else field * np.float32(value.std) + np.float32(value.mean)
    unit = generator.random(shape, np.float32)
    if isinstance(value, Uniform):
        if (value.low, value.high) == (0, 1):
            return unit
        return unit * np.float32(value.high - value.low) + np.float32(value.low)
    return value.table()[(unit * TABLE_SIZE).astype(np.int32)]
