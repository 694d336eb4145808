"""What is frozen does not change in silence."""

import hashlib
import re
from pathlib import Path

import augment

ROOT = Path(__file__).parents[2]
CHANGELOG = (ROOT / "docs" / "changelog.md").read_text(encoding="utf-8")


def test_golden_records_have_a_line():
    records = (ROOT / "tests" / "golden" / "records.json").read_bytes()
    digits = hashlib.sha256(records).hexdigest()[:12]
    assert digits in CHANGELOG, f"the golden records changed: say why in docs/changelog.md, with '{digits}'"


def test_this_version_has_a_section():
    assert re.search(rf"^## {re.escape(augment.__version__)}\b", CHANGELOG, re.MULTILINE)
