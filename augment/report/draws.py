"""Puts what was drawn for a sample into words: the ops with their parameters, and which of them were applied."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from augment.catalogue import quantity
from augment.program.flatten import Leaf
from augment.program.lower import Program
from augment.report.model import Drawn
from augment.values import Value

CHANCES = ("p", "choice", "pick", "n", "times")  # what decides whether an op is applied; the order of color_jitter does not
FEW = 4
"""Numbers that are listed."""
Values = Mapping[str, Mapping[str, Any]]


def applied(active: Sequence[Leaf]) -> tuple[str, ...]:
    """The names of the ops that were applied to a sample, without those that always are."""
    gated = [leaf for leaf in active if any(condition.field in CHANCES for condition in leaf.gate)]
    names = [leaf.path.rpartition(".")[2] for leaf in gated]
    return tuple(dict.fromkeys(name.replace("_", " ") for name in names))


def drawn(program: Program, values: Values, active: Sequence[Leaf]) -> tuple[Drawn, ...]:
    """Every op with the parameters that were drawn for it, and whether it was applied."""
    keys = {leaf.key for leaf in active}
    leaves = {leaf.key: leaf for leaf in program.leaves}  # an op whose place is drawn stands at each of them
    return tuple(Drawn(key, key in keys, tuple(_words(leaf, values.get(key, {})))) for key, leaf in leaves.items())


def _words(leaf: Leaf, values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for name, number in values.items():
        if name not in CHANCES:
            yield name, numbers_text(number, unit_of(leaf.op, name))


def op_values(leaf: Leaf, values: Values) -> str:
    """The parameters that were drawn for an op, on one line, without long rows of numbers."""
    own = {name: number for name, number in values.get(leaf.key, {}).items() if np.size(number) <= FEW}
    text = ", ".join(f"{name} {text}" for name, text in _words(leaf, own))
    part = leaf.key.partition(".")[2]  # of an op that stands for several
    return f"{part}: {text}" if part and text else text


def unit_of(op: Any, name: str) -> str:
    """The sign that follows a field's number: 'px', '°' or nothing."""
    value = getattr(op, name, None)
    if isinstance(value, Value) and value.unit:
        return value.unit
    declared = quantity(type(op), name)
    return "°" if declared is not None and declared.unit == "degrees" else ""


def numbers_text(number: Any, unit: str = "") -> str:
    """A number, or several: few are listed, of many only the range is told."""
    array = np.asarray(number)
    if array.ndim == 0:
        return f"{number_text(array.item())}{unit}"
    if array.size <= FEW:
        return ", ".join(f"{number_text(x)}{unit}" for x in array.ravel().tolist())
    low, high = (number_text(x) for x in (array.min().item(), array.max().item()))
    return f"{array.size} numbers from {low}{unit} to {high}{unit}"


def number_text(number: float) -> str:
    """Four digits, with a proper minus."""
    text = f"{number:.4g}" if isinstance(number, float) else str(number)
    return text.replace("-", "−")
