"""Texts in files as samples: a line of a .txt each, or a column of a table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from augment.data.form import only
from augment.data.table import SUFFIXES, csv_rows, json_rows
from augment.data.tree import read_text
from augment.errors import FileError
from augment.program.lower import lower
from augment.sample import DEFAULT_TARGETS, Target

if TYPE_CHECKING:
    from augment.spec.node import Pipeline

TEXTS = (".txt", *SUFFIXES)
COLUMNS = ("text", "sentence")
"""What the column is called, where no column has the name of the target."""


def texts_alone(pipeline: Pipeline) -> bool:
    """Whether a spec is for texts, and no image stands beside them."""
    declared = any(target.kind == "image" for target in pipeline.targets.values())
    return not declared and {leaf.op.modality for leaf in lower(pipeline).leaves} == {"text"}


def text_name(targets: Mapping[str, Target]) -> str:
    """Return the target that a line of a file is. Raises `SpecError` for none of kind text, or several."""
    return only(targets or DEFAULT_TARGETS, "text", "a line is one text")


def read_sentences(paths: Iterable[Path], targets: Mapping[str, Target]) -> dict[str, dict[str, str]]:
    """Return a sample for each text, by the file and line that it stands in.

    Raises:
        FileError: a file cannot be read, or has no texts.
        SpecError: the spec declares no target of kind text, or several.
    """
    name = text_name(targets)
    found: dict[str, dict[str, str]] = {}
    for path in paths:
        if path.suffix.lower() not in TEXTS:
            raise FileError(f"{path}: is not read as texts; {', '.join(TEXTS)} are")
        before = len(found)
        for number, text in _lines(path) if path.suffix.lower() == ".txt" else _column(path, name):
            found[f"{path.name}:{number}"] = {name: text}
        if len(found) == before:
            raise FileError(f"{path}: holds no texts")
    return found


def _lines(path: Path) -> list[tuple[int, str]]:
    return [(number, line) for number, line in enumerate(read_text(path).splitlines(), 1) if line.strip()]


def _column(path: Path, name: str) -> list[tuple[int, str]]:
    rows = json_rows(path) if path.suffix.lower() == ".jsonl" else csv_rows(path)
    found = []
    for number, row in rows:
        column = next((one for one in (name, *COLUMNS) if one in row), None)
        if column is None:
            needs = " or ".join(dict.fromkeys((name, *COLUMNS)))
            raise FileError(f"{path}:{number}: needs a column {needs}; it has {', '.join(row)}")
        if not isinstance(row[column], str):
            raise FileError(f"{path}:{number}: {column} must be text, not {row[column]!r:.60}")
        found.append((number, row[column]))
    return found


__all__ = ["TEXTS", "read_sentences", "text_name", "texts_alone"]
