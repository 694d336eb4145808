"""COCO's segmentations as layers of a mask, and back: polygons, and run lengths in columns, plain or packed in a string."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from augment.errors import SampleError

Size = tuple[int, int]


def layer(raw: Any, size: Size) -> np.ndarray:
    """Return a segmentation as (H, W) of 0 and 1; raises `SampleError` on what is none, or is not of this size."""
    if isinstance(raw, list):
        if not raw or not all(isinstance(ring, list) for ring in raw):
            raise SampleError("a segmentation is a list of polygons [[x, y, x, y, ...]] or run lengths")
        rings = [_ring(ring, size) for ring in raw]
        return np.maximum.reduce([fill(ring, size) for ring in rings])
    if not isinstance(raw, dict) or not {"size", "counts"} <= raw.keys():
        raise SampleError("a segmentation is a list of polygons, or {size, counts}")
    if raw["size"] != list(size):
        raise SampleError(f"its segmentation is {_by(raw['size'])}, and the picture is {_by(size)} (height x width)")
    counts = unpacked(raw["counts"]) if isinstance(raw["counts"], str) else raw["counts"]
    if not isinstance(counts, list) or not all(type(n) is int and n >= 0 for n in counts) or sum(counts) != size[0] * size[1]:
        raise SampleError(f"the run lengths of its segmentation must add up to {size[0] * size[1]:,} pixels")
    values = np.arange(len(counts), dtype=np.uint8) % 2
    return np.repeat(values, counts).reshape(size[1], size[0]).T.copy()


def run_lengths(mask: np.ndarray) -> dict[str, Any]:
    """Return a layer as plain run lengths."""
    flat = (mask == 1).T.reshape(-1)
    edges = np.flatnonzero(np.diff(flat)) + 1
    counts = np.diff(np.concatenate([[0], edges, [flat.size]])).tolist()
    return {"size": list(mask.shape), "counts": [0, *counts] if flat[0] else counts}


def fill(ring: np.ndarray, size: Size) -> np.ndarray:
    """Return (H, W) with 1 where the centre of a pixel is inside a polygon (n, 2) of edge coordinates, by the even-odd rule."""
    height, width = size
    toggles = np.zeros((height, width + 1), np.uint8)
    for (x0, y0), (x1, y1) in zip(ring, np.roll(ring, -1, axis=0), strict=True):
        low, high = min(y0, y1), max(y0, y1)
        rows = np.arange(max(0, int(np.ceil(low - 0.5))), min(height, int(np.ceil(high - 0.5))))
        if rows.size:
            crossing = x0 + (rows + 0.5 - y0) * (x1 - x0) / (y1 - y0)
            toggles[rows, np.clip(np.ceil(crossing - 0.5), 0, width).astype(int)] ^= 1
    return np.bitwise_xor.accumulate(toggles, axis=1)[:, :width]


def unpacked(packed: str) -> list[int]:
    """Return the run lengths of a packed string: groups of five bits from '0' on, each the difference to the last but one."""
    counts: list[int] = []
    number = shift = 0
    for character in packed:
        bits = ord(character) - 48
        if not 0 <= bits < 64 or shift > 30:
            raise SampleError(f"the packed run lengths of its segmentation hold {character!r} where none can stand")
        number |= (bits & 31) << shift
        shift += 5
        if bits & 32:
            continue
        if bits & 16:
            number -= 1 << shift
        counts.append(number + (counts[-2] if len(counts) > 2 else 0))
        number = shift = 0
    if shift:
        raise SampleError("the packed run lengths of its segmentation are cut off")
    return counts


def _ring(raw: Sequence[Any], size: Size) -> np.ndarray:
    if len(raw) < 6 or len(raw) % 2 or not all(type(x) in (int, float) for x in raw):
        raise SampleError("a polygon of its segmentation needs three points or more, as [x, y, x, y, ...]")
    ring = np.array(raw, np.float64).reshape(-1, 2)
    height, width = size
    if not (np.isfinite(ring).all() and (ring > [-width, -height]).all() and (ring < [2 * width, 2 * height]).all()):
        raise SampleError(f"a polygon of its segmentation lies far outside the picture, which is {_by(size)} (height x width)")
    return ring


def _by(size: Any) -> str:
    return " x ".join(map(str, size)) if isinstance(size, list | tuple) else str(size)[:60]
