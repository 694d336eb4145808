"""Neighbourhoods and noise: convolution with reflect101 borders, and the normal noise of a sample's key."""

from __future__ import annotations

import cv2
import numpy as np

from augment.kernels.opencv.form import clip, in_parts, wide
from augment.ops.kinds import Taps

NEGLIGIBLE = 1e-9


def convolve(image: np.ndarray, taps: Taps) -> np.ndarray:
    """Convolve with reflect101 borders."""
    image = np.ascontiguousarray(wide(image))
    if taps.kernel is not None:
        kernel = np.asarray(taps.kernel, np.float32)
        reach = max(_reach(kernel.max(axis=1)), _reach(kernel.max(axis=0)))
        cut = kernel.shape[0] // 2 - reach
        kernel = kernel[cut : kernel.shape[0] - cut, cut : kernel.shape[1] - cut]
        return in_parts(image, lambda part, _: cv2.filter2D(part, -1, kernel, borderType=cv2.BORDER_REFLECT_101))
    y, x = (_trimmed(np.asarray(t, np.float32)) for t in (taps.y, taps.x))
    return in_parts(image, lambda part, _: cv2.sepFilter2D(part, -1, x, y, borderType=cv2.BORDER_REFLECT_101))


def _trimmed(weights: np.ndarray) -> np.ndarray:
    """Without the outer taps that weigh nothing: the width of a blur is that of its strongest draw."""
    cut = len(weights) // 2 - _reach(weights)
    return weights[cut : len(weights) - cut]


def _reach(weights: np.ndarray) -> int:
    """How far from the middle a tap still weighs something."""
    return int(np.abs(np.flatnonzero(np.abs(weights) > NEGLIGIBLE) - len(weights) // 2).max(initial=0))


def noise(image: np.ndarray, std: float, key: tuple[int, int]) -> np.ndarray:
    """Add normal noise from a generator of the sample's key: the field of the reference."""
    generator = np.random.Generator(np.random.Philox(key=np.array(key, np.uint64)))
    out = generator.standard_normal(image.shape, np.float32)
    out *= np.float32(std)
    out += wide(image)
    clip(out)
    return out
