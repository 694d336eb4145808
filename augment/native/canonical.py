"""One way to write what means the same, so that two specs can be compared."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from augment.native.form import tidy
from augment.spec.node import Combinator, Node
from augment.values import Constant, Range, Value


def canonical(nodes: Sequence[Node]) -> list[Any]:
    """Return steps as data in which defaults are filled in, weights add up to 1, and a plain sequence is what it holds."""
    out: list[Any] = []
    for node in nodes:
        if node.name() == "sequence" and node.probability == 1 and not node.shuffle and node.stage is None:  # type: ignore[attr-defined]
            out.extend(canonical(node.ops))  # type: ignore[attr-defined]
        else:
            out.append(_node(node))
    names = [step[0] for step in out]
    # normalize makes floats, so that a to_float before it says nothing
    later = {"normalize", "standardize"}
    return [step for i, step in enumerate(out) if not (step[0] == "to_float" and later & set(names[i + 1 :]))]


def _node(node: Node) -> tuple[Any, ...]:
    fields = {name: _value(getattr(node, name)) for name in type(node).model_fields if name not in ("p", "ops", "weight", "id")}
    fields["p"] = tidy(node.probability)
    if node.name() == "normalize":
        gains, offsets = node.scale  # type: ignore[attr-defined]
        fields = {"gain": _value(gains), "offset": _value(offsets), "p": fields["p"]}
    if isinstance(node, Combinator):
        weights = [1.0 if child.weight is None else child.weight for child in node.ops]
        fields["ops"] = [
            (tidy(round(w / sum(weights), 6)), canonical([child])) for w, child in zip(weights, node.ops, strict=True)
        ]
    return node.name(), fields


def _value(value: Any) -> Any:
    """Numbers to eight digits; a range whose ends meet is a constant; one number for all channels is written once."""
    match value:
        case Range() if round(value.low, 8) == round(value.high, 8):
            return ("constant", _value(value.low), value.unit)
        case Constant():
            return ("constant", _value(value.number), value.unit)
        case Value():
            return (value.name, *map(_value, value.arguments), value.unit)
        case bool() | None:
            return value
        case int() | float():
            return tidy(float(f"{value:.6g}"))
        case list() | tuple():
            found = [_value(x) for x in value]
            return found[:1] if found and all(x == found[0] for x in found) and len(found) != 2 else found
    return value
