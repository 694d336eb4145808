"""Functions of the neighbourhood of a pixel: convolution, order statistics, the blocks of JPEG."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from augment.kernels.jpeg import jpeg as _jpeg
from augment.kernels.reference.colour import round8
from augment.kernels.windows import Shape, element
from augment.ops.kinds import Taps


def convolve(image: np.ndarray, taps: Taps) -> np.ndarray:
    """Convolve with reflect101 borders, by adding shifted copies."""
    height, width = image.shape[:2]
    wide = image.astype(np.float64)
    if taps.kernel is None:
        tall = wide[_mirrored(taps.y, height)]
        wide = sum(w * tall[i : i + height] for i, w in enumerate(np.asarray(taps.y)))[:, _mirrored(taps.x, width)]
        out = sum(w * wide[:, i : i + width] for i, w in enumerate(np.asarray(taps.x)))
    else:
        kernel = np.asarray(taps.kernel)
        wide = wide[_mirrored(kernel, height)][:, _mirrored(kernel[0], width)]
        out = sum(kernel[i, j] * wide[i : i + height, j : j + width] for i, j in zip(*np.nonzero(kernel), strict=True))
    return np.asarray(out, np.float32)


def _mirrored(taps: Any, extent: int) -> np.ndarray:
    """The indices of what lies under so many taps along an axis."""
    radius = len(taps) // 2
    return mirror(np.arange(-radius, extent + radius), extent)


def morphology(raster: np.ndarray, size: float, sizes: Sequence[int], shape: Shape, highest: bool) -> np.ndarray:
    """The largest (or least) value of the neighbourhood of each pixel, each channel alone; what lies beyond the edge does not
    count. Of images and of masks of any type.

    ``size`` is drawn: one of ``sizes``, odd numbers, known to a graph.
    """
    near = element(int(size), shape)
    reach, (height, width) = int(size) // 2, raster.shape[:2]
    # a neighbourhood that holds the edge's copy holds the edge
    wide = np.pad(raster, ((reach, reach), (reach, reach), (0, 0)), mode="edge")
    pick = np.maximum if highest else np.minimum
    return pick.reduce([wide[y : y + height, x : x + width] for y, x in np.argwhere(near)])


def median(image: np.ndarray, size: float, sizes: Sequence[int]) -> np.ndarray:
    """The median of the square around each pixel, on the 8-bit grid; beyond the edge lies its copy."""
    reach = int(size) // 2
    wide = np.pad(round8(image), ((reach, reach), (reach, reach), (0, 0)), mode="edge")
    squares = np.lib.stride_tricks.sliding_window_view(wide, (int(size), int(size)), axis=(0, 1))
    return np.median(squares, axis=(-2, -1)).astype(np.float32)


def jpeg(image: np.ndarray, quality: float) -> np.ndarray:
    """What JPEG leaves of an image of one or three channels, on the 8-bit grid."""
    levels = np.rint(round8(image) * 255).astype(np.int32)
    return _jpeg(levels, np.int32(quality), image.shape[:2], np).astype(np.float32) / np.float32(255)


def mirror(index: np.ndarray, extent: int) -> np.ndarray:
    """Fold whole numbers into 0..extent-1 by reflect101."""
    if extent == 1:
        return index * 0
    index = np.mod(index, 2 * (extent - 1))
    return np.minimum(index, 2 * (extent - 1) - index)
