"""Batches as primitives take them: axes, channels, parameters beside an image."""

from __future__ import annotations

from typing import Any

import keras

from augment.kernels.reference import HALF_UP
from augment_keras import ops
from augment_keras.gated import each_open, of_all, one_by_one

Tensor = Any


def unpack(image: Tensor) -> Tensor:
    return image


def pack(image: Tensor) -> Tensor:
    return image


def spread(parameter: Any, like: Tensor | None = None) -> Any:
    """A parameter, a number or (B, ...), that broadcasts against (B, H, W, C): (B, 1, 1, 1, ...)."""
    return parameter[:, None, None, None] if len(getattr(parameter, "shape", ())) else parameter


def is_float(raster: Tensor) -> bool:
    return "float" in keras.backend.standardize_dtype(raster.dtype)


def where_open(open_: Tensor, make: Any, image: Tensor, v: Any, heavy: bool = False) -> Tensor:
    """``make(image, v)`` where a gate (B,) is open: of all samples, or one by one where that is cheaper."""
    return (each_open if heavy and one_by_one() else of_all)(open_, make, image, v)


def take_channels(image: Tensor, channels: tuple[int, ...]) -> Tensor:
    return ops.stack([image[..., c] for c in channels], axis=-1)


def put_channels(image: Tensor, channels: tuple[int, ...], part: Tensor) -> Tensor:
    count = image.shape[-1]
    planes = [part[..., channels.index(c)] if c in channels else image[..., c] for c in range(count)]
    return ops.stack(planes, axis=-1)


def round8(image: Tensor) -> Tensor:
    """On the grid of 8 bits."""
    return ops.floor(image * 255 + HALF_UP) / 255
