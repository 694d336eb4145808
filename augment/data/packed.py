"""Tars of WebDataset and Parquet as sources: each pack is worked as one shard, in a stream, and each sample keyed by its name."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from functools import cached_property
from itertools import accumulate
from pathlib import Path
from typing import Any

from augment.data.endings import IMAGES
from augment.data.entry import Entry
from augment.data.fields import Fields
from augment.data.form import Form, Item, only
from augment.data.forms import form_in_file
from augment.data.source import Source
from augment.data.tree import files_below
from augment.data.unpacking import MASKS, SUFFIXES, Found, begins_of, classes_of, is_pack, is_stream, samples_in, stem_of
from augment.errors import FileError
from augment.random import index_of
from augment.sample import Target

BRACES = re.compile(r"\{(\d+)\.\.(\d+)\}")


class Packs(Source):
    """The samples of tars or of Parquet, in the order of the packs' names and of the samples in them.

    ``packs[i]`` reads any of them, for which the heads in all packs are looked through once, and 8 bytes are kept of each sample
    in a tar; `items_of` streams through one pack, with memory for one sample (of Parquet: for one row group). What a sample has
    is what the first one has: a picture, a mask (``mask.png``), and annotations (`Fields`). A pack that is damaged has what
    stands before the damage, and a last item that tells of it.

    Args:
        source: a pack, a folder of packs, or a list of packs; `expanded` writes patterns such as {000000..000009}.tar out.
        targets: those of the spec.
        labels: a file for all pictures instead of what the packs hold: COCO .json, a table, the data.yaml of YOLO.
        joins: whether the spec joins samples, so that they are looked up.

    Raises:
        FileError: there are no packs, none has a sample, or they are to be looked up in what is compressed as a whole.
        SpecError: the spec has no target for what is there.
    """

    unit = "packs"
    packed = True

    def __init__(
        self, source: Path | Iterable[Path], targets: Mapping[str, Target], *, labels: Path | None = None, joins: bool = False
    ):  # fmt: skip
        super().__init__(targets)
        self.files = _packs(source)
        if joins and (stream := next(filter(is_stream, self.files), None)):
            why = "is compressed as a whole, so the partners that the spec joins samples with cannot be looked up in it"
            raise FileError(f"{stream}: {why}; decompress it (gunzip)")
        stems = [stem_of(path) for path in self.files]
        if twice := sorted({stem for stem in stems if stems.count(stem) > 1} if len(set(stems)) < len(stems) else ()):
            raise FileError(f"two packs are called {twice[0]!r}, and their results would be, too; rename one")
        first = self._first()
        self.mask_name = only(self.targets, "mask", "a sample has one mask") if first.mask else ""
        own = [self.image_name, *([self.mask_name] if first.mask else [])]
        given = form_in_file(labels, self.targets, own, joins=joins) if labels else None
        classes = classes_of(self.files[0]) if "cls" in first.more else ()
        form = Fields(first.more, self.files[0].parent, self.targets, own, given, joins, classes)
        self.form = form if form.parts or first.more else None
        self.classes = classes if "cls" in form.parts else None

    @property
    def joined(self) -> Form | None:
        given = self.form.given if isinstance(self.form, Fields) else None
        return given if given and given.once else None

    @property
    def units(self) -> int:
        return len(self.files)

    def unit_names(self) -> Iterator[str]:
        return (path.name for path in self.files)

    def items_of(self, unit: int) -> Iterator[Item]:
        path = self.files[unit]
        return (self._item(found, path) for found in samples_in(path))

    def place(self, unit: int, number: int) -> int:
        return self._ends[unit] + number

    def number(self, at: int, item: Item) -> int:
        return index_of(item.key)

    @property
    def names(self) -> Sequence[str]:
        return Names(self)

    def told(self, unit: int, key: str) -> Path:
        return _named(self.files[unit], key)

    def endings(self, item: Item) -> list[str]:
        return list(item.more)

    def read(self, item: Item) -> dict[str, Any]:
        if not item.problem and bool(item.mask) != bool(self.mask_name):
            has = "a mask, which the first sample has not" if item.mask else "no mask, which the first sample has"
            raise FileError(f"{item.image}: has {has}")
        return super().read(item)

    # As a sequence -------------------------------------------------------------------------------------------------------

    @cached_property
    def _begins(self) -> list[Sequence[int]]:
        """Where each sample begins in its pack."""
        return list(map(begins_of, self.files))

    @cached_property
    def _ends(self) -> list[int]:
        """How many samples there are before the first pack, and up to the end of each."""
        return list(accumulate(map(len, self._begins), initial=0))

    def __len__(self) -> int:
        return self._ends[-1]

    def item(self, at: int) -> Item:
        place = at + len(self) if at < 0 else at
        if not 0 <= place < len(self):
            raise IndexError(at)
        unit = bisect_right(self._ends, place) - 1
        path = self.files[unit]
        with closing(samples_in(path, self._begins[unit][place - self._ends[unit]])) as found:
            return self._item(next(found), path)

    # Within --------------------------------------------------------------------------------------------------------------

    def _first(self) -> Item:
        """Return the first sample that can be read."""
        problem = ""
        for unit in range(len(self.files)):
            for item in self.items_of(unit):
                if not item.problem:
                    return item
                problem = problem or item.problem
        raise FileError(problem or f"{self.files[0]}: holds no samples")

    def _item(self, found: Found, path: Path) -> Item:
        stem = stem_of(path)
        if found.problem:
            return Item(found.key, _named(path, found.key), pack=stem, problem=found.problem)
        entries = {ending: Entry(path, f"{found.key}.{ending}", data) for ending, data in found.fields.items()}
        images = [ending for ending in entries if f".{ending}" in IMAGES]
        masks = [ending for ending in entries if ending.partition(".")[0] in MASKS and f".{ending.partition('.')[2]}" in IMAGES]
        more = {ending: entry for ending, entry in entries.items() if ending not in images[:1] + masks[:1]}
        if not images:
            problem = f"{path}:{found.key}: has no picture, only {', '.join(f'.{ending}' for ending in entries)}"
            return Item(found.key, _named(path, found.key), pack=stem, problem=problem)
        mask = entries[masks[0]] if masks else None
        labels = entries[images[0]]  # whatever there is, it stands beside
        return Item(found.key, entries[images[0]], mask, labels, more, stem)


class Names(Sequence[str]):
    """The names of samples, each read when it is asked for."""

    def __init__(self, packs: Packs):
        self.packs = packs

    def __len__(self) -> int:
        return len(self.packs)

    def __getitem__(self, at: Any) -> Any:
        return [self[i] for i in range(*at.indices(len(self)))] if isinstance(at, slice) else self.packs.item(at).key


def _named(path: Path, key: str) -> Path:
    """How a sample of a pack is called."""
    return path.parent / f"{path.name}:{key}"


def expanded(text: str) -> list[str]:
    """Return what a pattern stands for: in braces two numbers of equal length, and all between them."""
    found = BRACES.search(text)
    if not found:
        return [text]
    first, last = found.groups()
    if len(first) != len(last) and first.startswith("0"):
        raise FileError(f"{text}: {found[0]} has numbers of different length")
    width = len(first) if len(first) == len(last) else 0
    numbers = (f"{number:0{width}}" for number in range(int(first), int(last) + 1))
    return [one for number in numbers for one in expanded(f"{text[: found.start()]}{number}{text[found.end() :]}")]


def holds_packs(source: Path | Iterable[Path]) -> bool:
    """Whether a source is packs: by its names, or by the first file in the folder that is a pack or a picture."""
    if not isinstance(source, Path):
        return all(map(is_pack, source))
    if not source.is_dir():
        return is_pack(source)
    first = next((path for path in files_below(source) if is_pack(path) or path.suffix.lower() in IMAGES), None)
    return first is not None and is_pack(first)


def _packs(source: Path | Iterable[Path]) -> list[Path]:
    if not isinstance(source, Path):
        files = list(source)
    elif source.is_dir():
        files = list(files_below(source))
        if other := next((path for path in files if path.suffix.lower() in IMAGES), None):
            raise FileError(f"{source}: holds packs, and pictures beside them such as {other.name}; keep them apart")
        files = [path for path in files if is_pack(path)]
    else:
        files = [source]
    if not files:
        raise FileError(f"{source}: holds no packs: {', '.join(SUFFIXES)} are read")
    return files


__all__ = ["Packs", "expanded", "holds_packs"]
