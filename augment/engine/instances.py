"""Instances: masks (n, H, W), a row for each object, which travel as the layers of one raster (H, W, n)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from augment.engine.checks import array
from augment.engine.rows import Rows, Size, check_carried
from augment.engine.visible import View, paste
from augment.errors import SampleError
from augment.ops.kinds import Window
from augment.program.walk import Walk
from augment.sample import Target


@dataclass
class Instances(Rows):
    """Masks, of which those are dropped of which nothing is left."""

    raster: np.ndarray
    """(H, W, n): a layer for each."""

    def __len__(self) -> int:
        return self.raster.shape[2]

    @classmethod
    def read(cls, name: str, raw: Any, target: Target, size: Size, carried: dict[str, Any], outline: int = 4) -> Instances:
        raster = np.moveaxis(layers(name, raw), 0, -1).view()
        raster.flags.writeable = False
        check_carried(name, raster.shape[2], carried)
        return cls(target, carried, size, raster)

    def move(self, walk: Walk, window: Window | None, kernels: Any) -> None:
        if window is None:
            self.put(kernels.resample(self.raster, walk, fill=(self.target.fill,), nearest=True))
        else:
            self.put(kernels.resize_nearest(self.raster, window, walk.size))

    def put(self, raster: np.ndarray) -> None:
        """Take what has become of all of them."""
        self.raster, self.size = raster, (raster.shape[0], raster.shape[1])

    def settle(self) -> None:
        """Drop by what is left on the canvas."""
        after = np.count_nonzero(self.raster, axis=(0, 1)).astype(float)
        self.drop_small(after, after)

    def show(self, view: View) -> None:
        """Of a view that is not resized."""
        out = np.zeros((*view.size, len(self)), self.raster.dtype)
        paste(out, self.raster, view.placement)
        for x0, y0, x1, y1 in view.over:
            out[int(y0) : int(y1), int(x0) : int(x1)] = 0
        if view.shown is not None:
            out[~view.shown] = 0
        self.put(out)
        self.settle()

    def join_view(self, view: View, kernels: Any) -> None:
        window, resized = view.placement.window, view.placement.resized
        if resized is not None:
            height, width = (int(n) for n in resized)
            self.raster = kernels.resize_nearest(self.raster, Window(*(int(n) for n in window)), (height, width))
            view = view._replace(placement=view.placement._replace(window=Window(0, 0, height, width), resized=None))
        self.show(view)

    def write(self, like: Any) -> np.ndarray:
        return np.ascontiguousarray(np.moveaxis(self.raster, -1, 0))

    def _forget(self, alive: np.ndarray) -> None:
        self.raster = self.raster[..., alive]

    def _append(self, others: Sequence[Instances]) -> None:
        self.raster = np.concatenate([self.raster, *(other.raster for other in others)], axis=2)


def layers(name: str, raw: Any) -> np.ndarray:
    """Masks (n, H, W); raises `SampleError` on what are none."""
    masks = array(name, raw, "mask")
    if masks.ndim != 3 or masks.dtype.kind not in "buif":
        raise SampleError(f"{name}: instances have the shape (n, height, width) and numbers, not {masks.dtype} {masks.shape}")
    return masks

