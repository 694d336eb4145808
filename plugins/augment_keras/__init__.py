"""The backend ``keras``: `augment.compile` returns a `keras.layers.Layer`. Import this before loading a saved model.

Importing it imports no framework: the layer becomes known to Keras when Keras itself is imported, before or after.
"""

from __future__ import annotations

from typing import Any

from augment.arrival import import_after
from augment.hookspecs import hookimpl

__all__ = ["Augment", "strip"]


@hookimpl
def register_backends():
    from augment_keras.backend import KerasBackend

    return [KerasBackend()]


def __getattr__(name: str) -> Any:
    if name == "Augment":
        from augment_keras.container import Augment

        return Augment
    if name == "strip":
        from augment_keras.stripping import strip

        return strip
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


import_after("keras", "augment_keras.container")  # which Keras finds in saved models
