"""Files are short: who looks for something finds its file by name, and reads no more than that."""

from pathlib import Path

import augment

ROOT = Path(augment.__file__).parent.parent
LONGEST = 300  # lines
TABLE = "a table: one entry after the other"
INLINE = "stands inline in a page, where a script has no modules"
LONGER = {
    "augment/kernels/protocol.py": "the contract of kernel sets, in one piece",
    "augment/native/tables/albumentations/colour.py": TABLE,
    "augment/native/tables/albumentations/crops.py": TABLE,
    "augment/native/tables/albumentations/geometry.py": TABLE,
    "augment/native/tables/nlpaug.py": TABLE,
    "augment/report/assets/lightbox.js": INLINE,
    "tests/lint/test_rules.py": TABLE,
    "tests/spec/test_bad_specs.py": TABLE,
}
"""Those that are longer, and why each is one."""


def test_no_other_file_is_long():
    places = ("augment", "plugins", "tests", "docs", "examples")
    paths = (path for place in places for kind in ("py", "js") for path in (ROOT / place).rglob(f"*.{kind}"))
    long = {path.relative_to(ROOT).as_posix() for path in paths if len(path.read_text(encoding="utf-8").splitlines()) > LONGEST}
    assert sorted(long) == sorted(LONGER)
