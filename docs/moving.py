"""Writes the picture of docs/migrating.md: a policy of torchvision, the same in Keras, and what layers of the same names do.

Run ``python docs/moving.py`` after a change of the chapter or of its ops; it needs torchvision and Keras. The code is that of the
page, without what makes tensors of the pictures.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from augment.report.render import Block, Cell, draw_sheet
from augment.testing.photographs import photographs

HERE = Path(__file__).parent
PAGE = HERE / "migrating.md"
PICTURE = HERE / "images" / "moving.webp"
CELL, DRAWS, SIDES = 128, 6, (180, 240)
CODE = re.compile(r"^```python\n(?P<code>.*?)^```$", re.MULTILINE | re.DOTALL)
ROWS = (
    'torchvision: augment.compile(spec, "torchvision")', 'Keras: augment.compile(spec, "keras"), for the same keys',
    "Keras: its own layers of the same names and numbers",
)  # fmt: skip


def code(word: str) -> dict[str, Any]:
    """What the block of the page that says a word leaves behind."""
    found: dict[str, Any] = {}
    for block in CODE.finditer(PAGE.read_text(encoding="utf-8")):
        if word in block["code"]:
            exec(block["code"], found)
    return found


def photograph() -> np.ndarray:
    return photographs((SIDES,))[0]


def keyed(spec: Any, backend: str) -> list[np.ndarray]:
    """Draws of a spec on a backend, by their keys."""
    import augment

    return [augment.apply(spec, {"image": photograph()}, backend=backend, index=i)["image"] for i in range(DRAWS)]


def layered(layers: Any) -> list[np.ndarray]:
    """Draws of a stack of Keras' layers, cut to the size of the others."""
    import keras

    keras.utils.set_random_seed(0)
    image = np.asarray(Image.fromarray(photograph()).resize((CELL, CELL)), np.float32)
    return [np.asarray(layers(image[None], training=True))[0].round().astype(np.uint8) for _ in range(DRAWS)]


def sheet(rows: list[list[np.ndarray]]) -> Image.Image:
    blocks = []
    for heading, pictures in zip(ROWS, rows, strict=True):
        count = "index" if "augment" in heading else "draw"
        blocks.append(Block(heading, [Cell(Image.fromarray(picture), f"{count} {i}") for i, picture in enumerate(pictures)]))
    about = "The first two rows are one spec; the last is what is lost by hand"
    return draw_sheet("From torchvision to Keras", about, blocks, CELL)


if __name__ == "__main__":
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    import torchvision  # noqa: F401  # first: TensorFlow cannot stand before it

    spec = code("trained =")["spec"][:-1]
    rows = [keyed(spec, "torchvision"), keyed(spec, "keras"), layered(code("by_name =")["by_name"])]
    sheet(rows).save(PICTURE, "webp", quality=80, method=6)
