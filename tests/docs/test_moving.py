"""The picture of the chapter on moving to Keras is that of its code, and shows what the chapter says."""

import importlib.util
from pathlib import Path

import numpy as np
from PIL import Image

from augment.report.render import MARGIN

DOCS = Path(__file__).parents[2] / "docs"
_spec = importlib.util.spec_from_file_location("docs_moving", DOCS / "moving.py")
assert _spec and _spec.loader
moving = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(moving)


def test_the_picture_is_current_and_its_two_rows_are_alike():
    """The row of torchvision is drawn anew; that of Keras, which takes its engine to draw, is compared as it lies there."""
    blank = [np.full((moving.CELL, moving.CELL, 3), 255, np.uint8)] * moving.DRAWS
    want = np.asarray(moving.sheet([moving.keyed(moving.code("trained =")["spec"][:-1], "torchvision"), blank, blank]), float)
    had = np.asarray(Image.open(moving.PICTURE).convert("RGB"), float)
    assert had.shape == want.shape and moving.PICTURE.stat().st_size < 100_000, "run python docs/moving.py"
    step = 34 + moving.CELL + 8 + 16 + 10 + 6
    tops = [MARGIN + 50 + 34 + row * step for row in range(3)]
    rows = [slice(top, top + moving.CELL) for top in tops]
    assert np.abs(had[rows[0]] - want[rows[0]]).mean() < 6, "run python docs/moving.py"
    assert np.abs(had[rows[1]] - had[rows[0]]).mean() < 6
    assert np.abs(had[rows[2]] - had[rows[0]]).mean() > 20
