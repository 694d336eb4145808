"""Pictures in a folder for each class: its number is the label of the picture."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from augment.data.form import Entries, Gathered, Item, Size, only
from augment.errors import FileError, SpecError
from augment.sample import Target

SHARES = "cls.json"
"""The ending of the shares of classes that a sample of a pack has, where samples are joined."""


def label_target(targets: Mapping[str, Target], what: str) -> str:
    """Return the target that takes the class of a picture; raises `SpecError` if there is none."""
    carried = {name for target in targets.values() for name in target.carry if target.kind != "labels"}
    labels = {name: target for name, target in targets.items() if target.kind == "labels"}
    own = {name: target for name, target in labels.items() if name not in carried}
    return only(own or labels, "labels", what)


def class_number(label: Any) -> int:
    """Return the number of a class that is one, or its row where the spec declares how many there are."""
    return int(np.argmax(label)) if np.ndim(label) else int(label)


class Classes(Gathered):
    """The folders below the source are the classes, numbered in the order of their names.

    As long as labels do not change, the folder of a result tells its class. Where samples are joined, or labels smoothed, results
    come with labels.csv: a row for each picture, with the share of each class.
    """

    about = "its class is"

    def __init__(self, source: Path, targets: Mapping[str, Target], relabels: bool):
        self.label = label_target(targets, "the folder of a picture is one label")
        self.declared = targets[self.label].classes
        self.path = source / "labels.csv"
        self.once = "labels.csv" if relabels else ""
        self.fills = (self.label,)
        self.relabels = relabels
        self.classes: tuple[str, ...] = ()

    def bind(self, pictures: Mapping[str, Path]) -> dict[str, Path]:
        for key, path in pictures.items():
            if "/" not in key:
                raise FileError(f"{path}: stands in no folder of a class; move it into one")
        self.classes = tuple(sorted({self.group(key) for key in pictures}))
        if self.declared not in (None, len(self.classes)):
            raise SpecError(f"targets declares {self.declared} classes, and {self.path.parent} has {len(self.classes)} folders")
        self.class_names = {self.label: self.classes}
        return dict.fromkeys(pictures, self.path) if self.relabels else {}

    @property
    def endings(self) -> tuple[str, ...]:
        return super().endings if self.relabels else ("cls",)

    def group(self, key: str) -> str:
        return key.partition("/")[0]

    def fit(self, targets: dict[str, Target]) -> dict[str, Target]:
        if not self.relabels:
            return targets
        return {**targets, self.label: targets[self.label].model_copy(update={"classes": len(self.classes)})}

    def read(self, item: Item, image: np.ndarray) -> Entries:
        return {self.label: self.classes.index(self.group(item.key))}

    def text(self, name: str, sample: Mapping[str, Any], size: Size) -> str:
        return json.dumps(np.asarray(sample[self.label], np.float64).round(6).tolist())

    def load(self, path: Path) -> dict[str, Any]:
        from augment.data.table import csv_rows

        records = {}
        for number, row in csv_rows(path):
            try:
                name, shares = row.pop("file_name"), [float(share) for share in row.values()]
            except (KeyError, ValueError):
                raise FileError(f"{path}:{number}: needs file_name and numbers") from None
            if tuple(row) != self.classes:
                raise FileError(f"{path}: has the classes {', '.join(row)}, not {', '.join(self.classes)}; --force replaces it")
            records[name] = shares
        return records

    def join(self, records: Mapping[str, Any]) -> str:
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(["file_name", *self.classes])
        writer.writerows([name, *(f"{share:g}" for share in record)] for name, record in records.items())
        return out.getvalue()
