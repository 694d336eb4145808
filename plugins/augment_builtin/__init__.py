"""The backend ``builtin``: text ops in plain Python; what every other text backend is compared with."""

from augment.hookspecs import hookimpl


@hookimpl
def register_backends():
    from augment_builtin.backend import BuiltinBackend

    return [BuiltinBackend()]
