"""Which kernels run samples on the host: the fused ones where they were built and the processor is quick, else OpenCV's."""

from __future__ import annotations

from types import ModuleType

from augment.kernels.native.library import found


def host_kernels() -> ModuleType:
    """Return the kernel set of samples on the host, for `augment.engine.host.Executor`. It computes in float32 throughout."""
    if found().library:
        from augment.kernels import fused

        return fused
    from augment.kernels import opencv

    return opencv


__all__ = ["host_kernels"]
