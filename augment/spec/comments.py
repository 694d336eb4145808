"""Finds the comments of a spec that speak to the tool, as ``# augment: ignore strength`` does: YAML itself forgets comments."""

from __future__ import annotations

import re
from typing import NamedTuple

import yaml

_START = re.compile(r"(?:^|(?<=\s))#")
_ADDRESSED = re.compile(r"#\s*augment\s*:(.*)")


class Comment(NamedTuple):
    """What one comment says to the tool."""

    line: int
    column: int
    text: str
    """What follows ``# augment:``."""
    about: int
    """The line that it speaks of: its own, or the next that is no comment where it stands alone."""


def comments(text: str) -> tuple[Comment, ...]:
    """Return the comments of a well-formed text that begin with ``# augment:``, in order."""
    lines = text.splitlines()
    wanted = [i for i, line in enumerate(lines) if _ADDRESSED.search(line)]
    if not wanted:
        return ()
    # tabs may indent JSON, and YAML forbids them; only positions count here
    tokens = yaml.scan(text.replace("\t", " "), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    scalars = [(_at(t.start_mark), _at(t.end_mark)) for t in tokens if isinstance(t, yaml.ScalarToken)]
    found = []
    for i in wanted:
        starts = (m.start() for m in _START.finditer(lines[i]))
        column = next((c for c in starts if not any(a <= (i, c) < b for a, b in scalars)), None)
        said = _ADDRESSED.match(lines[i], column) if column is not None else None
        if column is not None and said:
            found.append(Comment(i + 1, column + 1, said[1].strip(), _subject(lines, i, column)))
    return tuple(found)


def _at(mark: yaml.Mark) -> tuple[int, int]:
    return mark.line, mark.column


def _subject(lines: list[str], i: int, column: int) -> int:
    if lines[i][:column].strip():
        return i + 1
    return next((n + 1 for n in range(i + 1, len(lines)) if not lines[n].lstrip().startswith("#")), i + 1)
