"""Neighbourhoods: convolution with reflect101 borders, extremes and medians, and JPEG."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np

from augment.kernels import reference
from augment.kernels.opencv.form import bytes8, in_groups, in_parts, wide
from augment.kernels.windows import Shape, element
from augment.ops.kinds import Taps

NEGLIGIBLE = 1e-7
"""Outer taps are left out that together weigh no more than this share of all: what float32 rounds off."""


def convolve(image: np.ndarray, taps: Taps) -> np.ndarray:
    """Convolve with reflect101 borders."""
    image = np.ascontiguousarray(wide(image))
    if taps.kernel is not None:
        kernel = np.asarray(taps.kernel, np.float32)
        strength = np.abs(kernel)
        reach = max(_reach(strength.sum(axis=1)), _reach(strength.sum(axis=0)))
        cut = kernel.shape[0] // 2 - reach
        kernel = kernel[cut : kernel.shape[0] - cut, cut : kernel.shape[1] - cut]
        return in_parts(image, lambda part, _: cv2.filter2D(part, -1, kernel, borderType=cv2.BORDER_REFLECT_101))
    y, x = separate(taps)
    return in_parts(image, lambda part, _: cv2.sepFilter2D(part, -1, x, y, borderType=cv2.BORDER_REFLECT_101))


def separate(taps: Taps) -> tuple[np.ndarray, np.ndarray]:
    """The weights down and across, float32, without the outer ones that weigh nothing: the width of a blur is that of its
    strongest draw."""
    assert taps.y is not None
    y = _trimmed(np.asarray(taps.y, np.float32))
    return y, y if taps.x is taps.y else _trimmed(np.asarray(taps.x, np.float32))


def _trimmed(weights: np.ndarray) -> np.ndarray:
    cut = len(weights) // 2 - _reach(np.abs(weights))
    return weights[cut : len(weights) - cut]


def _reach(strength: np.ndarray) -> int:
    """How far from the middle taps still count."""
    middle = len(strength) // 2
    beyond = np.cumsum(strength[:middle] + strength[:middle:-1])  # from the outer pair inwards
    return middle - int(np.searchsorted(beyond, NEGLIGIBLE * strength.sum(), side="right"))


def morphology(raster: np.ndarray, size: float, sizes: Sequence[int], shape: Shape, highest: bool) -> np.ndarray:
    """The largest (or least) value of the neighbourhood of each pixel; masks may be of types that cv2 has not."""
    if raster.dtype.char not in "BHhfd":
        return reference.morphology(raster, size, sizes, shape, highest)
    run, near = cv2.dilate if highest else cv2.erode, element(int(size), shape)
    return in_parts(np.ascontiguousarray(raster), lambda part, _: run(part, near))


def median(image: np.ndarray, size: float, sizes: Sequence[int]) -> np.ndarray:
    """The median of the square around each pixel, in 8 bits; beyond the edge lies its copy."""
    return in_groups(np.ascontiguousarray(bytes8(image)), lambda part, _: cv2.medianBlur(part, int(size)))


def jpeg(image: np.ndarray, quality: float) -> np.ndarray:
    """What JPEG leaves of an image of one or three channels, in 8 bits: libjpeg itself, whose bits are those of the reference."""
    image = np.ascontiguousarray(bytes8(image))
    colour = image.shape[2] == 3
    coded = cv2.cvtColor(image, cv2.COLOR_RGB2BGR) if colour else image
    _, buffer = cv2.imencode(".jpg", coded, (cv2.IMWRITE_JPEG_QUALITY, int(quality)))
    decoded = cv2.imdecode(buffer, cv2.IMREAD_COLOR_RGB if colour else cv2.IMREAD_GRAYSCALE)
    assert decoded is not None
    return decoded.reshape(image.shape)
