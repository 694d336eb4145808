"""Which kernels run samples on the host: the fused ones where they were built and the processor is quick, else OpenCV's."""

from __future__ import annotations

from types import ModuleType

from augment.kernels import FUSED, OPENCV
from augment.kernels.native.library import found
from augment.ops.primitives import Primitives


def host_kernels() -> ModuleType:
    """Return the kernel set of samples on the host, for `augment.engine.host.Executor`. It computes in float32 throughout."""
    return running(OPENCV).load()


def running(declared: Primitives) -> Primitives:
    """Return what runs on this machine where a backend declares a kernel set: the fused one may stand in for OpenCV's."""
    return FUSED if declared == OPENCV and found().library else declared


__all__ = ["host_kernels", "running"]
