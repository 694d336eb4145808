"""The generated pages are those that the declarations generate."""

import importlib.util
from pathlib import Path

import pytest

DOCS = Path(__file__).parents[2] / "docs"
_spec = importlib.util.spec_from_file_location("docs_tables", DOCS / "tables.py")
assert _spec and _spec.loader
tables = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(tables)


@pytest.mark.parametrize("name", tables.PAGES)
def test_page_is_current(name):
    assert (DOCS / name).read_text(encoding="utf-8") == tables.PAGES[name](), f"run python docs/tables.py to renew docs/{name}"
