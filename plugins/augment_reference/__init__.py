"""Backends without a framework: ``reference``, plain NumPy, what all others are compared with, and ``opencv``, the same on
the kernels of OpenCV."""

from augment.hookspecs import hookimpl


@hookimpl
def register_backends():
    from augment_reference.backend import OpencvBackend, ReferenceBackend

    return [ReferenceBackend(), OpencvBackend()]
