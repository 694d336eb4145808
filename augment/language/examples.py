"""Examples of every op, made from its declaration: an op is tested, and offered by editors, by being in the catalogue.

Required values take a typical range within the bounds of their `Quantity`; where an op needs one of several fields, each is
tried. An op whose declaration says too little lists them itself, in ``examples``.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, get_args

from augment.errors import SpecError
from augment.ops.kinds import Drawn, Geometric
from augment.spec.node import Combinator, Node, Op, Spread
from augment.values import Quantity

SIZE = [40, 48]


def examples(op: type[Op]) -> list[Op]:
    """Return instances of an op that show what it can do, each always applied."""
    always: dict[str, Any] = {"p": 1.0} if op.needs_p else {}
    given = [dict(fields) for fields in op.examples] or _generated(op)
    if issubclass(op, Drawn) and op.samples and not op.resizes:
        first = given[0]
        given = [*given, {**first, "border": "reflect101"}, {**first, "fill": [0.2, 0.5, 0.8], "interpolation": "nearest"}]
    if getattr(op, "primitive", "") == "convolve":
        given = [*given, {**given[0], "channels": [0, 2]}]
    return [op(**always, **fields) for fields in given]


def usual(kind: type[Node], catalogue: Mapping[str, type[Node]]) -> Node:
    """Return what a spec is likely to say first with an op or a combinator: its first example, now and then if it can be."""
    often: dict[str, Any] = {"p": 0.5} if kind.needs_p or issubclass(kind, Combinator) else {}
    if issubclass(kind, Spread):
        return kind(**kind.examples[0])
    if issubclass(kind, Op) and not issubclass(kind, Combinator):
        first = examples(kind)[0]
        return first.replace(**often)
    assert issubclass(kind, Combinator)
    free = (op for op in catalogue.values() if issubclass(op, Op) and _valid(op, {}) and (kind.picks or not op.needs_p))
    inside = [op() for op, _ in zip(free, range(1 + kind.picks), strict=False)]
    required = {name: field for name, field in kind.model_fields.items() if field.is_required() and name != "ops"}
    needed = {name: max(1, typical(field)[0]) for name, field in required.items()}
    return kind(**{**often, **needed, "ops": inside})


def _generated(op: type[Op]) -> list[dict[str, Any]]:
    own = {name: field for name, field in op.model_fields.items() if name not in Geometric.model_fields}
    required = {name: typical(field) for name, field in own.items() if field.is_required()}
    if _valid(op, required):
        return [required]
    optional = [{**required, name: value} for name, field in own.items() if (value := typical(field)) is not None]
    found = [fields for fields in optional if _valid(op, fields)]
    if not found:
        text = f"{op.name()}: its declaration is not enough to make an example"
        raise AssertionError(f"{text}; list some in its class variable 'examples'")
    return found


def _valid(op: type[Op], fields: dict[str, Any]) -> bool:
    try:
        op(**{**({"p": 1.0} if op.needs_p else {}), **fields})
    except SpecError:
        return False
    return True


def typical(field: Any) -> Any:
    """Return a typical value of a field, in its short form; None if its declaration does not say enough."""
    quantity = next((m for m in _metadata(field) if isinstance(m, Quantity)), None)
    if quantity is not None:
        return typical_range(quantity)
    return SIZE if "tuple[int, int]" in str(field.annotation) else None


def typical_range(quantity: Quantity) -> Any:
    """Return a range that suits the bounds and the unit of a quantity."""
    least = max(quantity.ge, quantity.gt)
    if quantity.integer:
        low = 1 if least == -math.inf else int(least)
        return [low, int(min(quantity.le, low + 3))]
    if "degrees" in quantity.unit:
        return [max(least, -30), min(quantity.le, 30)]
    if least >= 0:
        if quantity.pixels:
            return ["1px", "5px"]
        return [0.1 + least, min(quantity.le, 0.4)] if quantity.le <= 1 else [least + 0.6, min(quantity.le, least + 1.5)]
    return [max(least, -0.1), min(quantity.le, 0.1)]


def _metadata(field: Any) -> list[Any]:
    """What is annotated to a field, also inside ``| None``."""
    return [*field.metadata, *(m for part in get_args(field.annotation) for m in getattr(part, "__metadata__", ()))]


def leaves(node: Node) -> list[Node]:
    """Return the ops that a node holds, or the op itself."""
    return [leaf for child in node.ops for leaf in leaves(child)] if hasattr(node, "ops") else [node]
