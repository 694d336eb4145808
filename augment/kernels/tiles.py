"""Contrast-limited adaptive histogram equalisation, by tiles, as OpenCV's CLAHE counts: what all kernel sets share of it.

Numbers that decide anything are whole and below 2**24, in float32, so that every library has the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

Array = Any
Grid = tuple[int, int]
"""Rows and columns of tiles."""
LUMA = (19595.0, 38470.0, 7471.0)
"""What red, green and blue count for JPEG's luma, in 65536ths: whole numbers, so that every library has the same levels."""


def luma(levels: Sequence[Array], xp: Any) -> Array:
    """The luma of red, green and blue, in whole levels as they are."""
    red, green, blue = (plane * weight for plane, weight in zip(levels, LUMA, strict=True))
    return xp.floor((red + green + blue + 32768.0) / 65536.0)


def tile_size(size: tuple[Any, Any], tiles: Grid, xp: Any) -> tuple[Any, Any]:
    """Height and width of a tile; where the tiles do not fit, the image is widened at its end by what is missing, or by a whole
    row of pixels for each tile where only its other side does not fit."""
    over = [extent % count for extent, count in zip(size, tiles, strict=True)]
    if all(isinstance(extent, int) for extent in size):
        return tuple(n // t + (1 if any(over) else 0) for n, t in zip(size, tiles, strict=True))  # type: ignore[return-value]
    more = xp.where(over[0] + over[1] > 0, 1, 0)
    return tuple(n // t + xp.cast(more, n.dtype) for n, t in zip(size, tiles, strict=True))  # type: ignore[return-value]


def limited(counts: Array, limit: Array, area: Any, xp: Any) -> Array:
    """(..., 256): what becomes of each level, 0 to 255; ``counts`` (..., 256) is how often it occurs in a tile of so many pixels.

    What is above the limit, a multiple of the mean count, is cut off and spread over all levels.
    """
    level = xp.cumsum(xp.ones_like(counts), axis=-1) - 1
    most = xp.maximum(xp.floor(limit * (area / 256)), xp.ones_like(limit))
    kept = xp.minimum(counts, most + 0 * counts)
    excess = xp.sum(counts - kept, axis=-1, keepdims=True)
    share = xp.floor(excess / 256)
    rest = excess - 256 * share
    step = xp.maximum(xp.floor(256 / xp.maximum(rest, xp.ones_like(rest))), xp.ones_like(rest))
    turn = xp.floor((level + 0.5) / step)
    extra = xp.where(xp.logical_and(level == turn * step, turn < rest), xp.ones_like(level), xp.zeros_like(level))
    upto = xp.cumsum(kept + share + extra, axis=-1)
    return xp.clip(xp.round(upto * (np.float32(255) / area)), 0, 255)


def between(at: Array, side: Any, count: int, xp: Any) -> tuple[Array, Array, Array]:
    """Of the pixels ``at`` of an axis: the tiles before and after, and the share of the one after."""
    place = (at + 0.0) / side - 0.5
    first = xp.floor(place)
    return xp.clip(first, 0, count - 1), xp.clip(first + 1, 0, count - 1), place - first
