"""The hooks of a plugin: the whole plugin API."""

from __future__ import annotations

import pluggy

from augment.backend import Backend
from augment.captions.language import Language
from augment.ops.primitives import Primitives
from augment.shards.engine import Engine
from augment.spec.node import Op
from augment.text.tables import Table

hookspec = pluggy.HookspecMarker("augment")
hookimpl = pluggy.HookimplMarker("augment")


@hookspec
def register_backends() -> list[Backend]:  # type: ignore[empty-body]
    """Return the backends that a plugin adds. Importing the plugin and calling this imports no framework."""


@hookspec
def register_ops() -> list[type[Op]]:  # type: ignore[empty-body]
    """Return the op classes that a plugin adds: subclasses of the kinds in `augment.ops.kinds`."""


@hookspec
def register_primitives() -> list[Primitives]:  # type: ignore[empty-body]
    """Return the primitives that a plugin adds to kernel sets. Their modules are imported when one of them is called."""


@hookspec
def register_tables() -> list[Table]:  # type: ignore[empty-body]
    """Return the tables that a plugin adds for text ops: the keyboard, the misspellings, the contractions or the names of a
    language."""


@hookspec
def register_languages() -> list[Language]:  # type: ignore[empty-body]
    """Return the tables of languages that a plugin adds, by which captions stay true to their image."""


@hookspec
def register_engines() -> list[Engine]:  # type: ignore[empty-body]
    """Return the engines that a plugin adds, which carry the shards of ``augment apply`` to workers."""
