"""The notebooks run, what they claim holds, and they print what their pages say, but for the digits of numbers."""

import importlib.util
import re
from pathlib import Path

import pytest

DOCS = Path(__file__).parents[2] / "docs"
_spec = importlib.util.spec_from_file_location("docs_notebooks", DOCS / "notebooks.py")
assert _spec and _spec.loader
notebooks = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(notebooks)
QUICK = {"classification-torchvision", "segmentation-albumentations", "test-time"}
"""Those that take less than ten seconds of a core; the others run with ``-m matrix``."""


def words(page: str) -> str:
    """A page without the digits of what it prints: training depends on the machine's arithmetic."""
    return notebooks.CELL.sub(lambda cell: re.sub(r"\d", "#", cell[0]) if cell["printed"] else cell[0], page)


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=[] if name in QUICK else pytest.mark.matrix) for name in notebooks.PAGES]
)
def test_it_prints_what_the_page_says(name, tmp_path):
    """Its conditions are part of it; pictures are made, and thrown away."""
    import torch

    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    page = notebooks.PAGES[name].read_text(encoding="utf-8")
    try:
        assert words(notebooks.renewed(page, tmp_path)) == words(page), f"run python docs/notebooks.py {name}"
    finally:
        torch.set_num_threads(threads)
    files = [cell["file"] for cell in notebooks.CELL.finditer(page) if cell["file"]]
    assert all((notebooks.PICTURES / file).stat().st_size < 150_000 and (tmp_path / file).exists() for file in files)


def test_every_page_has_conditions_and_results():
    for page in notebooks.PAGES.values():
        text = page.read_text(encoding="utf-8")
        assert "\nassert " in text and "```text" in text, page.name
