"""Classes of nodes by name, of several sources, none of which makes them before they are asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeVar

from augment.spec.node import Node

N = TypeVar("N", bound=Node, covariant=True)


class Joined(Mapping[str, type[N]]):
    """Several mappings as one; of a name that several have, the last counts."""

    def __init__(self, *parts: Mapping[str, type[N]]):
        self._parts = {name: part for part in parts for name in part}

    def __getitem__(self, name: str) -> type[N]:
        return self._parts[name][name]

    def __contains__(self, name: object) -> bool:
        return name in self._parts

    def __iter__(self) -> Iterator[str]:
        return iter(self._parts)

    def __len__(self) -> int:
        return len(self._parts)


__all__ = ["Joined"]
