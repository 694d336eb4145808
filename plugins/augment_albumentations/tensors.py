"""What Albumentations makes, as tensors of torch."""

from __future__ import annotations

from typing import Any

import numpy as np

from augment.kernels.opencv import planar
from augment_albumentations.samples import MANY


def tensors(raster: Any, kind: str) -> Any:
    """CHW tensors of a raster, or of each of many masks; a mask without layers stays (height, width)."""
    import torch

    if kind == MANY:
        if isinstance(raster, np.ndarray):  # (n, height, width), or with layers in the end
            return torch.from_numpy(raster if raster.ndim == 3 else np.ascontiguousarray(np.moveaxis(raster, 3, 1)))
        return type(raster)(tensors(mask, "mask") for mask in raster)
    if raster.ndim == 3:
        return torch.from_numpy(planar(raster))
    return torch.from_numpy(np.ascontiguousarray(raster[None] if kind == "image" else raster))
