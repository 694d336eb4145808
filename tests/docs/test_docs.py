"""The documentation is true: its code runs, its specs load, its links lead somewhere, its tables are those of the code."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```", re.MULTILINE | re.DOTALL)


def blocks(page: Path, language: str) -> list[str]:
    return [code for kind, code in BLOCK.findall(page.read_text(encoding="utf-8")) if kind == language]


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.stem)
def test_python_blocks_run(page, tmp_path, monkeypatch):
    import augment

    monkeypatch.chdir(tmp_path)
    for yaml in blocks(page, "yaml"):
        if "pipeline:" in yaml:
            (tmp_path / "flowers.yaml").write_text(yaml, encoding="utf-8")
            augment.load(tmp_path / "flowers.yaml")
            break
    scope: dict = {"__name__": page.stem}
    for code in blocks(page, "python"):
        exec(compile(code, str(page), "exec"), scope)


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.stem)
def test_specs_load(page):
    import augment

    for yaml in blocks(page, "yaml"):
        if "pipeline:" in yaml:
            augment.loads(yaml, str(page))


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.stem)
def test_links_lead_somewhere(page):
    for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
        if not target.startswith("http"):
            assert (page.parent / target).exists(), f"{page.name} links to {target}"
