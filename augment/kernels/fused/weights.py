"""The weights of an axis that is resampled by itself, as the native code reads them."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import numpy as np

from augment.kernels.fused.memory import pointer
from augment.kernels.sampling import four_weights, taps
from augment.ops.kinds import Size


class Weights(NamedTuple):
    """Of an axis, for each output pixel."""

    first: np.ndarray
    """int32: the first pixel of the source that it weighs."""
    weights: np.ndarray
    """float32: the weights of that one and of those that follow, all inside the image."""
    job: tuple[int, int, int]
    """The addresses of both, and how many weights there are."""


@lru_cache(maxsize=256)
def weights(extent: int, size: int, kind: str) -> Weights:
    """How an axis of ``extent`` pixels is resized to ``size``."""
    first, weight = taps(extent, size, kind)
    count = min(weight.shape[1], extent)
    start = np.minimum(first, extent - count)
    out = np.zeros((size, weight.shape[1] * 2), np.float32)
    np.put_along_axis(out, (first - start)[:, None] + np.arange(weight.shape[1]), weight.astype(np.float32), axis=1)
    return _made(start, out[:, :count])  # what lies beyond weighs nothing


@lru_cache(maxsize=64)
def placed(
    source: Size, size: Size, steps: tuple[float, float], shifts: tuple[float, float], bicubic: bool
) -> tuple[Weights, Weights]:
    """How the rows and the columns of ``size`` read those of ``source`` at places ``steps`` apart, without antialiasing;
    ``shifts`` are from the centre of an axis to its middle place. Taps beyond an edge are those at the edge."""
    count, rows = 4 if bicubic else 2, size[0]
    place, last = np.empty(sum(size)), np.empty(sum(size), np.intp)  # of both axes, one after the other
    for part, extent, n, step, shift in zip((slice(rows), slice(rows, None)), source, size, steps, shifts, strict=True):
        place[part] = np.arange(n) * step + ((extent - 1) / 2 + shift - (n - 1) / 2 * step)
        last[part] = extent - 1
    np.minimum(np.maximum(place, -3, out=place), last + 3, out=place)  # farther out only the edge is seen
    before = np.floor(place)
    share = place - before
    weight = np.stack(four_weights(share) if bicubic else (1 - share, share), axis=1)
    first = before.astype(np.intp) - bicubic
    start = np.maximum(np.minimum(first, last + 1 - count), 0)
    beyond = np.flatnonzero((first < 0) | (first > last + 1 - count))
    if len(beyond):
        own, weight[beyond] = weight[beyond], 0
        for k in range(count):
            tap = np.minimum(np.maximum(first[beyond] + k, 0), last[beyond])
            weight[beyond, tap - start[beyond]] += own[:, k]
    down, across = (min(count, extent) for extent in source)
    return _made(start[:rows], weight[:rows, :down]), _made(start[rows:], weight[rows:, :across])


def _made(start: np.ndarray, weights: np.ndarray) -> Weights:
    first, rows = np.ascontiguousarray(start, np.int32), np.ascontiguousarray(weights, np.float32)
    for part in (first, rows):
        part.setflags(write=False)
    return Weights(first, rows, (pointer(first), pointer(rows), rows.shape[1]))
