"""The annotations of a sample in a pack: each of its files is one form, by its ending."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from augment.data.classes import SHARES, class_number, label_target
from augment.data.endings import IMAGES
from augment.data.entries import Json
from augment.data.entry import Entry
from augment.data.form import Entries, Form, Gathered, Item, Size, caption_target
from augment.data.tree import read_text
from augment.data.voc import PARTS, POINTS, Voc
from augment.data.yolo import Yolo
from augment.errors import FileError, SpecError
from augment.sample import Target

BOXES = re.compile(r"(\s*\d+(\s+[-+.\deE]+){4}\s*(\n|$))+")
"""A text that is lines of a class and four numbers, which no caption is."""


class Fields(Form):
    """What stands beside the picture and mask of a sample, under the endings that the ``first`` sample has.

    ``json`` holds entries by name, ``cls`` the number of a class, ``xml`` Pascal VOC, ``txt`` a caption, or YOLO's lines.
    ``given`` is what was given for all samples instead: a COCO file, a table, the data.yaml of YOLO. What has another ending, and
    is no picture, goes along as it is. ``classes`` are the names of the numbers, if they are known.

    Raises:
        SpecError: two of them fill the same target, or one describes a single picture where the spec ``joins`` them.
    """

    def __init__(
        self, first: Mapping[str, Entry], folder: Path, targets: Mapping[str, Target], own: Sequence[str], given: Form | None,
        joins: bool, classes: tuple[str, ...],
    ):  # fmt: skip
        parts: dict[str, Form] = {}
        if given and not isinstance(given, Gathered | Yolo):
            raise FileError(f"{folder}: what samples of packs have stands in the packs; leave out the folder of labels")
        if isinstance(given, Gathered):  # whose records stand in packs as json, and are read from the file
            parts["json"] = given
        if "cls" in first:
            parts["cls"] = Number(targets, joins, classes)
        if isinstance(given, Yolo):
            parts["txt"] = given
        elif "txt" in first:
            parts["txt"] = Yolo(folder, targets) if BOXES.fullmatch(read_text(first["txt"])) else Caption(targets)  # type: ignore[arg-type]
        if "xml" in first:
            parts["xml"] = voc = Voc(folder, targets, own[0], joins)
            voc.inner = (PARTS,) if joins else (PARTS, POINTS)  # of samples that are still to come nothing is known
        if "json" in first and "json" not in parts:
            filled = {name for part in parts.values() for name in part.fills}
            parts["json"] = Json(folder, {*own, *filled})
        if joins and (alone := next((ending for ending, part in parts.items() if not part.mixes), "")):
            why = f"the spec joins pictures, and .{alone} describes one each"
            raise SpecError(f"{folder}: {why}; leave out the op that joins, or these")
        self.parts, self.given = parts, given
        self.class_names = {name: names for part in parts.values() for name, names in part.class_names.items()}
        self.fills = tuple(dict.fromkeys(name for part in parts.values() for name in part.fills))
        if len(self.fills) < sum(len(part.fills) for part in parts.values()):
            raise SpecError(f"{folder}: {' and '.join(sorted(parts))} of its samples fill the same target; leave one out")
        self.rows = next((part.rows for part in parts.values() if part.rows), "")
        self.source, self.once = (given.source, given.once) if given else (None, "")
        self.note = given.note if given else ""
        self.captions = "txt" if isinstance(parts.get("txt"), Caption) else ""

    @property
    def endings(self) -> tuple[str, ...]:
        return tuple(part.suffix[1:] for part in self.parts.values())

    def fit(self, targets: dict[str, Target]) -> dict[str, Target]:
        for part in self.parts.values():
            targets = part.fit(targets)
        return targets

    def read(self, item: Item, image: np.ndarray) -> Entries:
        self._check(item)
        entries: Entries = {}
        for ending, part in self.parts.items():
            if isinstance(part, Gathered):
                name = f"{item.key}{item.image.suffix}"
                part.names = {item.key: name} if name in part.records else {}
                own = replace(item, labels=part.path)
            elif ending in item.more:
                own = replace(item, labels=item.more[ending])
            elif isinstance(part, Yolo):  # of the background
                own = replace(item, labels=Entry(item.image, f"{item.key}.{ending}", b""))
            else:
                raise FileError(f"{item.image}: has no .{ending}, which the first sample has")
            entries |= part.read(own, image)
        return entries

    def _check(self, item: Item) -> None:
        """Raise `FileError` on what the first sample had not: it would stay as it is, or get no place in the results."""
        more = [end for end in item.more if end not in self.parts and end in ("json", "cls", "txt", "xml")]
        more += [end for end in item.more if f".{end.rpartition('.')[2]}" in IMAGES]
        if more:
            why = "which is a picture without a target, or nothing that the first sample has"
            raise FileError(f"{item.image}: has .{more[0]}, {why}; leave it out of the pack")

    def texts(self, name: str, item: Item, sample: Mapping[str, Any], size: Size) -> dict[str, bytes]:
        made = {part.suffix[1:]: part.text(name, sample, size).encode() for part in self.parts.values()}
        return made | {ending: entry.data for ending, entry in item.more.items() if ending not in self.parts}

    def whole(self, names: Sequence[str]) -> str:
        assert self.given
        return self.given.whole(names)


class Caption(Form):
    """A text that says what a picture shows."""

    suffix = ".txt"
    mixes = False

    def __init__(self, targets: Mapping[str, Target]):
        self.caption = caption_target(targets)
        self.fills = (self.caption,)

    def read(self, item: Item, image: np.ndarray) -> Entries:
        assert item.labels
        return {self.caption: read_text(item.labels)}

    def text(self, name: str, sample: Mapping[str, Any], size: Size) -> str:
        return str(sample[self.caption])


class Number(Form):
    """The number of a class; where pictures are joined, the share of each class, as a list."""

    def __init__(self, targets: Mapping[str, Target], joins: bool, classes: tuple[str, ...]):
        self.label = label_target(targets, "the class of a picture is one label")
        self.fills = (self.label,)
        self.joins = joins
        self.suffix = f".{SHARES}" if joins else ".cls"
        self.class_names = {self.label: classes} if classes else {}

    def fit(self, targets: dict[str, Target]) -> dict[str, Target]:
        if not self.joins or not self.class_names:
            return targets
        return {**targets, self.label: targets[self.label].model_copy(update={"classes": len(self.class_names[self.label])})}

    def read(self, item: Item, image: np.ndarray) -> Entries:
        assert item.labels
        text = read_text(item.labels).strip()
        if not re.fullmatch(r"[0-9]{1,9}", text):
            raise FileError(f"{item.labels}: {text[:20]!r} is no class, which is a whole number from 0 on")
        return {self.label: int(text)}

    def text(self, name: str, sample: Mapping[str, Any], size: Size) -> str:
        label = sample[self.label]
        return json.dumps(np.asarray(label, np.float64).round(6).tolist()) if self.joins else str(class_number(label))
