"""What does not vary, and so augments nothing."""

from __future__ import annotations

import math
from collections.abc import Iterator

from augment.lint.chance import always, chosen, constant, kept_at_inference, varies
from augment.lint.checks.inference import for_validation
from augment.lint.neutral import does_nothing
from augment.lint.rule import Hit, rule
from augment.lint.subject import Subject
from augment.spec.fields import declared
from augment.spec.ledger import path_text
from augment.spec.node import Op
from augment.values import Constant, Quantity, Sensible

EDGE = 90
"""Degrees: turns by multiples of it are meant as they are."""


@rule("warning")
def never_varies(subject: Subject) -> Iterator[Hit]:
    """A strength is one number where a range was meant: every picture of training is changed alike, and none at inference."""
    for place in subject.nodes:
        op, path = place.node, path_text(place.path)
        if not isinstance(op, Op) or op.needs_p or op.modality != "image" or op.p == 0 or does_nothing(op):
            continue
        if kept_at_inference(place, subject.nodes) or chosen(place, subject.nodes):
            continue
        alike = always(place, subject.nodes) and constant(op)
        for name, value, quantity, sensible in _numbers(op):
            if not alike and not _has_another_way(value, quantity, sensible):
                continue
            drawn = _range(value, quantity, sensible)
            yield Hit(
                f"{path}.{name}", f"{name} is {value} and does not vary; {drawn}?",
                "every picture of training is changed alike, and none at inference" if alike
                else "pictures go one way, and never the other",
                f"{name}: {drawn} draws it for each picture; if it is the same for all on purpose, stage: always does it at "
                "inference, too",
            )  # fmt: skip
            break


@rule("warning")
def always_applied(subject: Subject) -> Iterator[Hit]:
    """A flip, or another op with nothing to draw but its `p`, has `p: 1`: every picture of training is changed, and none at
    inference."""
    for place in subject.nodes:
        op = place.node
        if op.needs_p and constant(op) and always(place, subject.nodes) and not kept_at_inference(place, subject.nodes):
            yield Hit(
                f"{path_text(place.path)}.p", f"{op.name()} with p: 1 changes every picture of training, and none at inference",
                "it makes no more pictures of one, and the model meets other pictures than those that it learned from",
                "p: 0.5 does it to half of them; if all pictures should be so, stage: always does it at inference, too",
            )  # fmt: skip


@rule("advice")
def nothing_random(subject: Subject) -> Iterator[Hit]:
    """Nothing in the spec is random, so that each epoch sees the same pictures; a spec for validation or prediction says so in
    `name`, `about` or its file."""
    if any(never_varies(subject)) or any(always_applied(subject)):
        return
    if subject.leaves and not any(map(varies, subject.leaves)) and not for_validation(subject):
        yield Hit(
            "pipeline", "nothing here is random: every epoch sees the same pictures",
            "it prepares pictures and augments none",
            "add what may vary, as horizontal_flip: {p: 0.5}; or say in name or about that it is for validation or prediction",
        )  # fmt: skip


def _numbers(op: Op) -> Iterator[tuple[str, Constant, Quantity, Sensible]]:
    """The strengths of an op that are one number, and not the one that changes nothing."""
    for name in type(op).model_fields:
        value, quantity = getattr(op, name), declared(type(op), name, Quantity)
        sensible = declared(type(op), name, Sensible)
        if isinstance(value, Constant) and quantity and sensible and value.number != sensible.neutral:
            yield name, value, quantity, sensible


def _has_another_way(value: Constant, quantity: Quantity, sensible: Sensible) -> bool:
    """Whether a number has a sign, as angles and shifts have; quarter turns are meant as they are."""
    quarter = quantity.unit == "degrees" and value.number % EDGE == 0
    return sensible.neutral == 0 and max(quantity.ge, quantity.gt) < 0 and not quarter


def _range(value: Constant, quantity: Quantity, sensible: Sensible) -> str:
    """How a range is written that reaches as far: either way, where there are two, and else from what changes nothing."""
    n, unit, neutral = value.number, value.unit, sensible.neutral
    either = f"{neutral:g}±{abs(n - neutral):.4g}{unit}" if neutral else f"±{abs(n):g}{unit}"
    try:
        quantity.read(either)
    except ValueError:
        ends = sorted((n, sensible.low if math.isinf(sensible.high) else neutral))
        return f"[{ends[0]:g}{unit}, {ends[1]:g}{unit}]"
    return either
