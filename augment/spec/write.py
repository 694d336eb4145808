"""Writes a tree as text in the short forms, so that it reads well and reads back as the same tree."""

from __future__ import annotations

import json
from typing import Any, Literal

from augment.errors import SpecError
from augment.spec.fields import own_fields
from augment.spec.node import COMBINATORS, Combinator, Node, Pipeline, View
from augment.values import Value

Format = Literal["yaml", "json"]


def plain(pipeline: Pipeline) -> dict[str, Any]:
    """Return the spec as plain data: what `loads` would make the same tree of."""
    top = pipeline.model_dump(mode="json", include=_written(pipeline) - {"pipeline", "views", "version"})
    if "targets" in top:
        top["targets"] = {name: _target(pipeline, name) for name in pipeline.targets}
    ordered = {name: top[name] for name in Pipeline.model_fields if name in top}
    steps = {"pipeline": [plain_step(node) for node in pipeline.pipeline]} if pipeline.pipeline or not pipeline.views else {}
    views = {"views": {name: _view(view) for name, view in pipeline.views.items()}} if pipeline.views else {}
    return {"version": pipeline.version, **ordered, **steps, **views}


def _view(view: View) -> Any:
    steps = [plain_step(node) for node in view.pipeline]
    return steps if view.n is None else {"n": view.n, "pipeline": steps}


def plain_step(node: Node) -> str | dict[str, Any]:
    """Return one step: ``rotate90``, ``{normalize: 'imagenet'}`` or ``{rotate: {degrees: [-15, 15]}}``."""
    fields = plain_fields(node)
    if not fields:
        return node.name()
    if node.bare is not None and list(fields) == [node.bare]:
        bare = fields[node.bare]
        # a number says more with its name: gaussian_blur: {sigma: 2px}
        if bare is not None and not isinstance(bare, dict) and not isinstance(getattr(node, node.bare), Value):
            return {node.name(): bare}
    return {node.name(): fields}


def plain_fields(node: Node) -> dict[str, Any]:
    """Return the fields of a node that are written: its own first, then those that all nodes have, and children last."""
    held = {"ops"} if isinstance(node, Combinator) else set()
    data = node.model_dump(mode="json", include=_written(node) - held)
    own = own_fields(type(node))
    shared = [name for name in ("on", "p", "weight", "stage", "id") if name in data]
    fields = {name: _whole(data[name]) if name in shared else data[name] for name in [*own, *shared] if name in data}
    return {**fields, "ops": [plain_step(child) for child in node.ops]} if isinstance(node, Combinator) else fields


def _whole(raw: Any) -> Any:
    return int(raw) if isinstance(raw, float) and raw.is_integer() else raw


def _written(model: Node | Pipeline) -> set[str]:
    """What was said, also where it is the default; saying None where that is the default says nothing."""
    fields = type(model).model_fields
    return {name for name in model.model_fields_set if not (fields[name].default is None and getattr(model, name) is None)}


def _target(pipeline: Pipeline, name: str) -> Any:
    target = pipeline.targets[name]
    data = target.model_dump(mode="json", include=target.model_fields_set)
    return data["kind"] if list(data) == ["kind"] else data


def to_text(pipeline: Pipeline, format: Format = "yaml") -> str:  # noqa: A002  # the public name
    """Return the text of a file."""
    if format == "json":
        return to_json(plain(pipeline))
    if format == "yaml":
        return to_yaml(plain(pipeline))
    raise SpecError(f"the format must be 'yaml' or 'json', not {format!r}")


def to_json(data: dict[str, Any]) -> str:
    from augment.spec.source import UNPRINTABLE

    text = json.dumps(data, indent=2, ensure_ascii=False)
    # JSON allows raw characters that YAML, which reads it back, forbids or takes for a line break
    text = UNPRINTABLE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
    for separator in "\x85\u2028\u2029\ufeff":
        text = text.replace(separator, f"\\u{ord(separator):04x}")
    return text + "\n"


def to_yaml(data: dict[str, Any]) -> str:
    from augment.spec.layout import Block, Rows, dump

    def step(raw: Any) -> Any:
        if isinstance(raw, dict):
            [(name, arguments)] = raw.items()
            if name in COMBINATORS:
                return Block({name: children(arguments)})
            return Block({name: arguments})
        return raw

    def children(arguments: Any) -> Any:
        if isinstance(arguments, list):
            return Rows(map(step, arguments))
        return Block({**arguments, "ops": Rows(map(step, arguments["ops"]))}) if "ops" in arguments else arguments

    top = {name: Block(value) if name == "targets" else value for name, value in data.items()}
    def view(raw: Any) -> Any:
        return children(raw) if isinstance(raw, list) else Block({**raw, "pipeline": children(raw["pipeline"])})

    if "pipeline" in top:
        top["pipeline"] = children(top["pipeline"])
    if "views" in top:
        top["views"] = Block({name: view(raw) for name, raw in top["views"].items()})
    return dump(Block(top))
