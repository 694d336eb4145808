"""What runs the programs of this backend: the kernels of the host, OpenCV's (which Albumentations itself stands on) or fused."""

from __future__ import annotations

from augment.engine.host import Executor
from augment.kernels.host import host_kernels
from augment.plugins import editor_of
from augment.program.lower import Program


def executor(program: Program, text: str, tensors: bool = False) -> Executor:
    """Return what runs a program on one sample. ``text`` is the backend that edits its texts; ``tensors``: images become some."""
    return Executor(program, host_kernels(), editor_of(program, text), planar=tensors)
