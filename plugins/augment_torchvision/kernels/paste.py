"""One picture over another: colours and rectangles."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import torch
from torch import Tensor

from augment_torchvision.kernels.form import by_channel


def blend(image: Tensor, colour: Sequence[float], alpha: Any) -> Tensor:
    """Lay a colour over images, as much of it as ``alpha`` (B, H, W), of the host, says."""
    share = torch.from_numpy(np.asarray(alpha, np.float32)).to(image.device)[..., None, :, :]
    return (image + (by_channel(colour, image) - image) * share).clamp_(0, 1)


def inside(rectangles: Any, like: Tensor) -> Tensor:
    """(B, 1, H, W) bool: the pixels of rectangles (B, n, 4), drawn on the host."""
    rectangles = np.asarray(rectangles).astype(int)
    rectangles = np.broadcast_to(rectangles, (len(like), *rectangles.shape[-2:]))
    covered = np.zeros((len(like), 1, *like.shape[2:]), bool)
    for plane, rows in zip(covered, rectangles, strict=True):
        for y0, x0, y1, x1 in rows:
            plane[0, y0:y1, x0:x1] = True
    return torch.from_numpy(covered).to(like.device)


def erase(image: Tensor, rectangles: Any, colour: Any) -> Tensor:
    """Fill rectangles (B, n, 4) with a colour."""
    return torch.where(inside(rectangles, image), by_channel(colour, image).to(image.dtype), image)


def erase_mask(mask: Tensor, rectangles: Any, label: int) -> Tensor:
    """Fill rectangles of masks (B, n, 4) with a label."""
    return erase(mask, rectangles, label)


def fill(image: Tensor, where: Any, colour: Any) -> Tensor:
    """Give pixels (B, H, W), of the host or of tensors, a colour: a number, one for each channel, or those of other images."""
    if not isinstance(colour, Tensor):
        colour = torch.as_tensor(np.atleast_1d(colour), dtype=image.dtype, device=image.device)[:, None, None]
    return torch.where(torch.as_tensor(where, device=image.device)[:, None], colour, image)


fill_mask = fill
