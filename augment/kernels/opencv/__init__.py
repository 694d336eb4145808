"""The host kernels on OpenCV: the same functions as `augment.kernels.reference`, on images as uint8 or float32.

A uint8 image stays as it is while nothing has to be rounded (moves of whole pixels, curves that keep to its levels) and is
float32 in [0, 1] from then on, so results differ from the reference's by float32 arithmetic alone. Interpolating in 8 bits would
add its rounding and is no faster: on OpenCV 5, a warp to 224 x 224 takes 0.11 ms for four channels of uint8 or of float32.

Importing this package imports cv2.
"""

from __future__ import annotations

from types import ModuleType

from augment.kernels.opencv.colour import planes, pointwise
from augment.kernels.opencv.filter import convolve, noise
from augment.kernels.opencv.form import enter, leave, planar
from augment.kernels.opencv.paste import erase, mix
from augment.kernels.opencv.resize import resize, resize_nearest
from augment.kernels.opencv.warp import resample
from augment.program.lower import Program

name = "opencv"
kernels = {  # primitive -> what runs it, for `explain`
    "resample": "cv2.warpAffine, warpPerspective or remap", "resize": "banded matrix products",
    "pointwise": "cv2.LUT and transform", "convolve": "cv2.sepFilter2D or filter2D", "noise": "numpy.random.Philox",
    "erase": "numpy slices", "mix": "cv2.addWeighted",
}  # fmt: skip


def kernels_for(program: Program, precision: str = "auto") -> ModuleType:
    """Return the kernel set of a program, for `augment.program.execute.Executor`: this module, whatever the precision, as it
    computes in float32 anyway."""
    import augment.kernels.opencv as own

    return own


__all__ = [
    "convolve", "enter", "erase", "kernels", "kernels_for", "leave", "mix", "name", "noise", "planar", "planes", "pointwise",
    "resample", "resize", "resize_nearest",
]  # fmt: skip
