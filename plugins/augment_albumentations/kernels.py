"""The kernels of this backend: those of OpenCV on the host, which Albumentations itself stands on."""

from __future__ import annotations

from augment.backend import Precision
from augment.kernels.opencv import kernels_for
from augment.plugins import editor_of
from augment.program.execute import Executor
from augment.program.lower import Program


def executor(program: Program, precision: Precision, text: str, tensors: bool = False) -> Executor:
    """Return what runs a program on one sample. ``text`` is the backend that edits its texts; ``tensors``: images become some."""
    return Executor(program, kernels_for(program, precision), editor_of(program, text), planar=tensors)
