"""The tutorial's files and commands run, and print what stands there."""

import importlib.util
import re
from pathlib import Path

import pytest

DOCS = Path(__file__).parents[2] / "docs"
_spec = importlib.util.spec_from_file_location("docs_tutorial", DOCS / "tutorial.py")
assert _spec and _spec.loader
tutorial = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(tutorial)
ACCURACY = re.compile(r"\b0\.\d\d$|\b0\.\d\d(?= )", re.MULTILINE)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The page with what its commands print, and the folder in which they ran."""
    folder = tmp_path_factory.mktemp("tutorial")
    return tutorial.renewed(tutorial.PAGE.read_text(encoding="utf-8"), folder), folder


def trained(page: str) -> str:
    """What the training prints."""
    return page.partition("$ python train.py\n")[2].partition("```")[0]


def test_it_prints_what_the_page_says(made):
    """But for the accuracies, which depend on the machine's arithmetic."""
    page = tutorial.PAGE.read_text(encoding="utf-8")
    assert trained(page) and made[0].replace(trained(made[0]), trained(page)) == page, "run python docs/tutorial.py"


def test_accuracies_are_about_those_of_the_page(made):
    had, now = (ACCURACY.findall(trained(page)) for page in (tutorial.PAGE.read_text(encoding="utf-8"), made[0]))
    assert len(had) == len(now) == 6
    assert all(abs(float(a) - float(b)) <= 0.05 for a, b in zip(had, now, strict=True)), (had, now)


def test_reports_are_there(made):
    for report, *_ in tutorial.SHOTS.values():
        assert (made[1] / report).stat().st_size > 50_000
