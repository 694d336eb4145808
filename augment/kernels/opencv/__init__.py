"""The host kernels on OpenCV: the same functions as `augment.kernels.reference`, for images as uint8 or float32.

Importing this package imports cv2. `kernels_for` gives the kernel set of a program.
"""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from augment.kernels import reference
from augment.program.lower import Program

name = "opencv"
kernels = dict(reference.kernels)


def kernels_for(program: Program, precision: str = "auto") -> Any:
    """Return the kernel set of a program, for `augment.program.execute.Executor`."""
    functions = ("enter", "leave", "resample", "resize", "resize_nearest", "pointwise", "convolve", "noise", "erase", "mix")
    return SimpleNamespace(name=name, kernels=kernels, **{f: getattr(reference, f) for f in functions})
