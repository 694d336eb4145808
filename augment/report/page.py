"""Shows a report as HTML: a page that stands alone, and a piece of one for notebooks. Nothing in it is asked of a network."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from augment.report.encode import closer_data, is_tiny, picture_data
from augment.report.model import Change, Group, Report, Sheet
from augment.report.tags import tags

if TYPE_CHECKING:
    from jinja2 import Environment

HERE = Path(__file__).parent
GENERATOR = "augment preview"
STRETCH = 200
"""Characters of unchanged text that are shown on either side of a change, at least."""


def page(report: Report) -> str:
    """Return a whole page: styles, script and pictures are inside."""
    return environment().get_template("report.html").render(
        report=report, style=asset("report.css"), script=asset("report.js") + asset("lightbox.js"), generator=GENERATOR
    )


def fragment(report: Report | None, text: str = "", note: str = "", live: bool = False) -> str:
    """Return a piece of a page for notebooks; ``text`` and ``note`` stand above the pictures. Those of a ``live`` one can be
    looked at closely."""
    return environment().get_template("notebook.html").render(
        report=report, style=asset("report.css"), text=text, note=note, script=asset("lightbox.js") if live else ""
    )


@lru_cache(maxsize=1)
def environment() -> Environment:
    """Return the templates. They escape all text, and hold no inline styles, so that a page may forbid them."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    made = Environment(
        loader=FileSystemLoader(HERE / "templates"), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    made.filters |= {
        "address": picture_data, "tiny": is_tiny, "shape": shape, "plain": plain, "excerpt": excerpt, "by_rule": by_rule,
        "tags": tags, "closer": closer_data, "anchors": anchors, "anchor": anchor,
    }  # fmt: skip
    return made


@lru_cache(maxsize=4)
def asset(name: str) -> str:
    """Return the text of a style sheet or script that pages use."""
    return (HERE / "assets" / name).read_text(encoding="utf-8")


def shape(group: Group) -> str:
    """Whether most pictures of a group are wide, tall or square, as its frames are alike; or whether it has words alone."""
    if not any(p.figure or p.chart for p in group.panels):
        return "words" if any(p.diffs for p in group.panels) else "square"
    aspects = sorted(p.figure.size[1] / p.figure.size[0] for p in group.panels if p.figure)
    middle = aspects[len(aspects) // 2] if aspects else 1.0
    return "wide" if middle > 1.2 else "tall" if middle < 0.84 else "square"


def anchor(heading: str, sheet: str) -> str:
    """The name of a group in addresses: 'ops-rotate'."""
    return f"{sheet}-{re.sub(r'[^a-z0-9]+', '-', heading.lower()).strip('-')}"


def anchors(sheet: Sheet) -> list[str]:
    """The names of all groups of a sheet, each once."""
    seen: Counter[str] = Counter()
    out = []
    for number, group in enumerate(sheet.groups, 1):
        name = anchor(group.heading or str(number), sheet.name)
        seen[name] += 1
        out.append(name if seen[name] == 1 else f"{name}--{seen[name]}")
    return out


def excerpt(text: str) -> tuple[str, int, str]:
    """A long stretch of text that did not change: how it begins, how many characters are left out, and how it ends."""
    left_out = len(text) - 2 * STRETCH
    return (text[:STRETCH], left_out, text[-STRETCH:]) if left_out > STRETCH else (text, 0, "")


def by_rule(changes: Sequence[Change]) -> list[tuple[str, list[Change]]]:
    """Changes of a text in the order in which they were made, those that one rule made after each other together."""
    return [(rule, list(same)) for rule, same in groupby(changes, key=lambda change: change.rule)]


def plain(number: float) -> str:
    """A coordinate with at most two digits after the point."""
    return f"{number:.2f}".rstrip("0").rstrip(".")


__all__ = ["GENERATOR", "asset", "environment", "fragment", "page"]
