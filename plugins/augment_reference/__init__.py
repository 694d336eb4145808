"""The backend ``reference``: plain NumPy, no framework; what every other backend is compared with."""

from augment.hookspecs import hookimpl


@hookimpl
def register_backends():
    from augment_reference.backend import ReferenceBackend

    return [ReferenceBackend()]
