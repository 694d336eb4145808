"""Ops that hold others."""

from __future__ import annotations

from augment.native.call import Call
from augment.native.remark import NoCounterpartError
from augment.native.writes.albumentations.style import WRITES
from augment.native.writes.writer import Writer, constant, number

WRITES.plain("identity", "NoOp", p=False)


@WRITES("sequence")
def sequence(w, node):
    calls = [call for made in w.each(node) for call in made]
    if node.shuffle:
        return w.call("RandomOrder", *(_one(w, made) for made in w.each(node)), n=len(node.ops), p=w.likely(node))
    return calls if node.probability == 1 else w.call("Sequential", *calls, p=w.likely(node))


def _one(w: Writer, calls: list[Call]) -> Call:
    return calls[0] if len(calls) == 1 else w.call("Sequential", *calls, p=1)


@WRITES("one_of")
def one_of(w, node):
    most = max(1.0 if child.weight is None else child.weight for child in node.ops)
    made = []
    for child, calls in zip(node.ops, w.each(node), strict=True):
        weight = number((1.0 if child.weight is None else child.weight) / most)
        # OneOf applies what it chose without asking for its p; SomeOf asks
        call = w.call("SomeOf", *calls, n=1) if child.probability != 1 and len(calls) == 1 else _one(w, calls)
        made.append(call.replace(kwargs={**call.kwargs, "p": weight}))
        if call.name == "SomeOf" and weight != 1:
            raise NoCounterpartError("a choice that has a weight and a p of its own: OneOf takes p for the weight")
    return w.call("OneOf", *made, p=w.likely(node))


@WRITES("some_of")
def some_of(w, node):
    if node.replacement:
        raise NoCounterpartError("SomeOf with replace=True runs in the order of the list, not in that of the draws")
    return w.call("SomeOf", *(_one(w, calls) for calls in w.each(node)), n=constant(node.n, "n"), p=w.likely(node))
