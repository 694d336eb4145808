"""What a job is, what its samples come from, and what becomes of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from augment.data.folder import Folder
from augment.data.form import Item
from augment.data.output import Output
from augment.data.packed import Packs, holds_packs
from augment.data.source import Source
from augment.data.tree import real
from augment.errors import FileError
from augment.program.lower import Program
from augment.sample import Target


@dataclass(frozen=True)
class Job:
    """All that a worker needs to know."""

    spec: str
    """As JSON."""
    backend: str
    source: Path | tuple[Path, ...]
    """A picture, a folder of pictures or of packs, a pack, or several packs."""
    output: Output
    epochs: tuple[int, ...] = (0,)
    stage: str = "train"
    masks: Path | None = None
    labels: Path | None = None
    classes: bool = False
    text_backend: str | None = None


@dataclass(frozen=True)
class Outcome:
    """What became of one sample: the files that were written, or why there are none."""

    image: Path
    """The file, or ``pack:key``."""
    epoch: int
    written: tuple[Path, ...] = ()
    error: str = ""
    kept: bool = False
    """Whether they were there before."""


def check_apart(job: Job) -> None:
    """Raise `FileError` where results would be read as sources by the next call, whose indices they would shift."""
    folders = [one for one in (job.source, job.masks, job.labels) if isinstance(one, Path) and one.is_dir()]
    inputs = [real(folder) for folder in folders]
    for place in job.output.folders():
        for folder in inputs:
            if real(place).is_relative_to(folder):
                why = f"the next call would read them, and shift every index after them: choose a folder outside {folder}"
                raise FileError(f"{place}: results would stand in the folder that they are made from; {why}")


class Seen(Sequence[dict[str, Any]]):
    """A source as one of its samples sees it, whose files are at hand: mix partners are looked up, and read after it."""

    def __init__(self, source: Source, item: Item, at: int):
        self.source = source
        self.first: dict[str, Any] = {}
        """The sample itself, once it is read."""
        self._items = {at: item}

    def __len__(self) -> int:
        return len(self.source)

    def __getitem__(self, at: Any) -> Any:
        sample = self.source.read(self._item(at))
        self.first = self.first or sample
        return dict(sample)

    def key(self, at: int) -> int:
        return self.source.number(at, self._item(at))

    def _item(self, at: int) -> Item:
        if at not in self._items:
            self._items[at] = self.source.item(at)
        return self._items[at]


def source_of(job: Job, targets: Mapping[str, Target], program: Program) -> Source:
    """Return what the samples of a job come from."""
    if not isinstance(job.source, Path) and not holds_packs(job.source):
        raise FileError(f"{job.source[0]}: is no pack, and a pattern stands for several; pictures are given as their folder")
    how = {"masks": job.masks, "labels": job.labels, "classes": job.classes}
    return open_source(job.source, targets, program.mixes, program.relabels, **how)  # type: ignore[arg-type]


def open_source(
    source: Path | Sequence[Path], targets: Mapping[str, Target], joins: bool, relabels: bool, *, masks: Path | None = None,
    labels: Path | None = None, classes: bool = False,
) -> Source:  # fmt: skip
    """Return pictures or packs as samples; the arguments are those of `Folder` and `Packs`."""
    if not holds_packs(source):
        return Folder(source, targets, masks=masks, labels=labels, classes=classes, joins=joins, relabels=relabels)
    if masks or classes:
        one = source if isinstance(source, Path) else source[0]
        raise FileError(f"{one}: packs hold masks and classes of their samples: leave out --masks and --classes")
    return Packs(source, targets, labels=labels, joins=joins)
