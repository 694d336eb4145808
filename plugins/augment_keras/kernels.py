"""The primitives in ``keras.ops``, on batches of images (B, H, W, C) in float32 with values in [0, 1].

Each sample has its own parameters, numbers or tensors (B,) or (B, ...). `augment.program.batch` says when they are called.
"""

from __future__ import annotations

import math
from typing import Any

import keras
import numpy as np
from keras import ops

from augment.kernels.reference import GREY, HALF_UP
from augment.ops.kinds import Curve, Linear, Taps
from augment.random import threefry_int32
from augment_keras.jit import compiling, settled
from augment_keras.targets import mix_points
from augment_keras.warp import constant, read_field, resample
from augment_keras.weights import mirrored, resize, resize_nearest

Tensor = Any

name = "keras"
SHIFTED = 225  # taps up to which XLA adds shifted images faster than it convolves
_WARP = "torch grid_sample" if keras.backend.backend() == "torch" else "keras.ops gather"
kernels = {  # primitive -> what runs it, for `explain`
    "resample": _WARP, "resize": "keras.ops einsum", "pointwise": "keras.ops", "convolve": "keras.ops depthwise_conv",
    "noise": "keras.ops Threefry", "erase": "keras.ops where", "mix": "keras.ops take",
}  # fmt: skip

__all__ = [
    "affine", "convolve", "curve", "erase", "is_float", "kernels", "linear", "mix", "mix_labels", "mix_points", "name", "noise",
    "partners", "pick", "put_channels", "read_field", "resample", "resize", "resize_nearest", "round8", "take_channels",
    "turn_hue", "where_open",
]  # fmt: skip


def spread(parameter: Any) -> Any:
    """A parameter, a number or (B, ...), that broadcasts against (B, H, W, C): (B, 1, 1, 1, ...)."""
    return parameter[:, None, None, None] if len(getattr(parameter, "shape", ())) else parameter


def is_float(raster: Tensor) -> bool:
    return "float" in keras.backend.standardize_dtype(raster.dtype)


def where_open(open_: Tensor, make: Any, image: Tensor, v: Any) -> Tensor:
    """``make(image, v)`` where a gate (B,) is open; a graph computes it of all."""
    return ops.where(spread(open_), make(image, v), image)


# Colour --------------------------------------------------------------------------------------------------------------


def take_channels(image: Tensor, channels: tuple[int, ...]) -> Tensor:
    return ops.stack([image[..., c] for c in channels], axis=-1)


def put_channels(image: Tensor, channels: tuple[int, ...], part: Tensor) -> Tensor:
    count = image.shape[-1]
    planes = [part[..., channels.index(c)] if c in channels else image[..., c] for c in range(count)]
    return ops.stack(planes, axis=-1)


def round8(image: Tensor) -> Tensor:
    """On the grid of 8 bits."""
    return ops.floor(image * 255 + HALF_UP) / 255


def affine(image: Tensor, gain: tuple[float, ...], offset: tuple[float, ...]) -> Tensor:
    """``gain·x + offset`` for each channel, without clipping."""
    return image * constant(gain) + constant(offset)


def grey(image: Tensor) -> Tensor:
    """(B, H, W, 1): the grey image, BT.601; a single channel is its own."""
    if image.shape[-1] == 1:
        return image
    return (image[..., 0] * float(GREY[0]) + image[..., 1] * float(GREY[1]) + image[..., 2] * float(GREY[2]))[..., None]


def linear(image: Tensor, f: Linear, statistic: str | None) -> Tensor:
    image = settled(image) if statistic else image
    out = image * spread(f.gain) + spread(f.offset)
    if not (isinstance(f.gray, float) and f.gray == 0):
        out = out + spread(f.gray) * grey(image)
    if statistic:
        base = grey(image) if statistic == "gray_mean" else image
        # row by row, as a long sum in float32 loses digits
        mean = ops.mean(ops.mean(base, axis=2, keepdims=True), axis=1, keepdims=True)
        out = out + spread(f.mean) * settled(mean)
    return ops.clip(out, 0, 1)


def curve(image: Tensor, op: Curve, v: dict[str, Tensor]) -> Tensor:
    return ops.clip(op.curve(image, {field: spread(drawn) for field, drawn in v.items()}, ops), 0, 1)


def turn_hue(image: Tensor, turns: Any) -> Tensor:
    """Turn the hue of HSV (Smith 1978) by a share of the circle."""
    r, g, b = (image[..., c] for c in range(3))
    high, low = ops.maximum(ops.maximum(r, g), b), ops.minimum(ops.minimum(r, g), b)
    chroma = high - low
    safe = ops.where(chroma == 0, 1.0, chroma)
    hue = ops.where(high == r, (g - b) / safe, ops.where(high == g, 2 + (b - r) / safe, 4 + (r - g) / safe))
    hue = hue + 6 * (turns[:, None, None] if len(getattr(turns, "shape", ())) else turns)

    def channel(phase: float) -> Tensor:  # falls from high to low and back around the circle
        k = hue + phase
        k = k - 6 * ops.floor(k * (1 / 6))
        return high - chroma * ops.clip(ops.minimum(k, 4 - k), 0, 1)

    return ops.clip(ops.stack([channel(5.0), channel(3.0), channel(1.0)], axis=-1), 0, 1)


# Filters and noise ---------------------------------------------------------------------------------------------------


def convolve(image: Tensor, taps: Taps) -> Tensor:
    """Convolve with reflect101 borders."""
    if taps.kernel is not None:
        return _correlate(image, taps.kernel)
    return _correlate(settled(_correlate(image, taps.y[..., :, None])), taps.x[..., None, :])  # type: ignore[index]


def _correlate(image: Tensor, kernel: Tensor) -> Tensor:
    """Weigh the neighbours of each pixel by a kernel (B, t, u), or (t, u) for all."""
    tall, wide = kernel.shape[-2:]
    batch, height, width, channels = ops.shape(image)
    kernel = ops.broadcast_to(kernel, (batch, tall, wide))
    image = mirrored(mirrored(image, tall // 2, 1), wide // 2, 2)
    if compiling() and tall * wide <= SHIFTED:
        shifts = ((i, j) for i in range(tall) for j in range(wide))
        return sum(spread(kernel[..., i, j]) * image[:, i : i + height, j : j + width] for i, j in shifts)
    # every sample and channel is a channel of its own
    planes = ops.reshape(ops.transpose(image, (1, 2, 0, 3)), (1, *ops.shape(image)[1:3], batch * channels))
    weights = ops.reshape(ops.repeat(ops.transpose(kernel, (1, 2, 0)), channels, axis=-1), (tall, wide, batch * channels, 1))
    out = ops.depthwise_conv(planes, weights, padding="valid", data_format="channels_last")
    return ops.transpose(ops.reshape(out, (height, width, batch, channels)), (2, 0, 1, 3))


def noise(image: Tensor, std: Any, key: tuple[Tensor, Tensor]) -> Tensor:
    """Add normal noise: Threefry over the values of each image under its key, and Box and Muller's transform."""
    shape = ops.shape(image)
    count = math.prod(shape[1:]) if all(isinstance(n, int) for n in shape[1:]) else shape[1] * shape[2] * shape[3]
    pairs = (count + 1) // 2
    counter = ops.cast(ops.arange(pairs), "int32")[None]
    key = tuple(ops.cast(word, "int32")[:, None] for word in key)  # type: ignore[assignment]
    words = threefry_int32(key, (counter, ops.zeros_like(counter)), ops)
    # 24 bits each; one half added, for a logarithm that is finite
    first, second = ((ops.cast(ops.bitwise_and(ops.right_shift(w, 8), 2**24 - 1), "float32") + 0.5) * 2.0**-24 for w in words)
    radius, angle = ops.sqrt(-2 * ops.log(first)), second * (2 * math.pi)
    normal = ops.concatenate([radius * ops.cos(angle), radius * ops.sin(angle)], axis=1)[:, :count]
    return ops.clip(image + spread(std) * ops.reshape(normal, shape), 0, 1)


# Erasing and mixing --------------------------------------------------------------------------------------------------


def erase(image: Tensor, rectangles: Tensor, colour: np.ndarray) -> Tensor:
    """Fill rectangles (B, n, 4), y0 x0 y1 x1, with a colour."""
    hit = ops.any(_inside(image, rectangles), axis=1)
    dtype = keras.backend.standardize_dtype(image.dtype)
    return ops.where(hit[..., None], ops.cast(ops.convert_to_tensor(np.atleast_1d(colour)), dtype), image)


def _inside(image: Tensor, rectangles: Tensor) -> Tensor:
    """(B, n, H, W): which pixels lie in each rectangle."""
    height, width = ops.shape(image)[1:3]
    y, x = (ops.cast(ops.arange(n), "float32") for n in (height, width))
    y0, x0, y1, x1 = (ops.cast(rectangles[..., i], "float32")[..., None] for i in range(4))
    rows, columns = ops.logical_and(y >= y0, y < y1), ops.logical_and(x >= x0, x < x1)
    return ops.logical_and(rows[..., :, None], columns[..., None, :])


def partners(uniform: Tensor) -> Tensor:
    """(B,): which sample of the batch each is mixed with: any other, equally likely; itself where it is alone."""
    count = ops.shape(uniform)[0]
    row = ops.cast(ops.arange(count), "int32")
    step = ops.cast(ops.floor(uniform * ops.cast(count - 1, "float32")), "int32") + 1
    return ops.mod(row + step, count)


def pick(rows: Tensor, partner: Tensor) -> Tensor:
    return ops.take(rows, partner, axis=0)


def mix(image: Tensor, other: Tensor, weight: Tensor, rectangle: Tensor | None) -> Tensor:
    """Blend images by weight (B,), or paste a rectangle (B, 4) of the other."""
    if rectangle is not None:
        return ops.where(_inside(image, rectangle[:, None])[:, 0, ..., None], other, image)
    if not is_float(image):
        return ops.where(spread(weight) >= 0.5, image, other)
    share = spread(weight)
    return image * share + other * (1 - share)


def mix_labels(rows: Tensor, other: Tensor, weight: Tensor) -> Tensor:
    """Blend labels (B, ...) by weight."""
    share = ops.cast(ops.reshape(weight, (-1,) + (1,) * (len(rows.shape) - 1)), rows.dtype)
    return rows * share + other * (1 - share)


