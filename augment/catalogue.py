"""What an op takes, in words: rows for the command line and the docs, read from the op's class alone."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal, get_args, get_origin

from pydantic.fields import FieldInfo

from augment.ops.kinds import RASTERS_AND_POINTS
from augment.spec.node import Node, Op
from augment.values import Integers, LogUniform, Quantity, Value

SHARED = (*Op.model_fields, "border", "fill", "interpolation", "antialias", "channels", "fill_mask")
"""Fields that many ops have; lists of all ops leave them out."""


@dataclass(frozen=True)
class FieldRow:
    """One field of an op."""

    name: str
    takes: str
    """Unit and bounds, or the words that it may be."""
    default: str
    """As it would be written; empty if the field must be."""
    about: str
    shared: bool = False


def summary(op: type[Node]) -> str:
    """Return the first sentence or line of an op's documentation."""
    return inspect.cleandoc(op.__doc__ or "").partition("\n\n")[0].replace("\n", " ").replace("``", "")


def field_rows(op: type[Node]) -> Iterator[FieldRow]:
    """Yield the fields of an op, its own first."""
    for name, info in sorted(op.model_fields.items(), key=lambda entry: entry[0] in SHARED):
        yield FieldRow(name, _takes(name, info), _default(op, name, info), info.description or "", name in SHARED)


def moved_targets(op: type[Node]) -> str:
    """Return which kinds of targets an op changes."""
    moves = getattr(op, "moves", None)
    if moves is None:
        return "what its ops do" if hasattr(op, "picks") else "image"
    if moves == RASTERS_AND_POINTS:
        return "image, mask, boxes, keypoints"
    return ", ".join(["image", *(kind for kind in ("mask", "boxes", "keypoints", "labels") if kind in moves)])


def quantity(op: type[Node], name: str) -> Quantity | None:
    """Return the declaration of an op's value field; None for any other field."""
    info = op.model_fields.get(name)
    return None if info is None else next(_quantities(info), None)


def _takes(name: str, info: FieldInfo) -> str:
    quantity = next(_quantities(info), None)
    if quantity is not None:
        spread = {LogUniform: "; ranges are log-uniform", Integers: ""}.get(quantity.spread, "")
        within = f", {quantity.bounds}" if quantity.bounds != "a number" else ""
        return f"{quantity.unit}{within}{spread}"
    choices = [choice for part in _parts(info.annotation) if get_origin(part) is Literal for choice in get_args(part)]
    if choices:
        return " | ".join(map(str, choices))
    if name in _FORMS:
        return _FORMS[name]
    kinds = {part for part in _parts(info.annotation) if isinstance(part, type)}
    word = next((text for kind, text in _WORDS.items() if kind in kinds), "")
    bounds = [f"{said} {getattr(m, bound):g}" for m in info.metadata for bound, said in _BOUNDS.items() if hasattr(m, bound)]
    return ", ".join([word, *bounds])


_BOUNDS = {"gt": "more than", "ge": "at least", "lt": "less than", "le": "at most"}
_WORDS = {bool: "true | false", int: "a whole number", float: "a number", str: "text"}
_FORMS = {
    "fill": "a fraction, a list, or '#rrggbb'", "size": "[height, width] or one number, in pixels", "ops": "a list of ops",
    "on": "names of targets", "channels": "a list, from 0", "id": "a name", "mean": "fractions of full scale",
    "std": "fractions of full scale", "p": "0 to 1", "weight": "more than 0",
}  # fmt: skip


def _quantities(info: FieldInfo) -> Iterator[Quantity]:
    yield from (m for m in info.metadata if isinstance(m, Quantity))
    for part in _parts(info.annotation):
        yield from (m for m in getattr(part, "__metadata__", ()) if isinstance(m, Quantity))


def _parts(annotation: Any) -> Iterator[Any]:
    """The annotation and everything inside it."""
    yield annotation
    if get_origin(annotation) is not Literal:
        for inside in get_args(annotation):
            yield from _parts(inside)


def _default(op: type[Node], name: str, info: FieldInfo) -> str:
    if info.is_required():
        return ""
    value = info.default
    if name == "p" and op.needs_p:
        return ""
    if value is None:
        return "1" if name in ("p", "weight") else "none"
    if isinstance(value, Value):
        return str(value)
    if isinstance(value, tuple):
        return ", ".join(f"{x:g}" for x in value) or "none"
    if isinstance(value, bool):
        return str(value).lower()
    return f"{value:g}" if isinstance(value, float) else str(value)
