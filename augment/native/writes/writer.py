"""How a module of writes declares its ops, and what its functions are given."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Any

from augment.native.call import Call, Library
from augment.native.form import Pair, tidy
from augment.native.remark import NoCounterpartError
from augment.spec.node import Combinator, Node
from augment.values import Choice, Constant, Range, Value

Write = Callable[..., Any]
ROUNDED_DOWN = "half a pixel is rounded down there, to the even one here: one pixel off where 3, 7, 11 or so many are left over"
"""Of crops to the middle."""


@dataclass(frozen=True)
class Style:
    """How the source of a library looks: what is imported, how a class is called, what holds the calls."""

    imports: tuple[str, ...]
    prefix: Mapping[str, str]
    """Name of a class -> what stands before it; under '' that of all others."""
    container: str
    """The outermost class."""
    held: str = ""
    """The argument that holds the children, where a container has one without a place."""


class Writes:
    """The ops of ours that a library has something for."""

    def __init__(self, library: Library, style: Style, probable: Callable[[Writer, list[Call], float], list[Call]]):
        self.library, self.style, self.probable = library, style, probable
        self._writes: dict[str, Write] = {}

    def __call__(self, *names: str) -> Callable[[Write], Write]:
        def declare(write: Write) -> Write:
            for name in names:
                self._writes[name] = write
            return write

        return declare

    def plain(self, op: str, name: str, /, read: Callable[[Any, str], Any] | None = None, p: bool = True, **fields: str) -> None:
        """Declare an op that a class has with other words: argument -> field of ours, read as its ends, or by another reader;
        ``p``: whether the class says how likely it is."""

        def write(w: Writer, node: Node) -> Call:
            said = {argument: (read or ends)(getattr(node, field), field) for argument, field in fields.items()}
            return w.call(name, **said, p=w.likely(node) if p else None)

        self._writes[op] = write

    def __contains__(self, name: object) -> bool:
        return name in self._writes

    def __iter__(self) -> Any:
        return iter(self._writes)

    def write(self, node: Node, writer: Writer) -> list[Call]:
        """Return the calls that stand for a node; raises `NoCounterpartError`."""
        write = self._writes.get(node.name())
        if write is None:
            raise NoCounterpartError(f"{self.library} has no class for {node.name()}")
        if getattr(node, "on", None):
            raise NoCounterpartError(f"{self.library} has no way to limit {node.name()} to some targets")
        if getattr(node, "channels", None) is not None:
            raise NoCounterpartError(f"{self.library} has no way to limit {node.name()} to some channels")
        found = write(writer, node)
        calls = [found] if isinstance(found, Call) else list(found)
        if node.probability == 1 or writer.said.pop("p", False):
            return calls
        return self.probable(writer, calls, node.probability)


class Writer:
    """What the function for one op is given: calls, and numbers out of values."""

    def __init__(self, writes: Writes):
        self.writes = writes
        self.said: dict[str, bool] = {}
        self.notes: list[str] = []
        """What is to be said of a difference, where one is found."""

    def call(self, name: str, /, *children: Call, **kwargs: Any) -> Call:
        """Return a call; arguments that are None are not written."""
        return Call(name, (), {key: value for key, value in kwargs.items() if value is not None}, children)

    def likely(self, node: Node) -> float:
        """Return how likely a node is, for a class that has an argument for it."""
        self.said["p"] = True
        return number(node.probability)

    def each(self, node: Combinator) -> list[list[Call]]:
        """Return the calls of each child."""
        return [self._child(child) for child in node.ops]

    def note(self, message: str) -> None:
        """Say how much a difference is, for the case that what is written means another thing."""
        self.notes.append(message)

    def _child(self, node: Node) -> list[Call]:
        inner = Writer(self.writes)
        calls = self.writes.write(node, inner)
        self.notes += inner.notes
        return calls


def number(x: float) -> Any:
    return tidy(x)


def constant(value: Any, what: str) -> Any:
    """Return a constant, be it a plain number; raises where it is drawn."""
    if isinstance(value, int | float):
        return number(value)
    if isinstance(value, Constant):
        return number(value.number)
    raise NoCounterpartError(f"{what} is drawn ({value}), and one number there")


def ends(value: Value | None, what: str, kinds: tuple[str, ...] = ("uniform", "integers", "odd_integers")) -> Pair | None:
    """Return the ends of a range or a constant; raises on other distributions, and on other units than its own."""
    if value is None:
        return None
    if isinstance(value, Constant):
        return number(value.number), number(value.number)
    if isinstance(value, Range) and value.name in kinds:
        return number(value.low), number(value.high)
    raise NoCounterpartError(f"{what} is drawn {value.name}, which it has no way to say")


def pixels(value: Value, what: str) -> Pair:
    """Return a length in pixels; raises on a share of the image."""
    if value.unit != "px" and value.support != (0, 0):
        raise NoCounterpartError(f"{what} is a share of the image, and in pixels there")
    if isinstance(value, Choice):
        return number(value.support[0]), number(value.support[1])
    found = ends(value, what)
    assert found is not None
    return found


def share(value: Value, what: str) -> Pair:
    """Return a share of the image; raises on pixels."""
    if value.unit == "px":
        raise NoCounterpartError(f"{what} is in pixels, and a share of the image there")
    found = ends(value, what)
    assert found is not None
    return found


def levels(colour: tuple[float, ...] | str) -> Any:
    """Return a colour as levels of 255; raises on what is drawn or measured to fill with."""
    if isinstance(colour, str):
        raise NoCounterpartError(f"fill: {colour} has no word there")
    found = [number(round(x * 255, 6)) for x in colour]
    return found[0] if len(set(found)) == 1 else tuple(found)


def kernel(sigma: float) -> int:
    """Return the size of kernel that holds a Gaussian up to four sigma."""
    return 2 * max(1, math.ceil(4 * sigma)) + 1


@cache
def writes(library: str) -> Writes:
    """Return the writes of a library; raises KeyError on one that has none."""
    if library not in ("albumentations", "torchvision", "keras", "nlpaug"):
        raise KeyError(library)
    return import_module(f"augment.native.writes.{library}").WRITES
