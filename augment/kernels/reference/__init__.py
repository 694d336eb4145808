"""The reference: every primitive in plain NumPy, slow and clear. It defines what the others must compute.

Images are float32 (H, W, C) with values in [0, 1]; masks keep their own type. All shapes are of one sample.
"""

from __future__ import annotations

import numpy as np

from augment.kernels.reference.colour import GREY, HALF_UP, grey, linear, mixture, pointwise, round8, turn_hue
from augment.kernels.reference.filter import convolve, jpeg, median, mirror, morphology
from augment.kernels.reference.form import enter, leave, pack, spread, unpack
from augment.kernels.reference.levels import clahe, histogram, look_up
from augment.kernels.reference.noise import noise
from augment.kernels.reference.objects import classes, components, in_order, locate
from augment.kernels.reference.paste import blend, compose, erase, erase_mask, fade, fill, fill_mask, mix
from augment.kernels.reference.resize import downscale, resize, resize_nearest
from augment.kernels.reference.warp import (
    NEAREST_BIAS,
    back,
    coverage,
    displace,
    fold,
    gather,
    grid,
    nearest_index,
    resample,
    zoom,
)

name = "reference"
xp = np

__all__ = [
    "GREY", "HALF_UP", "NEAREST_BIAS", "back", "blend", "clahe", "classes", "components", "compose", "convolve", "coverage",
    "displace", "downscale", "enter", "erase", "erase_mask", "fade", "fill", "fill_mask", "fold", "gather", "grey", "grid",
    "histogram", "in_order", "jpeg", "leave", "linear", "locate", "look_up", "median", "mirror", "mix", "mixture",
    "morphology", "name", "nearest_index", "noise", "pack", "pointwise", "resample", "resize", "resize_nearest", "round8",
    "spread", "turn_hue", "unpack", "xp", "zoom",
]  # fmt: skip
