"""Walks that only move whole pixels: slices, flips and transposes, never an interpolation. Any type of raster."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np

from augment.program.walk import Leg, Walk

CLOSE = 1e-9
_TYPES = frozenset("BHhif")  # what cv2 flips


def whole(walk: Walk) -> bool:
    """Whether every leg of a walk takes pixels to pixels."""
    return all(map(_is_whole, reversed(walk.legs)))  # crops and flips, which are slow to tell, mostly stand first


def _is_whole(leg: Leg) -> bool:
    if leg.whole is None:
        leg.whole = _keeps_pixels(leg)
    return leg.whole


def _keeps_pixels(leg: Leg) -> bool:
    if leg.field is not None:
        return False
    (a, b, x), (c, d, y), last = leg.inverse.tolist()
    if last != [0.0, 0.0, 1.0] or not ((abs(a) == abs(d) == 1 and b == c == 0) or (abs(b) == abs(c) == 1 and a == d == 0)):
        return False
    (height, width), (rows, columns) = leg.size, leg.output
    x += (width - 1 - (columns - 1) * a - (rows - 1) * b) / 2
    y += (height - 1 - (columns - 1) * c - (rows - 1) * d) / 2
    return abs(x - round(x)) < CLOSE and abs(y - round(y)) < CLOSE


def move(image: np.ndarray, walk: Walk, fills: list[Any]) -> np.ndarray:
    """Move the pixels of (H, W, C) along a walk of whole pixels; ``fills`` has the colour of each leg."""
    for leg, fill in zip(walk.legs, fills, strict=True):
        image = _go(image, leg, fill, walk.border)
    return _contiguous(image)


def view(image: np.ndarray, walk: Walk) -> np.ndarray | None:
    """The same without a copy; None where something is seen that lies outside."""
    for leg in walk.legs:
        across, left, wide, down, top, high = _way(leg)
        for axis, sign, start, count in ((0, down, top, high), (1, across, left, wide)):
            low = start if sign > 0 else start - count + 1
            if low < 0 or low + count > image.shape[axis]:
                return None
        image = _along(image, 0, down, top, high, (), (), "")
        image = _along(image, 1, across, left, wide, (), (), "")
        image = image if leg.inverse[0, 0] else image.swapaxes(0, 1)
    return image


def _go(image: np.ndarray, leg: Leg, fill: Any, border: str) -> np.ndarray:
    across, left, wide, down, top, high = _way(leg)
    sides = leg.sides if isinstance(leg.sides, tuple) else (leg.sides,) * 4
    image = _along(image, 0, down, top, high, sides[1::2], fill, border)
    image = _along(image, 1, across, left, wide, sides[0::2], fill, border)
    return image if leg.inverse[0, 0] else image.swapaxes(0, 1)


def _way(leg: Leg) -> tuple[float, int, int, float, int, int]:
    """Along x and along y of the input: the sign, the first pixel that is read, and how many are."""
    (a, b, x), (c, d, y), _ = leg.inverse.tolist()
    (height, width), (rows, columns) = leg.size, leg.output
    # index of the input = sign · index of the output + offset, along the input's axes
    across, down = (a, d) if a else (b, c)
    wide, high = (columns, rows) if a else (rows, columns)
    left = round(x + (width - 1 - (wide - 1) * across) / 2)
    top = round(y + (height - 1 - (high - 1) * down) / 2)
    return across, left, wide, down, top, high


def _along(image: np.ndarray, axis: int, sign: float, start: int, count: int, fades: Any, fill: Any, border: str) -> np.ndarray:
    """Along one axis, take ``count`` pixels from ``start`` on, forwards or backwards; ``fades`` says whether it fades at its low
    and its high end."""
    extent = image.shape[axis]
    low, high = (start, start + count) if sign > 0 else (start - count + 1, start + 1)
    if low >= 0 and high <= extent:
        part = image[low:high] if axis == 0 else image[:, low:high]
    else:
        part = np.take(image, _inside(np.arange(low, high), extent, fades, border), axis)
        if border == "constant":
            part = np.moveaxis(part, axis, 0)
            if fades[0]:
                part[: max(0, -low)] = fill
            if fades[1]:
                part[max(0, extent - low) :] = fill
            part = np.moveaxis(part, 0, axis)
    return part if sign > 0 else (part[::-1] if axis == 0 else part[:, ::-1])


def _inside(index: np.ndarray, extent: int, fades: Any, border: str) -> np.ndarray:
    if border == "constant" or not any(fades):
        return np.clip(index, 0, extent - 1) if border != "wrap" else np.mod(index, extent)
    match border:
        case "reflect":
            index = np.mod(index, 2 * extent)
            return np.minimum(index, 2 * extent - 1 - index)
        case "reflect101":
            period = max(2 * (extent - 1), 1)
            index = np.mod(index, period)
            return np.minimum(index, period - index) if extent > 1 else index * 0
        case "wrap":
            return np.mod(index, extent)
    return np.clip(index, 0, extent - 1)


def _contiguous(image: np.ndarray) -> np.ndarray:
    """A copy in order; mirrored views go through cv2, whose flip is several times as fast as NumPy's copy."""
    if image.flags.c_contiguous or image.dtype.char not in _TYPES or image.shape[2] > 4:
        return np.ascontiguousarray(image)
    shape = image.shape
    if abs(image.strides[0]) < abs(image.strides[1]) and shape[0] > 1 and shape[1] > 1:
        return np.ascontiguousarray(cv2.transpose(_contiguous(image.swapaxes(0, 1)))).reshape(shape)
    down, across = image.strides[0] < 0, image.strides[1] < 0
    if not down and not across:
        return np.ascontiguousarray(image)
    plain = image[::-1] if down else image
    plain = plain[:, ::-1] if across else plain
    return cv2.flip(plain, -1 if down and across else 0 if down else 1).reshape(shape)
