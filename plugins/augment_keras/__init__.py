"""The backend ``keras``: `augment.compile` returns a `keras.layers.Layer`.

Importing it imports no framework. ``import augment`` alone makes the layer known to Keras, for loading saved models.
"""

from __future__ import annotations

from typing import Any

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
