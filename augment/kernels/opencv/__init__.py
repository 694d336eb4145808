"""The host kernels on OpenCV: the same functions as `augment.kernels.reference`, on images as uint8 or float32.

A uint8 image stays as it is while nothing has to be rounded (moves of whole pixels, curves that keep to its levels) and is
float32 in [0, 1] from then on, so results differ from the reference's by float32 arithmetic alone. Interpolating in 8 bits would
add its rounding and is no faster: on OpenCV 5, a warp to 224 x 224 takes 0.11 ms for four channels of uint8 or of float32.

Importing this package imports cv2.
"""

from __future__ import annotations

import numpy as np

from augment.kernels.opencv.adapt import clahe
from augment.kernels.opencv.colour import planes, pointwise
from augment.kernels.opencv.filter import convolve, jpeg, median, morphology
from augment.kernels.opencv.form import bytes8 as round8
from augment.kernels.opencv.form import enter, leave, planar, spread
from augment.kernels.opencv.form import wide as unpack
from augment.kernels.opencv.levels import histogram, look_up
from augment.kernels.opencv.objects import components
from augment.kernels.opencv.paste import blend, compose, erase, fade, fill, mix
from augment.kernels.opencv.resize import downscale, resize, resize_nearest
from augment.kernels.opencv.warp import displace, resample, zoom
from augment.kernels.reference import erase_mask, fill_mask, locate, noise, pack

name = "opencv"
xp = np


__all__ = [
    "blend", "clahe", "components", "compose", "convolve", "displace", "downscale", "enter", "erase", "erase_mask", "fade",
    "fill", "fill_mask", "histogram", "jpeg", "leave", "locate", "look_up", "median", "mix", "morphology", "name", "noise",
    "pack", "planar", "planes", "pointwise", "resample", "resize", "resize_nearest", "round8", "spread", "unpack", "xp",
    "zoom",
]  # fmt: skip
