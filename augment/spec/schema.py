"""Generates the JSON Schema of the short form, from which editors complete and check specs as they are typed.

Everything comes from the classes of the catalogue. The schema is exact about names, fields, forms and bounds. What two values
say of each other (the order of a range, units that differ) is known to the classes alone; the rules about where an op may stand
are those of `check`, of which the schema knows only that some ops need ``p`` outside one_of and some_of.
"""

from __future__ import annotations

import inspect
import json
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, models_json_schema

from augment.sample import POLICIES, Target
from augment.spec.node import COMBINATORS, VIEW, Combinator, Node, Pipeline, View
from augment.spec.snippets import INSERTED, inserted_field, inserted_step, written_default
from augment.values import Value

Schema = dict[str, Any]
NOTHING: Schema = {"not": {"type": ["object", "array", "string", "number", "boolean"]}}
"""Null, in words that make editors offer nothing."""
DIALECT = "https://json-schema.org/draft/2020-12/schema"


class _Generator(GenerateJsonSchema):
    def field_title_should_be_set(self, schema: Any) -> bool:
        return False  # it would repeat the name of the field


def json_schema(
    catalogue: Mapping[str, type[Node]], spreads: Mapping[str, type[Node]], usual: Callable[[type[Node]], Node],
    typical: Callable[[Any], Any],
) -> Schema:  # fmt: skip
    """Return the schema of a spec that may use the ops of a catalogue.

    ``spreads`` are the nodes that stand in views alone. ``usual`` returns what an op usually says, and ``typical`` what a field
    does: editors insert them.
    """
    kinds: dict[str, type[Node]] = {**COMBINATORS, **catalogue}
    every = {**kinds, **spreads}
    models: list[type[BaseModel]] = [Pipeline, Target, View, *every.values()]
    keys, generated = models_json_schema([(model, "validation") for model in models], schema_generator=_Generator)
    generated = generated["$defs"]

    def taken(model: type[BaseModel]) -> Schema:
        return generated.pop(keys[model, "validation"]["$ref"].rpartition("/")[2])

    top, target, view = _tidy(taken(Pipeline)), _tidy(taken(Target)), _tidy(taken(View))
    nodes = {name: usual(kind) for name, kind in every.items()}
    ops = {name: _op(nodes[name], taken(kind), typical) for name, kind in every.items()}
    said = {name: inserted_step(node) for name, node in nodes.items()}
    choices = [name for name, kind in kinds.items() if not _required(kind)]
    steps = [name for name in choices if not kinds[name].needs_p]
    kind_names = target["properties"]["kind"]
    target["allOf"] = [_of_kinds(option) for option in target["properties"] if option != "kind"]
    top["properties"]["pipeline"] = {**_steps("step"), "description": "what is done, in order"}
    top["properties"]["targets"] = {
        "type": "object",
        "description": Pipeline.model_fields["targets"].description,
        "additionalProperties": {"anyOf": [kind_names, {"$ref": "#/$defs/target"}]},
    }
    own = {name: _inserting(said[name], name) for name in spreads}
    in_view = {"type": "array", "items": {"anyOf": [{"$ref": "#/$defs/step"}, _mapping(own)]}}
    view["properties"]["pipeline"] = {**in_view, "description": view["properties"]["pipeline"]["description"]}
    views = top["properties"]["views"]
    top["properties"]["views"] = {
        "type": "object",
        "description": views["description"],
        "minProperties": 1,
        "propertyNames": {"pattern": VIEW},
        "additionalProperties": {"anyOf": [in_view, {"$ref": "#/$defs/view"}]},
    }
    top["anyOf"] = [{"required": ["pipeline"]}, {"required": ["views"]}]
    shared = _Shared(ops)
    return {
        "$schema": DIALECT,
        "title": "augment spec",
        **top,
        "patternProperties": {"^x-": {"description": "a home for anchors; ignored"}},
        "$defs": {
            "step": _step({name: _inserting(said[name], name, kinds[name].needs_p) for name in kinds}, steps),
            "choice": _step({name: _inserting(said[name], name) for name in kinds}, choices),
            "target": target,
            "view": view,
            **{name: _tidy(schema) for name, schema in generated.items() if name not in ("Node", "Op")},
            **shared.replaced(ops),
            **shared.definitions,
        },
    }


class _Shared:
    """Values of one unit and bounds occur in many ops: each is defined once, and the schema half as large."""

    def __init__(self, ops: Schema):
        self.counts: Counter[str] = Counter()
        self.names: dict[str, str] = {}
        self.definitions: Schema = {}
        self.replaced(ops)  # the first walk counts, the second replaces
        self.names = {text: f"value{i}" for i, text in enumerate(t for t, n in self.counts.items() if n > 1)}

    def replaced(self, schema: Any) -> Any:
        if isinstance(schema, list):
            return [self.replaced(item) for item in schema]
        if not isinstance(schema, dict):
            return schema
        is_op = any("properties" in branch and "p" in branch["properties"] for branch in schema.get("anyOf", ()))
        if "anyOf" in schema and not is_op:
            core = {"anyOf": schema["anyOf"]}
            text = json.dumps(core)
            if len(text) > 200:
                self.counts[text] += 1
                if name := self.names.get(text):
                    self.definitions[name] = core
                    reference, rest = {"$ref": f"#/$defs/{name}"}, {k: v for k, v in schema.items() if k != "anyOf"}
                    return {"allOf": [reference], **rest} if "defaultSnippets" in rest else {**reference, **rest}
        return {name: self.replaced(value) for name, value in schema.items()}


def _op(node: Node, schema: Schema, typical: Callable[[Any], Any]) -> Schema:
    """Return everything that may stand behind an op's name; ``node`` is one of its kind."""
    kind = type(node)
    schema = _tidy(schema)
    fields = schema["properties"]
    for name, field in fields.items():
        field |= inserted_field(node, name, typical)
        if isinstance(kind.model_fields[name].default, Value | tuple):
            field |= written_default(kind, name)
        if "defaultSnippets" in field and (default := field.pop("default", None)) is not None:  # both would be neither
            field["description"] += f" (default: {default})"
    if issubclass(kind, Combinator):
        fields["ops"] = {**_steps("choice" if kind.picks else "step"), "minItems": 1, "description": fields["ops"]["description"]}
    forms: list[Schema] = [schema]
    if kind.bare is not None and _required(kind) <= {kind.bare}:
        forms.append({name: value for name, value in fields[kind.bare].items() if name not in ("default", *INSERTED)})
    if not _required(kind):
        forms.append(NOTHING)
    about = inspect.cleandoc(kind.__doc__ or "").partition("\n\n")[0].replace("\n", " ")
    schema.pop("description", None)
    return {"description": about, **(schema if len(forms) == 1 else {"anyOf": forms})}


def _required(kind: type[Node]) -> set[str]:
    return {name for name, info in kind.model_fields.items() if info.is_required()}


def _of_kinds(option: str) -> Schema:
    """An option of a target goes with the kinds for which it means something."""
    kinds = [kind for kind, options in POLICIES.items() if option in options]
    return {"if": {"required": [option]}, "then": {"properties": {"kind": {"enum": kinds}}}}


def _inserting(snippet: Schema, name: str, needs_p: bool = False) -> Schema:
    """An op, with what is inserted behind its name: editors look for that before they make something of a type that they see."""
    reference = {"$ref": f"#/$defs/{name}"}
    if not snippet:
        return reference
    return {"allOf": [reference, *([{"type": "object", "required": ["p"]}] if needs_p else [])], **snippet}


def _steps(kind: str) -> Schema:
    return {"type": "array", "items": {"$ref": f"#/$defs/{kind}"}}


def _mapping(ops: Schema) -> Schema:
    return {"type": "object", "properties": ops, "additionalProperties": False, "minProperties": 1, "maxProperties": 1}


def _step(ops: Schema, names: list[str]) -> Schema:
    bare = {"type": "string", "pattern": f"^({'|'.join(names)})$"}  # as an enum, editors would write each as its own value
    return {"anyOf": [_mapping(ops), bare]}


def _tidy(schema: Any) -> Any:
    """Drop titles, and null where it is the default: a spec leaves a field out instead of writing null."""
    if isinstance(schema, list):
        return [_tidy(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    if schema.get("default", 0) is None:
        schema = {name: value for name, value in schema.items() if name != "default"}
        if branches := [b for b in schema.pop("anyOf", ()) if b != {"type": "null"}]:
            schema |= branches[0] if len(branches) == 1 else {"anyOf": branches}
    if isinstance(schema.get("default"), dict):  # how a value is kept, which is not how a spec writes it
        schema = {name: value for name, value in schema.items() if name != "default"}
    # a field may be called title: only the keyword has a text
    return {name: _tidy(value) for name, value in schema.items() if not (name == "title" and isinstance(value, str))}
