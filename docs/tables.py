"""Writes the generated pages, docs/ops.md and docs/support.md, from the declarations of ops and backends.

Run ``python docs/tables.py`` after a change of either; the tests compare.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pydantic_core import PydanticUndefined

from augment.ops import catalogue
from augment.plugins import backends, plugins
from augment.spec.fields import declared
from augment.spec.node import COMBINATORS, Op
from augment.values import Quantity, Sensible, Value

KINDS = ("image", "mask", "boxes", "keypoints", "labels")
COMMON = ("p", "id", "stage", "weight", "on")
SHARED = ("border", "fill", "interpolation", "channels")


def core_ops() -> list[type[Op]]:
    """The ops of this distribution, not those of other plugins that happen to be installed."""
    return [op for op in catalogue().values() if op.__module__.startswith("augment.")]


def ops_page() -> str:
    """Every op with its fields."""
    lines = [
        "# Ops", "",
        "Generated from the declarations. Every op also takes " + ", ".join(f"`{f}`" for f in COMMON) + " (see "
        "[the language](language.md)); geometric ones `border`, `fill`, `interpolation`; colour ops `channels`.", "",
    ]  # fmt: skip
    for op in core_ops():
        lines += [f"## {op.name()}", "", *(line.strip() for line in (op.__doc__ or "").strip().splitlines()), ""]
        rows = [field_row(op, name) for name in op.model_fields if name not in COMMON + SHARED]
        if rows:
            lines += ["| field | what | values | default |", "|---|---|---|---|", *rows, ""]
        if op.needs_p:
            lines += ["`p` must be written.", ""]
    lines += ["# Combinators", ""]
    for node in COMBINATORS.values():
        lines += [f"- `{node.name()}`: {(node.__doc__ or '').strip()}"]
    return "\n".join(lines) + "\n"


def field_row(op: type[Op], name: str) -> str:
    """One line of an op's table."""
    field = op.model_fields[name]
    quantity = declared(op, name, Quantity)
    values = ""
    if quantity:
        spread = "whole numbers" if quantity.integer else f"{quantity.spread.name.replace('_', '-')} range"
        bounds = "" if quantity.bounds == "a number" else f", {quantity.bounds}"
        usual = f"; usual {sensible}" if (sensible := declared(op, name, Sensible)) else ""
        values = f"{quantity.unit}{bounds}; {spread}{usual}"
    unset = {PydanticUndefined: "required", None: ""}
    default = unset[field.default] if field.default in (PydanticUndefined, None) else shown(quantity, field.default)
    return f"| `{name}` | {field.description} | {values} | {default} |"


def shown(quantity: Quantity | None, default: Any) -> str:
    """A default as it would be written."""
    written = quantity.write(default) if quantity and isinstance(default, Value) else default
    return f"`{list(written) if isinstance(written, tuple) else written}`"


def support_page() -> str:
    """Every op on every backend of this distribution."""
    ours = {p.name for p in plugins() if p.distribution == "augment-spec"}
    names = sorted(n for n in backends() if n in ours)
    lines = [
        "# Support", "",
        "Generated from what each backend declares; the conformance tests read the same declarations. Targets: image, mask, "
        "boxes, keypoints, labels, as far as the op moves them.", "",
        "| op | " + " | ".join(names) + " |", "|---|" + "---|" * len(names),
    ]  # fmt: skip
    notes: dict[str, int] = {}
    for op in core_ops():
        cells = []
        for name in names:
            states = []
            for kind in KINDS:
                support = backends()[name].support(op, kind)
                if kind != "image" and kind not in getattr(op, "moves", ()):
                    continue
                if support.level != "matches":
                    text = " ".join(x for x in (support.bound, support.reason, support.instead) if x)
                    note = notes.setdefault(f"{name}: {text}", len(notes) + 1)
                    states.append(f"{support.level} ({kind}) [{note}]")
            cells.append(", ".join(dict.fromkeys(states)) or "matches")
        lines.append(f"| {op.name()} | " + " | ".join(cells) + " |")
    if notes:
        lines += ["", *(f"{number}. {text}" for text, number in notes.items())]
    return "\n".join(lines) + "\n"


PAGES = {"ops.md": ops_page, "support.md": support_page}

if __name__ == "__main__":
    for name, make in PAGES.items():
        (Path(__file__).parent / name).write_text(make(), encoding="utf-8")
