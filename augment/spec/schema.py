"""Generates the JSON Schema of the short form, from which editors complete and check specs as they are typed.

Everything comes from the classes of the catalogue. The schema is exact about names, fields, forms and bounds. What two values
say of each other (the order of a range, units that differ) is known to the classes alone; the rules about where an op may stand
are those of `check`, of which the schema knows only that some ops need ``p`` outside one_of and some_of.
"""

from __future__ import annotations

import inspect
import json
from collections import Counter
from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, models_json_schema

from augment.sample import POLICIES, Target
from augment.spec.node import COMBINATORS, Combinator, Node, Pipeline

Schema = dict[str, Any]
DIALECT = "https://json-schema.org/draft/2020-12/schema"


class _Generator(GenerateJsonSchema):
    def field_title_should_be_set(self, schema: Any) -> bool:
        return False  # it would repeat the name of the field


def json_schema(catalogue: Mapping[str, type[Node]]) -> Schema:
    """Return the schema of a spec that may use the ops of a catalogue."""
    kinds: dict[str, type[Node]] = {**COMBINATORS, **catalogue}
    models: list[type[BaseModel]] = [Pipeline, Target, *kinds.values()]
    keys, generated = models_json_schema([(model, "validation") for model in models], schema_generator=_Generator)
    generated = generated["$defs"]

    def taken(model: type[BaseModel]) -> Schema:
        return generated.pop(keys[model, "validation"]["$ref"].rpartition("/")[2])

    top, target = _tidy(taken(Pipeline)), _tidy(taken(Target))
    ops = {name: _op(kind, taken(kind)) for name, kind in kinds.items()}
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
    shared = _Shared(ops)
    return {
        "$schema": DIALECT,
        "title": "augment spec",
        **top,
        "patternProperties": {"^x-": {"description": "a home for anchors; ignored"}},
        "$defs": {
            "step": _step({name: _needing_p(kinds[name]) for name in kinds}, steps),
            "choice": _step({name: {"$ref": f"#/$defs/{name}"} for name in kinds}, choices),
            "target": target,
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
                    return {"$ref": f"#/$defs/{name}", **{k: v for k, v in schema.items() if k != "anyOf"}}
        return {name: self.replaced(value) for name, value in schema.items()}


def _op(kind: type[Node], schema: Schema) -> Schema:
    """Return everything that may stand behind an op's name."""
    schema = _tidy(schema)
    fields = schema["properties"]
    if issubclass(kind, Combinator):
        fields["ops"] = {**_steps("choice" if kind.picks else "step"), "minItems": 1, "description": fields["ops"]["description"]}
    forms: list[Schema] = [schema]
    if kind.bare is not None and _required(kind) <= {kind.bare}:
        forms.append(fields[kind.bare])
    if not _required(kind):
        forms.append({"type": "null"})
    about = inspect.cleandoc(kind.__doc__ or "").partition("\n\n")[0].replace("\n", " ")
    schema.pop("description", None)
    return {"description": about, **(schema if len(forms) == 1 else {"anyOf": forms})}


def _required(kind: type[Node]) -> set[str]:
    return {name for name, info in kind.model_fields.items() if info.is_required()}


def _of_kinds(option: str) -> Schema:
    """An option of a target goes with the kinds for which it means something."""
    kinds = [kind for kind, options in POLICIES.items() if option in options]
    return {"if": {"required": [option]}, "then": {"properties": {"kind": {"enum": kinds}}}}


def _needing_p(kind: type[Node]) -> Schema:
    reference = {"$ref": f"#/$defs/{kind.name()}"}
    return {"allOf": [reference, {"type": "object", "required": ["p"]}]} if kind.needs_p else reference


def _steps(kind: str) -> Schema:
    return {"type": "array", "items": {"$ref": f"#/$defs/{kind}"}}


def _step(ops: Schema, names: list[str]) -> Schema:
    mapping = {"type": "object", "properties": ops, "additionalProperties": False, "minProperties": 1, "maxProperties": 1}
    return {"anyOf": [mapping, {"enum": names}]}


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
    # a field may be called title: only the keyword has a text
    return {name: _tidy(value) for name, value in schema.items() if not (name == "title" and isinstance(value, str))}
