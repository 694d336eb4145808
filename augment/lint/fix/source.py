"""The text of a spec with the places of its words, of which some can be replaced."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import yaml

Mark = tuple[int, int]
"""Line and column, from 0."""
_PART = re.compile(r"\[(\d+)\]|\.?([^.\[\]]+)")
_HELD = ("ops", "pipeline")
"""The keys behind which a list of ops may stand where a path goes on with its index."""


class Word(NamedTuple):
    """A key or a value of a text that is neither a list nor a mapping."""

    start: Mark
    stop: Mark
    raw: str
    """What it says, without quotes."""
    quote: str
    """How it is quoted, or ''."""


@dataclass(frozen=True)
class Source:
    """A text. It need not be YAML: nothing is found in one that is not."""

    text: str

    @property
    def json(self) -> bool:
        return self.text.lstrip("\ufeff \t\r\n").startswith("{")

    @cached_property
    def lines(self) -> list[str]:
        return self.text.removeprefix("\ufeff").splitlines(keepends=True)

    def replaced(self, start: Mark, stop: Mark, new: str) -> str:
        """Return the text with what stands between two marks replaced."""
        starts = [len(self.text) - len(self.text.removeprefix("\ufeff"))]
        for line in self.lines:
            starts.append(starts[-1] + len(line))
        return self.text[: starts[start[0]] + start[1]] + new + self.text[starts[stop[0]] + stop[1] :]

    def rewritten(self, word: Word, new: str) -> str:
        """Return the text with a word in place of another, in its quotes; JSON needs some, and YAML does not."""
        plain = re.fullmatch(r"[\w ]+", new) is not None and not _number(new)
        quote = '"' if self.json else word.quote
        return self.replaced(word.start, word.stop, f"{quote}{new}{quote}" if plain else new)

    def word(self, line: int, column: int) -> Word | None:
        """Return the word that begins at a place, counted from 1; None where none does."""
        return next((word for word in self.words if word.start == (line - 1, column - 1)), None)

    @cached_property
    def words(self) -> tuple[Word, ...]:
        found = []
        try:
            for token in yaml.scan(self._even, Loader=yaml.SafeLoader):
                if isinstance(token, yaml.ScalarToken):
                    quote = token.style if token.style in ("'", '"') else ""
                    found.append(Word(_at(token.start_mark), _at(token.end_mark), token.value, quote))
        except yaml.YAMLError:
            pass  # what stands before is found
        return tuple(found)

    def put(self, path: str, value: str) -> str | None:
        """Return the text with ``value`` at a path of the spec, as a new field of an op where there is none; None where the path
        leads nowhere, or through what an alias repeats."""
        parts = [int(index) if index else name for index, name in _PART.findall(path)]
        try:
            root = yaml.compose(self._even, Loader=yaml.SafeLoader)
        except yaml.YAMLError:
            return None
        if root is None or _shared(root):
            return None
        value = json.dumps(yaml.safe_load(value)) if self.json else value
        found = _find(root, parts)
        if found is not None:
            return self.replaced(_at(found.start_mark), _at(found.end_mark), value)
        held = _find(root, parts[:-1])
        return self._with_field(held, parts, value) if held is not None and isinstance(parts[-1], str) else None

    def _with_field(self, held: yaml.Node, parts: list[str | int], value: str) -> str | None:
        """A field that an op does not have yet."""
        field = f'"{parts[-1]}"' if self.json else str(parts[-1])
        if isinstance(held, yaml.MappingNode) and held.value:
            last = held.value[-1][1]
            stop = _at(last.end_mark)
            if held.flow_style:
                return self.replaced(stop, stop, f", {field}: {value}")
            if isinstance(last, yaml.CollectionNode) and not last.flow_style:
                return None  # it ends where something else begins
            end = len(self.lines[stop[0]].rstrip("\r\n"))  # behind a comment
            line = f"{self._break}{' ' * held.start_mark.column}{field}: {value}"
            return self.replaced((stop[0], end), (stop[0], end), line)
        bare = _bare(str(parts[-2]))
        if bare is None or not isinstance(held, yaml.ScalarNode):
            return None
        stop = _at(held.end_mark)
        said = "".join(self.lines[held.start_mark.line][held.start_mark.column : stop[1]])
        first = f'"{bare}"' if self.json else bare
        return self.replaced(_at(held.start_mark), stop, f"{{{first}: {said}, {field}: {value}}}")

    @property
    def _break(self) -> str:
        return "\r\n" if self.lines[0].endswith("\r\n") else "\n"

    @property
    def _even(self) -> str:
        # tabs may indent JSON, and YAML forbids them; only positions count here
        text = self.text.removeprefix("\ufeff")
        return text.replace("\t", " ") if self.json else text


def _find(node: yaml.Node, parts: list[str | int]) -> yaml.Node | None:
    for part in parts:
        if isinstance(part, int):
            if isinstance(node, yaml.MappingNode):
                inside = next((value for key, value in node.value if key.value in _HELD), None)
                if inside is None:
                    return None
                node = inside
            if not isinstance(node, yaml.SequenceNode) or part >= len(node.value):
                return None
            node = node.value[part]
        elif isinstance(node, yaml.MappingNode):
            found = next((value for key, value in node.value if key.value == part), None)
            if found is None:
                return None
            node = found
        else:
            return None
    return node


def _shared(root: yaml.Node) -> bool:
    """Whether an alias repeats a part."""
    seen: set[int] = set()
    for node in _below(root):
        if id(node) in seen:
            return True
        seen.add(id(node))
    return False


def _below(node: yaml.Node) -> Iterator[yaml.Node]:
    yield node
    for inside in node.value if isinstance(node, yaml.CollectionNode) else ():
        for part in inside if isinstance(inside, tuple) else (inside,):
            yield from _below(part)


def _bare(op: str) -> str | None:
    from augment.ops import catalogue

    kind = catalogue().get(op)
    return kind.bare if kind else None


def _number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def _at(mark: yaml.Mark) -> Mark:
    return mark.line, mark.column
