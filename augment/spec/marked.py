"""Plain data that remembers where it was written: the reader makes it, the builder takes it apart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from augment.spec.ledger import Ledger, Mark, Path, quote

MAX_DEPTH = 32
MAX_NODES = 10_000
MAX_INTEGER = 2**63


@dataclass(slots=True)
class Marked:
    """A scalar, a list or a mapping of marked data. Shared where the file has an alias, so it is never changed."""

    value: Any
    mark: Mark | None = None
    keys: dict[str, Mark] = field(default_factory=dict)
    """Where each key of a mapping stands."""
    comment: str | None = None
    """What follows on the line where a value is missing: '' or a comment."""
    size: int = 1
    height: int = 1

    @property
    def plain(self) -> Any:
        match self.value:
            case dict():
                return {name: item.plain for name, item in self.value.items()}
            case list():
                return [item.plain for item in self.value]
        return self.value

    def find(self, path: Path) -> Marked:
        """Return what stands at a path inside, or the innermost thing on the way to it."""
        here = self
        for part in path:
            match here.value:
                case dict(inside) if part in inside:
                    here = inside[part]
                case list(inside) if isinstance(part, int) and part < len(inside):
                    here = inside[part]
                case _:
                    break
        return here

    def key_mark(self, name: str) -> Mark | None:
        return self.keys.get(name, self.mark)


def number_problem(number: float) -> str | None:
    """Return why a number cannot stand in a spec, or None."""
    if isinstance(number, int):
        return "the number is too large" if abs(number) >= MAX_INTEGER else None
    return None if number - number == 0 else "must be a finite number"


def mark_plain(data: Any, ledger: Ledger) -> Marked:
    """Wrap a Python mapping, which has no lines; the path alone tells where a mistake is."""
    return _Wrapper(ledger).wrap(data, ())


class _Wrapper:
    def __init__(self, ledger: Ledger):
        self.ledger = ledger
        self.count = 0

    def wrap(self, data: Any, path: Path) -> Marked:
        self.count += 1
        if len(path) > MAX_DEPTH:
            self.ledger.stop(f"is nested more than {MAX_DEPTH} levels deep, or holds itself")
        if self.count > MAX_NODES:
            self.ledger.stop(f"holds more than {MAX_NODES:,} values")
        match data:
            case Mapping():
                return Marked({k: self.wrap(v, (*path, k)) for k, v in data.items() if self.text_key(k, path)})
            case list() | tuple():
                return Marked([self.wrap(item, (*path, i)) for i, item in enumerate(data)])
            case int() | float():
                if problem := number_problem(data):
                    self.ledger.add(path, problem)
        return Marked(data)

    def text_key(self, key: Any, path: Path) -> bool:
        if not isinstance(key, str):
            self.ledger.add(path, f"keys must be text, not {quote(key)}")
        return isinstance(key, str)
