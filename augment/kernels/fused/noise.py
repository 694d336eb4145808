"""Fields of noise, whose numbers native code draws: bit by bit those of the reference."""

from __future__ import annotations

from array import array
from typing import Any, NamedTuple

import numpy as np

from augment.kernels.fused.memory import pointer
from augment.kernels.native.library import check, library
from augment.kernels.reference.noise import distributed
from augment.values import Value


class Generator(NamedTuple):
    """What `np.random.Generator` draws of a Philox whose counter begins at a number."""

    key: tuple[int, int]
    number: int

    def standard_normal(self, shape: tuple[int, ...], dtype: Any) -> np.ndarray:
        return self._drawn(shape, dtype, normal=True)

    def random(self, shape: tuple[int, ...], dtype: Any) -> np.ndarray:
        return self._drawn(shape, dtype, normal=False)

    def _drawn(self, shape: tuple[int, ...], dtype: Any, normal: bool) -> np.ndarray:
        out = np.empty(shape, dtype)
        job = array("q", (int(self.key[0]), int(self.key[1]), self.number, normal, pointer(out), out.size))
        check(library().noise(job.buffer_info()[0]))
        return out


def noise(raster: Any, value: Value, key: tuple[int, int], number: int = 0, pixel: bool = False) -> np.ndarray:
    """(H, W, C), or (H, W, 1) of each ``pixel``: numbers of a distribution, from a generator of the sample's key."""
    return distributed(Generator(key, number), value, (*raster.shape[:2], 1 if pixel else raster.shape[2]))
