"""Builds the objects of a library that calls stand for: its own classes with literal arguments, and nothing else."""

from __future__ import annotations

import os
import warnings
from importlib import import_module
from typing import Any

from augment.errors import UnsupportedOpError
from augment.native.call import Call, Library, Unread

ROOMS: dict[str, tuple[str, ...]] = {
    "albumentations": ("albumentations", "albumentations.pytorch"), "torchvision": ("torchvision.transforms.v2",),
    "keras": ("keras.layers", "keras"), "keras_legacy": ("keras.src.legacy.preprocessing.image",),
    "nlpaug": ("nlpaug.flow", "nlpaug.augmenter.word", "nlpaug.augmenter.char", "nlpaug.augmenter.sentence"),
}  # fmt: skip
CONTAINERS = {"albumentations": "Compose", "torchvision": "Compose", "keras": "Sequential", "nlpaug": "Sequential"}
PARAMS = {"bbox_params": "BboxParams", "keypoint_params": "KeypointParams"}


def build(library: Library, calls: tuple[Call, ...], settings: dict[str, Any] | None = None) -> Any:
    """Return the library's own container of the calls.

    Raises `UnsupportedOpError` where the library that is installed has no such class, or refuses its arguments.
    """
    os.environ.setdefault("NO_ALBUMENTATIONS_UPDATE", "1")  # its import asks the network for a newer version
    if library not in ROOMS:
        raise UnsupportedOpError(f"{library} has no objects to build")
    rooms = [import_module(room) for room in ROOMS[library]]
    made = [_object(call, rooms) for call in calls]
    if library == "keras_legacy":
        return made[0]
    given = {key: _attribute(PARAMS[key], rooms)(**value) if key in PARAMS else value for key, value in (settings or {}).items()}
    return _attribute(CONTAINERS[library], rooms)(made, **given)


def _attribute(name: str, rooms: list[Any]) -> Any:
    return next((getattr(room, name) for room in rooms if hasattr(room, name)), None)


def _object(call: Call, rooms: list[Any]) -> Any:
    kind = _attribute(call.name, rooms)
    if call.custom or not isinstance(kind, type):
        raise UnsupportedOpError(f"{call.where or call.name}: {rooms[0].__name__} has no {call.name}")
    children = [_object(child, rooms) for child in call.children]
    try:
        with warnings.catch_warnings():  # Albumentations drops what it does not know, of which always_apply changes nothing
            warnings.filterwarnings("error", r"Argument\(s\) '(?!always_apply' ).* not valid for transform", UserWarning)
            return kind(
                *([children] if children else []), *map(_value, call.args), **{k: _value(v) for k, v in call.kwargs.items()}
            )
    except (TypeError, ValueError, LookupError, AttributeError, ImportError, UserWarning) as error:
        raise UnsupportedOpError(f"{call.where or call.name}: {' '.join(str(error).split())[:200]}") from None


def _value(value: Any) -> Any:
    """A constant of a library by its name: cv2.BORDER_REFLECT, torch.float32, InterpolationMode.NEAREST; lists as tuples."""
    if isinstance(value, Unread):
        raise ValueError(f"{value} is no literal")
    if isinstance(value, str) and value.startswith(("cv2.", "torch.", "InterpolationMode.", "AutoAugmentPolicy.")):
        root, _, last = value.partition(".")
        room = import_module(root) if root in ("cv2", "torch") else getattr(import_module("torchvision.transforms"), root)
        return getattr(room, last)
    return tuple(map(_value, value)) if isinstance(value, list) else value
