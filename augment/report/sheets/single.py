"""One op of a spec alone, always applied: what the sheets of ops and of extremes are made of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, NamedTuple

from augment.errors import AugmentError
from augment.explain import fields
from augment.program.addresses import walk
from augment.report.model import Panel
from augment.report.sheets.seeing import seen
from augment.report.study import Study, Subject
from augment.spec.node import Combinator, Op, Pipeline
from augment.spec.places import places_of

SIZE = 192
"""The longer side of pictures, of which such sheets have many."""


class Single(NamedTuple):
    """An op of a spec."""

    op: Op
    name: str
    about: str
    """Its fields, and where it stands."""


def singles(pipeline: Pipeline) -> Iterator[Single]:
    """Yield every op of a spec once, in order, but for those that are written again word by word."""
    places, found = places_of(pipeline), set()
    for path, node in walk(pipeline):
        if not isinstance(node, Op) or isinstance(node, Combinator):
            continue
        said = {name: text for name, text in fields(node).items() if name not in ("p", "weight", "id", "stage")}
        key = (node.name(), tuple(said.items()))
        if key not in found:
            found.add(key)
            line = places[path].split(":")[-2] if path in places else ""
            words = [", ".join(f"{name} {text}" for name, text in said.items()), line and f"line {line}"]
            yield Single(node, node.id or node.name(), " · ".join(word for word in words if word))


def alone(study: Study, op: Op, **changes: Any) -> Study:
    """Return the study of one op, always applied, with some of its fields changed."""
    kept = {name: getattr(op, name) for name in op.model_fields_set - {"p", "weight", "id", "stage"}}
    always = type(op)(**{**kept, "p": 1.0, **changes})
    return study.of(Pipeline([always], targets=study.pipeline.targets))


def single_panel(study: Study, subject: Subject, epoch: int, title: str, detail: str, command: str) -> Panel:
    """What a study makes of a sample; where it cannot, the reason stands instead of the picture."""
    try:
        result = study.quick(subject, epoch)
    except AugmentError as error:
        return Panel(title, detail, note=str(error), command=command)
    shown = seen(study, subject, result, f"{title}, {detail}", SIZE)
    if "figure" in shown and not any(getattr(leaf.op, "moves", ()) for leaf in study.program.leaves):
        shown["figure"] = replace(shown["figure"], layers=())  # they hide what such an op does, and stay where they are
    return Panel(title, detail, command=command, **shown)
