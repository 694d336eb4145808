"""Reads and writes label files that stand beside pictures: YOLO text, and JSON.

YOLO is a line for each box: class, centre x, centre y, width, height, the last four as fractions of the image. JSON is an
object with entries of the sample by their names, such as ``{"boxes": [[..]], "labels": [..], "keypoints": [[..]]}``.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from augment.errors import FileError, SampleError, SpecError
from augment.program.points import from_xyxy, to_xyxy
from augment.sample import Target

Entries = dict[str, Any]
Size = tuple[int, int]


@dataclass(frozen=True)
class Json:
    """The entries of the sample by name."""

    suffix: str = ".json"

    def read(self, path: Path, size: Size) -> Entries:
        try:
            data = json.loads(path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            raise FileError(f"{path}: there is no such file") from None
        except (OSError, ValueError, RecursionError) as error:
            raise FileError(f"{path}: is no JSON ({str(error)[:120]})") from None
        if not isinstance(data, dict):
            raise FileError(f"{path}: must be an object with entries such as boxes, labels and keypoints")
        return data

    def text(self, entries: Mapping[str, Any], size: Size) -> str:
        return json.dumps(entries, default=_plain, ensure_ascii=False) + "\n"


@dataclass(frozen=True)
class Yolo:
    """Boxes with a class each; read into the format that the spec declares, and written back."""

    boxes: str
    """The name of the target that takes the boxes."""
    labels: str
    """The name of the entry that takes the classes."""
    format: str
    suffix: str = ".txt"

    @classmethod
    def of(cls, targets: Mapping[str, Target]) -> Yolo:
        """Find the entries that boxes and classes belong to."""
        boxes = [(name, target) for name, target in targets.items() if target.kind == "boxes"]
        if len(boxes) != 1:
            raise SpecError(f"YOLO files hold one target of boxes, and the spec declares {len(boxes)}; use .json files")
        [(name, target)] = boxes
        if not target.carry:
            declare = f"targets: {{{name}: {{kind: boxes, carry: [labels]}}}}"
            raise SpecError(f"the classes of YOLO files go with their boxes: declare {declare}")
        return cls(name, target.carry[0], target.format)

    def read(self, path: Path, size: Size) -> Entries:
        try:
            lines = path.read_text(encoding="utf-8").splitlines()
        except FileNotFoundError:
            lines = []  # a picture of the background has no boxes
        except (OSError, ValueError) as error:
            raise FileError(f"{path}: cannot be read ({str(error)[:120]})") from None
        rows = [self._row(path, i, line) for i, line in enumerate(lines, 1) if line.strip()]
        yolo = np.array([row[1:] for row in rows], np.float64).reshape(-1, 4)
        boxes = from_xyxy(to_xyxy(yolo, "yolo", size), self.format, size)
        return {self.boxes: boxes, self.labels: np.array([row[0] for row in rows], np.int64)}

    def _row(self, path: Path, number: int, line: str) -> tuple[int, float, float, float, float]:
        words = line.split()
        if len(words) != 5:
            what = "a polygon or keypoints" if len(words) > 5 else f"{len(words)} numbers"
            raise FileError(f"{path}:{number}: a YOLO box is class, x, y, width, height, and this is {what}; use .json")
        try:
            return (int(words[0]), *map(float, words[1:]))  # type: ignore[return-value]
        except ValueError:
            raise FileError(f"{path}:{number}: {line.strip()[:60]!r} is not a class and four numbers") from None

    def text(self, entries: Mapping[str, Any], size: Size) -> str:
        boxes = np.asarray(entries[self.boxes], np.float64).reshape(-1, 4)
        yolo = from_xyxy(to_xyxy(boxes, self.format, size), "yolo", size)
        rows = zip(entries[self.labels], yolo, strict=True)
        return "".join(f"{int(label)} {' '.join(f'{x:.6f}' for x in row)}\n" for label, row in rows)


def _plain(raw: Any) -> Any:
    if isinstance(raw, np.ndarray | np.generic):
        return raw.tolist()
    raise SampleError(f"{type(raw).__name__} cannot be written as JSON")
