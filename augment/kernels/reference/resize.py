"""Changes of size, antialiased, and copies of other sizes."""

from __future__ import annotations

import sys
from typing import Any

import numpy as np

from augment.kernels.copies import copied
from augment.kernels.reference.warp import nearest_index
from augment.kernels.sampling import cubic_weights, triangle_weights
from augment.ops.kinds import Window
from augment.ops.primitives import Down, Up


def resize(image: np.ndarray, window: Window, size: tuple[int, int], interpolation: str) -> np.ndarray:
    """Resize a window of an image with antialiasing: two products with a matrix of weights."""
    weights = cubic_weights if interpolation == "bicubic" else triangle_weights
    part = image[window.y : window.y + window.height, window.x : window.x + window.width].astype(np.float64)
    rows, columns = weights(window.height, size[0]), weights(window.width, size[1])
    out = np.einsum("yh,hwc,xw->yxc", rows, part, columns, optimize=True)
    # the cubic kernel overshoots; the triangle is a mean, and also resizes what normalize has taken out of [0, 1]
    return (np.clip(out, 0, 1) if interpolation == "bicubic" else out).astype(np.float32)


def resize_nearest(mask: np.ndarray, window: Window, size: tuple[int, int]) -> np.ndarray:
    """Resize a window of a mask: the pixel under the centre of each output pixel."""
    y = nearest_index((np.arange(size[0]) + 0.5) * window.height / size[0] - 0.5).astype(int)
    x = nearest_index((np.arange(size[1]) + 0.5) * window.width / size[1] - 0.5).astype(int)
    rows, columns = window.y + np.clip(y, 0, window.height - 1), window.x + np.clip(x, 0, window.width - 1)
    return np.ascontiguousarray(mask[rows][:, columns])


def downscale(image: np.ndarray, scale: Any, down: Down, up: Up) -> np.ndarray:
    """Reduce an image to a share of its height and width, drawn, of at least a pixel, and enlarge it again."""
    return copied(image, scale, down, up, sys.modules[__package__])
