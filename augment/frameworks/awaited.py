"""What saved Keras models and dicts of Albumentations name of ours: known after ``import augment``, and imported when looked up.

Both build objects of others only if their classes were registered before. A stand-in is registered once both ``augment`` and
the library are imported, whichever comes first; this imports neither the library nor anything of ours.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

from augment.frameworks.arrival import after

REGISTERED = {
    "augment>Augment": ("augment_keras.container", "Augment"), "augment>AugmentViews": ("augment_keras.views", "AugmentViews"),
}  # fmt: skip
"""The name in a saved model -> the module that registers it when it is imported, and the class."""
COMPOSE = "augment_albumentations.container"
"""The module whose import replaces the stand-in of Albumentations' registry by the class."""


def register() -> None:
    """Have Keras and Albumentations know the names."""
    after("keras", "augment", _stand_in)
    after("albumentations", "augment", _in_registry)


def _stand_in(keras: Any) -> None:
    known = keras.saving.get_custom_objects()
    for name, (module, own) in REGISTERED.items():
        known.setdefault(name, _awaited(module, own))


def _in_registry(albumentations: Any) -> None:
    albumentations.core.serialization.SERIALIZABLE_REGISTRY.setdefault(f"{COMPOSE}.SpecCompose", _composition)


def _composition(**arguments: Any) -> Any:
    return import_module(COMPOSE).SpecCompose(**arguments)


def _awaited(module: str, name: str) -> type:
    """Return the stand-in for a class."""

    def from_config(cls: type, config: dict[str, Any]) -> Any:
        return getattr(import_module(module), name).from_config(config)

    return type(name, (), {"__doc__": f"Stands for {name} of {module}.", "from_config": classmethod(from_config)})
