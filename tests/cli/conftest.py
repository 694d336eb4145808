"""Specs, and small folders of real photographs."""

import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

PHOTOS = Path(__file__).parents[2] / "augment" / "photos"
GEOMETRY = """\
version: 1
seed: 7
pipeline:
  - horizontal_flip: {p: 0.5}
  - rotate: {degrees: ±20}
  - brightness: 1±0.2
"""


@pytest.fixture
def spec(tmp_path):
    """Write a spec; returns its path."""

    def write(text: str = GEOMETRY, name: str = "spec.yaml") -> Path:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return write


@pytest.fixture
def photos(tmp_path):
    """A folder with a photograph, and another in a subfolder; masks, and labels of both kinds, in folders beside it."""
    for i, (name, key) in enumerate((("cat", "cat"), ("coffee", "hot/coffee"))):
        with Image.open(PHOTOS / f"{name}.jpg") as picture:
            small = picture.resize((100, 66))
            width, height = picture.size
        with Image.open(PHOTOS / "masks" / f"{name}.png") as mask:
            small_mask = mask.resize((100, 66), Image.Resampling.NEAREST)
        data = json.loads((PHOTOS / f"{name}.json").read_text())
        boxes = np.array(data["boxes"]) / [width, height, width, height]
        for folder in ("images", "masks", "json", "yolo"):
            (tmp_path / folder / key).parent.mkdir(parents=True, exist_ok=True)
        small.save(tmp_path / "images" / f"{key}.jpg", quality=95)
        small_mask.save(tmp_path / "masks" / f"{key}.png")
        entries = {"boxes": (boxes * [100, 66, 100, 66]).tolist(), "labels": data["labels"], "image_id": f"photo {i}"}
        (tmp_path / "json" / f"{key}.json").write_text(json.dumps(entries))
        rows = [f"{n} {(x0 + x1) / 2} {(y0 + y1) / 2} {x1 - x0} {y1 - y0}" for n, (x0, y0, x1, y1) in enumerate(boxes)]
        (tmp_path / "yolo" / f"{key}.txt").write_text("\n".join(rows) + "\n")
    return tmp_path / "images"
