"""The weights of an antialiased resize as the native code reads them."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from augment.kernels.sampling import taps


@lru_cache(maxsize=256)
def weights(extent: int, size: int, kind: str) -> tuple[np.ndarray, np.ndarray]:
    """The first pixel of each output pixel, int32, and the float32 weights of it and those that follow, all inside the image."""
    first, weight = taps(extent, size, kind)
    count = min(weight.shape[1], extent)
    start = np.minimum(first, extent - count)
    out = np.zeros((size, weight.shape[1] * 2), np.float32)
    np.put_along_axis(out, (first - start)[:, None] + np.arange(weight.shape[1]), weight.astype(np.float32), axis=1)
    own = np.ascontiguousarray(start, np.int32), np.ascontiguousarray(out[:, :count])  # what lies beyond weighs nothing
    for part in own:
        part.setflags(write=False)
    return own
