"""Noise from the keys of draws."""

from __future__ import annotations

import math

from augment.values import TABLE_SIZE, Normal, Uniform, Value
from augment_keras import ops
from augment_keras.kernels.form import Tensor
from augment_keras.threefry import encrypt


def noise(raster: Tensor, value: Value, key: tuple[Tensor, Tensor], number: int = 0, pixel: bool = False) -> Tensor:
    """(B, H, W, C), or (B, H, W, 1) of each ``pixel``: numbers of a distribution. Threefry counts the values of each sample under
    its key; normal ones are Box and Muller's of two.
    """
    batch, height, width, channels = ops.shape(raster)
    sides = (height, width, 1 if pixel else channels)
    count = math.prod(sides) if all(isinstance(n, int) for n in sides) else sides[0] * sides[1] * sides[2]
    counter = ops.cast(ops.arange((count + 1) // 2), "int32")[None]
    key = tuple(ops.cast(word, "int32")[:, None] for word in key)  # type: ignore[assignment]
    words = encrypt(key, (counter, ops.zeros_like(counter) + number))
    bits = [ops.cast(ops.bitwise_and(ops.right_shift(word, 8), 2**24 - 1), "float32") for word in words]
    if isinstance(value, Normal):
        radius = ops.sqrt(-2 * ops.log((bits[0] + 0.5) * 2.0**-24))  # one half added, for a logarithm that is finite
        angle = bits[1] * (2.0**-24 * 2 * math.pi)
        numbers = [radius * ops.cos(angle) * value.std + value.mean, radius * ops.sin(angle) * value.std + value.mean]
    elif isinstance(value, Uniform):
        numbers = [word * (2.0**-24 * (value.high - value.low)) + value.low for word in bits]
    else:
        table = ops.convert_to_tensor(value.table())
        numbers = [ops.take(table, ops.cast(word // (2**24 // TABLE_SIZE), "int32"), axis=0) for word in bits]
    return ops.reshape(ops.concatenate(numbers, axis=1)[:, :count], (batch, *sides))
