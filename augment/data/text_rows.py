"""Rows of texts in files, one by one: lines, JSON lines, tables and Parquet, read and written."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import IO, Any, NamedTuple, TextIO

from augment.data.form import plain
from augment.data.sentences import TEXTS
from augment.data.tree import parse_json
from augment.data.unpacking import PARQUET, opened_table
from augment.errors import FileError

ROWS = (*TEXTS, *PARQUET)
MOST = 1000
"""Of a row group of Parquet: so many rows are held in memory at once. The first ones tell the types of columns, where the source
does not."""


class Row(NamedTuple):
    """A row of a file, as a mapping of columns; a line has one, without a name."""

    place: int
    """Among the rows, from 0 on: its key."""
    line: int
    columns: dict[str, Any]


def writable(source: Path) -> tuple[str, ...]:
    """Return the suffixes that what comes of a file may have: its own, and those that hold any columns."""
    own = source.suffix.lower()
    return (own,) if own == ".txt" else tuple(dict.fromkeys((own, ".jsonl", *PARQUET)))


def read_rows(path: Path) -> Iterator[Row]:
    """Yield the rows of a file, one by one. Raises `FileError`, with the line, on what is none."""
    suffix = path.suffix.lower()
    try:
        if suffix in PARQUET:
            yield from _table(path)
            return
        with path.open(encoding="utf-8-sig", newline="") as lines:
            yield from {".txt": _lines, ".jsonl": _objects}.get(suffix, _records)(path, lines)
    except UnicodeDecodeError as error:
        raise FileError(f"{path}: is not UTF-8 text ({error.reason}); save it as UTF-8") from None
    except OSError as error:
        raise FileError(f"{path}: cannot be read ({error.strerror or error})") from None


def _lines(path: Path, lines: TextIO) -> Iterator[Row]:
    for index, line in enumerate(lines):
        yield Row(index, index + 1, {"": line.rstrip("\r\n")})


def _objects(path: Path, lines: TextIO) -> Iterator[Row]:
    index = 0
    for number, line in enumerate(lines, 1):
        if line.strip():
            row = parse_json(line, f"{path}:{number}")
            if not isinstance(row, dict):
                raise FileError(f'{path}:{number}: must be an object such as {{"text": ...}}')
            yield Row(index, number, row)
            index += 1


def _records(path: Path, lines: TextIO) -> Iterator[Row]:
    reader = csv.DictReader(lines, delimiter=_delimiter(path.suffix.lower()), strict=True)
    try:
        for index, row in enumerate(reader):
            if None in row or None in row.values():
                raise FileError(f"{path}:{reader.line_num}: has not as many fields as the first line; quote those with commas")
            yield Row(index, reader.line_num, row)
    except csv.Error as error:
        raise FileError(f"{path}:{reader.line_num}: is no CSV ({error})") from None


def _head(path: Path) -> str:
    """The first line of a table: its columns."""
    with path.open(encoding="utf-8-sig", newline="") as lines:
        names = next(csv.reader(lines, delimiter=_delimiter(path.suffix.lower()), strict=True), [])
    return _line(names, path.suffix.lower())


def as_written(row: Mapping[str, Any], suffix: str) -> Any:
    """Return a row as `writer` takes it for a file of this suffix: a line, or for Parquet the row."""
    if suffix in PARQUET:
        return dict(row)
    if suffix == ".jsonl":
        return json.dumps(row, default=plain, ensure_ascii=False) + "\n"
    return _line(row.values(), suffix)


def _line(fields: Iterable[Any], suffix: str) -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=_delimiter(suffix), lineterminator="\n").writerow(fields)
    return out.getvalue()


def _delimiter(suffix: str) -> str:
    return "\t" if suffix == ".tsv" else ","



def _table(path: Path) -> Iterator[Row]:
    index = 0
    with path.open("rb") as file, closing(opened_table(file, path)) as table:
        try:
            for batch in table.iter_batches(MOST):
                for columns in batch.to_pylist():
                    yield Row(index, index + 1, columns)
                    index += 1
        except _arrow_errors() as error:
            raise FileError(f"{path}:{index + 1}: cannot be read ({str(error).splitlines()[0][:120]})") from None


@contextmanager
def writer(file: IO[bytes], source: Path, suffix: str) -> Iterator[Callable[[Iterable[Any]], None]]:
    """Yield what writes rows, made by `as_written`; the result of Parquet has the columns that the source has, in their types."""
    if suffix in PARQUET:
        with _parquet(file, source) as write:
            yield write
        return
    if suffix not in (".txt", ".jsonl"):
        file.write(_head(source).encode())
    yield lambda lines: file.writelines(line.encode() for line in lines)


@contextmanager
def _parquet(file: IO[bytes], source: Path) -> Iterator[Callable[[Iterable[Any]], None]]:
    schema = None
    if source.suffix.lower() in PARQUET:
        with source.open("rb") as given, closing(opened_table(given, source)) as table:
            schema = table.schema_arrow
    import pyarrow as pa
    from pyarrow import parquet

    waiting: list[dict[str, Any]] = []
    made: list[Any] = []

    def flush() -> None:
        nonlocal schema
        try:
            schema = schema or _types(waiting)
            table = pa.Table.from_pylist(waiting, schema)
        except _arrow_errors() as error:
            why = f"rows are not of the types that the first {MOST} have ({str(error).splitlines()[0][:120]}); write .jsonl"
            raise FileError(f"{source}: {why}") from None
        made[:] = made or [parquet.ParquetWriter(file, schema)]
        made[0].write_table(table)
        waiting.clear()

    def write(rows: Iterable[Any]) -> None:
        waiting.extend(rows)
        if len(waiting) >= MOST:
            flush()

    yield write
    flush()
    made[0].close()


def _types(rows: list[dict[str, Any]]) -> Any:
    """The types of columns by their first rows; one that is always empty is text."""
    import pyarrow as pa

    names = dict.fromkeys(name for row in rows for name in row)
    found = pa.Table.from_pylist([{name: row.get(name) for name in names} for row in rows]).schema
    return pa.schema([pa.field(one.name, pa.string()) if pa.types.is_null(one.type) else one for one in found])


def _arrow_errors() -> tuple[type[Exception], ...]:
    import pyarrow as pa

    return (pa.ArrowException, OSError)
