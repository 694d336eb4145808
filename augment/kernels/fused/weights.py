"""The weights of an antialiased resize as the native code reads them."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import numpy as np

from augment.kernels.fused.memory import pointer
from augment.kernels.sampling import taps


class Weights(NamedTuple):
    """Of an axis that is resized, for each output pixel."""

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
    # what lies beyond weighs nothing
    first, rows = np.ascontiguousarray(start, np.int32), np.ascontiguousarray(out[:, :count])
    for part in (first, rows):
        part.setflags(write=False)
    return Weights(first, rows, (pointer(first), pointer(rows), count))
