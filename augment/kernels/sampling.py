"""Weights of resampling, shared by all kernel sets.

In antialiased resizing a kernel of support 1 (triangle) or 2 (cubic, a = -0.5 as Pillow and torch's antialiased bicubic) is
widened by the factor of reduction and normalised within the image, as Pillow's ``resize`` does.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

import numpy as np


def triangle_weights(extent: int, size: int) -> np.ndarray:
    """(size, extent): weights that take ``extent`` pixels to ``size`` by the triangle kernel."""
    return _weights(int(extent), int(size), "triangle")


def cubic_weights(extent: int, size: int) -> np.ndarray:
    """(size, extent): weights that take ``extent`` pixels to ``size`` by the cubic kernel."""
    return _weights(int(extent), int(size), "cubic")


@lru_cache(maxsize=256)
def _weights(extent: int, size: int, kind: str) -> np.ndarray:
    first, weights = taps(extent, size, kind)
    out = np.zeros((size, extent + weights.shape[1]))
    np.put_along_axis(out, first[:, None] + np.arange(weights.shape[1]), weights, axis=1)
    out = np.ascontiguousarray(out[:, :extent])
    out.setflags(write=False)
    return out


def taps(extent: int, size: int, kind: str) -> tuple[np.ndarray, np.ndarray]:
    """The same weights without the zeros: the first pixel that each output pixel reads (size,), and the weights of it and those
    that follow (size, n), zero beyond the image. ``kind`` is triangle or cubic."""
    kernel, support = _KERNELS[kind]
    ratio = extent / size
    reach = max(ratio, 1.0)
    centre = (np.arange(size) + 0.5) * ratio - 0.5
    first = np.maximum(np.floor(centre - support * reach).astype(int) + 1, 0)
    at = first[:, None] + np.arange(int(np.ceil(2 * support * reach)))
    distance = (at - centre[:, None]) / reach
    weight = np.where((np.abs(distance) < support) & (at < extent), kernel(distance), 0.0)
    return first, weight / weight.sum(axis=1, keepdims=True)


def _triangle(x: np.ndarray) -> np.ndarray:
    return np.clip(1 - np.abs(x), 0, None)


def _cubic(x: np.ndarray, a: float = -0.5) -> np.ndarray:
    x = np.abs(x)
    near = ((a + 2) * x - (a + 3)) * x * x + 1
    far = (((x - 5) * x + 8) * x - 4) * a
    return np.where(x < 1, near, far)


WARPED = -0.75
"""The a of Keys' kernel in a warp, as OpenCV and torch have it."""


def four_weights(share: Any) -> tuple[Any, Any, Any, Any]:
    """The weights of the pixel before, the two around and the pixel behind a place, ``share`` of the way between the two."""
    rest, a = 1 - share, WARPED

    def far(x: Any) -> Any:  # from 1 to 2 away; x is how much further than 1
        return a * x * (x * (x - 2) + 1)

    def near(x: Any) -> Any:
        return ((a + 2) * x - (a + 3)) * x * x + 1

    return far(share), near(share), near(rest), far(rest)


_KERNELS: dict[str, tuple[Callable[[np.ndarray], np.ndarray], float]] = {"triangle": (_triangle, 1.0), "cubic": (_cubic, 2.0)}
