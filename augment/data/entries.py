"""JSON label files beside pictures: an object with entries of the sample by their names, such as boxes, labels and keypoints."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from augment.data.form import Beside, Entries, Item, Size, plain
from augment.data.tree import parse_json, read_text
from augment.errors import FileError

MOST_BYTES = 2**26


class Json(Beside):
    """The entries of the sample by name, but for those that are files of their own."""

    suffix = ".json"

    def __init__(self, folder: Path, files: Collection[str]):
        super().__init__(folder)
        self.files = files

    def read(self, item: Item, image: np.ndarray) -> Entries:
        assert item.labels
        data = parse_json(read_text(item.labels, MOST_BYTES), str(item.labels))
        if not isinstance(data, dict):
            raise FileError(f"{item.labels}: must be an object with entries such as boxes, labels and keypoints")
        if clash := data.keys() & set(self.files):
            raise FileError(f"{item.labels}: has an entry {sorted(clash)[0]!r}, which is a file of its own")
        return data

    def text(self, name: str, sample: Mapping[str, Any], size: Size) -> str:
        entries = {key: value for key, value in sample.items() if key not in self.files}
        return json.dumps(entries, default=plain, ensure_ascii=False) + "\n"
