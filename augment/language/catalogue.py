"""What an op takes, in words: rows for the command line and the docs, read from the op's class alone."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal, get_args, get_origin

from pydantic.fields import FieldInfo

from augment.backend import Backend, Support
from augment.sample import Kind
from augment.spec.fields import declared, own_fields
from augment.spec.node import Node, Op
from augment.values import LogUniform, Quantity, Sensible, Value

SHARED = (
    *Op.model_fields, "border", "fill", "interpolation", "antialias", "channels", "fill_mask",
    "protect", "min_count", "max_count", "min_words",
)  # fmt: skip
"""Fields that many ops have; lists of all ops leave them out."""


@dataclass(frozen=True)
class FieldRow:
    """One field of an op."""

    name: str
    takes: str
    """Unit and bounds, or the words that it may be; ranges are uniform unless it says otherwise."""
    default: str
    """As it would be written; empty if the field must be."""
    about: str
    shared: bool = False


def summary(op: type[Node]) -> str:
    """Return the first sentence or line of an op's documentation."""
    return inspect.cleandoc(op.__doc__ or "").partition("\n\n")[0].replace("\n", " ").replace("``", "")


def field_rows(op: type[Node]) -> Iterator[FieldRow]:
    """Yield the fields of an op, its own first."""
    own = [name for name in own_fields(op) if name not in SHARED]
    for name in (*own, *(name for name in op.model_fields if name not in own)):
        info = op.model_fields[name]
        yield FieldRow(name, _takes(op, name, info), _default(op, name, info), info.description or "", name in SHARED)


def kinds(op: type[Op]) -> tuple[str, ...]:
    """Return the kinds of targets that an op changes."""
    return tuple(kind for kind in get_args(Kind) if kind == op.modality or kind in getattr(op, "moves", ()))


def moved_targets(op: type[Node]) -> str:
    """The same in words."""
    return ", ".join(kinds(op)) if issubclass(op, Op) else "what its ops do"


def support(backend: Backend, op: type[Op]) -> dict[str, Support]:
    """Return what a backend declares of an op, for each kind of target that the op changes, of those that it moves at all."""
    return {kind: backend.support(op, kind) for kind in kinds(op) if kind in backend.targets or kind == op.modality}


def in_batches(backend: Backend, op: type[Op]) -> dict[str, Support]:
    """Return what a batch differs in, of the kinds of targets that a backend moves in batches."""
    moved = backend.batches.targets if backend.batches is not None else frozenset()
    found = {kind: (sample, backend.in_batches(op, kind)) for kind, sample in support(backend, op).items() if kind in moved}
    return {kind: batch for kind, (sample, batch) in found.items() if batch != sample}


def quantity(op: type[Node], name: str) -> Quantity | None:
    """Return the declaration of an op's value field; None for any other field."""
    return declared(op, name, Quantity) if name in op.model_fields else None


def _takes(op: type[Node], name: str, info: FieldInfo) -> str:
    if found := quantity(op, name):
        within = f", {found.bounds}" if found.bounds != "a number" else ""
        whole = "; whole numbers" if found.integer else ""
        spread = "; ranges are log-uniform" if found.spread is LogUniform else ""
        usual = f"; usual {sensible}" if (sensible := declared(op, name, Sensible)) else ""
        return f"{found.unit}{within}{whole}{spread}{usual}"
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
    "std": "fractions of full scale", "p": "0 to 1", "weight": "more than 0", "protect": "groups, words, or {regex: ..}",
    "groups": "a list of lists of phrases", "forms": "double | drop | tab | newline, or a list of them",
}  # fmt: skip


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
    found = quantity(op, name)
    return _written(found.write(value) if found and isinstance(value, Value) else value) or "none"


def _written(value: Any) -> str:
    """A value as people write it in YAML."""
    match value:
        case bool():
            return str(value).lower()
        case float():
            return f"{value:g}"
        case list():
            return f"[{', '.join(map(_written, value))}]"
        case tuple():
            return ", ".join(map(_written, value))
    return str(value)
