"""Adaptive equalisation by tiles, in native code."""

from __future__ import annotations

from array import array
from typing import Any

import numpy as np

from augment.kernels import opencv
from augment.kernels.fused.memory import pointer
from augment.kernels.fused.raster import BYTE_PLANES, ROUND, Raster, raster
from augment.kernels.native.library import check, library


def clahe(image: Any, limit: float, tiles: tuple[int, int]) -> Any:
    """Equalise the brightness of an image by tiles, with limited contrast."""
    image = raster(image)
    if not isinstance(image, Raster):
        return raster(opencv.clahe(image, limit, tiles))
    levels = (image if image.dtype == np.uint8 else image.then((ROUND,))).run(BYTE_PLANES)
    out = np.empty(levels.shape, np.float32)
    job, most = array("q", (pointer(levels), *levels.shape[1:], len(levels), *tiles, pointer(out))), array("d", (limit,))
    check(library().adapt(job.buffer_info()[0], most.buffer_info()[0]))
    return raster(out.transpose(1, 2, 0))
