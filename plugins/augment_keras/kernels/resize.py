"""Resizing with antialiasing, by two products with matrices of weights, one for each sample where its window is drawn."""

from __future__ import annotations

from typing import Any

import numpy as np

from augment.kernels.reference import mirror
from augment.kernels.sampling import cubic_weights, triangle_weights
from augment.ops.kinds import Window
from augment_keras import ops
from augment_keras.kernels.coordinates import index
from augment_keras.kernels.warp import pick

Tensor = Any


def resize(image: Tensor, window: Window, size: tuple[Any, Any], interpolation: str) -> Tensor:
    """Resize a window of each image (B, H, W, C)."""
    rows = _weights(window.y, window.height, _side(image, 1), size[0], interpolation)
    columns = _weights(window.x, window.width, _side(image, 2), size[1], interpolation)
    out = ops.einsum("yh,bhwc->bywc" if len(rows.shape) == 2 else "byh,bhwc->bywc", rows, image)
    out = ops.einsum("xw,bywc->byxc" if len(columns.shape) == 2 else "bxw,bywc->byxc", columns, out)
    return ops.clip(out, 0, 1) if interpolation == "bicubic" else out  # which overshoots


def _side(image: Tensor, which: int) -> Any:
    extent = ops.shape(image)[which]
    return extent if isinstance(extent, int) else ops.cast(extent, "float32")


def _arange(extent: Any) -> Tensor:
    if isinstance(extent, int):
        return ops.convert_to_tensor(np.arange(extent, dtype=np.float32))
    return ops.cast(ops.arange(ops.cast(extent, "int32")), "float32")


def _weights(start: Any, length: Any, extent: Any, size: Any, interpolation: str) -> Tensor:
    """(size, extent) or (B, size, extent)."""
    if all(isinstance(n, int) for n in (start, length, extent, size)):
        make = cubic_weights if interpolation == "bicubic" else triangle_weights
        weight = np.zeros((size, extent), np.float32)
        weight[:, start : start + length] = make(length, size)
        return ops.convert_to_tensor(weight)
    start, length = (n[:, None, None] if len(getattr(n, "shape", ())) else n for n in (start, length))
    return _weights_at(_arange(size)[:, None], start, length, extent, size, interpolation)


def _weights_at(at: Tensor, start: Any, length: Any, extent: Any, size: Any, interpolation: str) -> Tensor:
    """The weights of pixels ``at`` (..., n, 1) of what is resized; of those that it does not have, 0 or those of its edge."""
    ratio = length / size
    reach = ops.maximum(ratio, 1.0)
    pixel = _arange(extent)[None, :] - start
    distance = ops.abs(pixel - ((at + 0.5) * ratio - 0.5)) / reach
    weight = _cubic(distance) if interpolation == "bicubic" else ops.maximum(1 - distance, 0.0)
    inside = ops.logical_and(pixel >= 0, pixel < length)
    weight = ops.where(inside, weight, 0.0)
    total = ops.sum(weight, axis=-1, keepdims=True)
    return weight / ops.where(total > 0, total, 1.0)


def _cubic(x: Tensor, a: float = -0.5) -> Tensor:
    near = ((a + 2) * x - (a + 3)) * x * x + 1
    far = (((x - 5) * x + 8) * x - 4) * a
    return ops.where(x < 1, near, ops.where(x < 2, far, 0.0))


def resize_onto(image: Tensor, window: Window, at: tuple[Tensor, Tensor], size: tuple[Any, Any], mask: bool) -> Tensor:
    """A window of each image, or mask, resized to a size of its own, as it lies on a canvas: ``at`` (B or 1, H) and (B or 1, W)
    are where the rows and columns of the canvas are in it. What lies beyond it has no meaning."""
    sides = zip((1, 2), at, (window.y, window.x), (window.height, window.width), size, strict=True)
    if mask:
        rows, columns = (
            _nearest_at(ops.cast(places, "float32"), *(_column(n) for n in (start, length)), ops.maximum(_column(own), 1.0))
            for _, places, start, length, own in sides
        )
        return pick(image, rows[:, :, None], columns[:, None, :])
    rows, columns = (
        _weights_at(
            ops.cast(places, "float32")[..., None], *(_column(n)[..., None] for n in (start, length)), _side(image, side),
            ops.maximum(_column(own), 1.0)[..., None], "bilinear",
        )
        for side, places, start, length, own in sides
    )  # fmt: skip
    return ops.einsum("bxw,bywc->byxc", columns, ops.einsum("byh,bhwc->bywc", rows, image))


def _column(number: Any) -> Tensor:
    """(B or 1, 1), of what is a number for all, or one for each."""
    return ops.reshape(ops.cast(ops.convert_to_tensor(number), "float32"), (-1, 1))


def resize_nearest(mask: Tensor, window: Window, size: tuple[Any, Any]) -> Tensor:
    """Resize a window of each mask: the pixel under the centre of each output pixel."""
    y = _nearest(window.y, window.height, size[0])
    x = _nearest(window.x, window.width, size[1])
    return pick(mask, y[:, :, None], x[:, None, :])


def _nearest(start: Any, length: Any, size: Any) -> Tensor:
    """(1 or B, size): the pixel of the window under each output pixel."""
    start, length = (n[:, None] if len(getattr(n, "shape", ())) else n for n in (start, length))
    return _nearest_at(_arange(size)[None, :], start, length, size)


def _nearest_at(place: Tensor, start: Any, length: Any, size: Any) -> Tensor:
    """The pixel of the window under each ``place`` (B or 1, n) of what is resized."""
    at = index((place + 0.5) * (length / size) - 0.5)
    return ops.cast(ops.minimum(ops.maximum(at, 0.0), length - 1) + start, "int32")


def mirrored(image: Tensor, reach: int, side: int) -> Tensor:
    """Widen images by ``reach`` pixels at both ends of a side, with reflect101 borders."""
    extent = ops.shape(image)[side]
    if isinstance(extent, int):
        places = ops.convert_to_tensor(mirror(np.arange(-reach, extent + reach), extent).astype(np.int32))
    else:
        period = ops.maximum(2 * (extent - 1), 1)
        places = ops.mod(ops.arange(-reach, extent + reach), period)
        places = ops.minimum(ops.minimum(places, period - places), extent - 1)
    return ops.take(image, places, axis=side)


def replicated(image: Tensor, reach: int) -> Tensor:
    """Widen images by the pixels at the edge, of any type."""
    for side in (1, 2) if reach else ():
        extent = ops.shape(image)[side]
        places = ops.clip(ops.arange(-reach, extent + reach), 0, extent - 1)
        image = ops.take(image, ops.cast(places, "int32"), axis=side)
    return image
