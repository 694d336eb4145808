"""Reads YAML or JSON text into marked data, and trusts none of it.

PyYAML scans and parses; what its events mean is decided here, so that nothing is constructed but text, numbers, lists
and mappings. Bounded: bytes, depth, and the number of values after aliases are followed. No other file is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import yaml

from augment.errors import suggest
from augment.spec.ledger import Ledger, Mark
from augment.spec.marked import MAX_DEPTH, MAX_NODES, Marked, number_problem
from augment.spec.scalars import resolve, tag
from augment.spec.source import checked

_BARE_COLOUR = re.compile(r"[:,\[]\s+(#[0-9a-fA-F]{6})\b")
_JSON_TAB = re.compile(r'"(?:[^"\\]|\\.)*+"|\t')
_TAG = "tag:yaml.org,2002:"
_Event = Any
"""Of PyYAML, whose published stubs differ in which events have an anchor, a tag and a mark."""


def read_text(text: str, ledger: Ledger) -> Marked:
    """Return the one document of a text, and note its mistakes in the ledger.

    Where it is no YAML, what was read whole before that is returned: entries of the top level, and steps of the pipeline.
    """
    text = checked(text, ledger)
    if text.lstrip().startswith("{"):  # JSON may be indented by tabs, YAML may not
        text = _JSON_TAB.sub(lambda found: " " if found[0] == "\t" else found[0], text)
    reader = _Reader(text, ledger)
    root = reader.document()
    if reader.broken is not None:
        mark = getattr(reader.broken, "problem_mark", None) or getattr(reader.broken, "context_mark", None)
        at = (mark.line + 1, mark.column + 1) if mark else None
        ledger.cut_off(_syntax(reader.broken, text, at), at)
    elif root is None or (root.value is None and root.comment is not None):
        ledger.stop("is empty: a spec has at least 'pipeline:' and a list of ops")
    return root or Marked({})


def _syntax(error: yaml.YAMLError, text: str, at: Mark | None) -> str:
    problem = str(getattr(error, "problem", None) or error)
    if "nesting depth" in problem:  # libyaml has a bound of its own, and its parser is ahead of ours
        return f"is nested more than {MAX_DEPTH} levels deep"
    line = text.splitlines()[at[0] - 1 : at[0]] if at else []
    if at and line and line[0][at[1] - 1 : at[1]] == "\t":
        return "a tab cannot indent YAML: use spaces"
    if colour := _BARE_COLOUR.search(text):
        return f"not YAML: {problem}; {colour[1]} is a comment unless it is quoted: '{colour[1]}'"
    context = getattr(error, "context", None)
    return f"not YAML: {problem}{f' ({context})' if context else ''}"


class _Reader:
    """Recursive descent over the events of one text; its depth is bounded."""

    def __init__(self, text: str, ledger: Ledger):
        self.ledger = ledger
        self.lines = text.splitlines()
        self.events: Iterator[_Event] = iter(yaml.parse(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)))
        self.anchors: dict[str, Marked | None] = {}  # None while what it names is being read
        self.count = 0
        self.broken: yaml.YAMLError | None = None

    def document(self) -> Marked | None:
        root: Marked | None = None
        with self.keeping(depth=0, most=0):
            for event in self.events:
                if isinstance(event, yaml.DocumentStartEvent):
                    if root is not None:
                        self.ledger.stop("a file holds one spec, and here a second document starts", _mark(event))
                    root = self.node(next(self.events), 1)
        return root

    @contextmanager
    def keeping(self, depth: int, most: int) -> Iterator[None]:
        """Keep what a container held before the text stopped being YAML, if it is no deeper than ``most``: what is whole there
        is a step of the pipeline, and can be checked without the rest."""
        try:
            yield
        except yaml.YAMLError as error:
            if depth > most:
                raise
            self.broken = error

    def until(self, end: type[yaml.Event]) -> Iterator[_Event]:
        while not self.broken and not isinstance(event := next(self.events), end):
            yield event

    def node(self, event: _Event, depth: int) -> Marked:
        mark = _mark(event)
        if isinstance(event, yaml.AliasEvent):
            return self.alias(str(event.anchor), depth, mark)
        self.bound(1, depth, mark)
        if event.anchor:
            self.anchors[event.anchor] = None
        if isinstance(event, yaml.ScalarEvent):
            node = self.scalar(event, mark)
        else:
            self.container_tag(event, mark)
            node = self.mapping(depth, mark) if isinstance(event, yaml.MappingStartEvent) else self.sequence(depth, mark)
        if event.anchor:
            self.anchors[event.anchor] = node
        return node

    def bound(self, nodes: int, depth: int, mark: Mark) -> None:
        self.count += nodes
        if depth > MAX_DEPTH:
            self.ledger.stop(f"is nested more than {MAX_DEPTH} levels deep", mark)
        if self.count > MAX_NODES:
            self.ledger.stop(f"holds more than {MAX_NODES:,} values, counting what aliases repeat", mark)

    def alias(self, anchor: str, depth: int, mark: Mark) -> Marked:
        known = self.anchors.get(anchor)
        if known is None:
            what = "is inside what it names" if anchor in self.anchors else "names no anchor above it"
            near = "" if anchor in self.anchors else suggest(anchor, self.anchors)
            self.ledger.add_final(f"the alias *{anchor} {what}{near}", mark)
            return Marked(None, mark)
        self.bound(known.size, depth + known.height - 1, mark)
        return known

    def sequence(self, depth: int, mark: Mark) -> Marked:
        items = []
        with self.keeping(depth, most=2):
            for event in self.until(yaml.SequenceEndEvent):
                items.append(self.node(event, depth + 1))
        return _container(items, items, mark)

    def mapping(self, depth: int, mark: Mark) -> Marked:
        items: dict[str, Marked] = {}
        keys: dict[str, Mark] = {}
        merged: list[Marked] = []
        with self.keeping(depth, most=1):
            for event in self.until(yaml.MappingEndEvent):
                at, merge = _mark(event), isinstance(event, yaml.ScalarEvent) and event.value == "<<" and not event.style
                key = self.node(event, depth + 1).value
                if self.broken:
                    break
                value = self.node(next(self.events), depth + 1)
                if merge:
                    merged += self.merged(value)
                elif not isinstance(key, str):
                    self.ledger.add_final(f"keys must be text, not {_key_text(key)}", at)
                elif key in items:
                    self.ledger.add_final(f"duplicate key {key!r} (first at line {keys[key][0]})", at)
                else:
                    items[key], keys[key] = value, at
        for base in merged:  # what is written here wins, then the first that is merged
            items = {**base.value, **items}
            keys = {**base.keys, **keys}
        return _container(items, list(items.values()), mark, keys)

    def merged(self, value: Marked) -> list[Marked]:
        bases = value.value if isinstance(value.value, list) else [value]
        if all(isinstance(base.value, dict) for base in bases):
            return bases
        self.ledger.add_final("'<<' merges a mapping, as <<: *name, or a list of them", value.mark or (1, 1))
        return []

    def container_tag(self, event: _Event, mark: Mark) -> None:
        plain = f"{_TAG}map" if isinstance(event, yaml.MappingStartEvent) else f"{_TAG}seq"
        if event.tag not in (None, "!", plain):
            self.ledger.add_final(_tag_message(event.tag), mark)

    def scalar(self, event: _Event, mark: Mark) -> Marked:
        text, plain = event.value, not event.style  # the two parsers write the plain style differently
        value = resolve(text) if plain and event.tag is None else text
        if event.tag not in (None, "!", f"{_TAG}str"):
            value = resolve(text)
            if event.tag != _TAG + tag(value):
                self.ledger.add_final(_tag_message(event.tag), mark)
                value = None
        if isinstance(value, int | float) and (problem := number_problem(value)):
            self.ledger.add_final(problem, mark)
            value = 0
        if plain and not text and event.tag is None:
            line = self.lines[mark[0] - 1] if mark[0] <= len(self.lines) else ""
            return Marked(None, mark, comment=line[mark[1] - 1 :].strip(" :"))
        return Marked(value, mark)


def _mark(event: _Event) -> Mark:
    return event.start_mark.line + 1, event.start_mark.column + 1


def _container(value: list | dict, inside: list[Marked], mark: Mark, keys: dict[str, Mark] | None = None) -> Marked:
    size = 1 + sum(item.size for item in inside)
    return Marked(value, mark, keys or {}, size=size, height=1 + max((item.height for item in inside), default=0))


def _key_text(key: object) -> str:
    match key:
        case None:
            return "nothing"
        case list():
            return "a list"
        case dict():
            return "a mapping"
    return f"{key!r} (quote it)"


def _tag_message(name: str) -> str:
    return f"the tag {name.replace(_TAG, '!!')[:60]!r} is not allowed: a spec is plain data"
