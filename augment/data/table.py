"""Tables with a row for each picture or caption: CSV, TSV, or a JSON object on each line."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from augment.data.form import ROWS, Entries, Gathered, Item, Size, caption_target, plain
from augment.data.tree import inner_name, parse_json, read_text
from augment.errors import FileError
from augment.sample import Target

FILES = ("file_name", "image", "filename", "file", "path")
CAPTIONS = ("caption", "text", "captions")
MEANT = ("sentence", "sentences", "description", "prompt", "title", "alt", "alt_text", "caption_en", "comment", "raw")
"""What others call such a column."""
SUFFIXES = (".csv", ".tsv", ".jsonl")
BOXES = frozenset({"xmin", "x_min", "bbox", "bboxes", "boxes", "objects", "keypoints"})


class Table(Gathered):
    """Captions, one or several of a picture; other columns go along unchanged."""

    about = "its captions are"
    mixes = False

    def __init__(self, path: Path, targets: Mapping[str, Target]):
        self.columns: list[str] = []
        self.file = self.column = ""
        super().__init__(path)
        self.caption = caption_target(targets) if self.column else ""
        self.fills = (self.caption,) if self.caption else ()

    def load(self, path: Path) -> dict[str, Any]:
        rows = json_rows(path) if path.suffix.lower() == ".jsonl" else csv_rows(path)
        records: dict[str, Any] = {}
        for number, row in rows:
            if not self.columns:
                self._choose(row, path)
            if list(row) != self.columns:
                raise FileError(f"{path}:{number}: has not the columns of the first row: {', '.join(self.columns)}")
            records.setdefault(inner_name(row[self.file], f"{path}:{number}: {self.file}"), []).append(row)
        return records

    def _choose(self, row: Mapping[str, Any], path: Path) -> None:
        self.columns = list(row)
        self.file = next((name for name in FILES if name in row), "")
        self.column = next((name for name in CAPTIONS if name in row), "")
        if not self.file:
            raise FileError(f"{path}: needs a column with the file of each picture: {', '.join(FILES)}")
        if not self.column and (meant := next((name for name in row if name.lower() in (*CAPTIONS, *MEANT)), "")):
            raise FileError(f"{path}: has a column {meant!r}; if it holds captions, call it {CAPTIONS[0]}, else anything else")
        if boxes := sorted(BOXES & row.keys()):
            raise FileError(f"{path}: has {boxes[0]!r}; boxes are read from COCO, YOLO, Pascal VOC or JSON, not from tables")

    def read(self, item: Item, image: np.ndarray) -> Entries:
        rows = self.record(item)
        captions = [row[self.column] for row in rows] if self.column else []
        if not all(map(_is_caption, captions)):
            raise FileError(f"{self.path}: {item.image.name}: {self.column} must be text, or a list of it")
        return {ROWS: rows} | ({self.caption: captions[0] if len(captions) == 1 else captions} if captions else {})

    def text(self, name: str, sample: Mapping[str, Any], size: Size) -> str:
        rows = [{**row, self.file: name} for row in sample[ROWS]]
        if self.column:
            captions = sample[self.caption] if len(rows) > 1 else [sample[self.caption]]
            rows = [{**row, self.column: caption} for row, caption in zip(rows, captions, strict=True)]
        return json.dumps(rows, default=plain, ensure_ascii=False)

    def join(self, records: Mapping[str, Any]) -> str:
        rows = [row for own in records.values() for row in own]
        if self.path.suffix.lower() == ".jsonl":
            return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        out = io.StringIO()
        writer = csv.DictWriter(out, self.columns, delimiter=_delimiter(self.path), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
        return out.getvalue()


def csv_rows(path: Path) -> list[tuple[int, dict[str, Any]]]:
    reader = csv.DictReader(io.StringIO(read_text(path), newline=""), delimiter=_delimiter(path), strict=True)
    rows = []
    try:
        for row in reader:
            if None in row or None in row.values():
                raise FileError(f"{path}:{reader.line_num}: has not as many fields as the first line; quote those with commas")
            rows.append((reader.line_num, row))
    except csv.Error as error:
        raise FileError(f"{path}:{reader.line_num}: is no CSV ({error})") from None
    return rows


def json_rows(path: Path) -> list[tuple[int, dict[str, Any]]]:
    rows = []
    for number, line in enumerate(read_text(path).split("\n"), 1):
        if line.strip():
            row = parse_json(line, f"{path}:{number}")
            if not isinstance(row, dict):
                raise FileError(f"{path}:{number}: must be an object such as {{\"file_name\": ..., \"text\": ...}}")
            rows.append((number, row))
    return rows


def _delimiter(path: Path) -> str:
    return "\t" if path.suffix.lower() == ".tsv" else ","


def _is_caption(raw: Any) -> bool:
    return isinstance(raw, str) or (isinstance(raw, list) and bool(raw) and all(isinstance(text, str) for text in raw))
