"""The backend ``nlpaug``: text specs as nlpaug augmenters, which work alone and in nlpaug's own flows."""

from augment.hookspecs import hookimpl


@hookimpl
def register_backends():
    from augment_nlpaug.backend import NlpaugBackend

    return [NlpaugBackend()]
