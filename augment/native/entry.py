"""The tables of other libraries: one function for each class, with the library's own signature, that returns our ops.

    @albumentations("VerticalFlip", "vertical_flip")
    def vertical_flip(c, p=0.5):
        return c.op("vertical_flip", p=p)

The signature is the library's, defaults included, so binding the arguments of a pipeline to it gives the values that the
library would have used. A class whose arguments or defaults changed has a function for each ``era``; the newest comes first.
"""

from __future__ import annotations

import dis
import inspect
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from itertools import takewhile
from types import MappingProxyType
from typing import Any

from augment.native.call import HOLDERS, Call
from augment.native.remark import NoCounterpartError, UnfitError

Meaning = Callable[..., Any]
ROOMS = {
    "albumentations": "augment.native.tables.albumentations",
    "torchvision": "augment.native.tables.torchvision",
    "keras": "augment.native.tables.keras",
    "keras_legacy": "augment.native.tables.image_data_generator",
    "nlpaug": "augment.native.tables.nlpaug",
    "ultralytics": "augment.native.tables.ultralytics",
}
"""Library -> the room that holds its table; importing it imports no framework."""


@dataclass(frozen=True)
class Entry:
    """What one class of a library means, in one era of it."""

    name: str
    ours: tuple[str, ...]
    meaning: Meaning
    era: str | None = None
    trap: str = ""
    examples: tuple[str, ...] = ()
    """Calls as people write them, for the pages on migration."""

    @property
    def signature(self) -> inspect.Signature:
        return _signature(self.meaning)

    @property
    def holders(self) -> tuple[str, ...]:
        """Parameters that take what a call holds."""
        return tuple(name for name in self.signature.parameters if name in HOLDERS)

    @property
    def _places(self) -> int:
        """How many of them come first."""
        return len(list(takewhile(HOLDERS.__contains__, self.signature.parameters)))

    @property
    def unread(self) -> frozenset[str]:
        """Arguments that the meaning never looks at, so that what they say changes nothing here."""
        return _unread(self.meaning)

    def bind(self, call: Call) -> dict[str, Any]:
        """Return all arguments by name, defaults filled in; raises `UnfitError` on what the signature does not have."""
        places = [None] * min(len(call.children), self._places) if call.args else []
        try:
            bound = self.signature.bind(*places, *call.args, **call.kwargs)
        except TypeError as error:
            raise UnfitError(str(error)) from None
        bound.apply_defaults()
        return dict(bound.arguments)


@cache
def _signature(meaning: Meaning) -> inspect.Signature:
    """That of a function without its first parameter, the reading itself."""
    found = inspect.signature(meaning)
    return found.replace(parameters=list(found.parameters.values())[1:])


def plain_container(reading: Any, settings: Mapping[str, Any], steps: list[Any]) -> dict[str, Any]:
    """What a container that only holds its transforms says about the whole pipeline."""
    return {"pipeline": steps}


@cache
def _unread(meaning: Meaning) -> frozenset[str]:
    read: set[str] = set()
    for step in dis.get_instructions(meaning):
        if step.opname.startswith(("LOAD_FAST", "LOAD_DEREF", "LOAD_CLOSURE", "MAKE_CELL")):
            read.update(step.argval if isinstance(step.argval, tuple) else (step.argval,))
    return frozenset(_signature(meaning).parameters) - read


class Table:
    """All classes of one library.

    Args:
        library: its name.
        eras: its versions by meaning, the newest first.
        needless: arguments that any class may be given, and that change no result, such as ``seed``.
        container: makes the fields of a `Pipeline` from the settings of the outermost container and the steps.
        renamed: arguments by the names that they had before.
    """

    def __init__(
        self,
        library: str,
        eras: tuple[str, ...] = (),
        needless: tuple[str, ...] = (),
        container: Callable[..., dict[str, Any]] = plain_container,
        renamed: Mapping[str, str] = MappingProxyType({}),
    ):
        self.library = library
        self.eras = eras
        self.needless = needless
        self.container = container
        self.renamed = renamed
        self._entries: dict[str, list[Entry]] = {}

    def dated(self, call: Call) -> bool:
        """Whether an argument that changes nothing tells that a call is of an older era."""
        return False

    def settled(self, call: Call, era: str | None, arguments: dict[str, Any]) -> dict[str, Any]:
        """Return the arguments of a call as those that any class may be given change them."""
        return arguments

    def era_of(self, version: str) -> str | None:
        """Return the era of a version."""
        major = version.partition(".")[0]
        return next((era for era in self.eras if era.startswith(major)), self.eras[-1] if self.eras else None)

    def __call__(
        self, name: str, *ours: str, era: str | None = None, trap: str = "", examples: tuple[str, ...] = ()
    ) -> Callable[[Meaning], Meaning]:
        """Declare what a class means; several names of one class are written 'A B'."""

        def declare(meaning: Meaning) -> Meaning:
            for one in name.split():
                self._entries.setdefault(one, []).append(Entry(one, ours, meaning, era, trap, examples))
            return meaning

        return declare

    def refuse(self, names: str, reason: str) -> None:
        """Declare classes that have no counterpart, and why."""

        def meaning(c: Any, *given: Any, **more: Any) -> None:
            raise NoCounterpartError(reason)

        self(names)(meaning)

    def __getitem__(self, name: str) -> list[Entry]:
        return self._entries[name]

    def __contains__(self, name: object) -> bool:
        return name in self._entries

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def entries(self, name: str, era: str | None) -> list[Entry]:
        """Return the entries of a class: those of the era, those of every era that has none of its own, and then the others."""
        return sorted(self._entries.get(name, ()), key=lambda entry: 0 if entry.era == era else 1 if entry.era is None else 2)


@cache
def table(library: str) -> Table:
    """Return the table of a library; raises KeyError on one that is unknown."""
    return import_module(ROOMS[library]).TABLE


@cache
def tables() -> Mapping[str, Table]:
    return {library: table(library) for library in ROOMS}


@cache
def classes() -> Mapping[str, tuple[str, ...]]:
    """Return what the classes of all libraries are here, by their names in small letters."""
    found: dict[str, tuple[str, ...]] = {}
    for one in tables().values():
        for name in one:
            ours = [op for entry in one[name] for op in entry.ours]
            found[name.lower()] = tuple(dict.fromkeys([*found.get(name.lower(), ()), *ours]))
    return found
