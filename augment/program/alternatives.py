"""Ops that exclude each other, of which a batch does one for each sample: as one op, whose values are those that were drawn.

A choice is a gate, so a batch would compute every op of it for all samples. Two that are never both done to a sample may change
places, and those that differ in their values alone are one op with the values of either.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from augment.ops.kinds import Geometric, Linear, Painting, Photometric, Resizing
from augment.program.leaf import Leaf, exclusive
from augment.spec.node import Node
from augment.values import Value

Group = tuple[Leaf, ...]
"""Ops that exclude each other, and are done at once."""
T = TypeVar("T")


def linear(leaf: Leaf) -> bool:
    """Whether an op is a `Linear` form, of which several that exclude each other are one, whatever their classes."""
    return isinstance(leaf.op, Photometric) and leaf.op.form is Linear


def groups(leaves: Iterable[Leaf]) -> list[Group]:
    """Group the ops of a step, in order; each goes back over what it excludes to the nearest that it is one with."""
    return gather([(leaf,) for leaf in leaves], lambda group: group, _joined)


def apart(first: Iterable[Leaf], second: Sequence[Leaf]) -> bool:
    """Whether no op of one is ever done to a sample to which one of the others is."""
    return all(leaf.gate and exclusive(leaf, other) for leaf in first for other in second)


def gather(items: Sequence[T], leaves: Callable[[T], Sequence[Leaf]], join: Callable[[T, T], T | None]) -> list[T]:
    """Join what can be joined, over what excludes it."""
    out: list[T] = []
    for item in items:
        place: int | None = None
        for i in range(len(out) - 1, -1, -1):
            if not apart(leaves(item), leaves(out[i])):
                break
            if (joined := join(out[i], item)) is not None:
                out[i], place = joined, i
                break
        if place is None:
            out.append(item)
    return out


def whole(group: Group) -> bool:
    """Whether one op of a group is done to every sample, whatever is drawn."""
    if len(group) == 1:
        return not group[0].gate
    conditions = [leaf.gate[0] for leaf in group if len(leaf.gate) == 1]
    same = len(conditions) == len(group) and len({(c.key, c.field, c.element) for c in conditions}) == 1
    return same and all(map(any, zip(*(c.table for c in conditions), strict=True)))


def _joined(group: Group, more: Group) -> Group | None:
    return (*group, *more) if all(_one(mine, other) for mine in group for other in more) else None


def _one(a: Leaf, b: Leaf) -> bool:
    """Whether two ops that exclude each other can be done as one."""
    if a.op.on != b.op.on:
        return False
    if linear(a) and linear(b):
        statistics = {leaf.op.statistic for leaf in (a, b)} - {None}  # type: ignore[attr-defined]
        return len(statistics) <= 1 and a.op.channels == b.op.channels  # type: ignore[attr-defined]
    if isinstance(a.op, Resizing) and isinstance(b.op, Resizing) and a.op.separable and b.op.separable:
        return a.op.fixed_size == b.op.fixed_size is not None and not (a.op.reads or b.op.reads)
    if isinstance(a.op, Geometric) and isinstance(b.op, Geometric):
        return not any(_bends(leaf) for leaf in (a, b)) and a.op.fill == b.op.fill
    return isinstance(a.op, Painting) and type(a.op) is type(b.op) and _alike(a, b)


def _bends(leaf: Leaf) -> bool:
    """Whether an op is more than a matrix on its canvas."""
    op = leaf.op
    assert isinstance(op, Geometric)
    return op.displaces or op.torn or bool(op.reads) or op.canvas != "same"


def _alike(a: Leaf, b: Leaf) -> bool:
    """Whether the fields of two ops are the same, but for what is drawn where the op asks for no more than that."""
    for name in type(a.op).model_fields.keys() - Node.model_fields.keys():
        mine, other = getattr(a.op, name), getattr(b.op, name)
        drawn = isinstance(mine, Value) and isinstance(other, Value) and mine.unit == other.unit
        if mine != other and not (drawn and a.op.values_suffice):  # type: ignore[attr-defined]
            return False
    return True


__all__ = ["Group", "apart", "gather", "groups", "linear", "whole"]
