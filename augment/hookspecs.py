"""The hooks of a plugin: the whole plugin API."""

from __future__ import annotations

import pluggy

from augment.backend import Backend
from augment.spec.node import Op

hookspec = pluggy.HookspecMarker("augment")
hookimpl = pluggy.HookimplMarker("augment")


@hookspec
def register_backends() -> list[Backend]:  # type: ignore[empty-body]
    """Return the backends that a plugin adds. Importing the plugin and calling this imports no framework."""


@hookspec
def register_ops() -> list[type[Op]]:  # type: ignore[empty-body]
    """Return the op classes that a plugin adds: subclasses of the kinds in `augment.ops.kinds`."""
