"""Antialiased resizing, exact: two products with a matrix of weights, of which only the blocks that are not zero are computed."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import Any, NamedTuple

import cv2
import numpy as np

from augment.kernels.opencv.form import clip, in_groups, in_parts, interleaved, planar, wide
from augment.kernels.reference import resize_nearest as _resize_nearest
from augment.kernels.sampling import taps
from augment.ops.kinds import Window
from augment.ops.lines import BIAS
from augment.ops.primitives import Down, Up

BLOCK = 16
"""Rows or columns of the output that one product makes."""


class Band(NamedTuple):
    """The pixels ``to`` of an axis of the output are ``weights`` times the pixels ``of`` of the input."""

    to: slice
    of: slice
    weights: np.ndarray


def resize(image: np.ndarray, window: Window, size: tuple[int, int], interpolation: str) -> np.ndarray:
    """Resize a window of an image with antialiasing."""
    kind = "cubic" if interpolation == "bicubic" else "triangle"
    part = image[window.y : window.y + window.height, window.x : window.x + window.width]
    if (window.height, window.width) == size:
        return part
    scale = 255.0 if part.dtype == np.uint8 else 1.0
    if kind == "triangle" and size[0] >= window.height and size[1] >= window.width:
        # nothing is averaged: each output pixel lies between two
        floats = part.astype(np.float32, copy=False)
        out = in_parts(floats, lambda some, _: cv2.resize(some, size[::-1], interpolation=cv2.INTER_LINEAR))
        return out * np.float32(1 / scale) if scale != 1 else out
    # neither keeps a name for what the other has read: at large sizes memory is what counts
    out = _columns(_rows(part, bands(window.height, size[0], kind, scale)), bands(window.width, size[1], kind, 1.0))
    if kind == "cubic":
        clip(out)
    return out


def resize_nearest(mask: np.ndarray, window: Window, size: tuple[int, int]) -> np.ndarray:
    """Resize a window of a mask: the pixel under the centre of each output pixel."""
    return np.ascontiguousarray(_resize_nearest(mask, window, size))


def downscale(image: np.ndarray, scale: Any, down: Down, up: Up) -> np.ndarray:
    """Reduce an image to a share of its height and width, and enlarge it again; 8 bits stay where pixels are only chosen."""
    size = image.shape[:2]
    small = tuple(max(1, math.floor(np.float32(extent) * np.float32(scale) + np.float32(0.5))) for extent in size)
    image = image if down == up == "nearest" else wide(image)
    return _to(_to(image, small, down), size, up)


def _to(image: np.ndarray, size: tuple[int, ...], how: str) -> np.ndarray:
    if how == "nearest":
        sides = zip(size, image.shape[:2], strict=True)
        y, x = (np.floor((np.arange(n) + 0.5) * (extent / n) - BIAS).clip(0, extent - 1).astype(np.intp) for n, extent in sides)
        return image.take(y, axis=0).take(x, axis=1)
    if how == "area":  # which cv2 does for up to 4 channels
        return in_groups(np.ascontiguousarray(image), lambda part, _: cv2.resize(part, size[::-1], interpolation=cv2.INTER_AREA))
    return in_parts(np.ascontiguousarray(image), lambda part, _: cv2.resize(part, size[::-1], interpolation=cv2.INTER_LINEAR))


def _rows(image: np.ndarray, plan: tuple[Band, ...] | None) -> np.ndarray:
    """Resize along y."""
    if plan is None:
        return image
    out = np.empty((plan[-1].to.stop, *image.shape[1:]), np.float32)
    flat = out.reshape(len(out), -1)
    for band in plan:
        rows = np.ascontiguousarray(image[band.of], np.float32)
        np.matmul(band.weights, rows.reshape(len(rows), -1), out=flat[band.to])
    return out


def _columns(image: np.ndarray, plan: tuple[Band, ...] | None) -> np.ndarray:
    """Resize along x, each channel as a plane."""
    if plan is None:
        return image
    height, width, channels = image.shape
    flat = planar(np.ascontiguousarray(image)).reshape(-1, width)
    del image
    out = np.empty((len(flat), plan[-1].to.stop), np.float32)
    for band in plan:
        np.matmul(flat[:, band.of], band.weights.T, out=out[:, band.to])
    del flat
    return interleaved(out.reshape(channels, height, -1).transpose(1, 2, 0))


@lru_cache(maxsize=256)
def bands(extent: int, size: int, kind: str, scale: float) -> tuple[Band, ...] | None:
    """The blocks of the matrix that takes ``extent`` pixels to ``size`` and divides by ``scale``; None if it changes nothing."""
    if extent == size and scale == 1:
        return None
    first, weights = taps(extent, size, kind)
    weights = weights / scale
    plan = []
    for start in range(0, size, BLOCK):
        stop = min(start + BLOCK, size)
        low, high = int(first[start]), min(int(first[stop - 1]) + weights.shape[1], extent)
        block = np.zeros((stop - start, high - low + weights.shape[1]), np.float32)
        at = (first[start:stop] - low)[:, None] + np.arange(weights.shape[1])
        np.put_along_axis(block, at, weights[start:stop].astype(np.float32), axis=1)
        plan.append(Band(slice(start, stop), slice(low, high), np.ascontiguousarray(block[:, : high - low])))
    return tuple(plan)
