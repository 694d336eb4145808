"""Where ops are done, in a batch: a number for each sample instead of a branch."""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce
from typing import Any

from augment.program.alternatives import Group
from augment.program.leaf import Condition, Leaf

Array = Any
Values = Mapping[str, Mapping[str, Any]]


def gate(leaf: Leaf, values: Values, xp: Any) -> Any:
    """(B,) bool: where a leaf is active; True if it always is."""
    out: Any = True
    for condition in leaf.gate:
        holds = _holds(condition, values, xp)
        out = holds if out is True else xp.logical_and(out, holds)
    return out


def either(group: Group, values: Values, xp: Any) -> tuple[Mapping[str, Any], Any]:
    """Of ops that exclude each other: the values of the one that is active, and where one is, as `gate` says it."""
    first, *others = group
    v, open_ = values.get(first.key, {}), gate(first, values, xp)
    for leaf in others:
        own, more = values.get(leaf.key, {}), gate(leaf, values, xp)
        # what one alone has is its p, which its gate has read
        v = {name: xp.where(_beside(more, drawn), drawn, v[name]) for name, drawn in own.items() if name in v}
        open_ = xp.logical_or(open_, more)
    return v, open_


def _beside(open_: Array, drawn: Array) -> Array:
    return open_[:, None] if len(drawn.shape) > 1 else open_


def _holds(condition: Condition, values: Values, xp: Any) -> Array:
    drawn = values[condition.key][condition.field]
    if condition.element is not None:
        drawn = drawn[..., condition.element]
    # comparisons instead of a look-up: tables are short, and XLA fuses them
    return reduce(xp.logical_or, [drawn == i for i, opens in enumerate(condition.table) if opens])
