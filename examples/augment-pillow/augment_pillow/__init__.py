"""A plugin of augment: the op ``sigmoid_contrast`` and the backend ``pillow``. Importing it imports no framework."""

from augment import hookimpl


@hookimpl
def register_ops():
    from augment_pillow.ops import SigmoidContrast

    return [SigmoidContrast]


@hookimpl
def register_backends():
    from augment_pillow.backend import PillowBackend

    return [PillowBackend()]
