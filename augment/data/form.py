"""What all forms of annotations share: which entries of a sample they become, and how results are written in the same form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar

import numpy as np

from augment.data.entry import Entry
from augment.data.tree import by_key, key_among, match
from augment.engine.boxes import from_xyxy, to_xyxy
from augment.errors import FileError, SampleError, SpecError
from augment.sample import Kind, Target

Entries = dict[str, Any]
Place = Path | Entry
"""Where a file is read."""
Size = tuple[int, int]
"""Height and width."""
ROWS = "annotations"
"""The entry with what else an annotation file says of each box, which goes along with it."""


@dataclass(frozen=True)
class Item:
    """The files of one sample."""

    key: str
    """The path below the folder, without suffix, with forward slashes."""
    image: Place
    mask: Place | None = None
    labels: Place | None = None
    more: Mapping[str, Entry] = field(default_factory=dict)
    """What else a pack has of it, by endings."""
    pack: str = ""
    """The name of the pack that it stands in."""
    problem: str = ""
    """Why it cannot be read, where that is known already."""


def only(targets: Mapping[str, Target], kind: Kind, what: str) -> str:
    """Return the name of the one target of a kind; raises `SpecError` if there are none or several."""
    names = [name for name, target in targets.items() if target.kind == kind]
    if len(names) != 1:
        raise SpecError(f"{what}, and the spec declares {len(names)} ({', '.join(names) or 'none'})")
    return names[0]


def caption_target(targets: Mapping[str, Target]) -> str:
    """Return the name of the target that takes captions: the one of kind caption, or else of kind text."""
    kind: Kind = "caption" if any(target.kind == "caption" for target in targets.values()) else "text"
    return only(targets, kind, "the captions of a picture are one target of kind caption or text")


@dataclass(frozen=True)
class BoxTarget:
    """The target that takes boxes, the entry that takes their labels, and the format that the spec declares."""

    name: str
    labels: str | None
    format: str

    @classmethod
    def of(cls, targets: Mapping[str, Target], form: str) -> BoxTarget:
        name = only(targets, "boxes", f"{form} files hold one target of boxes")
        target = targets[name]
        return cls(name, target.carry[0] if target.carry else None, target.format)

    def entries(self, xyxy: Any, labels: Any, size: Size) -> Entries:
        """Return boxes given as corners in edge coordinates, as the entries of a sample."""
        boxes = from_xyxy(np.array(xyxy, np.float64).reshape(-1, 4), self.format, size)
        return {self.name: boxes} | ({self.labels: labels} if self.labels else {})

    def xyxy(self, sample: Mapping[str, Any], size: Size) -> np.ndarray:
        return to_xyxy(np.asarray(sample[self.name], np.float64).reshape(-1, 4), self.format, size)


class Form:
    """How annotations are stored."""

    suffix: str
    """Of the file that is written for one picture, if that is one."""
    rows: str = ""
    """The target whose boxes carry `ROWS`, if there is one."""
    fills: tuple[str, ...] = ()
    """The targets beside the image that samples have, where they are the same for all."""

    source: Path | None = None
    """The file that says something of all pictures, if there is one."""
    once: str = ""
    """The name of what is written once beside all results."""
    mixes: bool = True
    """Whether what it says of two pictures can be joined."""

    captions: str = ""
    """The ending of files that are captions and nothing else."""

    class_names: Mapping[str, tuple[str, ...]] = {}
    """What the numbers of labels stand for, by target."""

    note: str = ""
    """What it does not read, where that may surprise."""

    def bind(self, pictures: Mapping[str, Path]) -> dict[str, Path]:
        """Return the file with the annotations of each picture, by key."""
        raise NotImplementedError

    def fit(self, targets: dict[str, Target]) -> dict[str, Target]:
        """Return the targets of the samples, so that nothing of theirs stays behind."""
        if not self.rows:
            return targets
        boxes = targets[self.rows]
        return {**targets, self.rows: boxes.model_copy(update={"carry": (*boxes.carry, ROWS)})}

    def group(self, key: str) -> str:
        """Return the class of a picture, as far as it is known before it is read."""
        return ""

    def read(self, item: Item, image: np.ndarray) -> Entries:
        """Return what a sample has beside its image and mask; raises `FileError`."""
        raise NotImplementedError

    def text(self, name: str, sample: Mapping[str, Any], size: Size) -> str:
        """Return the file of one result; ``name`` is that of its picture."""
        raise NotImplementedError

    @property
    def endings(self) -> tuple[str, ...]:
        """Of the files beside picture and mask that results may have."""
        return (self.suffix[1:],)

    def texts(self, name: str, item: Item, sample: Mapping[str, Any], size: Size) -> dict[str, bytes]:
        """Return the files of one result beside its picture and mask, by their endings."""
        return {self.suffix[1:]: self.text(name, sample, size).encode()} if item.labels else {}

    def whole(self, names: Sequence[str]) -> str:
        """Return the text of what is written ``once`` beside the results, whose pictures have these names."""
        raise NotImplementedError


class Beside(Form):
    """Annotations in a file for each picture, under the same path and name."""

    def __init__(self, folder: Path):
        self.folder = folder

    def bind(self, pictures: Mapping[str, Path]) -> dict[str, Path]:
        found = by_key(self.folder, (self.suffix,))
        keys = {key: key_among(key, path, found) for key, path in pictures.items()}
        return {key: found.get(own, self.folder / f"{own}{self.suffix}") for key, own in keys.items()}


class Gathered(Form):
    """Annotations of all pictures in one file; a record for each, by the name of its picture."""

    suffix = ".json"
    """Of the parts, which are JSON in any form and are joined when all is done."""
    about: ClassVar[str]

    def __init__(self, path: Path):
        self.path = self.source = path
        self.once = path.name
        self.records = self.load(path)
        self.names: dict[str, str] = {}

    def load(self, path: Path) -> dict[str, Any]:
        """Read the records of a file by the names of their pictures; raises `FileError`."""
        raise NotImplementedError

    def join(self, records: Mapping[str, Any]) -> str:
        """Return the file with these records."""
        raise NotImplementedError

    def bind(self, pictures: Mapping[str, Path]) -> dict[str, Path]:
        self.names = match(pictures, self.records, str(self.path))
        return dict.fromkeys(pictures, self.path)

    def record(self, item: Item) -> Any:
        """Return the record of a picture; raises `FileError` where the file does not name it."""
        if item.key not in self.names:
            raise FileError(f"{self.path}: does not name {item.image.name}, so {self.about} unknown; add it, or leave it out")
        return self.records[self.names[item.key]]


def plain(raw: Any) -> Any:
    """Return an array as a list, for JSON."""
    if isinstance(raw, np.ndarray | np.generic):
        return raw.tolist()
    raise SampleError(f"{type(raw).__name__} cannot be written as JSON")

