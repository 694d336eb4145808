"""YOLO label files: a line for each box with class, centre x, centre y, width and height, the last four as fractions.

Classes are numbers; a data.yaml gives them names, and says where label files stand: where 'images' in the path of a picture is
replaced by 'labels'.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from augment.data.form import Beside, BoxTarget, Entries, Item, Place, Size
from augment.data.tree import read_text, real
from augment.engine.boxes import from_xyxy, to_xyxy
from augment.errors import FileError, SpecError
from augment.sample import Target

MOST_BYTES = 2**26
SPLITS = ("train", "val", "test")
CLASS = re.compile(r"-?[0-9]{1,9}")
NUMBER = re.compile(r"[-+]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][-+]?[0-9]+)?")
"""As every reader of the format takes them: ASCII, finite, and without what Python allows in its sources."""


class Yolo(Beside):
    """Boxes with a class each; read into the format that the spec declares, and written back."""

    suffix = ".txt"

    def __init__(self, path: Path, targets: Mapping[str, Target]):
        super().__init__(path if path.is_dir() else path.parent)
        self.data = self.source = None if path.is_dir() else path
        self.names = _names(path) if self.data else ()
        self.once = "data.yaml" if self.names else ""
        target = BoxTarget.of(targets, "YOLO")
        if target.labels is None:
            declare = f"targets: {{{target.name}: {{kind: boxes, carry: [labels]}}}}"
            raise SpecError(f"the classes of YOLO files go with their boxes: declare {declare}")
        self.target, self.labels = target, target.labels

    def bind(self, pictures: Mapping[str, Path]) -> dict[str, Path]:
        found = {key: self._beside(path) for key, path in pictures.items()} if self.data else super().bind(pictures)
        if found and not any(path.exists() for path in found.values()):
            first = next(iter(found.values()))
            raise FileError(f"{self.folder}: none of the {len(found)} pictures has its label file; the first would be {first}")
        return found

    def _beside(self, picture: Path) -> Path:
        folder = real(self.folder)
        try:
            parts = list(real(picture).relative_to(folder).parts)
        except ValueError:
            raise FileError(f"{picture}: is not below {self.folder}, the folder of {self.data}") from None
        if "images" not in parts[:-1]:
            raise FileError(f"{picture}: has no folder 'images' in its path below {self.folder}, so its labels are unknown")
        last = len(parts) - 2 - parts[-2::-1].index("images")
        return self.folder.joinpath(*parts[:last], "labels", *parts[last + 1 :]).with_suffix(".txt")

    def read(self, item: Item, image: np.ndarray) -> Entries:
        assert item.labels
        # a picture of the background has no boxes, and often no file
        lines = read_text(item.labels, MOST_BYTES).splitlines() if item.labels.exists() else []
        rows = [self._row(item.labels, i, line) for i, line in enumerate(lines, 1) if line.strip()]
        size = image.shape[:2]
        yolo = np.array([row[1:] for row in rows], np.float64).reshape(-1, 4)
        classes = [row[0] for row in rows]
        labels = [self.names[c] for c in classes] if self.names else np.array(classes, np.int64)
        return self.target.entries(to_xyxy(yolo, "yolo", size), labels, size)

    def _row(self, path: Place, number: int, line: str) -> tuple[int, float, float, float, float]:
        words = line.split()
        if len(words) != 5:
            what = "a polygon or keypoints" if len(words) > 5 else f"{len(words)} numbers"
            raise FileError(f"{path}:{number}: a YOLO box is class, x, y, width, height, and this is {what}; use .json")
        if not CLASS.fullmatch(words[0]):
            raise FileError(f"{path}:{number}: {words[0][:20]!r} is not a class, which is a whole number{_whole(words[0])}")
        if wrong := next((word for word in words[1:] if not NUMBER.fullmatch(word)), None):
            raise FileError(f"{path}:{number}: {wrong[:20]!r} is no number, and a YOLO box is a class and four of them")
        row = (int(words[0]), *map(float, words[1:]))
        if row[0] < 0 or (self.names and row[0] >= len(self.names)):
            known = f"{self.data} names {len(self.names)} classes, from 0 on" if self.names else "classes count from 0"
            raise FileError(f"{path}:{number}: there is no class {row[0]}; {known}")
        if not all(-1 <= x <= 2 for x in row[1:]):
            raise FileError(f"{path}:{number}: {line.strip()[:60]!r} is not in fractions of the picture; divide by its size")
        if flat := next((f"{side} is {x:g}" for side, x in zip(("width", "height"), row[3:], strict=True) if x <= 0), None):
            raise FileError(f"{path}:{number}: {line.strip()[:60]!r} has no area: its {flat}; remove that line")
        return row  # type: ignore[return-value]

    def text(self, name: str, sample: Mapping[str, Any], size: Size) -> str:
        yolo = from_xyxy(self.target.xyxy(sample, size), "yolo", size)
        rows = zip(sample[self.labels], yolo, strict=True)
        return "".join(f"{self._class(label)} {' '.join(f'{x:.6f}' for x in row)}\n" for label, row in rows)

    def _class(self, label: Any) -> int:
        return self.names.index(label) if self.names else int(label)

    def whole(self, names: Sequence[str]) -> str:
        import yaml

        found = {name.partition("/")[0] for name in names}
        splits = {s: f"images/{s}" for s in SPLITS if s in found} if found <= set(SPLITS) else {"train": "images"}
        return yaml.safe_dump({**splits, "names": dict(enumerate(self.names))}, sort_keys=False, allow_unicode=True)


def _whole(word: str) -> str:
    """The class that was meant, if that is plain."""
    return f": write {float(word):.0f}" if NUMBER.fullmatch(word) and float(word).is_integer() else " from 0 on"


def _names(path: Path) -> tuple[str, ...]:
    """The names of a data.yaml, a list or a mapping from numbers."""
    import yaml

    text = read_text(path, 2**20)
    try:
        data = yaml.safe_load(text)
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise FileError(f"{path}: is no YAML ({' '.join(str(error).split())[:120]})") from None
    names = data.get("names") if isinstance(data, dict) else None
    if isinstance(names, dict) and sorted(names, key=str) == sorted(range(len(names)), key=str):
        names = [names[i] for i in range(len(names))]
    if not isinstance(names, list) or not names or not all(isinstance(name, str) for name in names):
        raise FileError(f"{path}: needs names: [cat, dog, ...], one for each class from 0 on")
    if len(set(names)) < len(names):
        raise FileError(f"{path}: gives two classes one name")
    return tuple(names)
