"""An op of a program, and the conditions under which it is applied."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from augment.ops.kinds import Drawn


class Condition(NamedTuple):
    """The gate is open where ``table[values[key][field]]`` (of its ``element``, if it has several)."""

    key: str
    field: str
    table: tuple[bool, ...]
    element: int | None = None
    alone: bool = False
    """Whether at most one element of the field opens its gate, so that those of others exclude it."""


@dataclass(frozen=True)
class Leaf:
    """An op of the program."""

    op: Drawn
    key: str
    """Of its values and its record: the address, and the iteration if it is repeated."""
    path: str
    """Where it stands in the spec: 'pipeline[2].one_of[0].rotate'."""
    gate: tuple[Condition, ...] = ()
    sized: bool = False
    """Whether the canvas that it is given has mostly one size in all samples, as an op before it has fixed it."""

    def active(self, values: Mapping[str, Mapping[str, Any]]) -> bool:
        """Whether the gate is open, for one sample on the host."""
        for condition in self.gate:  # a generator takes twice the time, for every op of every sample
            drawn = values[condition.key][condition.field]
            if not condition.table[int(drawn if condition.element is None else drawn[condition.element])]:
                return False
        return True

    def concerns(self, name: str) -> bool:
        """Whether its op is for a target."""
        return self.op.on is None or name in self.op.on

    @cached_property
    def still(self) -> bool:
        """Whether its op neither draws nor looks at a sample: what it does is the same for all of one size."""
        return not self.op.draws() and not self.op.reads

    @cached_property
    def known(self) -> dict[Any, Any]:
        """What is known of an op that is still, by what it depends on."""
        return {}


def exclusive(a: Leaf, b: Leaf) -> bool:
    """Whether two leaves can never both be active."""
    tables = {(c.key, c.field, c.element): c.table for c in a.gate}
    lone = {(c.key, c.field): c.element for c in a.gate if c.alone}
    for c in b.gate:
        if lone.get((c.key, c.field), c.element) != c.element:
            return True
        table = tables.get((c.key, c.field, c.element))
        if table and not any(x and y for x, y in zip(table, c.table, strict=True)):
            return True
    return False
