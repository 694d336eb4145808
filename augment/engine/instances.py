"""Instances: masks (n, H, W), a row for each object, which travel as the layers of one raster (H, W, n)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from augment.engine.checks import array
from augment.engine.rows import Rows, Size, check_carried
from augment.errors import SampleError
from augment.sample import Target


@dataclass
class Instances(Rows):
    """What belongs to the layers of a raster; those of which nothing is left are dropped at the end."""

    count: int

    def __len__(self) -> int:
        return self.count

    @classmethod
    def read(cls, name: str, raw: Any, target: Target, size: Size, carried: dict[str, Any], outline: int = 4) -> Instances:
        count = len(layers(name, raw))
        check_carried(name, count, carried)
        return cls(target, carried, size, count)

    def settle_on(self, raster: np.ndarray) -> None:
        """Drop by what is left on the canvas (H, W, n)."""
        after = np.count_nonzero(raster, axis=(0, 1)).astype(float)
        self.size = raster.shape[0], raster.shape[1]
        self.drop_small(after, after)

    def _forget(self, alive: np.ndarray) -> None:
        self.count = int(alive.sum())

    def _append(self, others: Sequence[Instances]) -> None:
        self.count += sum(other.count for other in others)


def layers(name: str, raw: Any) -> np.ndarray:
    """Masks (n, H, W); raises `SampleError` on what are none."""
    masks = array(name, raw, "mask")
    if masks.ndim != 3 or masks.dtype.kind not in "buif":
        raise SampleError(f"{name}: instances have the shape (n, height, width) and numbers, not {masks.dtype} {masks.shape}")
    return masks
