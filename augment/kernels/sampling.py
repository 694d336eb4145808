"""Weights of antialiased resizing, shared by all kernel sets.

A kernel of support 1 (triangle) or 2 (cubic, a = -0.5 as Pillow and torch's antialiased bicubic) is widened by the factor of
reduction and normalised within the image, as Pillow's ``resize`` does.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

import numpy as np


def triangle_weights(extent: int, size: int) -> np.ndarray:
    """(size, extent): weights that take ``extent`` pixels to ``size`` by the triangle kernel."""
    return _weights(int(extent), int(size), "triangle")


def cubic_weights(extent: int, size: int) -> np.ndarray:
    """(size, extent): weights that take ``extent`` pixels to ``size`` by the cubic kernel."""
    return _weights(int(extent), int(size), "cubic")


@lru_cache(maxsize=256)
def _weights(extent: int, size: int, kind: str) -> np.ndarray:
    kernel, support = _KERNELS[kind]
    ratio = extent / size
    reach = max(ratio, 1.0)
    centre = (np.arange(size) + 0.5) * ratio - 0.5
    distance = (np.arange(extent)[None, :] - centre[:, None]) / reach
    weight = np.where(np.abs(distance) < support, kernel(distance), 0.0)
    weight /= weight.sum(axis=1, keepdims=True)
    weight.setflags(write=False)
    return weight


def _triangle(x: np.ndarray) -> np.ndarray:
    return np.clip(1 - np.abs(x), 0, None)


def _cubic(x: np.ndarray, a: float = -0.5) -> np.ndarray:
    x = np.abs(x)
    near = ((a + 2) * x - (a + 3)) * x * x + 1
    far = (((x - 5) * x + 8) * x - 4) * a
    return np.where(x < 1, near, far)


_KERNELS: dict[str, tuple[Callable[[np.ndarray], np.ndarray], float]] = {"triangle": (_triangle, 1.0), "cubic": (_cubic, 2.0)}
