"""Finds plugins: entry points of the group ``augment``, each loaded alone, so that a broken one leaves the rest working."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import EntryPoint, entry_points
from types import ModuleType
from typing import Any, NamedTuple

import pluggy

from augment import hookspecs
from augment.backend import Backend
from augment.captions.language import Language
from augment.errors import BackendMissingError, PluginError
from augment.program.lower import Program
from augment.program.texts import BUILTIN, Editor
from augment.spec.node import Op
from augment.text import tables
from augment.text.tables import Table

GROUP = "augment"
HOOKS: Mapping[str, tuple[type, str]] = {
    "register_backends": (Backend, "Backend instances"),
    "register_ops": (type, "op classes"),
    "register_tables": (Table, "tables"),
    "register_languages": (Language, "Language instances"),
}
"""The hooks, and what each returns a list of."""


@dataclass(frozen=True)
class Plugin:
    """An entry point, and what became of it."""

    name: str
    distribution: str
    version: str
    module: ModuleType | None = None
    error: str = ""


@lru_cache(maxsize=1)
def manager() -> tuple[pluggy.PluginManager, tuple[Plugin, ...]]:
    """Load all plugins once; ``AUGMENT_PLUGINS=a,b`` limits them. Nothing here imports a framework."""
    plugin_manager = pluggy.PluginManager(GROUP)
    plugin_manager.add_hookspecs(hookspecs)
    only = os.environ.get("AUGMENT_PLUGINS")
    wanted = None if only is None else {name.strip() for name in only.split(",")}
    found = []
    for entry in sorted(entry_points(group=GROUP), key=lambda e: e.name):
        if wanted is None or entry.name in wanted:
            found.append(_load(plugin_manager, entry))
    return plugin_manager, tuple(found)


def _load(plugin_manager: pluggy.PluginManager, entry: EntryPoint) -> Plugin:
    distribution, version = (entry.dist.name, entry.dist.version) if entry.dist else ("", "")
    try:
        module = entry.load()
        plugin_manager.register(module, entry.name)
        for hook in HOOKS:
            _call(plugin_manager, module, hook)
    except Exception as error:  # whatever a plugin raises is reported with its name, and the rest goes on
        if plugin_manager.has_plugin(entry.name):
            plugin_manager.unregister(name=entry.name)
        return Plugin(entry.name, distribution, version, error=f"{type(error).__name__}: {error}")
    return Plugin(entry.name, distribution, version, module)


def _call(plugin_manager: pluggy.PluginManager, module: ModuleType, hook: str) -> list[Any]:
    """What one plugin returns for a hook, checked."""
    implementation = getattr(module, hook, None)
    if implementation is None:
        return []
    items = implementation()
    kind, wanted = HOOKS[hook]
    if not isinstance(items, list) or not all(isinstance(item, kind) for item in items):
        raise PluginError(f"{hook} must return a list of {wanted}, not {items!r}")
    return items


def plugins() -> tuple[Plugin, ...]:
    """Return every plugin with its state."""
    return manager()[1]


@lru_cache(maxsize=1)
def plugin_ops() -> tuple[type[Op], ...]:
    """Return the op classes that plugins add."""
    return tuple(op for ops in manager()[0].hook.register_ops() for op in ops)


@lru_cache(maxsize=1)
def plugin_tables() -> tuple[Table, ...]:
    """Return the tables that plugins add for text ops."""
    return tuple(one for some in manager()[0].hook.register_tables() for one in some)


@lru_cache(maxsize=1)
def plugin_languages() -> tuple[Language, ...]:
    """Return the tables of languages that plugins add."""
    return tuple(table for tables in manager()[0].hook.register_languages() for table in tables)


@lru_cache(maxsize=1)
def backends() -> dict[str, Backend]:
    """Return every backend by its name, installed or not."""
    return {b.name: b for found in reversed(manager()[0].hook.register_backends()) for b in found}


def get_backend(name: str) -> Backend:
    """Return a backend that is ready to compile; raises `BackendMissingError` with what to do."""
    known = backends()
    if name not in known:
        broken = [f"{p.name}: {p.error}" for p in plugins() if p.error]
        error = BackendMissingError.from_unknown(name, known)
        if broken:
            raise BackendMissingError(f"{error}\n  plugins that did not load: {'; '.join(broken)}")
        raise error
    known[name].require()
    return known[name]


class Engines(NamedTuple):
    """The backends of a spec: what compiles it, and what edits its texts."""

    main: Backend
    text: Backend


def get_engines(backend: str | Mapping[str, str]) -> Engines:
    """Return the backends that a name stands for, or ``{"image": name, "text": name}``; texts fall to `builtin` by default."""
    if isinstance(backend, str):
        main = get_backend(backend)
        return Engines(main, main if main.modality == "text" else get_backend("builtin"))
    if not isinstance(backend, Mapping) or not backend or not set(backend) <= {"image", "text"}:
        raise BackendMissingError(f"backend is a name, or {{'image': name, 'text': name}}, not {backend!r}")
    ready = {modality: get_backend(name) for modality, name in backend.items()}
    for modality, one in ready.items():
        if one.modality != modality:
            raise BackendMissingError(f"{one.name!r} is no {modality} backend, but one for {one.modality}s")
    text = ready.get("text") or get_backend("builtin")
    return Engines(ready.get("image", text), text)


def editor_of(program: Program, text: str) -> Editor:
    """Return what edits the texts of a program, by the name of the text backend."""
    edits = any(leaf.op.modality == "text" for leaf in program.leaves)
    return get_backend(text).editor(program) if edits else BUILTIN


def reset() -> None:
    """Forget what was loaded; for tests that install plugins."""
    for cached in (manager, plugin_ops, plugin_tables, plugin_languages, backends):
        cached.cache_clear()
    tables.reset()
