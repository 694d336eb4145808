"""Whether other libraries take a compiled object for what it is."""

from __future__ import annotations

from typing import Any

SEQUENCE = ("__iter__", "__getitem__", "__len__", "__contains__", "__reversed__")


def assert_whole(compiled: Any) -> None:
    """Check that no class but the library's own makes a sequence of a compiled object: libraries ask whether they can iterate to
    tell a transform from a list of them."""
    ours = {"augment", type(compiled).__module__.partition(".")[0]}
    for name in SEQUENCE:
        owner = next((cls for cls in type(compiled).__mro__ if name in vars(cls)), None)
        assert owner is None or owner.__module__.partition(".")[0] not in ours, f"{name} of {owner}"


__all__ = ["assert_whole"]
