"""Puts what was drawn for a sample into the words of its ops: where a crop is, what is hidden, who the partner is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from augment.errors import SampleError
from augment.language.catalogue import quantity
from augment.ops.kinds import Geometric, Size
from augment.partners import partner_indices
from augment.program.leaf import Leaf
from augment.report.model import Drawn
from augment.report.study import Study, Subject
from augment.values import Value

CHANCES = ("p", "choice", "pick", "n", "times")  # what decides whether an op is applied; the order of color_jitter does not
FEW = 4
"""Numbers that are listed."""


def applied(active: Sequence[Leaf]) -> tuple[str, ...]:
    """The names of the ops that were applied to a sample, without those that always are."""
    gated = [leaf for leaf in active if any(condition.field in CHANCES for condition in leaf.gate)]
    names = [leaf.path.rpartition(".")[2] for leaf in gated]
    return tuple(dict.fromkeys(name.replace("_", " ") for name in names))


def drawn(study: Study, subject: Subject, epoch: int) -> tuple[Drawn, ...]:
    """Every op of the spec with what was drawn for it, and whether it was applied. Where it stands for several, as policies and
    repeats do, those that were applied are listed."""
    words = said(study, subject, epoch)
    rows: dict[str, list[Leaf]] = {}  # an op whose place is drawn stands at each of them
    for leaf in study.program.leaves:
        rows.setdefault(_split(leaf.key)[0], []).append(leaf)
    out = []
    for address, leaves in rows.items():
        active = {leaf.key: words[leaf.key] for leaf in leaves if leaf.key in words}
        lines = [pair for key, pairs in active.items() for pair in _lines(_split(key)[1], pairs)]
        out.append(Drawn(address, bool(active), tuple(lines)))
    return tuple(out)


def said(study: Study, subject: Subject, epoch: int) -> dict[str, tuple[tuple[str, str], ...]]:
    """What was drawn for each op that is applied to a sample, by its key, in words: names and values."""
    values, active = study.settled(subject, epoch), {leaf.key for leaf in study.active(subject, epoch)}
    out: dict[str, tuple[tuple[str, str], ...]] = {}
    size = study.size_of(subject)
    for leaf in study.program.leaves:
        if leaf.key not in active:
            continue
        own = values.get(leaf.key, {})
        crop, after = _crop(leaf, own, size)
        words = [("crop", crop)] if crop else [*_holes(leaf, own, size)] or [*_words(leaf, own)]
        if leaf.op.partnered and "partner" in own:
            others = partner_indices(np.atleast_1d(own["partner"]).tolist(), subject.at, len(study.samples))
            words.append(("partner" if len(others) == 1 else "partners", ", ".join(map(study.name_of, others))))
        out[leaf.key] = tuple(words)
        size = after
    return out


def _split(key: str) -> tuple[str, str]:
    """The address of an op of the spec, and which of the ops that it stands for."""
    address = re.match(r"[^.\[]+", key)
    assert address is not None
    return address[0], key[address.end() :]


def part_name(rest: str) -> str:
    """How one of the ops that an op stands for is called: 'shear' of '.ops.shear#2[0]', 'turn 2' of the '[1]' of a repeat."""
    name = re.sub(r"#\d+|\[\d+\]", "", rest.rpartition(".")[2])
    turn = re.search(r"\[(\d+)\]$", rest)
    return name or (f"turn {int(turn[1]) + 1}" if turn else "")


def _lines(rest: str, pairs: Sequence[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """The values of an op; of one of several on a line that begins with its name."""
    if not rest:
        yield from pairs
    else:
        yield part_name(rest), ", ".join(f"{name} {text}" for name, text in pairs) or "applied"


def _crop(leaf: Leaf, values: Mapping[str, Any], size: Size | None) -> tuple[str, Size | None]:
    """Which window of its canvas an op takes, if that is all that it does; and the canvas after it, as far as it is known."""
    op = leaf.op
    if size is None or op.mixes or op.canvas == "same":
        return "", None if op.mixes else size
    assert isinstance(op, Geometric)
    if op.reads and "window" not in values:  # it was not reached
        return "", None
    try:
        move = op.move(values, size, np)
    except SampleError:  # the op itself says why
        return "", None
    out = int(move.size[0]), int(move.size[1])
    m, (height, width) = np.asarray(move.inverse, float), size
    straight = m[0, 0] > 0 and m[1, 1] > 0 and np.allclose(m[[0, 1, 2, 2], [1, 0, 0, 1]], 0)
    if move.field is not None or not straight:
        return "", out
    tall, wide = out[0] * m[1, 1], out[1] * m[0, 0]
    y, x = (round(float(side)) for side in (height / 2 + m[1, 2] - tall / 2, width / 2 + m[0, 2] - wide / 2))
    high, broad = round(float(tall)), round(float(wide))
    inside = min(y, x) >= 0 and y + high <= height and x + broad <= width
    return f"{high} × {broad} at x {x}, y {y}" if inside and (high, broad) != size else "", out


def _holes(leaf: Leaf, values: Mapping[str, Any], size: Size | None) -> Iterator[tuple[str, str]]:
    """The rectangles that an op fills; of many how many they are, and how large the largest is."""
    filled = leaf.op.filled(values, size) if size is not None else None
    if filled is None or size is None:
        return
    edges = np.clip(filled, 0, [*size, *size]).round().astype(int)
    y0, x0, y1, x1 = edges[(edges[:, 2] > edges[:, 0]) & (edges[:, 3] > edges[:, 1])].T
    if len(y0) > FEW:
        largest = np.argmax((y1 - y0) * (x1 - x0))
        yield "hidden", f"{len(y0)} rectangles of up to {y1[largest] - y0[largest]} × {x1[largest] - x0[largest]}"
    elif len(y0):
        yield "hidden", "; ".join(f"{b - a} × {d - c} at x {c}, y {a}" for a, b, c, d in zip(y0, y1, x0, x1, strict=True))
    else:
        yield "hidden", "nothing, as no try fitted"


def _words(leaf: Leaf, values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The fields of an op, and how much of the sample is left where it is mixed; not what only its kind draws from."""
    for name, number in values.items():
        if name not in CHANCES and (name in type(leaf.op).model_fields or (leaf.op.mixes and name == "weight")):
            yield name, numbers_text(number, unit_of(leaf.op, name))


def op_words(leaf: Leaf, words: Mapping[str, Sequence[tuple[str, str]]]) -> str:
    """What was drawn for an op, on one line."""
    text = ", ".join(f"{name} {value}" for name, value in words.get(leaf.key, ()))
    name = part_name(_split(leaf.key)[1])
    return f"{name}: {text}" if name and text else text or name


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
    return f"{low}{unit} to {high}{unit}"


def number_text(number: float) -> str:
    """Four digits, or all before the point, with a proper minus."""
    text = str(number) if not isinstance(number, float) else f"{number:.0f}" if 1e4 <= abs(number) < 1e9 else f"{number:.4g}"
    return text.replace("-", "−")
