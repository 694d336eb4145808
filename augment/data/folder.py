"""A folder of pictures as a sequence of samples, with the masks and labels that belong to them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from augment.data.images import IMAGES, read_image, read_mask
from augment.data.labels import Json, Yolo
from augment.errors import FileError, SpecError
from augment.sample import DEFAULT_TARGETS, Kind, Target

LABELS = (".json", ".txt")


@dataclass(frozen=True)
class Item:
    """The files of one sample."""

    key: str
    """The path below the folder, without suffix, with forward slashes."""
    image: Path
    mask: Path | None = None
    labels: Path | None = None


class Folder:
    """Samples in the order of their paths, which is what their keys count: ``folder[3]`` is the fourth, read anew.

    Args:
        source: a folder, searched through and through, a picture, or a list of pictures.
        targets: those of the spec.
        masks: a folder with a mask for each picture, under the same path and name.
        labels: a folder with labels, all YOLO (.txt) or all JSON, under the same path and name; it may be the source itself.
        without: folders below the source to leave out, such as that of the results.
    """

    def __init__(
        self, source: Path | Iterable[Path], targets: Mapping[str, Target], *, masks: Path | None = None,
        labels: Path | None = None, without: Iterable[Path] = (),
    ):  # fmt: skip
        self.targets = dict(targets) or DEFAULT_TARGETS
        self.image_name = self._only("image")
        self.mask_name = self._only("mask") if masks else ""
        self.others: Counter[str] = Counter()
        """Files of the folder that are no pictures, by suffix."""
        outside = {folder.resolve() for folder in (*without, masks, labels) if folder}
        if isinstance(source, Path):
            outside -= {source.resolve()}
        found = dict(self._found(source, outside))
        self.form = self._form(labels) if labels else None
        mask_of = _by_key(masks, IMAGES) if masks else {}
        label_of = _by_key(labels, (self.form.suffix,)) if labels and self.form else {}
        self.items: list[Item] = []
        for key in sorted(found):
            mask = mask_of.get(key, masks / f"{key}.png") if masks else None
            label = label_of.get(key, labels / f"{key}{self.form.suffix}") if labels and self.form else None
            self.items.append(Item(key, found[key], mask, label))

    def __len__(self) -> int:
        return len(self.items)

    def __getitem__(self, at: int) -> dict[str, Any]:
        """Read a sample; raises `FileError`."""
        item = self.items[at]
        image = read_image(item.image)
        sample: dict[str, Any] = {self.image_name: image}
        if item.mask:
            sample[self.mask_name] = read_mask(item.mask)[0]
        if item.labels and self.form:
            entries = self.form.read(item.labels, image.shape[:2])
            if clash := entries.keys() & sample.keys():
                raise FileError(f"{item.labels}: has an entry {sorted(clash)[0]!r}, which is a file of its own")
            sample |= entries
        return sample

    def label_entries(self, sample: Mapping[str, Any]) -> dict[str, Any]:
        """The entries of a sample that go to its label file."""
        return {name: value for name, value in sample.items() if name not in (self.image_name, self.mask_name)}

    def _only(self, kind: Kind) -> str:
        names = [name for name, target in self.targets.items() if target.kind == kind]
        if len(names) != 1:
            raise SpecError(f"a file is one {kind}, and the spec declares {len(names)} ({', '.join(names) or 'none'})")
        return names[0]

    def _found(self, source: Path | Iterable[Path], outside: set[Path]) -> Iterator[tuple[str, Path]]:
        seen: dict[str, Path] = {}
        for key, path in self._files(source, outside):
            if path.suffix.lower() not in IMAGES:
                if not isinstance(source, Path) or not source.is_dir():
                    raise FileError(f"{path}: is none of {', '.join(sorted(IMAGES))}")
                self.others[path.suffix.lower() or path.name] += 1
            elif key in seen:
                raise FileError(f"{path}: has the name of {seen[key].name}, and their results would too; rename one")
            else:
                seen[key] = path
                yield key, path

    def _files(self, source: Path | Iterable[Path], outside: set[Path]) -> Iterator[tuple[str, Path]]:
        if not isinstance(source, Path):
            yield from ((path.stem, path) for path in source)
        elif not source.is_dir():
            yield source.stem, source
        else:
            yield from ((_key(path, source), path) for path in _tree(source, outside))

    def _form(self, labels: Path) -> Json | Yolo:
        if not labels.is_dir():
            raise FileError(f"{labels}: is no folder")
        suffixes = {path.suffix.lower() for path in _tree(labels, set())} & set(LABELS)
        if len(suffixes) == 1:
            return Json() if suffixes == {".json"} else Yolo.of(self.targets)
        has = "both .json and .txt" if suffixes else "neither .json nor .txt"
        raise FileError(f"{labels}: has {has} files; the labels of a folder are one or the other")


def _tree(folder: Path, outside: set[Path]) -> Iterator[Path]:
    """Yield all files below a folder, but for hidden ones and those below ``outside``."""
    for path in sorted(folder.iterdir()):
        if path.name.startswith("."):
            continue
        if not path.is_dir():
            yield path
        elif path.resolve() not in outside:
            yield from _tree(path, outside)


def _key(path: Path, folder: Path) -> str:
    return path.relative_to(folder).with_suffix("").as_posix()


def _by_key(folder: Path, suffixes: Iterable[str]) -> dict[str, Path]:
    if not folder.is_dir():
        raise FileError(f"{folder}: is no folder")
    out: dict[str, Path] = {}
    for path in _tree(folder, set()):
        if path.suffix.lower() in suffixes and (other := out.setdefault(_key(path, folder), path)) != path:
            raise FileError(f"{path}: is not the only one of its name ({other.name}); which one counts?")
    return out
