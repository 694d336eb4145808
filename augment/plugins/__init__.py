"""Finds plugins: entry points of the group ``augment``, each loaded alone, so that a broken one leaves the rest working."""

from __future__ import annotations

import os
import sys
import warnings
from collections.abc import Mapping
from contextlib import redirect_stdout
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from importlib.metadata import Distribution, EntryPoint, entry_points
from types import ModuleType
from typing import Any, NamedTuple

import pluggy

from augment import hookspecs
from augment.backend import Backend
from augment.captions.language import Language
from augment.engine.editor import BUILTIN, Editor
from augment.errors import BackendMissingError, EngineMissingError, PluginError, suggest
from augment.ops.primitives import Primitives
from augment.plugins.contract import (
    Hook,
    check_backend,
    check_engine,
    check_language,
    check_op,
    check_primitives,
    check_support,
    check_table,
    kernel_sets,
    own_names,
)
from augment.program.lower import Program
from augment.shards.engine import Engine
from augment.spec.node import Op
from augment.text import tables
from augment.text.tables import Table

GROUP = "augment"
OWN = "augment-spec"
"""The distribution whose plugins come first: what has a name of theirs is refused, not they."""
HOOKS: Mapping[str, Hook] = {
    "register_backends": Hook(Backend, "Backend instances", "backend", check_backend, lambda one: [one.name]),
    "register_ops": Hook(type, "op classes", "op", check_op, lambda one: [one.name()]),
    "register_primitives": Hook(
        Primitives, "Primitives", "primitive", check_primitives, lambda one: [f"{one.kernel_set}.{name}" for name in one.runs]
    ),
    "register_tables": Hook(Table, "tables", "table", check_table, lambda one: [f"{one.kind} of {one.language}"]),
    "register_languages": Hook(Language, "Language instances", "language", check_language, lambda one: [one.code]),
    "register_engines": Hook(Engine, "Engine instances", "engine", check_engine, lambda one: [one.name]),
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
    adds: Mapping[str, tuple[Any, ...]] = field(default_factory=dict)
    """What each of its hooks returned, in the one call that is made."""

    def broken(self, error: BaseException | str) -> Plugin:
        """Return it as one that is left out, with the reason."""
        reason = error if isinstance(error, str) else f"{type(error).__name__}: {error}".removesuffix(": ")
        return replace(self, module=None, error=" ".join(reason.split())[:LONGEST], adds={})


LONGEST = 500  # characters of a reason


@lru_cache(maxsize=1)
def plugins() -> tuple[Plugin, ...]:
    """Load all plugins once, each alone, and return them with their state; ``AUGMENT_PLUGINS=a,b`` limits them,
    and ``AUGMENT_PLUGINS=-a,-b`` leaves some out.

    Nothing here imports a framework. A plugin is left out as a whole, with a warning, where it cannot be loaded, breaks the
    contract of a hook, or adds something under a name that is taken.
    """
    found = tuple(plugin if plugin.error else _answering(plugin) for plugin in _loaded())
    for plugin in found:
        if plugin.error:
            warnings.warn(f"the plugin {plugin.name!r} is left out: {plugin.error}", stacklevel=2)
    return found


def _answering(plugin: Plugin) -> Plugin:
    """A plugin whose backends say what they support: they are asked once all primitives are known."""
    try:
        for backend in plugin.adds.get("register_backends", ()):
            check_support(backend)
    except KeyboardInterrupt:
        raise
    except BaseException as error:
        return plugin.broken(error)
    return plugin


@lru_cache(maxsize=1)
def _loaded() -> tuple[Plugin, ...]:
    described = cache(_described)  # to read what a distribution says of itself parses its whole description
    names = [name.strip() for name in os.environ.get("AUGMENT_PLUGINS", "-").split(",")]
    left_out = {name.removeprefix("-") for name in names if name.startswith("-")}
    wanted = None if left_out else set(names)
    owners: dict[str, str] = {}
    found: list[Plugin] = []
    for entry in sorted(entry_points(group=GROUP), key=lambda e: (described(e.dist)[0] != OWN, e.name)):
        if entry.name not in left_out and (wanted is None or entry.name in wanted):
            plugin = _load(entry, *described(entry.dist))
            taken = _taken(plugin, owners)
            found.append(plugin.broken(taken) if taken else plugin)
    return tuple(sorted(found, key=lambda plugin: plugin.name))


def _described(distribution: Distribution | None) -> tuple[str, str]:
    """The name and the version of a distribution."""
    if distribution is None:
        return "", ""
    about = distribution.metadata
    return about["Name"], about["Version"]


def _load(entry: EntryPoint, distribution: str, version: str) -> Plugin:
    plugin = Plugin(entry.name, distribution, version)
    try:
        with redirect_stdout(sys.stderr):  # what a plugin prints is none of the output of a command
            module = entry.load()
            return replace(plugin, module=module, adds=_added(module))
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # whatever a plugin raises, SystemExit included, is reported with its name; the rest goes on
        return plugin.broken(error)


def _added(module: ModuleType) -> dict[str, tuple[Any, ...]]:
    """Call each hook of a module once, and check what it returns."""
    manager = pluggy.PluginManager(GROUP)
    manager.add_hookspecs(hookspecs)
    manager.register(module)
    manager.check_pending()
    marked = {caller.name for caller in manager.get_hookcallers(module) or ()}
    added = {}
    for name, hook in HOOKS.items():
        implementation = getattr(module, name, None)
        if implementation is not None and name not in marked:
            raise PluginError(f"{name} is not marked as a hook: write @augment.hookimpl above it")
        if implementation is not None:
            items = implementation()
            if not isinstance(items, list) or not all(isinstance(item, hook.kind) for item in items):
                raise PluginError(f"{name} must return a list of {hook.wanted}, not {items!r:.100}")
            for item in items:
                hook.check(item)
            added[name] = tuple(items)
    return added


def _taken(plugin: Plugin, owners: dict[str, str]) -> str:
    """Say which name of a plugin is taken, and by whom; else note that they are its own."""
    for hook in plugin.adds:
        for name in own_names(hook):
            owners.setdefault(f"{HOOKS[hook].noun} {name!r}", "augment itself")
    named = ((HOOKS[hook], one) for hook, items in plugin.adds.items() for one in items)
    names = [f"{kind.noun} {name!r}" for kind, one in named for name in kind.names(one)]
    for i, name in enumerate(names):
        if name in owners or name in names[:i]:
            return f"it adds the {name}, which {owners.get(name, 'it')} has already: call it otherwise"
    kernels = [
        f"primitive {f'{own.kernel_set}.{primitive}'!r}"
        for backend in plugin.adds.get("register_backends", ())
        for own in kernel_sets(backend)
        for primitive in own.runs
    ]
    for name in (*names, *kernels):  # several backends may run one kernel set
        owners.setdefault(name, f"the plugin {plugin.name!r}")
    return ""


def _all(hook: str, among: tuple[Plugin, ...] | None = None) -> tuple[Any, ...]:
    return tuple(one for plugin in (plugins() if among is None else among) for one in plugin.adds.get(hook, ()))


def plugin_ops() -> tuple[type[Op], ...]:
    """Return the op classes that plugins add."""
    return _all("register_ops")


def plugin_primitives() -> tuple[Primitives, ...]:
    """Return the primitives that plugins add to kernel sets."""
    return _all("register_primitives", _loaded())  # which backends ask for, to say what they support


def plugin_tables() -> tuple[Table, ...]:
    """Return the tables that plugins add for text ops."""
    return _all("register_tables")


def plugin_languages() -> tuple[Language, ...]:
    """Return the tables of languages that plugins add."""
    return _all("register_languages")


def get_shard_engine(name: str) -> Engine:
    """Return an engine that is ready to carry shards; raises `EngineMissingError` with what to do."""
    from augment.shards.engines import ENGINES

    known = {**ENGINES, **{engine.name: engine for engine in _all("register_engines")}}
    if name not in known:
        raise EngineMissingError(f"unknown engine {name!r}{suggest(name, known)} (there are: {', '.join(sorted(known))})")
    known[name].require()
    return known[name]


@lru_cache(maxsize=1)
def backends() -> dict[str, Backend]:
    """Return every backend by its name, installed or not."""
    return {b.name: b for b in _all("register_backends")}


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


def quickest(program: Program) -> Backend:
    """Return the backend that shows what a program does to images: one that is `Backend.quick`, if it is installed and refuses
    nothing; else the reference, whose results are the same."""
    if any(leaf.op.modality == "image" for leaf in program.leaves):
        for one in backends().values():
            if one.quick and one.takes(program, get_backend("builtin")):
                return one
    return get_backend("reference")


def choice_of(backend: Backend) -> str:
    """Say what `quickest` has chosen, and what would be quicker."""
    missing = [one for one in backends().values() if one.quick and one.missing()]
    if backend.quick or backend.modality == "text" or not missing:
        return f"drawn by {backend.name}{', the quickest that is installed' if backend.quick else ''}"
    return f"drawn by {backend.name}; {missing[0].name} draws the same and is much quicker: {missing[0].install}"


def editor_of(program: Program, text: str) -> Editor:
    """Return what edits the texts of a program, by the name of the text backend."""
    edits = any(leaf.op.modality == "text" for leaf in program.leaves)
    return get_backend(text).editor(program) if edits else BUILTIN


def reset() -> None:
    """Forget what was loaded; for tests that install plugins."""
    plugins.cache_clear()
    _loaded.cache_clear()
    backends.cache_clear()
    tables.reset()
