"""Tells the form of annotations from where they stand."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

from augment.data.classes import Classes
from augment.data.coco import Coco
from augment.data.entries import Json
from augment.data.form import Form
from augment.data.table import SUFFIXES, Table
from augment.data.tree import files_below
from augment.data.voc import Voc
from augment.data.yolo import Yolo
from augment.errors import FileError, SpecError
from augment.sample import Target

BESIDE = (".json", ".txt", ".xml")
"""The suffixes of label files that stand beside pictures."""


def form_of(
    source: Path | Iterable[Path], labels: Path | None, classes: bool, targets: Mapping[str, Target], own: Collection[str],
    joins: bool, relabels: bool,
) -> Form | None:  # fmt: skip
    """Return the form of annotations, read as far as they are for all pictures; ``own`` are the entries that are files."""
    if classes:
        if labels or not isinstance(source, Path) or not source.is_dir():
            raise FileError("classes are the folders below one folder of pictures, without other labels")
        return Classes(source, targets, relabels)
    if not labels:
        return None
    form = _in_folder(labels, targets, own, joins) if labels.is_dir() else form_in_file(labels, targets, own, joins)
    if joins and not form.mixes:
        raise SpecError(f"the spec joins pictures, and {labels} describes one each; leave out the op that joins, or the labels")
    return form


def _in_folder(labels: Path, targets: Mapping[str, Target], own: Collection[str], joins: bool) -> Form:
    suffixes = {path.suffix.lower() for path in files_below(labels)} & set(BESIDE)
    if len(suffixes) != 1:
        has = " and ".join(sorted(suffixes)) if suffixes else f"neither {', '.join(BESIDE[:-1])} nor {BESIDE[-1]}"
        both = "both " if len(suffixes) > 1 else ""
        raise FileError(f"{labels}: has {both}{has} files; the labels of a folder are of one kind")
    match suffixes.pop():
        case ".json":
            return Json(labels, own)
        case ".txt":
            return Yolo(labels, targets)
    return Voc(labels, targets, next(name for name in own if targets[name].kind == "image"), joins)


def form_in_file(labels: Path, targets: Mapping[str, Target], own: Collection[str], joins: bool) -> Form:
    """Return the form of annotations that are one file for all pictures; raises `FileError` on what is none."""
    if not labels.is_file():
        raise FileError(f"{labels}: there is no such file or folder")
    suffix = labels.suffix.lower()
    if suffix in SUFFIXES:
        return Table(labels, targets)
    if suffix in (".yaml", ".yml"):
        return Yolo(labels, targets)
    if suffix == ".json":
        masks = [name for name, target in targets.items() if target.kind == "mask" and name not in own]
        # layers of two pictures cannot be joined: their numbers differ
        taken = [name for name in own if targets[name].kind == "mask"]
        if taken:
            why = f"{taken[0]!r} comes from the masks that were given; without them it holds the segmentations"
        else:
            why = "the spec joins pictures" if joins else f"they need one target of kind mask, and there are {len(masks)}"
        return Coco(labels, targets, masks[0] if len(masks) == 1 and not joins else "", why)
    raise FileError(f"{labels}: is none of .json (COCO), {', '.join(SUFFIXES)}, .yaml (YOLO), nor a folder")
