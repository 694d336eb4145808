"""Rewrites a file of texts by a spec: rows of JSON lines or of a table, or lines, each under the key of its place.

Rows are read, edited and written one after the other, so a file may be larger than memory, and workers change nothing.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Generator, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from augment.data.sentences import COLUMNS
from augment.data.text_rows import ROWS, Row, as_written, read_rows, writable, writer
from augment.data.tree import real
from augment.errors import AugmentError, FileError, SpecError
from augment.files.whole import writing
from augment.plugins import get_backend
from augment.program.lower import lower
from augment.shards.local import end_with_parent, end_workers, held_back

CHUNK = 256
"""Rows that a worker is given at once."""


class Made(NamedTuple):
    """What became of a row: its versions, written out, or why there are none."""

    line: int
    written: tuple[Any, ...]
    """Each as a line or a row of the result."""
    error: str = ""


@dataclass(frozen=True)
class Rewriting:
    """What is done to each row. Making one raises the errors of the spec and of the place."""

    spec: str
    """As JSON."""
    backend: str
    source: Path
    column: str | None = None
    epochs: tuple[int, ...] = (0,)
    stage: str = "train"
    form: str = ""
    """The suffix of the result, if it is another than that of the source."""

    @property
    def suffix(self) -> str:
        return self.form or self.source.suffix.lower()

    def check(self, target: Path, replace: bool) -> None:
        """Raise where the spec, the files or the place of the result do not fit."""
        for path in (self.source, target):
            if path.suffix.lower() not in ROWS:
                raise FileError(f"{path}: is not written as texts; {', '.join(ROWS)} are")
        suffixes = writable(self.source)
        if target.suffix.lower() not in suffixes:
            raise FileError(f"{target}: what comes of {self.source.suffix} is written as {' or '.join(suffixes)}")
        if real(target) == real(self.source):
            raise FileError(f"{target}: the result would replace the file that it is made from; choose another")
        if target.exists() and not replace:
            raise FileError(f"{target}: exists; --force replaces it")
        self.editor()

    def editor(self) -> Callable[[Row], Made]:
        """Return what makes a row."""
        return _Editor(self)


class _Editor:
    def __init__(self, job: Rewriting):
        from augment.compiler import compile as compile_spec
        from augment.language import loads

        self.job = job
        pipeline = loads(job.spec)
        program = lower(pipeline, stage=job.stage)
        if program.partnered:
            raise SpecError("the spec joins samples, and rows of a file of texts are made one by one; leave the mix out")
        named = [name for name, target in pipeline.targets.items() if target.kind in ("text", "caption")]
        if pipeline.targets and not named:
            raise SpecError("targets declares no text, and a file of texts holds nothing else")
        self.names = named or ["text"]
        if job.column is not None and len(self.names) > 1:
            raise SpecError(f"--column names one text, and targets declares {', '.join(self.names)}: call the columns so")
        backend = job.backend if get_backend(job.backend).modality == "text" else "builtin"
        if images := [leaf.op.name() for leaf in program.leaves if leaf.op.modality == "image"]:
            raise SpecError(f"{images[0]} is for images, and {job.source.name} is a file of texts")
        self.edit = compile_spec(pipeline, backend, stage=job.stage)  # type: ignore[call-overload]
        self.line = job.source.suffix.lower() == ".txt"

    def __call__(self, row: Row) -> Made:
        try:
            return Made(row.line, tuple(self._made(row, epoch) for epoch in self.job.epochs))
        except AugmentError as error:
            told = str(error)
        except Exception as error:  # of a plugin, in a way of its own: the rest is done
            told = " ".join(f"{type(error).__name__}: {error}".split())[:300]
        return Made(row.line, (), f"{self.job.source}:{row.line}: {told}")

    def _made(self, row: Row, epoch: int) -> Any:
        if self.line:
            text = self.edit.at(row.place, epoch)(row.columns[""]) if row.columns[""].strip() else row.columns[""]
            if "\n" in text:
                raise FileError("became several lines; give texts with new lines as .jsonl or .csv")
            return f"{text}\n"
        renamed = self._columns(row)
        sample = {renamed.get(name, name): entry for name, entry in row.columns.items()}
        out = self.edit.at(row.place, epoch)(sample)
        return as_written({name: out[renamed.get(name, name)] for name in row.columns}, self.job.suffix)

    def _columns(self, row: Row) -> Mapping[str, str]:
        """Which column is which text, where it has another name."""
        if self.job.column is None and any(name in row.columns for name in self.names):
            return {}
        wanted = COLUMNS if self.job.column is None and len(self.names) == 1 else (self.job.column or self.names[0],)
        column = next((name for name in wanted if name in row.columns), None)
        if column is None:
            needs = " or ".join(dict.fromkeys((*self.names, *wanted) if self.job.column is None else wanted))
            raise FileError(f"needs a column {needs}; it has {', '.join(row.columns)}; --column names another")
        if column != self.names[0] and self.names[0] in row.columns:
            raise FileError(f"has a column {self.names[0]}, too, as the spec calls the text; call one of them otherwise")
        return {column: self.names[0]}


@dataclass
class Report:
    """What a run has made."""

    made: int = 0
    failed: list[Made] = field(default_factory=list)


def rewrite(job: Rewriting, target: Path, workers: int = 0) -> Generator[Report, None, None]:
    """Write the result, whole or not at all, and yield how far it is after every row.

    Rows that fail are left out of it and told. Raises `FileError` where the file cannot be read, or the result not be written.
    """
    report = Report()
    rows = read_rows(job.source)
    with writing(target) as file, writer(file, job.source, job.suffix) as write:
        for made in map(job.editor(), rows) if workers < 2 else _in_processes(job, rows, workers):
            write(made.written)
            report.made += not made.error
            report.failed += [made] if made.error else []
            yield report


def _in_processes(job: Rewriting, rows: Iterator[Row], workers: int) -> Iterator[Made]:
    """Rows in their order, a few chunks ahead of what is written."""
    from multiprocessing import get_context

    pool = ProcessPoolExecutor(workers, get_context("spawn"), initializer=partial(_begin, job))
    waiting: deque[Any] = deque()
    try:
        while chunk := list(islice(rows, CHUNK)):
            with held_back():
                waiting.append(pool.submit(_work, chunk))
            if len(waiting) > 2 * workers:
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()
    except BrokenProcessPool:
        end_workers(pool)
        raise AugmentError("a worker process died, perhaps for lack of memory; use fewer --workers") from None
    finally:
        pool.shutdown(cancel_futures=True)


_edit: Callable[[Row], Made]


def _begin(job: Rewriting) -> None:
    global _edit
    threading.Thread(target=end_with_parent, daemon=True).start()
    _edit = job.editor()


def _work(rows: list[Row]) -> list[Made]:
    return list(map(_edit, rows))


__all__ = ["Made", "Report", "Rewriting", "Row", "read_rows", "rewrite"]
