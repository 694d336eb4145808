"""Batches as primitives take them: axes, channels, parameters beside an image, and levels of 8 bits."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import torch
from torch import Tensor

from augment.kernels.reference import HALF_UP


def unpack(image: Tensor) -> Tensor:
    """(B, H, W, C), a view."""
    return image.movedim(1, -1)


def pack(image: Tensor) -> Tensor:
    return image.movedim(-1, 1).contiguous()


def spread(drawn: Any, like: Tensor) -> Any:
    """Numbers of the host, (B,) or (B, n), as tensors beside the image."""
    drawn = np.asarray(drawn)
    if drawn.dtype == np.float64:
        drawn = drawn.astype(np.float32)
    tensor = torch.from_numpy(np.ascontiguousarray(drawn)).to(like.device)
    return tensor.reshape(*drawn.shape[:1], 1, 1, 1, *drawn.shape[1:]) if drawn.ndim else tensor


def by_channel(values: Any, like: Tensor) -> Tensor:
    """One number for all channels or one for each, as (1 or C, 1, 1)."""
    return torch.as_tensor(np.atleast_1d(values), dtype=torch.float32, device=like.device)[:, None, None]


def round8(image: Tensor) -> Tensor:
    """Round to the 8-bit grid."""
    return torch.floor(image * 255 + HALF_UP) / 255


def where_open(open_: np.ndarray, make: Any, image: Tensor, v: Mapping[str, np.ndarray], heavy: bool = False) -> Tensor:
    """``make(image, v)`` of the samples where the gate is open; nothing is computed of the others."""
    rows = np.flatnonzero(open_)
    if len(rows) == len(image):
        return make(image, v)
    if not len(rows):
        return image
    at = torch.from_numpy(rows).to(image.device)
    return image.index_copy(0, at, make(image[at], {name: drawn[rows] for name, drawn in v.items()}))


def take_channels(image: Tensor, channels: tuple[int, ...]) -> Tensor:
    return image[:, list(channels)]


def put_channels(image: Tensor, channels: tuple[int, ...], part: Tensor) -> Tensor:
    image = image.clone()
    image[:, list(channels)] = part
    return image


def as_fractions(levels: Tensor, image: Tensor, full: float = 255) -> Tensor:
    """Levels as fractions; what was rounded has no slope, so the gradient of the image is zero, and not lost."""
    fractions = levels if full == 1 else levels / full
    return fractions + image * 0 if image.requires_grad else fractions


def bytes8(image: Tensor) -> Tensor:
    """Levels of the 8-bit grid: minima and maxima of bytes are quick."""
    return torch.floor(image.detach() * 255 + HALF_UP).to(torch.uint8)


def is_float(raster: Tensor) -> bool:
    return raster.is_floating_point()
