"""Geometry: coordinates, what a canvas covers, and reading at fractional places."""

from __future__ import annotations

from typing import Any

import numpy as np

from augment.kernels.sampling import four_weights
from augment.kernels.still import displaced, zoomed
from augment.program.walk import HORIZON, Leg, Walk, sample_field

NEAREST_BIAS = 2.0**-10


def grid(size: tuple[int, int]) -> np.ndarray:
    """(h, w, 2): x and y of each pixel, relative to the centre."""
    y, x = np.meshgrid(np.arange(size[0]) - (size[0] - 1) / 2, np.arange(size[1]) - (size[1] - 1) / 2, indexing="ij")
    return np.stack([x, y], axis=-1)


def back(leg: Leg, at: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Take coordinates (h, w, 2) on a leg's output to its input canvas; also returns which lie in front of the camera."""
    if leg.field is not None:
        at = at + sample_field(leg.field, at)
    m = np.asarray(leg.inverse, np.float64)
    w = at @ m[2, :2] + m[2, 2]
    seen = w > HORIZON
    return (at @ m[:2, :2].T + m[:2, 2]) / np.where(seen, w, 1)[..., None], seen


def coverage(at: np.ndarray, leg: Leg, nearest: bool) -> np.ndarray:
    """(h, w): how much of the leg's input canvas lies under each coordinate, 0 to 1."""
    height, width = leg.size
    x, y = at[..., 0] + (width - 1) / 2, at[..., 1] + (height - 1) / 2
    if nearest:
        x, y = nearest_index(x), nearest_index(y)
    cov = np.ones(x.shape)
    sides = leg.sides if isinstance(leg.sides, tuple) else (leg.sides,) * 4
    for on, inside in zip(sides, (x + 1, y + 1, width - x, height - y), strict=True):
        if on:
            cov = cov * np.clip(inside, 0, 1)
    return cov


def nearest_index(x: np.ndarray) -> np.ndarray:
    return np.floor(x + 0.5 - NEAREST_BIAS)


def fold(at: np.ndarray, size: tuple[int, int], border: str) -> np.ndarray:
    """Bring coordinates, relative to the centre, back into a canvas as its border says."""
    out = np.empty_like(at)
    for axis, extent in ((0, size[1]), (1, size[0])):
        x = at[..., axis] + (extent - 1) / 2
        match border:
            case "reflect":  # d c b a | a b c d
                x = np.mod(x + 0.5, 2 * extent)
                x = np.minimum(x, 2 * extent - x) - 0.5
            case "reflect101":  # d c b | a b c d
                period = max(2 * (extent - 1), 1)
                x = np.mod(x, period)
                x = np.minimum(x, period - x) if extent > 1 else x * 0
            case "replicate":
                x = np.clip(x, 0, extent - 1)
            case "wrap":
                x = np.mod(x, extent)
        out[..., axis] = x - (extent - 1) / 2
    return out


def resample(image: np.ndarray, walk: Walk, fill: Any = None, nearest: bool | None = None) -> np.ndarray:
    """Sample an image (H, W, C) through a walk. ``fill`` replaces the colours of the legs (one per channel); for masks."""
    nearest = walk.interpolation == "nearest" if nearest is None else nearest
    at = grid(walk.size)
    gain, offset = np.ones(walk.size), np.zeros((*walk.size, image.shape[2]))
    for leg in reversed(walk.legs):
        at, seen = back(leg, at)
        if walk.border == "constant":
            cov = coverage(at, leg, nearest) * seen
            colour = np.broadcast_to(leg.fill if fill is None else fill, image.shape[2:])
            offset += (gain * (1 - cov))[..., None] * colour
            gain = gain * cov
        elif walk.fades(leg):
            at = fold(at, leg.size, walk.border)
    source = gather(image, at, "nearest" if nearest else walk.interpolation, wrap=walk.border == "wrap")
    if nearest:  # labels are chosen, never computed with: float64 has not all of 64 bits
        return np.where(gain[..., None] > 0, source, _as(offset, image.dtype))
    return _as(offset + gain[..., None] * source, image.dtype)


def _as(numbers: np.ndarray, dtype: np.dtype) -> np.ndarray:
    return numbers.astype(dtype) if dtype.kind == "f" else np.rint(numbers).astype(dtype)


def gather(image: np.ndarray, at: np.ndarray, interpolation: str, wrap: bool = False) -> np.ndarray:
    """Read an image at coordinates relative to its centre; taps beyond the edge are those at the edge."""
    height, width = image.shape[:2]
    x, y = at[..., 0] + (width - 1) / 2, at[..., 1] + (height - 1) / 2

    def tap(yi: np.ndarray, xi: np.ndarray) -> np.ndarray:
        if wrap:
            return image[np.mod(yi, height), np.mod(xi, width)]
        return image[np.clip(yi, 0, height - 1), np.clip(xi, 0, width - 1)]

    if interpolation == "nearest":
        return tap(nearest_index(y).astype(int), nearest_index(x).astype(int))
    x0, y0 = np.floor(x).astype(int), np.floor(y).astype(int)
    fx, fy = (x - x0)[..., None], (y - y0)[..., None]
    if interpolation == "bicubic":
        down, across = (list(enumerate(four_weights(share), -1)) for share in (fy, fx))
        return np.clip(sum(wy * wx * tap(y0 + j, x0 + i) for j, wy in down for i, wx in across), 0, 1)
    top = tap(y0, x0) * (1 - fx) + tap(y0, x0 + 1) * fx
    return top * (1 - fy) + (tap(y0 + 1, x0) * (1 - fx) + tap(y0 + 1, x0 + 1) * fx) * fy


def zoom(image: np.ndarray, times: Any) -> np.ndarray:
    """Enlarge an image about its centre by ``times``, drawn, from 1 on; its size stays."""
    return resample(image, zoomed(image.shape[:2], times, np))


def displace(image: np.ndarray, field: np.ndarray) -> np.ndarray:
    """Read each pixel of an image so far from its place, x and y in pixels (H, W, 2); beyond the edge lies its copy."""
    return resample(image, displaced(image.shape[:2], field, np))
