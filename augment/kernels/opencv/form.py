"""The two forms of an image, uint8 and float32 in [0, 1], and the way between them.

An image that may be written to was made on the way, and kernels may overwrite it: the fewer images, the more of them stays in the
cache. The sample's own may not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import cv2
import numpy as np

from augment.kernels.reference import HALF_UP

STEP = np.float32(1 / 255)
GRID = 1e-3
"""Levels may be off the 8-bit grid by this share of one and still count as on it."""
MANY = 128
"""The channels that a matrix of cv2 has at most; it takes an array of more for one of three dimensions."""


def enter(image: np.ndarray) -> np.ndarray:
    """Turn an image of a sample, uint8 or float in [0, 1], into what the kernels work on and never write to."""
    image = interleaved(image)
    image = image.view() if image.dtype == np.uint8 else image.astype(np.float32, copy=False).view()
    image.flags.writeable = False
    return image


def spare(image: np.ndarray) -> bool:
    """Whether an image may be overwritten, and cv2 can: it looks at strides also where an axis has a length of one."""
    flags, step = image.flags, image.itemsize
    return flags.writeable and flags.c_contiguous and image.strides[1:] == (image.shape[2] * step, step)


def interleaved(image: np.ndarray) -> np.ndarray:
    """(H, W, C) in order; planes that come as a view of (C, H, W) are merged by cv2, forty times as fast as NumPy."""
    if image.flags.c_contiguous:
        return image
    planes = np.moveaxis(image, 2, 0)
    if planes.flags.c_contiguous and image.dtype.char in "Bf" and len(planes) <= MANY:
        return raster(cv2.merge(list(planes)), image.shape[2])
    return np.ascontiguousarray(image)


def planar(image: np.ndarray) -> np.ndarray:
    """The opposite: (C, H, W) in order; split by cv2 in half the time of NumPy."""
    if not 1 < image.shape[2] <= MANY or not image.flags.c_contiguous or image.dtype.char not in "Bf":
        return np.ascontiguousarray(image.transpose(2, 0, 1))
    out = np.empty((image.shape[2], *image.shape[:2]), image.dtype)
    cv2.split(image, list(out))
    return out


def leave(image: np.ndarray, dtype: np.dtype) -> np.ndarray:
    """Turn it back into ``dtype`` (uint8 or a float type), rounded once: an image that is not the sample's own."""
    if dtype != np.uint8 or image.dtype == np.uint8:
        image = np.ascontiguousarray(wide(image) if dtype != np.uint8 else image, dtype)
        return image if image.flags.writeable else image.copy()
    return cv2.convertScaleAbs(np.maximum(image, 0).reshape(len(image), -1), alpha=255).reshape(image.shape)


def wide(image: np.ndarray) -> np.ndarray:
    """An image as float32 in [0, 1]."""
    if image.dtype != np.uint8:
        return image
    image = image.astype(np.float32)
    return np.multiply(image, STEP, out=image)


def spread(drawn: Any, like: np.ndarray) -> Any:
    """What is drawn, as float32: with a number of float64 NumPy computes a whole image as such."""
    return drawn.astype(np.float32) if getattr(drawn, "dtype", None) == np.float64 else drawn


def bytes8(image: np.ndarray) -> np.ndarray:
    """An image as uint8, rounded to the 8-bit grid as thresholds are."""
    if image.dtype == np.uint8:
        return image
    return np.floor(image * np.float32(255) + np.float32(HALF_UP)).astype(np.uint8)


def clip(image: np.ndarray, low: bool = True, high: bool = True) -> None:
    """Bring float32 values into [0, 1], in place: those below, those above, or both."""
    flat = image.reshape(len(image), -1)
    if high:
        cv2.threshold(flat, 1, 1, cv2.THRESH_TRUNC, flat)
    if low:
        cv2.threshold(flat, 0, 0, cv2.THRESH_TOZERO, flat)


def raster(image: np.ndarray, channels: int) -> np.ndarray:
    """(H, W, C) of what cv2 returns, which has no third axis where there is one channel."""
    return image.reshape(*image.shape[:2], channels)


def levels(colour: Iterable[float]) -> tuple[int, ...] | None:
    """A colour given in fractions as numbers of 0..255, or None where it lies between two of them."""
    scaled = [float(c) * 255 for c in colour]
    rounded = tuple(round(c) for c in scaled)
    return rounded if all(abs(a - b) < GRID and 0 <= b <= 255 for a, b in zip(scaled, rounded, strict=True)) else None


def in_groups(image: np.ndarray, run: Callable[[np.ndarray, slice], np.ndarray]) -> np.ndarray:
    """Run something on groups of 1, 3 or 4 channels, and tell it which; cv2 interpolates others on a grid of 1/32 pixel."""
    channels = image.shape[2]
    counts = [channels] if channels in (1, 3, 4) else []
    while (rest := channels - sum(counts)) > 0:
        counts.append({1: 1, 2: 1, 3: 3, 6: 3}.get(rest, 4))
    return _split(image, run, counts)


def in_parts(image: np.ndarray, run: Callable[[np.ndarray, slice], np.ndarray]) -> np.ndarray:
    """Run something on as many channels at a time as cv2 takes, and tell it which."""
    whole, rest = divmod(image.shape[2], MANY)
    return _split(image, run, [MANY] * whole + [rest] * (rest > 0))


def _split(image: np.ndarray, run: Callable[[np.ndarray, slice], np.ndarray], counts: list[int]) -> np.ndarray:
    if len(counts) == 1:
        return raster(run(image, slice(0, counts[0])), counts[0])
    parts, start = [], 0
    for count in counts:
        group = slice(start, start + count)
        parts.append(raster(run(np.ascontiguousarray(image[..., group]), group), count))
        start += count
    return np.concatenate(parts, axis=2)
