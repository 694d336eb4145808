"""The templates of the live page: those of reports, and its own around them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from augment.report.page import HERE as REPORT
from augment.report.page import environment

if TYPE_CHECKING:
    from jinja2 import Environment

    from augment.lint import Finding
    from augment.report.model import Sheet
    from augment.view.controls import Card

HERE = Path(__file__).parent
ASSETS = {
    path.name: path for folder in (REPORT / "assets", HERE / "assets") for path in sorted(folder.iterdir()) if path.is_file()
}
"""All that the page may ask for by name."""
TYPES = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8"}


@lru_cache(maxsize=1)
def templates() -> Environment:
    """Return the templates of reports and those of the page."""
    from jinja2 import ChoiceLoader, FileSystemLoader

    base = environment()
    assert base.loader is not None
    return base.overlay(loader=ChoiceLoader([FileSystemLoader(HERE / "templates"), base.loader]))


def page_html(**about: Any) -> str:
    """Return the page itself."""
    return templates().get_template("view.html").render(**about)


def sheet_html(sheet: Sheet) -> str:
    return templates().get_template("sheet.html").render(sheet=sheet)


def cards_html(cards: Sequence[Card]) -> str:
    return templates().get_template("cards.html").render(cards=cards)


def findings_html(findings: Sequence[Finding]) -> str:
    return templates().get_template("findings.html").render(findings=findings)
