"""What a saved Keras model names of ours: known to Keras after ``import augment``, and imported when it is looked up.

Keras builds layers of others only if they were registered before. A stand-in is registered as soon as both ``augment`` and Keras
are imported, whichever comes first; this imports neither Keras nor anything of ours.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

from augment.arrival import after

REGISTERED = {"augment>Augment": ("augment_keras.container", "Augment")}
"""The name in a saved model -> the module that registers it when it is imported, and the class."""


def register() -> None:
    """Have Keras know the names."""
    after("keras", "augment", _stand_in)


def _stand_in(keras: Any) -> None:
    known = keras.saving.get_custom_objects()
    for name, (module, own) in REGISTERED.items():
        known.setdefault(name, _awaited(module, own))


def _awaited(module: str, name: str) -> type:
    """Return the stand-in for a class."""

    def from_config(cls: type, config: dict[str, Any]) -> Any:
        return getattr(import_module(module), name).from_config(config)

    return type(name, (), {"__doc__": f"Stands for {name} of {module}.", "from_config": classmethod(from_config)})
