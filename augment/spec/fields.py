"""Which fields an op has of its own, in the order in which people write them."""

from __future__ import annotations

from functools import cache

from pydantic import BaseModel

from augment.spec.node import Op


@cache
def own_fields(kind: type[BaseModel]) -> tuple[str, ...]:
    """Return the fields that not all ops have: those of the class itself first, then those of its kind."""

    def age(name: str) -> int:
        return sum(name in getattr(base, "model_fields", ()) for base in kind.__mro__)

    return tuple(sorted((name for name in kind.model_fields if name not in Op.model_fields), key=age))
