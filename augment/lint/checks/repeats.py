"""Ops that stand in a spec more than once."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from augment.lint.rule import Hit, rule
from augment.lint.subject import Subject
from augment.ops.kinds import stands_for
from augment.spec.check import Place
from augment.spec.ledger import path_text
from augment.spec.node import OneOf, Op, SomeOf


@rule("warning")
def same_op_twice(subject: Subject) -> Iterator[Hit]:
    """The same op stands twice where both can happen to one picture, and neither has an `id` that says that it is meant."""
    ops = [(place, place.node, _does(place.node)) for place in subject.nodes if isinstance(place.node, Op)]
    told = set()
    for (first, a, done), (second, b, again) in combinations(ops, 2):
        shared = done & again
        if not shared or a.id or b.id or second.steps in told or _apart(first, second, subject):
            continue
        if a.on and b.on and not set(a.on) & set(b.on):
            continue
        told.add(second.steps)
        name = sorted(shared)[0]
        yield Hit(
            path_text(second.path), f"{b.name()} does again what {path_text(first.path)} does ({name})",
            "their strengths add up, and draws are told apart by order alone: moving one changes the pictures",
            f"make them one op, or give the second an id if both are meant: {b.name()}: {{id: ..., ...}}",
        )  # fmt: skip


def _does(op: Op) -> set[str]:
    """The names of an op and of what it stands for."""
    return {op.name(), *(part.name() for part in stands_for(op))}


def _apart(first: Place, second: Place, subject: Subject) -> bool:
    """Whether no picture gets both, as they are choices of one combinator."""
    depth = next(i for i, (a, b) in enumerate(zip(first.steps, second.steps, strict=False)) if a != b)
    above = next((p.node for p in subject.nodes if depth and p.steps == first.steps[:depth]), None)
    return isinstance(above, OneOf) or (isinstance(above, SomeOf) and above.n.support[1] <= 1)
