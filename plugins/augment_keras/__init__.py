"""The backend ``keras``: `augment.compile` returns a `keras.layers.Layer`. Import this before loading a saved model."""

from augment.hookspecs import hookimpl


@hookimpl
def register_backends():
    from augment_keras.backend import KerasBackend

    return [KerasBackend()]
