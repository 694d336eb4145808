"""What stands for what in a language: the tables of text ops. Those of the core are modules here; plugins add others.

A table says for each unit, in lower case, what may take its place, in an order that never changes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from importlib import import_module
from typing import Annotated, Any, Literal, NamedTuple, get_args

from pydantic import AfterValidator

from augment.errors import suggest

Kind = Literal["keyboards", "misspellings", "contractions", "expansions", "names"]
"""Characters and their neighbours on a keyboard; words and how they are misspelt; phrases and their short forms, and back; given
names and those that may stand for them."""


class Table(NamedTuple):
    """A table that a plugin adds."""

    kind: Kind
    language: str
    """As in ``language: en``, or a keyboard's ``layout: de``."""
    entries: Mapping[str, Sequence[str]]


def languages(kind: Kind) -> tuple[str, ...]:
    """Return the languages that have a table of a kind."""
    return tuple(_tables(kind))


@lru_cache(maxsize=64)
def table(kind: Kind, language: str) -> Mapping[str, tuple[str, ...]]:
    """Return a table: unit -> what may take its place."""
    entries = _core(kind).get(language) or _tables(kind)[language]  # no plugin is loaded for what is of the core
    return {unit: tuple(others) for unit, others in entries().items()}


@lru_cache(maxsize=16)
def _tables(kind: Kind) -> dict[str, Callable[[], Mapping[str, Iterable[str]]]]:
    from augment.plugins import plugin_tables

    found: dict[str, Any] = _core(kind)
    for added in plugin_tables():
        if added.kind == kind:
            found.setdefault(added.language, lambda entries=added.entries: entries)
    return found


def _core(kind: str) -> dict[str, Callable[[], Mapping[str, Iterable[str]]]]:
    return dict(import_module(f"augment.text.tables.{kind}").TABLES)


def core_names() -> Iterator[tuple[str, str]]:
    """Yield kind and language of every table of the core."""
    for kind in get_args(Kind):
        yield from ((kind, language) for language in _core(kind))


def reset() -> None:
    """Forget what was read; for tests that install plugins."""
    table.cache_clear()
    _tables.cache_clear()


def _known(kind: Kind) -> Callable[[str], str]:
    def check(language: str) -> str:
        if language not in _core(kind) and language not in (known := languages(kind)):
            there = f"there are: {', '.join(known)}; a plugin can add one"
            raise ValueError(f"has no {kind} for {language!r}{suggest(language, known)} ({there})")
        return language

    return check


Layout = Annotated[str, AfterValidator(_known("keyboards"))]
MisspeltLanguage = Annotated[str, AfterValidator(_known("misspellings"))]
ContractedLanguage = Annotated[str, AfterValidator(_known("contractions"))]
ExpandedLanguage = Annotated[str, AfterValidator(_known("expansions"))]
NamesLanguage = Annotated[str, AfterValidator(_known("names"))]
