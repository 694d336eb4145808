"""Puts what was drawn for a sample into words: the ops with their parameters, and which of them were applied."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from augment.errors import SampleError
from augment.keyed import partner_indices
from augment.language.catalogue import quantity
from augment.ops.kinds import Geometric, Size
from augment.program.flatten import Leaf
from augment.report.model import Drawn
from augment.report.study import Study, Subject
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


def drawn(study: Study, subject: Subject, epoch: int) -> tuple[Drawn, ...]:
    """Every op with the parameters that were drawn for it, and whether it was applied."""
    values, keys = study.values(subject, epoch), {leaf.key for leaf in study.active(subject, epoch)}
    rows: dict[str, Drawn] = {}  # an op whose place is drawn stands at each of them
    size = study.size_of(subject)
    for leaf in study.program.leaves:
        own = values.get(leaf.key, {})
        crop, size = _crop(leaf, own, size) if leaf.key in keys else ("", size)
        words = [("crop", crop)] if crop else []
        words += [(name, text) for name, text in _words(leaf, own) if not crop or np.size(own[name]) == 1]
        if leaf.op.partnered and "partner" in own:
            others = partner_indices(np.atleast_1d(own["partner"]).tolist(), subject.at, len(study.samples))
            words.append(("partner" if len(others) == 1 else "partners", ", ".join(map(study.name_of, others))))
        rows[leaf.key] = Drawn(leaf.key, leaf.key in keys, tuple(words))
    return tuple(rows.values())


def _crop(leaf: Leaf, values: Mapping[str, Any], size: Size | None) -> tuple[str, Size | None]:
    """Which window of its canvas an op takes, if that is all that it does; and the canvas after it, as far as it is known."""
    op = leaf.op
    if size is None or op.mixes or op.canvas == "same":
        return "", None if op.mixes else size
    assert isinstance(op, Geometric)
    try:
        move = op.move(values, size, np)
    except SampleError:  # the op itself says why
        return "", None
    out = int(move.size[0]), int(move.size[1])
    m, (height, width) = np.asarray(move.inverse, float), size
    straight = m[0, 0] > 0 and m[1, 1] > 0 and np.allclose(m[[0, 1, 2, 2], [1, 0, 0, 1]], 0)
    if move.field is not None or not straight or op.reads:
        return "", out
    tall, wide = out[0] * m[1, 1], out[1] * m[0, 0]
    y, x = (round(float(side)) for side in (height / 2 + m[1, 2] - tall / 2, width / 2 + m[0, 2] - wide / 2))
    high, broad = round(float(tall)), round(float(wide))
    inside = min(y, x) >= 0 and y + high <= height and x + broad <= width
    return f"{high} × {broad} at x {x}, y {y}" if inside and (high, broad) != size else "", out


def _words(leaf: Leaf, values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The fields of an op, and how much of the sample is left where it is mixed; not what only its kind draws from."""
    for name, number in values.items():
        if name not in CHANCES and (name in type(leaf.op).model_fields or (leaf.op.mixes and name == "weight")):
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
