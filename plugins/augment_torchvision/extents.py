"""Kernels that know the size of a raster and nothing else: they move boxes and keypoints whose pixels are on a device."""

from __future__ import annotations

from typing import Any

import numpy as np

name = "extents"


def hollow(shape: tuple[int, ...]) -> np.ndarray:
    """An array of zeros that takes no memory."""
    return np.broadcast_to(np.uint8(0), shape)


def enter(image: np.ndarray) -> np.ndarray:
    return image


def leave(image: np.ndarray, dtype: np.dtype) -> np.ndarray:
    return image


def resample(image: np.ndarray, walk: Any, fill: Any = None, nearest: bool | None = None) -> np.ndarray:
    return hollow((*walk.size, image.shape[2]))


def resize(image: np.ndarray, window: Any, size: tuple[int, int], interpolation: str) -> np.ndarray:
    return hollow((*size, image.shape[2]))


def resize_nearest(mask: np.ndarray, window: Any, size: tuple[int, int]) -> np.ndarray:
    return hollow((*size, mask.shape[2]))


def pointwise(image: np.ndarray, chain: Any) -> np.ndarray:
    return image


def convolve(image: np.ndarray, taps: Any) -> np.ndarray:
    return image


def noise(image: np.ndarray, std: Any, key: Any) -> np.ndarray:
    return image


def erase(image: np.ndarray, rectangles: Any, colour: Any) -> np.ndarray:
    return image


def mix(image: np.ndarray, other: np.ndarray, weight: float, rectangle: Any) -> np.ndarray:
    return image
