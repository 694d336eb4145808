"""Which fields an op has of its own, in the order in which people write them, and what they are declared with."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any, TypeVar, get_args

from pydantic import BaseModel

from augment.spec.node import Op

D = TypeVar("D")


@cache
def own_fields(kind: type[BaseModel]) -> tuple[str, ...]:
    """Return the fields that not all ops have: those of the class itself first, then those of its kind."""

    def age(name: str) -> int:
        return sum(name in getattr(base, "model_fields", ()) for base in kind.__mro__)

    return tuple(sorted((name for name in kind.model_fields if name not in Op.model_fields), key=age))


def declared(model: type[BaseModel], name: str, kind: type[D]) -> D | None:
    """Return what a field is annotated with, of a class such as `Quantity` or `Sensible`, also in a union; the outermost wins."""
    info = model.model_fields[name]
    found = [m for m in (*_metadata(info.annotation), *info.metadata) if isinstance(m, kind)]
    return found[-1] if found else None


def _metadata(annotation: Any) -> Iterator[Any]:
    for inside in get_args(annotation):
        yield from _metadata(inside)
    yield from getattr(annotation, "__metadata__", ())
