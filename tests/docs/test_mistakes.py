"""The page of what people write who come from other libraries is what they are told, and each message names the fix."""

import importlib.util
from pathlib import Path

import pytest

DOCS = Path(__file__).parents[2] / "docs"
_spec = importlib.util.spec_from_file_location("docs_mistakes", DOCS / "mistakes.py")
assert _spec and _spec.loader
mistakes = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(mistakes)


def test_there_are_enough_of_enough_libraries():
    assert len({case.written for case in mistakes.CASES}) == len(mistakes.CASES) >= 60
    assert {"Albumentations", "torchvision", "Keras", "nlpaug", "imgaug", "Kornia"} <= {case.library for case in mistakes.CASES}


@pytest.mark.parametrize("case", mistakes.CASES, ids=lambda case: case.written[:40])
def test_the_message_names_the_fix(case):
    assert any(case.fix in message for message in mistakes.told(case)), mistakes.told(case)


def test_the_page_is_current():
    assert (DOCS / "mistakes.md").read_text("utf-8") == mistakes.page(), "run python docs/mistakes.py to renew docs/mistakes.md"
