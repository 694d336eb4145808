"""What a plugin must hold to: the checks of what its hooks return, made once, when it is loaded, so that nothing fails later."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple, get_args

from augment.backend import Backend
from augment.captions.language import Language
from augment.errors import PluginError
from augment.ops.kinds import Drawn, Policy
from augment.ops.primitives import Primitives
from augment.sample import Kind
from augment.shards.engine import Engine
from augment.spec.node import COMBINATORS, Modality, Op
from augment.support import Batches, Support
from augment.text.tables import Table
from augment.text.tables import core_names as core_tables

_NAME = re.compile(r"[a-z][a-z0-9_]*")
_INSTEAD = {"change": "stroke", "stroke": "change"}
"""Methods of kinds of which an op writes one or another."""
_WHERE = {"aim": "reads"}
"""Methods that only ops need of which this says something."""


class Hook(NamedTuple):
    """What a hook returns a list of."""

    kind: type
    wanted: str
    """In words, in the plural."""
    noun: str
    check: Callable[[Any], None]
    """Raises `PluginError` on one that breaks the contract."""
    names: Callable[[Any], Iterable[str]]
    """What one of them takes for itself."""


def own_names(hook: str) -> Iterator[str]:
    """Yield the names, of what a hook adds, that are there without any plugin; nothing is imported for other hooks."""
    if hook == "register_ops":
        from augment.ops import CORE, SPREADS

        yield from (*COMBINATORS, *CORE, *SPREADS)
    if hook == "register_tables":
        yield from (f"{kind} of {language}" for kind, language in core_tables())
    if hook == "register_engines":
        from augment.shards.engines import ENGINES

        yield from ENGINES
    if hook == "register_languages":
        from augment.captions.language import core_languages

        yield from core_languages()


def check_engine(engine: Engine) -> None:
    """An engine has a name, says in the right types what it needs, and maps."""
    name = getattr(engine, "name", None)
    if not isinstance(name, str) or not _NAME.fullmatch(name):
        raise PluginError(f"the engine {type(engine).__name__} has no name in small letters: name = 'mine'")
    for attribute, kind in (("about", str), ("requires", tuple), ("install", str)):
        if not isinstance(getattr(engine, attribute), kind):
            raise PluginError(f"the engine {name!r}: {attribute} is {getattr(engine, attribute)!r:.60}, not {kind!r}")
    if type(engine).map is Engine.map:
        raise PluginError(f"the engine {name!r} has no map(work, shards, means)")


def check_op(op: type[Any]) -> None:
    """An op is a class of a kind that has all that its kind asks for, and a schema."""
    where = f"the op {op.__name__}"
    if not issubclass(op, Op) or not issubclass(op, Drawn | Policy):
        raise PluginError(f"register_ops must return op classes, and {op.__name__} is of no kind in augment.ops.kinds")
    if not _NAME.fullmatch(str(op.name())):
        raise PluginError(f"{where} is called {op.name()!r} in a spec, which is no name there")
    if op.modality not in get_args(Modality):
        raise PluginError(f"{where} works on {op.modality!r}, not on one of {', '.join(get_args(Modality))}")
    if not issubclass(op, Policy) and not isinstance(getattr(op, "primitive", None), str):
        raise PluginError(f"{where} is of a kind that has no primitive: choose a kind that has one")
    lacking = [name for name in _unwritten(op) if not _written(op, _INSTEAD.get(name, name)) and not _spared(op, name)]
    if lacking:
        raise PluginError(f"{where} lacks {', '.join(lacking)}, which its kind asks for")
    op.model_json_schema()


def _unwritten(op: type[Any]) -> list[str]:
    """The methods that the kinds leave open, and the op too."""
    return [name for name in dir(op) if name not in dir(object) and inspect.isfunction(inspect.getattr_static(op, name, None))
            and not _written(op, name) and (name not in _WHERE or getattr(op, _WHERE[name]))]  # fmt: skip


def _written(op: type[Any], name: str) -> bool:
    function = inspect.getattr_static(op, name, None)
    return inspect.isfunction(function) and "NotImplementedError" not in function.__code__.co_names


def _spared(op: type[Any], name: str) -> bool:
    """Whether the op writes anew whatever of its kinds would call a method, so that nothing does."""
    kinds = [vars(kind) for kind in op.__mro__ if kind.__module__.startswith("augment.ops.kinds")]
    calls = {at for own in kinds for at, f in own.items() if inspect.isfunction(f) and name in f.__code__.co_names}
    return bool(calls) and not any(name in inspect.getattr_static(op, at).__code__.co_names for at in calls)


def check_backend(backend: Backend) -> None:
    """A backend has a name, and says in the right types what it needs, runs and refuses."""
    name = getattr(backend, "name", None)
    if not isinstance(name, str) or not name.strip():
        raise PluginError(f"the backend {type(backend).__name__} has no name: name = 'mine'")
    wanted: Mapping[str, Any] = {
        "modality": str, "requires": tuple, "install": str, "targets": set | frozenset, "exceptions": Mapping,
        "kernel_set": Primitives, "batches": Batches | None, "brings": tuple, "unkeyed": str,
    }  # fmt: skip
    for attribute, kind in wanted.items():
        if not isinstance(getattr(backend, attribute), kind):
            raise PluginError(f"the backend {name!r}: {attribute} is {getattr(backend, attribute)!r:.60}, not {kind!r}")
    if backend.modality not in get_args(Modality):
        raise PluginError(f"the backend {name!r} is for {backend.modality!r}, not for one of {', '.join(get_args(Modality))}")
    if unknown := set(backend.targets) - set(get_args(Kind)):
        raise PluginError(f"the backend {name!r} moves {', '.join(map(repr, unknown))}: there are {', '.join(get_args(Kind))}")
    if wrong := [key for key, support in backend.exceptions.items() if not isinstance(support, Support) or len(key) != 2]:
        raise PluginError(f"the backend {name!r}: exceptions[{wrong[0]!r}] is no Support of (op or primitive, kind of target)")
    for own in kernel_sets(backend):
        check_primitives(own)
    backend.missing()


def kernel_sets(backend: Backend) -> tuple[Primitives, ...]:
    """Return what runs the samples of a backend, and its batches."""
    return (backend.kernel_set, *([backend.batches.kernel_set] if backend.batches is not None else []))


def check_support(backend: Backend) -> None:
    """A backend says of any op, and of any kind of target, how far it supports it."""
    from augment.ops import CORE

    if type(backend).support is Backend.support:
        return
    for op in CORE.values():
        for kind in get_args(Kind):
            if not isinstance(found := backend.support(op, kind), Support):
                raise PluginError(f"the backend {backend.name!r}: support({op.name()}, {kind!r}) is {found!r:.60}, no Support")


def check_primitives(own: Primitives) -> None:
    """Primitives have names, and a text that says what runs each."""
    if not isinstance(own.kernel_set, str) or not isinstance(own.module, str) or not isinstance(own.runs, Mapping):
        raise PluginError(f"{own!r:.100} is not Primitives(kernel_set, module, {{primitive: what runs it}})")
    if wrong := [name for name, what in own.runs.items() if not str(name).isidentifier() or not isinstance(what, str)]:
        raise PluginError(f"the primitive {wrong[0]!r} of {own.module} is no name of a function with what runs it")


def check_table(table: Table) -> None:
    """A table is of a known kind, and maps units to what may stand for them."""
    from augment.text.tables import Kind as Tables

    if table.kind not in get_args(Tables):
        raise PluginError(f"a table of the kind {table.kind!r}: there are {', '.join(get_args(Tables))}")
    if not isinstance(table.language, str) or not isinstance(table.entries, Mapping):
        raise PluginError(f"the table {table.kind} of {table.language!r} is no mapping under a language")
    for unit, others in table.entries.items():
        if not isinstance(unit, str) or isinstance(others, str) or not all(isinstance(other, str) for other in others):
            raise PluginError(f"the table {table.kind} of {table.language!r}: {unit!r} does not stand for a list of texts")


def check_language(language: Language) -> None:
    """A language has a code, and patterns that are regular expressions."""
    if not isinstance(language.code, str) or not language.code:
        raise PluginError("a language has no code, such as 'fr'")
    readings = [reading.compiled for reading in (*language.readings, *language.hues)]
    patterns = language.word_pattern, language.sense_patterns, language.phrase_patterns
    for found in (language.lexicon, language.stems, patterns, readings):
        del found  # each is made of the table when it is first asked for, and raises where that cannot be


__all__ = [
    "Hook", "check_backend", "check_language", "check_op", "check_primitives", "check_support", "check_table", "kernel_sets",
    "own_names",
]  # fmt: skip
