"""How strong ops are, against the `Sensible` ends that their fields declare."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator

import numpy as np

from augment.errors import SampleError
from augment.lint.neutral import does_nothing
from augment.lint.rule import Hit, rule
from augment.lint.subject import Subject
from augment.ops.kinds import Cover, Drawn, Geometric
from augment.program.leaf import Leaf
from augment.spec.fields import declared
from augment.spec.node import Op
from augment.values import Quantity, Sensible, Value

SIZE = (224, 224)
"""Where neither the spec nor a file says how large pictures are."""
DRAWS = 24
TINY = 1e-6
COVERED = 0.5
FOLDED = 0.01


@rule("warning")
def strength(subject: Subject) -> Iterator[Hit]:
    """A strength goes beyond what is usual for its field; the usual ends stand in the table of ops."""
    for path, op, name, value, sensible in _strengths(subject):
        side = _side(value, subject, path)
        low, high = (end / side for end in value.support)
        if low < sensible.low - TINY or high > sensible.high + TINY:
            unit = _unit(op, name) + (f" ({side:g}px here)" if value.unit == "px" else "")
            yield Hit(
                f"{path}.{name}", f"{name} is {_said(value)}; usual is {sensible}{unit}",
                sensible.why or "little may be left to learn from",
                f"stay with {sensible}{unit}, look at it with 'augment preview', or keep it: # augment: ignore strength",
            )  # fmt: skip


@rule("advice")
def hardly_visible(subject: Subject) -> Iterator[Hit]:
    """A strength is so small that it can hardly be seen, as where another library's unit was meant."""
    for path, op, name, value, sensible in _strengths(subject):
        side = _side(value, subject, path)
        reach = max(abs(end / side - sensible.neutral) for end in value.support)
        if 0 < reach < sensible.least:
            unit = _unit(op, name)
            yield Hit(
                f"{path}.{name}", f"{name} is {_said(value)}, which can hardly be seen",
                f"the unit is{unit}, and other libraries have others",
                "write it in this unit, or leave the op out",
            )  # fmt: skip


@rule("warning")
def covers_most(subject: Subject) -> Iterator[Hit]:
    """Rectangles that are erased cover more than half of the picture on average."""
    for leaf in _first_of_each(subject, lambda op: op.covers):
        size = next(subject.sizes(leaf), SIZE)
        assert isinstance(leaf.op, Cover)
        shares = [leaf.op.covered(values[leaf.key], size, np).mean() for values in subject.drawn[:DRAWS]]
        if np.mean(shares) > COVERED:
            yield Hit(
                leaf.path, f"{leaf.op.name()} covers {np.mean(shares):.0%} of a picture of {size[0]} x {size[1]} on average",
                "what the label names is covered more often than not",
                "draw fewer or smaller rectangles; a quarter of the picture is a lot already",
            )  # fmt: skip


@rule("warning")
def folds(subject: Subject) -> Iterator[Hit]:
    """A displacement that is so steep that the picture folds over itself."""
    for leaf in _first_of_each(subject, lambda op: op.displaces):
        assert isinstance(leaf.op, Geometric)
        size = next(subject.sizes(leaf), SIZE)
        try:
            fields = [leaf.op.move(values[leaf.key], size, np).field for values in subject.drawn[:4]]
        except SampleError:
            continue  # it is told where pictures are measured
        share = float(np.mean([_folded(np.asarray(field)) for field in fields if field is not None]))
        if share > FOLDED:
            yield Hit(
                leaf.path, f"{leaf.op.name()} folds the picture over itself on {share:.0%} of its area",
                "parts appear twice and others vanish, and boxes and keypoints have no one place there",
                "displace less, or smooth over a longer distance: a quarter of it is a safe displacement",
            )  # fmt: skip


def _strengths(subject: Subject) -> Iterator[tuple[str, Op, str, Value, Sensible]]:
    for path, op in subject.ops:
        for name in type(op).model_fields:
            value, sensible = getattr(op, name), declared(type(op), name, Sensible)
            if isinstance(value, Value) and sensible and op.p != 0 and not does_nothing(op):
                yield path, op, name, value, sensible


def _side(value: Value, subject: Subject, path: str) -> float:
    """What a value is divided by to become a fraction: for pixels the shorter side, as far as the spec or a file tells it."""
    if value.unit != "px":
        return 1.0
    leaf = next((leaf for leaf in subject.leaves if leaf.path == path), None)
    return min((min(size) for size in subject.sizes(leaf)), default=math.inf) if leaf else math.inf


def _unit(op: Op, name: str) -> str:
    quantity = declared(type(op), name, Quantity)
    unit = quantity.unit.removesuffix(", or px") if quantity else ""
    return f" {unit}" if unit else ""


def _said(value: Value) -> str:
    low, high = value.support
    return f"{low:g}{value.unit}" if low == high else f"drawn from {low:g}{value.unit} to {high:g}{value.unit}"


def _first_of_each(subject: Subject, wanted: Callable[[Drawn], bool]) -> Iterator[Leaf]:
    """The first leaf of each op that is wanted; a repeated op has several."""
    leaves = {leaf.path: leaf for leaf in reversed(subject.leaves) if wanted(leaf.op)}
    return iter(list(leaves.values())[::-1])


def _folded(field: np.ndarray) -> float:
    """The share of the area where the map x + field(x) turns over."""
    yx, xx = np.gradient(field[..., 0])
    yy, xy = np.gradient(field[..., 1])
    return float((((1 + xx) * (1 + yy) - yx * xy) < 0).mean())
