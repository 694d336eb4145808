"""What an entry of a sample holds under names, whatever class it is of."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

NOTHING: Mapping[Any, Any] = MappingProxyType({})


def held_in(entry: Any) -> Mapping[Any, Any]:
    """Return what a mapping, a named tuple or an object holds, by name; nothing of numbers, texts, arrays and functions."""
    if isinstance(entry, Mapping):
        return entry
    if isinstance(entry, str | int | float | list | type) or entry is None:
        return NOTHING
    if isinstance(entry, tuple):
        return entry._asdict() if hasattr(entry, "_asdict") else NOTHING
    if callable(entry) or hasattr(entry, "shape") or hasattr(entry, "__array_interface__"):
        return NOTHING
    if dataclasses.is_dataclass(entry):
        return {field.name: getattr(entry, field.name, None) for field in dataclasses.fields(entry)}
    return getattr(entry, "__dict__", NOTHING)


def deeper(entry: Any, depth: int) -> int:
    """How many steps to go on into an entry, of which ``depth`` are left: an object may know half of a program."""
    return depth - 1 if isinstance(entry, Mapping | list | tuple) else min(depth - 1, 2)


__all__ = ["deeper", "held_in"]
