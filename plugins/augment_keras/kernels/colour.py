"""Functions of the colour of one pixel."""

from __future__ import annotations

from typing import Any

import numpy as np

from augment.kernels.reference import GREY
from augment.ops.kinds import Bend, Linear, Mixture, Turn
from augment_keras import ops
from augment_keras.jit import settled
from augment_keras.kernels.coordinates import constant
from augment_keras.kernels.form import Tensor, spread


def affine(image: Tensor, gain: tuple[float, ...], offset: tuple[float, ...]) -> Tensor:
    """``gain·x + offset`` for each channel, without clipping."""
    return image * constant(gain) + constant(offset)


def grey(image: Tensor) -> Tensor:
    """(B, H, W, 1): the grey image, BT.601; a single channel is its own."""
    if image.shape[-1] == 1:
        return image
    return (image[..., 0] * float(GREY[0]) + image[..., 1] * float(GREY[1]) + image[..., 2] * float(GREY[2]))[..., None]


def linear(image: Tensor, f: Linear) -> Tensor:
    image = settled(image) if f.statistic else image
    out = image * spread(f.gain) + spread(f.offset)
    if not (isinstance(f.gray, float) and f.gray == 0):
        out = out + spread(f.gray) * grey(image)
    if f.statistic:
        base = grey(image) if f.statistic == "gray_mean" else image
        # row by row, as a long sum in float32 loses digits
        mean = ops.mean(ops.mean(base, axis=2), axis=1)
        if f.statistic == "mean":
            mean = ops.mean(mean, axis=1, keepdims=True)
        out = out + spread(f.mean) * ops.expand_dims(mean, (1, 2))
    return ops.clip(out, 0, 1)


def curve(image: Tensor, bend: Bend) -> Tensor:
    return ops.clip(bend.curve(image, {field: spread(drawn) for field, drawn in bend.values.items()}, ops), 0, 1)


def mixture(image: Tensor, f: Mixture) -> Tensor:
    """Each channel as a mixture of all: rows (n, n) or (B, n, n), offset (n,) or (B, n)."""
    count = image.shape[-1]
    planes = [image[..., k] for k in range(count)]
    mixed = [
        sum(_per_plane(f.rows[..., i, k]) * planes[k] for k in range(count)) + _per_plane(f.offset[..., i]) for i in range(count)
    ]
    return ops.clip(ops.stack(mixed, axis=-1), 0, 1)


def _per_plane(parameter: Any) -> Any:
    """A parameter, a number or (B,), that broadcasts against (B, H, W)."""
    if isinstance(parameter, np.generic | np.ndarray) and not parameter.ndim:  # torch makes arrays of what it meets
        return parameter.item()
    return parameter[:, None, None] if len(getattr(parameter, "shape", ())) else parameter


def turn_hue(image: Tensor, turn: Turn) -> Tensor:
    """Turn the hue of HSV (Smith 1978), and add to saturation and value."""
    r, g, b = (image[..., c] for c in range(3))
    high, low = ops.maximum(ops.maximum(r, g), b), ops.minimum(ops.minimum(r, g), b)
    chroma = high - low
    safe = ops.where(chroma == 0, 1.0, chroma)
    hue = ops.where(high == r, (g - b) / safe, ops.where(high == g, 2 + (b - r) / safe, 4 + (r - g) / safe))
    hue = hue + 6 * _per_plane(turn.turns)
    if not turn.pure:
        saturation = ops.clip(chroma / ops.where(high == 0, 1.0, high) + _per_plane(turn.saturation), 0, 1)
        high = ops.clip(high + _per_plane(turn.value), 0, 1)
        chroma = ops.where(chroma == 0, 0.0, saturation) * high

    def channel(phase: float) -> Tensor:  # falls from high to low and back around the circle
        k = hue + phase
        k = k - 6 * ops.floor(k * (1 / 6))
        return high - chroma * ops.clip(ops.minimum(k, 4 - k), 0, 1)

    return ops.clip(ops.stack([channel(5.0), channel(3.0), channel(1.0)], axis=-1), 0, 1)
