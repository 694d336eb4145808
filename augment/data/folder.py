"""Picture files as a sequence of samples, with the masks and annotations that belong to them."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import overload

from augment.data.classes import Classes
from augment.data.endings import IMAGES
from augment.data.form import Item, only
from augment.data.forms import form_of
from augment.data.masks import find_masks
from augment.data.source import Source
from augment.data.tree import Passed, files_below, real
from augment.errors import FileError
from augment.sample import Target


class Folder(Source):
    """Samples in the order of their paths, which is what their keys count: ``folder[3]`` is the fourth, read anew.

    Args:
        source: a folder, searched through and through, a picture, or a list of pictures and folders.
        targets: those of the spec.
        masks: a folder with a mask for each picture, under the same path and name or with ``_mask`` after it; or a pattern, in
            which ``{}`` stands for path and name.
        labels: where the annotations are. A folder with files under the same path and name: YOLO (.txt), Pascal VOC (.xml) or
            JSON; it may be the source itself. Or a file for all pictures: the data.yaml of a YOLO data set, a COCO .json, a
            table of captions (.csv, .tsv, .jsonl).
        classes: whether the folders below the source are classes, whose numbers are the labels of the pictures.
        joins: whether the spec joins samples.
        relabels: whether it changes their labels, which then are shares of classes.

    Raises:
        FileError: a folder or a file for all pictures cannot be read, or says something that cannot be.
        SpecError: the spec has no target for what is there.
    """

    unit = "pictures"

    def __init__(
        self, source: Path | Iterable[Path], targets: Mapping[str, Target], *, masks: Path | None = None,
        labels: Path | None = None, classes: bool = False, joins: bool = False,
        relabels: bool = False,
    ):  # fmt: skip
        super().__init__(targets)
        self.mask_name = only(self.targets, "mask", "a file is one mask") if masks else ""
        outside = {real(folder) for folder in (masks, labels) if folder}
        if isinstance(source, Path):
            outside -= {real(source)}
        found = Pictures(self._found(source, outside))
        mask_of = find_masks(masks, found) if masks else {}
        found = found.only(mask_of) if masks else found
        own = {self.image_name} | ({self.mask_name} if masks else set())
        self.form = form_of(source, labels, classes, self.targets, own, joins, relabels)
        label_of = self.form.bind(found) if self.form else {}
        self.classes = self.form.classes if isinstance(self.form, Classes) and not relabels else None
        self.items = Items(found, mask_of, label_of)

    @property
    def names(self) -> list[str]:
        """The name of each sample: the path of its picture below the folder."""
        return [f"{item.key}{item.image.suffix}" for item in self.items]

    @property
    def folders(self) -> list[Path]:
        """Those that were searched, or that hold the pictures that were named."""
        return self.items.pictures.folders

    @property
    def units(self) -> int:
        return len(self.items)

    def unit_names(self) -> Iterator[str]:
        return iter(self.items.pictures)

    def items_of(self, unit: int) -> Iterator[Item]:
        yield self.items[unit]

    def place(self, unit: int, number: int) -> int:
        return unit

    def number(self, at: int, item: Item) -> int:
        return at

    def told(self, unit: int, key: str = "") -> Path:
        return self.items.pictures.path(unit)

    @property
    def groups(self) -> list[str]:
        """The class of each sample, or '' where pictures have none."""
        return [self.form.group(item.key) if self.form else "" for item in self.items]

    def __len__(self) -> int:
        return len(self.items)

    def item(self, at: int) -> Item:
        return self.items[at]

    def _found(self, source: Path | Iterable[Path], outside: set[Path]) -> Iterator[tuple[Path, str]]:
        """Yield the folder and the name below it of each picture."""
        for folder, path, named in _files(source, outside, self.passed):
            if path.suffix.lower() in IMAGES:
                yield folder, path.relative_to(folder).as_posix()
            elif named:
                raise FileError(f"{path}: is not read as a picture; {', '.join(sorted(IMAGES))} are")
            else:
                self.others[path.suffix.lower() or path.name] += 1


class Pictures(Mapping[str, Path]):
    """The path of each picture by its key, in the order of keys. They are held as one text, which takes a tenth of the memory.

    Raises:
        FileError: two pictures have one key.
    """

    def __init__(self, found: Iterable[tuple[Path, str]]):
        self.folders: list[Path] = []
        numbers: dict[Path, int] = {}
        lines = []
        for folder, name in found:
            if folder not in numbers:
                numbers[folder] = len(self.folders)
                self.folders.append(folder)
            stem, dot, suffix = name.rpartition(".")
            lines.append(f"{stem}\0{dot}{suffix}\0{numbers[folder]}")  # which sorts as the keys do
        lines.sort()
        self._ends = array("q", [0])
        text = bytearray()
        for line in lines:
            text += line.encode("utf-8", "surrogateescape")
            self._ends.append(len(text))
        self._text = bytes(text)
        for i in range(1, len(lines)):
            if lines[i].partition("\0")[0] == lines[i - 1].partition("\0")[0]:
                path, other = self.path(i), self.path(i - 1)
                raise FileError(f"{path}: has the name of {other.name}, and their results would too; rename one")

    def key(self, at: int) -> str:
        return self._line(at)[0]

    def path(self, at: int) -> Path:
        key, suffix, folder = self._line(at)
        return self.folders[int(folder)] / f"{key}{suffix}"

    def only(self, keys: Iterable[str]) -> Pictures:
        """Return those of some keys."""
        places = (self._line(self._place(key)) for key in keys)
        return Pictures((self.folders[int(folder)], f"{key}{suffix}") for key, suffix, folder in places)

    def __len__(self) -> int:
        return len(self._ends) - 1

    def __iter__(self) -> Iterator[str]:
        return map(self.key, range(len(self)))

    def __getitem__(self, key: str) -> Path:
        return self.path(self._place(key))

    def _place(self, key: str) -> int:
        at = bisect_left(range(len(self)), key, key=self.key)
        if at == len(self) or self.key(at) != key:
            raise KeyError(key)
        return at

    def _line(self, at: int) -> list[str]:
        return self._text[self._ends[at] : self._ends[at + 1]].decode("utf-8", "surrogateescape").split("\0")


class Items(Sequence[Item]):
    """The files of each sample."""

    def __init__(self, pictures: Pictures, masks: Mapping[str, Path], labels: Mapping[str, Path]):
        self.pictures, self.masks, self.labels = pictures, masks, labels

    def __len__(self) -> int:
        return len(self.pictures)

    @overload
    def __getitem__(self, at: int) -> Item: ...
    @overload
    def __getitem__(self, at: slice) -> list[Item]: ...

    def __getitem__(self, at: int | slice) -> Item | list[Item]:
        if isinstance(at, slice):
            return [self[i] for i in range(*at.indices(len(self)))]
        at = range(len(self))[at]
        key = self.pictures.key(at)
        return Item(key, self.pictures.path(at), self.masks.get(key), self.labels.get(key))


def _files(source: Path | Iterable[Path], outside: set[Path], passed: Passed) -> Iterator[tuple[Path, Path, bool]]:
    """Yield the folder below which each file is, its path, and whether it was named itself."""
    for path in [source] if isinstance(source, Path) else source:
        if path.is_dir():
            yield from ((path, file, False) for file in files_below(path, outside, passed))
        else:
            yield path.parent, path, True


__all__ = ["Folder", "Item", "Pictures"]
