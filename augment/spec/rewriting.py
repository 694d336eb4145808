"""Changes single fields in the text of a spec: everything else stays as it is, letter by letter, comments too."""

from __future__ import annotations

import json
from typing import Any, NamedTuple

import yaml

from augment.errors import SpecError
from augment.spec.layout import dump
from augment.spec.node import COMBINATORS

Steps = tuple[int, ...]


class Change(NamedTuple):
    """A field of the op that stands at ``steps`` (the index at each level), or of the top level, and its new value."""

    steps: Steps
    op: str
    """Its name, which must be what stands there; empty for the top level."""
    field: str
    value: Any
    """Plain data."""
    view: str = ""
    """The name of the view that the op stands in; empty for the common pipeline."""


class _Splice(NamedTuple):
    start: int
    end: int
    new: str


def rewrite(text: str, change: Change, bare: str | None = None) -> str:
    """Return the text with one field changed, or added where it was not written.

    ``bare`` is the field that the op's value stands for where it is written without names. Raises `SpecError` where the op is
    not in the text as it is expected, or is written in a way that cannot be changed in place.
    """
    root = tree(text)
    form = Form(text)
    if change.steps:
        splices = _in_op(form, *_item(root, change), change, bare)
    else:
        splices = _in_mapping(form, root, change.field, change.value)
    for splice in sorted(splices, reverse=True):
        text = text[: splice.start] + splice.new + text[splice.end :]
    tree(text)
    return text


def supplant(text: str, change: Change, instead: str, bare: str | None = None) -> str:
    """Return the text with one field in the place of another, ``instead``, which goes; as `rewrite` where that is not written."""
    _, inside, _ = _item(tree(text), change)
    form = Form(text)
    if isinstance(inside, yaml.MappingNode):
        pair = next((pair for pair in inside.value if pair[0].value == instead), None)
        if pair is None:
            return rewrite(text, change, bare)
        start, end, new = pair[0].start_mark.index, form.end(pair[1]), form.entry(change.field, change.value)
    elif inside is None or instead != bare:
        return rewrite(text, change, bare)
    else:
        start, end, new = inside.start_mark.index, form.end(inside), f"{{{form.entry(change.field, change.value)}}}"
    return text[:start] + new + text[end:]


def tree(text: str) -> yaml.MappingNode:
    """Return a text as YAML. Raises `SpecError` for what is none."""
    try:
        root = yaml.compose(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except (yaml.YAMLError, RecursionError):
        root = None
    if not isinstance(root, yaml.MappingNode):
        raise SpecError("the text must be YAML before a field of it can be changed")
    return root


def listed(root: yaml.MappingNode, steps: Steps) -> yaml.SequenceNode | None:
    """Return the list of ops that the combinator at ``steps`` holds, or the pipeline; None if it is not there."""
    items: yaml.Node | None = _value(root, "pipeline")
    for step in steps:
        if not isinstance(items, yaml.SequenceNode) or step >= len(items.value):
            return None
        item = items.value[step]
        inside = item.value[0][1] if isinstance(item, yaml.MappingNode) and len(item.value) == 1 else None
        items = _value(inside, "ops") if isinstance(inside, yaml.MappingNode) else inside
    return items if isinstance(items, yaml.SequenceNode) else None


def _item(root: yaml.MappingNode, change: Change) -> tuple[yaml.Node, yaml.Node | None, bool]:
    """Return the node of an op's name, of its arguments, and whether it stands in a flow sequence."""
    steps, op = change.steps, change.op
    items: yaml.Node | None = _value(_value(root, "views"), change.view) if change.view else _value(root, "pipeline")
    if isinstance(items, yaml.MappingNode):  # a view with fields of its own
        items = _value(items, "pipeline")
    for depth, step in enumerate(steps):
        if not isinstance(items, yaml.SequenceNode) or step >= len(items.value):
            break
        item = items.value[step]
        pair = isinstance(item, yaml.MappingNode) and len(item.value) == 1
        key, inside = item.value[0] if pair else (item, None)
        if depth == len(steps) - 1 and key.value == op:
            return key, inside, bool(items.flow_style)
        items = _value(inside, "ops") if isinstance(inside, yaml.MappingNode) else inside
    raise SpecError(f"{op} is no longer where it was; the page reads the text anew")


def _value(mapping: yaml.Node | None, name: str) -> yaml.Node | None:
    if isinstance(mapping, yaml.MappingNode):
        return next((value for key, value in mapping.value if key.value == name), None)
    return None


def _in_op(form: Form, key: yaml.Node, inside: yaml.Node | None, flow: bool, change: Change, bare: str | None) -> list[_Splice]:
    entry = form.entry(change.field, change.value)
    if inside is None:  # - rotate90
        body = f"{form.text[key.start_mark.index : key.end_mark.index]}: {{{entry}}}"
        return [_Splice(key.start_mark.index, key.end_mark.index, f"{{{body}}}" if flow else body)]
    start, end = inside.start_mark.index, form.end(inside)
    if start == end:  # - rotate90:
        colon = form.text.index(":", key.end_mark.index) + 1
        return [_Splice(colon, colon, f" {{{entry}}}")]
    if isinstance(inside, yaml.MappingNode):
        return _in_mapping(form, inside, change.field, change.value)
    whole = "ops" if change.op in COMBINATORS else bare
    if change.field == whole:
        return [_Splice(start, end, form.value(change.value))]
    if whole is None:
        raise SpecError(f"{change.op} takes its fields by name")
    if getattr(inside, "flow_style", True) is False:  # a list with a line for each item
        indent = " " * inside.start_mark.column
        return [_Splice(start, start, f"{entry}\n{indent}{form.name(whole)}:\n{indent}")]
    return [_Splice(start, start, f"{{{form.name(whole)}: "), _Splice(end, end, f", {entry}}}")]


def _in_mapping(form: Form, mapping: yaml.MappingNode, field: str, value: Any) -> list[_Splice]:
    entry = form.entry(field, value)
    found = next((pair for pair in mapping.value if pair[0].value == field), None)
    if found is not None:
        start, end = found[1].start_mark.index, form.end(found[1])
        if start == end:  # nothing is written after the colon
            start = end = form.text.index(":", found[0].end_mark.index) + 1
            return [_Splice(start, end, f" {form.value(value)}")]
        inside = getattr(found[1], "flow_style", True) is False and found[1].start_mark.column <= found[0].start_mark.column
        return [_Splice(start, end, "  " * inside + form.value(value))]  # dashes may stand below their key, and brackets not
    if not mapping.value:
        return [_Splice(mapping.start_mark.index, mapping.end_mark.index, f"{{{entry}}}")]
    if mapping.flow_style:
        end = form.end(mapping.value[-1][1]) or mapping.value[-1][0].end_mark.index
        return [_Splice(end, end, f", {entry}")]
    if mapping.start_mark.column == 0:  # of the top level, where the pipeline is last
        before = next((key for key, _ in mapping.value if key.value == "pipeline"), mapping.value[0][0]).start_mark.index
        return [_Splice(before, before, f"{entry}\n")]
    first, last = mapping.value[0][0].start_mark, mapping.value[-1][1]
    if getattr(last, "flow_style", True) is False:  # what it holds goes on for some lines
        return [_Splice(first.index, first.index, f"{entry}\n{' ' * first.column}")]
    line = form.text.find("\n", form.end(last))
    after = len(form.text) if line < 0 else line
    return [_Splice(after, after, f"\n{' ' * first.column}{entry}")]


class Form:
    """How a text writes values: as JSON where it is JSON."""

    def __init__(self, text: str):
        self.text = text
        self.json = text.lstrip().startswith("{")

    def name(self, field: str) -> str:
        return json.dumps(field) if self.json else field

    def value(self, value: Any) -> str:
        if self.json:
            return json.dumps(value, ensure_ascii=False)
        return dump([value]).strip()[1:-1]  # as it stands among others in braces

    def entry(self, field: str, value: Any) -> str:
        return f"{self.name(field)}: {self.value(value)}"

    def end(self, node: yaml.Node) -> int:
        """Where a node ends: those with a line for each part are said to reach to the next one."""
        if getattr(node, "flow_style", True) is not False or not node.value:
            return node.end_mark.index
        last = node.value[-1]
        return self.end(last[1] if isinstance(last, tuple) else last)
