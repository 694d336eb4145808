"""Writes what stands once beside all results: annotations that are one file, from the parts written with the pictures."""

from __future__ import annotations

import copy
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Literal

from augment.data.endings import IMAGES
from augment.data.folder import Folder
from augment.data.form import Form, Gathered
from augment.data.output import PARTS, Output
from augment.data.tree import parse_json, read_text, real
from augment.data.unpacking import samples_in
from augment.errors import FileError
from augment.files.whole import write_whole
from augment.shards import Row

Existing = Literal["refuse", "keep", "replace"]
"""What becomes of results that exist."""


def check_place(folder: Folder, output: Output, epochs: Iterable[int], existing: Existing) -> None:
    """Refuse to replace what is read, or to add to what no earlier run has left; raises `FileError`."""
    if not folder.form or not folder.form.once:
        return
    place = output.root / folder.form.once
    if folder.form.source and real(place) == real(folder.form.source):
        raise FileError(f"{place}: the result would replace the file that it is made from; choose another folder")
    if isinstance(folder.form, Gathered) and place.exists() and existing != "replace":
        made = {place for epoch in epochs for item in folder.items for place in output.images(item, epoch)}
        here = made if existing == "keep" else set()
        places = {name: output.pictures() / name for name in _former(folder.form, place)}
        lost = [name for name, picture in places.items() if not picture.exists() and picture not in here]
        if lost:
            raise FileError(f"{place}: exists, and {lost[0]!r} in it is not among the results; --force replaces it")


def check_once(form: Form | None, output: Output, existing: Existing) -> None:
    """Refuse to replace what stands once beside results that are packs, or come of them; raises `FileError`."""
    if form is None:
        return
    place = output.root / form.once
    if form.source and real(place) == real(form.source):
        raise FileError(f"{place}: the result would replace the file that it is made from; choose another folder")
    if existing == "refuse" and place.exists():
        raise FileError(f"{place}: exists; --force replaces it")


def gather_folder(folder: Folder, output: Output, epochs: Iterable[int], *, anew: bool) -> None:
    """Write the file of all results that are there, those of earlier runs included; raises `FileError`.

    ``anew`` forgets a former file that cannot be read.
    """
    if folder.joined is None:
        return
    parts = {
        place.relative_to(output.pictures()).as_posix(): output.part(folder, item, epoch)
        for epoch in epochs
        for item in folder.items
        for place in output.images(item, epoch)
        if place.exists()
    }
    _gather(folder.joined, output, parts, anew)


def gather_rows(form: Form, output: Output, rows: Iterable[Row], *, anew: bool) -> None:
    """Write the same of files that come of packs, by the rows of their receipts; raises `FileError`."""
    pictures = (next(iter(row.files)) for row in rows if row.files)
    names = [(output.root / name).relative_to(output.pictures()).as_posix() for name in pictures]
    _gather(form, output, {name: output.root / PARTS / f"{name.rpartition('.')[0]}.json" for name in names}, anew)


def gather_packs(form: Form, output: Output, packs: Iterable[Path]) -> None:
    """Write the same of packs, which hold the annotations of each sample; raises `FileError`."""
    records: dict[str, Any] = {}
    for found in (found for path in packs if path.exists() for found in samples_in(path) if not found.problem):
        name = next(f"{found.key}.{ending}" for ending in found.fields if f".{ending}" in IMAGES)
        records[name] = parse_json(found.fields["json"].decode(), name) if isinstance(form, Gathered) else None
    text = form.join(records) if isinstance(form, Gathered) else form.whole(list(records))
    write_whole(output.root / form.once, text.encode())


def _gather(form: Form, output: Output, parts: dict[str, Path | None], anew: bool) -> None:
    place = output.root / form.once
    if not isinstance(form, Gathered):
        write_whole(place, form.whole(list(parts)).encode())
        return
    try:
        former = _former(form, place) if place.exists() else {}
    except FileError:
        if not anew:
            raise
        former = {}
    others = {name: record for name, record in former.items() if (output.pictures() / name).exists() and name not in parts}
    records = others | {name: _record(name, part, former, place) for name, part in parts.items()}
    if not records and not place.exists():
        return
    write_whole(place, form.join(records).encode())
    _remove_parts(output.root, [part for part in parts.values() if part])


def _record(name: str, part: Path | None, former: dict[str, Any], place: Path) -> Any:
    if part and part.exists():
        return parse_json(read_text(part), str(part))
    if name not in former:
        raise FileError(f"{place}: has no annotations of {name!r}, which is among the results; remove that and --resume")
    return former[name]


def _former(form: Gathered, place: Path) -> dict[str, Any]:
    return copy.copy(form).load(place)  # a copy, as reading sets what stands at its head


def _remove_parts(root: Path, parts: Iterable[Path]) -> None:
    folders = set()
    for part in parts:
        part.unlink(missing_ok=True)
        folders |= {parent for parent in part.parents if parent.is_relative_to(root) and parent != root}
    for parent in sorted(folders, key=lambda path: -len(path.parts)):
        if parent.is_dir() and not any(parent.iterdir()):
            parent.rmdir()
