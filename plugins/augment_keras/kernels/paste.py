"""One picture over another: colours and rectangles."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from augment_keras import ops
from augment_keras.kernels.coordinates import constant
from augment_keras.kernels.form import Tensor
from augment_keras.kernels.warp import label


def blend(image: Tensor, colour: Sequence[float], alpha: Tensor) -> Tensor:
    """Lay a colour over images, as much of it as ``alpha`` (B, H, W) says."""
    return ops.clip(image + (constant(tuple(colour)) - image) * alpha[..., None], 0, 1)


def erase(image: Tensor, rectangles: Tensor, colour: np.ndarray) -> Tensor:
    """Fill rectangles (B, n, 4), y0 x0 y1 x1, with a colour."""
    hit = ops.any(_inside(image, rectangles), axis=1)
    return ops.where(hit[..., None], label(np.atleast_1d(colour), image), image)


def erase_mask(mask: Tensor, rectangles: Tensor, label: int) -> Tensor:
    """Fill rectangles of masks with a label."""
    return erase(mask, rectangles, np.array([label]))


def fill(image: Tensor, where: Tensor, colour: Any) -> Tensor:
    """Give pixels (B, H, W) a colour: a number, one for each channel, or those of other images."""
    other = label(np.atleast_1d(colour), image) if isinstance(colour, int | float | tuple | np.ndarray) else colour
    return ops.where(where[..., None], other, image)


fill_mask = fill


def _inside(image: Tensor, rectangles: Tensor) -> Tensor:
    """(B, n, H, W): which pixels lie in each rectangle."""
    height, width = ops.shape(image)[1:3]
    y, x = (ops.cast(ops.arange(n), "float32") for n in (height, width))
    y0, x0, y1, x1 = (ops.cast(rectangles[..., i], "float32")[..., None] for i in range(4))
    rows, columns = ops.logical_and(y >= y0, y < y1), ops.logical_and(x >= x0, x < x1)
    return ops.logical_and(rows[..., :, None], columns[..., None, :])
