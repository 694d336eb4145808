"""The weights of an axis that is resampled by itself, as the native code reads them."""

from __future__ import annotations

from array import array
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from augment.kernels.fused.memory import pointer
from augment.kernels.native.library import check, library
from augment.kernels.sampling import WARPED, taps


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
    # what lies beyond weighs nothing
    first, rows = np.ascontiguousarray(start, np.int32), np.ascontiguousarray(out[:, :count])
    for part in (first, rows):
        part.setflags(write=False)
    return Weights(first, rows, (pointer(first), pointer(rows), count))


def placed(extent: int, size: int, step: float, shift: float, bicubic: bool) -> Weights:
    """How ``size`` pixels read an axis of ``extent`` pixels at places ``step`` apart, without antialiasing; ``shift`` is from the
    centre of the axis to the middle place. Taps beyond an edge are those at the edge."""
    taps = 4 if bicubic else 2
    first, rows = np.empty(size, np.int32), np.empty((size, min(taps, extent)), np.float32)
    job, way = array("q", (extent, size, taps, pointer(first), pointer(rows))), array("d", (step, shift, WARPED))
    check(library().axis(job.buffer_info()[0], way.buffer_info()[0]))
    return Weights(first, rows, (job[3], job[4], rows.shape[1]))
