"""Reads what a page sends: the text of a spec, with the line of each of its parts, and the values of its controls."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from augment.errors import AugmentError, Mistake, SpecError
from augment.language import loads
from augment.spec.node import Pipeline
from augment.view import limits
from augment.view.budget import check_leaves

Told = dict[str, Any]


@lru_cache(maxsize=16)
def read_text(text: str, name: str) -> tuple[Pipeline, dict[str, int]]:
    """Return a spec, and the line of each of its parts. Raises `SpecError` with every mistake."""
    from augment.spec.places import places_of

    if len(text.encode(errors="replace")) > limits.SPEC_BYTES:
        raise SpecError(f"a live page takes specs of up to {limits.SPEC_BYTES // 1000} kB")
    pipeline = loads(text, name)
    if pipeline.views:
        fix = "augment.dump(spec.view(name), path) writes one of them as a spec"
        raise SpecError([Mistake("views", f"a live page shows one result of a sample, and these are several: {fix}")])
    check_leaves(pipeline)
    return pipeline, {path: int(place.split(":")[-2]) for path, place in places_of(pipeline).items()}


def told(error: AugmentError, name: str) -> list[Told]:
    """Return what is wrong as plain data, with line and column where they are known."""
    from augment.cli.console import mistakes, place

    out = []
    for mistake in mistakes(error, {}):  # type: ignore[arg-type]
        at = place(mistake.where)
        path = at["path"].removeprefix(name).strip()
        out.append({"line": at.get("line"), "column": at.get("column"), "path": path, "message": mistake.message})
    return out


def value_of(kind: Any, name: str, raw: Any) -> Any:
    """Bring a value into the short form that people write; one that does not fit is left, and told as a mistake of the spec."""
    from augment.spec.fields import declared
    from augment.values import Quantity

    if isinstance(raw, dict) and set(raw) == {"yaml"}:
        return _plain(str(raw["yaml"]))
    quantity = declared(kind, name, Quantity) if kind and name in kind.model_fields else None
    if quantity is None:
        return raw
    try:
        return quantity.write(quantity.read(raw))
    except ValueError:
        return raw


def _plain(raw: str) -> Any:
    from augment.spec.ledger import Ledger
    from augment.spec.read import read_text as read_yaml

    ledger = Ledger()
    root = read_yaml(f"'{raw}'" if raw.startswith("#") else raw, ledger)
    ledger.settle()
    return root.plain
