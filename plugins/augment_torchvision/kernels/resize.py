"""Changes of size, antialiased, and copies of other sizes."""

from __future__ import annotations

import sys
from typing import Any

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from augment.kernels.copies import copied
from augment.kernels.reference import NEAREST_BIAS
from augment.ops.kinds import Window
from augment.ops.primitives import Down, Up
from augment_torchvision.kernels.warp import take


def _windows(window: Window, batch: int) -> np.ndarray:
    """(B or 1, 4): y, x, height, width; one row where it is the same for all."""
    rows = np.stack([np.broadcast_to(np.asarray(e), (batch,)) for e in window], axis=1).astype(int)
    return rows[:1] if (rows == rows[0]).all() else rows


def resize(image: Tensor, window: Window, size: tuple[int, int], interpolation: str) -> Tensor:
    """Resize a window of each image, antialiased."""
    rows = _windows(window, len(image))
    parts = []
    for i, (y, x, height, width) in enumerate(rows):
        part = (image if len(rows) == 1 else image[i : i + 1])[:, :, y : y + height, x : x + width]
        parts.append(F.interpolate(part, size=tuple(size), mode=interpolation, antialias=True, align_corners=False))
    out = torch.cat(parts) if len(parts) > 1 else parts[0]
    return out.clamp_(0, 1) if interpolation == "bicubic" else out


def resize_nearest(mask: Tensor, window: Window, size: tuple[int, int]) -> Tensor:
    """Resize a window of each mask: the pixel under the centre of each output pixel."""
    rows = _windows(window, len(mask))

    def axis(start: np.ndarray, extent: np.ndarray, count: int) -> Tensor:
        at = np.floor((np.arange(count) + 0.5) * extent[:, None] / count - NEAREST_BIAS).astype(int)
        return torch.from_numpy(start[:, None] + np.clip(at, 0, extent[:, None] - 1)).to(mask.device)

    row, column = axis(rows[:, 0], rows[:, 2], size[0]), axis(rows[:, 1], rows[:, 3], size[1])
    shape = len(mask), *size
    return take(mask, row[:, :, None].expand(shape), column[:, None, :].expand(shape))


def downscale(image: Tensor, scale: Any, down: Down, up: Up) -> Tensor:
    """Reduce images to a share of their height and width, each to its own, and enlarge them again."""
    return copied(image, scale, down, up, sys.modules[__package__])
