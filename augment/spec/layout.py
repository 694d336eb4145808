"""Lays YAML out as people write specs: a line for each op, its fields in braces on the same line."""

from __future__ import annotations

import re
from typing import Any

import yaml

from augment.spec.scalars import resolve, tag

_STR = "tag:yaml.org,2002:str"
_BREAKS = re.compile("[\n\r\x85\u2028\u2029\ufeff]")


class Block(dict):
    """A mapping with a line for each key."""


class Rows(list):
    """A list with a line for each item."""


class _Dumper(yaml.SafeDumper):
    """Everything in braces, but for blocks and rows."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)  # dashes are indented under their key

    def resolve(self, kind: Any, value: Any, implicit: Any) -> str:
        # a text is quoted if the 1.2 schema, by which it is read, or the 1.1 schema of other readers would make it something else
        theirs = super().resolve(kind, value, implicit)
        if kind is not yaml.ScalarNode or not implicit[0]:
            return theirs
        if value == "on":  # a field of ours, and a boolean for YAML 1.1: quotes would look odd in every spec that uses it
            return _STR
        ours = f"tag:yaml.org,2002:{tag(resolve(value))}"
        return theirs if ours == _STR else ours

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _text(dumper: _Dumper, text: str) -> yaml.Node:
    # PyYAML's plain and single-quoted styles lose some of these at the edges of a line
    return dumper.represent_scalar(_STR, text, style='"' if _BREAKS.search(text) else None)


_Dumper.add_representer(str, _text)
_Dumper.add_representer(Block, lambda dumper, data: dumper.represent_mapping("tag:yaml.org,2002:map", data, flow_style=False))
_Dumper.add_representer(Rows, lambda dumper, data: dumper.represent_sequence("tag:yaml.org,2002:seq", data, flow_style=False))


def dump(data: Any) -> str:
    """Return YAML text in the order of the data."""
    return yaml.dump(data, Dumper=_Dumper, sort_keys=False, allow_unicode=True, default_flow_style=True, width=120)
