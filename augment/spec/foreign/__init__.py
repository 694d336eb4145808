"""What ops and fields of other libraries are called here, for those who type the name that they know."""

from __future__ import annotations

from collections.abc import Container

from pydantic import BaseModel

from augment.spec.fields import declared
from augment.spec.foreign.fields import ALIKE, CONVERSIONS, FIELDS
from augment.spec.foreign.ops import NEEDLESS, NOTES, OURS, REFUSED
from augment.spec.foreign.words import NORMALISED, VALUES
from augment.spec.node import op_name
from augment.values import Quantity


def alike(raw: str, known: Container[str]) -> list[str]:
    """Return what an op, a combinator or a field of another library is called here, where it can only be one thing."""
    ops = [op for op in OURS.get(_key(raw), ()) if op in known]
    fields = FIELDS.get(raw.lower(), ()) if raw.lower() in ALIKE else ()
    return [*(ops if len(ops) == 1 else ()), *(name for name in fields if "+" not in name)]


def foreign_value(raw: str, words: Container[str]) -> str:
    """Return ``; that is 'xywh' here`` for a word of another library, or an empty string."""
    if raw.lower() in NORMALISED and "xyxy" in words:
        return "; corners as fractions are no format here: multiply them by width and height for xyxy, or give yolo"
    ours = next((word for word in same_value(raw) if word in words), None)
    return f"; that is {ours!r} here" if ours else ""


def same_value(raw: str) -> tuple[str, ...]:
    """Return ours of a word of another library, also of its constant: 'reflect101' of 'cv2.BORDER_REFLECT_101'."""
    word = raw[:60].rpartition(".")[2].lower()
    bare = word.removeprefix("border_").removeprefix("inter_")
    return (*VALUES.get(bare, ()), *([bare] if bare != raw else []))


def foreign_op(name: str, known: Container[str]) -> str | None:
    """Return the op, of those that are known, by whose fields one of another library is read; None for no op of any."""
    ours = (op for op in _ours(name, known) if op in known)
    return next(ours, None) or same_op(name, known)


def same_op(name: str, known: Container[str]) -> str | None:
    """Return the op of the same name in other letters, as 'rotate' for 'Rotate'; None if there is none."""
    return next((op for op in (op_name(_bare(name)), _bare(name).lower()) if op in known), None)


def foreign_hint(name: str, known: Container[str]) -> str:
    """Return ``; that is 'rotate' here`` for an op of another library, or an empty string."""
    if _key(name) in REFUSED:
        return f"; it is not offered: {REFUSED[_key(name)]}"
    ours = [op for op in _ours(name, known) if op in known]
    return f"; that is {' or '.join(map(repr, ours))} here{NOTES.get(_key(name), '')}" if ours else _needless(name)


def foreign_field(name: str, model: type[BaseModel]) -> str:
    """Return ``; did you mean 'degrees'?`` for a field of another library, with the form if it differs, or an empty string."""
    fields = model.model_fields.keys()
    meant = next((ours for ours in FIELDS.get(name[:60].lower(), ()) if set(ours.split("+")) <= fields), None)
    if meant is None:
        return _needless(name)
    names = meant.split("+")
    how = CONVERSIONS.get((name[:60].lower(), names[0])) or _form(declared(model, names[0], Quantity))
    return f"; did you mean {' or '.join(map(repr, names))}?{how}"


def _ours(name: str, known: Container[str]) -> tuple[str, ...]:
    """What people call it, and else the class of a library by the table that pipelines are imported by."""
    if _key(name) in OURS or same_op(name, known) is not None:
        return OURS.get(_key(name), ())
    from augment.native.entry import classes

    return classes().get(_key(name), ())


def _needless(name: str) -> str:
    return f"; it is not needed: {NEEDLESS[_key(name)]}" if _key(name) in NEEDLESS else ""


def _key(name: str) -> str:
    return _bare(name).replace("_", "").lower()


def _bare(name: str) -> str:
    """The name of a class, without the module that it is known by: 'Fliplr' of 'iaa.Fliplr'."""
    return name[:60].rpartition(".")[2]


def _form(quantity: Quantity | None) -> str:
    """How a field is written, where other libraries write it otherwise."""
    match quantity:
        case None:
            return ""
        case Quantity(pixels=True):
            return f" (in {quantity.unit}, as 5px)"
        case Quantity(unit="degrees"):
            return " (in degrees; 15 either way is ±15)"
        case Quantity(unit=unit) if unit.startswith("times"):
            return " (0.2 either way is 1±0.2)"
        case Quantity(unit=unit) if unit.startswith("fractions"):
            return f" (in {unit}{'; 0.2 either way is ±0.2' if quantity.ge < 0 else ''})"
    return ""

__all__ = ["alike", "foreign_field", "foreign_hint", "foreign_op", "foreign_value", "same_op", "same_value"]
