"""Pipelines in files and on standard input: Python, which is only read, and JSON or YAML."""

from __future__ import annotations

import ast
import json
import sys
from pathlib import Path
from typing import Any

from augment.errors import SpecError, suggest
from augment.native.call import Library, Source
from augment.native.sources.code import chosen, from_code
from augment.native.sources.data import from_data

MOST_BYTES = 4 << 20
STDIN = Path("-")


def from_file(path: Path, name: str | None = None, library: Library | None = None, version: str | None = None) -> Source:
    """Return the facts of the pipeline in a file, or of the one of a name where it holds several; ``-`` is standard input.

    Raises `SpecError` on a file that cannot be read, or holds no pipeline, or several and none is named.
    """
    text = _text(path)
    kind = _kind(text) if path == STDIN else path.suffix.lower()
    if kind in (".py", ".ipynb"):
        source = from_code(_cells(text, path) if kind == ".ipynb" else text, path.name, name)
        return Source(library or source.library, source.calls, source.settings, version or source.version, source.name)
    data = _json(text, path) if kind == ".json" else _yaml(text, path)
    return from_data(_one(data, name, path), library, version, path.name)


def _kind(text: str) -> str:
    """The ending that a file of such a text would have."""
    if text.lstrip()[:1] in ("{", "["):
        return ".ipynb" if '"cells"' in text and '"nbformat"' in text else ".json"
    try:
        calls = any(isinstance(node, ast.Call) for node in ast.walk(ast.parse(text)))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        calls = text.lstrip().startswith(("import ", "from "))
    return ".py" if calls else ".yaml"


def _text(path: Path) -> str:
    try:
        if path == STDIN:
            raw = sys.stdin.buffer.read(MOST_BYTES + 1)
        else:
            with path.open("rb") as file:
                raw = file.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        raise SpecError(f"{path}: the file cannot be read: {getattr(error, 'strerror', None) or error}") from None
    if len(raw) > MOST_BYTES:
        raise SpecError(f"{path}: is larger than {MOST_BYTES >> 20} MiB")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise SpecError(f"{path}: the file is not UTF-8") from None
    if not text.strip():
        raise SpecError(f"{path}: is empty")
    return text


def _json(text: str, path: Path) -> Any:
    try:
        return json.loads(text)
    except ValueError as error:
        raise SpecError(f"{path}: is no JSON ({error})") from None
    except RecursionError:
        raise SpecError(f"{path}: is nested too deep") from None


def _yaml(text: str, path: Path) -> Any:
    """YAML by the bounded reader of specs: aliases are followed and counted, tags construct nothing."""
    from augment.spec.ledger import Ledger
    from augment.spec.read import read_text

    ledger = Ledger(str(path))
    data = read_text(text, ledger).plain
    ledger.settle()
    return data


def _cells(text: str, path: Path) -> str:
    """The code of a notebook, without what only notebooks understand."""
    data = _json(text, path)
    cells = data.get("cells") if isinstance(data, dict) else None
    if not isinstance(cells, list):
        raise SpecError(f"{path}: is no notebook")
    sources = ["".join(map(str, c.get("source") or "")) for c in cells if isinstance(c, dict) and c.get("cell_type") == "code"]
    return "\n".join(line for source in sources for line in source.splitlines() if not line.lstrip().startswith(("%", "!")))


def _one(data: Any, name: str | None, path: Path) -> Any:
    """One pipeline of several, by its id."""
    several = isinstance(data, list) and bool(data) and all(isinstance(x, dict) and "ops" in x for x in data)
    if not several:
        return data
    known = [str(x.get("id", i)) for i, x in enumerate(data)]
    if name is None and len(data) == 1:
        return data[0]
    if name not in known:
        first = f"; say which one, {chosen(str(path), known[0])}" if name is None else suggest(name, known)
        raise SpecError(f"{path}: holds {len(data)} pipelines{'' if name is None else f', and none of the id {name!r}'}{first}")
    return data[known.index(name)]
