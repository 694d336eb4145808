"""Changes single fields of a spec from text such as ``rotate.degrees=±30``, as ``--set`` takes them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from augment.errors import Mistake, SpecError, suggest
from augment.spec.check import check_tree, walk
from augment.spec.ledger import Ledger
from augment.spec.node import Combinator, Node, Pipeline
from augment.spec.read import read_text

TOP = ("seed", "name", "about")


def override(pipeline: Pipeline, *assignments: str) -> Pipeline:
    """Return the pipeline with fields changed: ``address.field=value``, or ``seed=3``.

    The address is an op's id, or its name, which stands for every op of that name. The value is written as in YAML. Raises
    `SpecError` for an address that nothing has, and for a value that the field does not take.
    """
    for text in assignments:
        pipeline = _apply(pipeline, text)
    return pipeline


def _apply(pipeline: Pipeline, text: str) -> Pipeline:
    target, equals, raw = text.partition("=")
    address, dot, field = target.strip().rpartition(".")
    if not equals or not (field if dot else field in TOP):
        raise _wrong(text, f"must be address.field=value, as rotate.degrees=±30, or one of {', '.join(TOP)}")
    value = _value(text, raw)
    if not dot:
        changed = _told(text, lambda: pipeline.replace(**{field: value}))
    else:
        chosen = _chosen(pipeline, address, text)
        changed = _told(text, lambda: _changed(pipeline, chosen, field, value))
    if mistakes := check_tree(changed):
        raise SpecError([Mistake(f"--set {text} {m.where}", m.message) for m in mistakes])
    return changed


def _changed(pipeline: Pipeline, chosen: set[int], field: str, value: Any) -> Pipeline:
    own = {name: (view, _map(view.pipeline, chosen, field, value)) for name, view in pipeline.views.items()}
    views = {name: view.model_copy(update={"pipeline": nodes}) for name, (view, nodes) in own.items()}
    steps = {"pipeline": _map(pipeline.pipeline, chosen, field, value)} if "pipeline" in pipeline.model_fields_set else {}
    return pipeline.replace(**steps, **({"views": views} if views else {}))


def _value(text: str, raw: str) -> Any:
    raw = raw.strip()
    if not raw:
        raise _wrong(text, "needs a value after '='")
    if raw.startswith("#"):
        raw = f"'{raw}'"  # the shell has taken the quotes of a colour
    ledger = Ledger()
    try:
        root = read_text(raw, ledger)
        ledger.settle()
    except SpecError as error:
        raise SpecError([Mistake(f"--set {text}", m.message) for m in error.mistakes]) from None
    return root.plain


def _chosen(pipeline: Pipeline, address: str, text: str) -> set[int]:
    every = (pipeline.pipeline, *(view.pipeline for view in pipeline.views.values()))
    nodes = [place.node for own in every for place in walk(own)]
    found = [n for n in nodes if n.id == address] or [n for n in nodes if n.name() == address]
    if not found:
        known = dict.fromkeys(name for n in nodes for name in (n.id, n.name()) if name)
        near = suggest(address[:60], known) or f"; there are {', '.join(known) or 'no ops'}"
        raise _wrong(text, f"no op has the id or name {address!r}{near}")
    return set(map(id, found))


def _map(nodes: tuple[Node, ...], chosen: set[int], field: str, value: Any) -> tuple[Node, ...]:
    changed = []
    for node in nodes:
        made = node.replace(ops=_map(node.ops, chosen, field, value)) if isinstance(node, Combinator) else node
        changed.append(made.replace(**{field: value}) if id(node) in chosen else made)
    return tuple(changed)


def _told(text: str, change: Callable[[], Pipeline]) -> Pipeline:
    try:
        return change()
    except SpecError as error:
        raise SpecError([Mistake(f"--set {text} {m.where}", m.message) for m in error.mistakes]) from None


def _wrong(text: str, message: str) -> SpecError:
    return SpecError([Mistake(f"--set {text}", message)])
