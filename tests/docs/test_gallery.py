"""The gallery shows every op, as the code of today makes it."""

import importlib.util
import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from augment.ops import catalogue

DOCS = Path(__file__).parents[2] / "docs"
_spec = importlib.util.spec_from_file_location("docs_gallery", DOCS / "gallery.py")
assert _spec and _spec.loader
gallery = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(gallery)


@pytest.mark.wordnet
def test_page_is_current():
    want = gallery.page()
    assert (DOCS / "gallery.md").read_text(encoding="utf-8") == want, "run python docs/gallery.py to renew docs/gallery.md"


def test_every_op_of_the_package_is_shown():
    page = (DOCS / "gallery.md").read_text(encoding="utf-8")
    ours = [name for name, op in catalogue().items() if op.__module__.startswith("augment.")]
    assert [line[4:] for line in page.splitlines() if line.startswith("### ")] == ours


def pixels(file) -> np.ndarray:
    return np.asarray(Image.open(file).convert("RGBA"), float)


def test_pictures_are_those_of_the_ops():
    """Decoded, they are what is made and encoded anew, but for what versions of the encoder differ by."""
    shown = {op.name: op.picture for op in gallery.image_ops() if op.picture}
    files = {file.stem: file for file in gallery.PICTURES.iterdir()}
    assert set(files) == set(shown), "run python docs/gallery.py"
    for name, picture in shown.items():
        had, now = pixels(files[name]), pixels(io.BytesIO(gallery.encoded(picture)))
        assert had.shape == now.shape and np.abs(had - now).mean() < 0.5, f"{name}: run python docs/gallery.py"
    assert sum(file.stat().st_size for file in files.values()) < 30_000 * len(files)
