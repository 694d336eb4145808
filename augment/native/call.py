"""A pipeline of a library as facts: which classes, with which literal arguments, holding which others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from augment.errors import SpecError

Library = Literal["albumentations", "torchvision", "keras", "keras_legacy", "nlpaug", "ultralytics"]
MOST_CALLS, MOST_DEPTH = 10_000, 60
HOLDERS = ("transforms", "layers", "layer", "flow", "first", "second")
"""What the parameters that take the transforms which a class holds are called."""


@dataclass(frozen=True)
class Unread:
    """What stands for an argument that is no literal: a name, a call, a function. It is named and never looked into."""

    text: str

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True)
class Call:
    """One class with what it is given; ``where`` is its place, as 'ops[2].children[0]' or 'train.py:12'.

    What it holds is in ``children`` alone: ``args`` are those that stand behind.
    """

    name: str
    args: tuple[Any, ...] = ()
    kwargs: Mapping[str, Any] = field(default_factory=dict)
    children: tuple[Call, ...] = ()
    where: str = ""
    custom: bool = False

    def __str__(self) -> str:
        given = [*map(_shown, self.args), *(f"{name}={_shown(value)}" for name, value in self.kwargs.items())]
        return f"{self.name}({', '.join(['[..]'] * bool(self.children) + given)})"

    def replace(self, **changes: Any) -> Call:
        return replace(self, **changes)


@dataclass(frozen=True)
class Source:
    """A whole pipeline: its calls in order, what its container was given, and of which library and version it is."""

    library: Library
    calls: tuple[Call, ...]
    settings: Mapping[str, Any] = field(default_factory=dict)
    version: str | None = None
    name: str = ""


def checked(source: Source) -> Source:
    """Return the source; raises `SpecError` on one that is too deep or too large, before anything walks it."""
    count = 0
    open_: list[tuple[Call, int]] = [(call, 1) for call in source.calls]
    while open_:
        call, depth = open_.pop()
        count += 1
        if depth > MOST_DEPTH:
            raise SpecError(f"{call.where or call.name}: is nested more than {MOST_DEPTH} deep")
        if count > MOST_CALLS:
            raise SpecError(f"the pipeline has more than {MOST_CALLS} transforms")
        open_.extend((child, depth + 1) for child in call.children)
    return source


def walk(calls: tuple[Call, ...]) -> Iterator[Call]:
    """Yield every call, those that hold others before what they hold."""
    for call in calls:
        yield call
        yield from walk(call.children)


def _shown(value: Any) -> str:
    text = str(value) if isinstance(value, Unread) else repr(value)
    return text if len(text) <= 60 else text[:57] + "..."
