"""The commands of docs/preview.md run as they stand there, and its table of sheets is complete."""

import re
import shlex
from pathlib import Path

import pytest
from PIL import Image

from augment.report import SHEETS

PAGE = (Path(__file__).parents[2] / "docs" / "preview.md").read_text(encoding="utf-8")
COMMANDS = re.findall(r"^\$ augment (.*)$", PAGE, re.MULTILINE)


@pytest.mark.parametrize("line", COMMANDS)
def test_the_commands_of_the_page_run(augment, photo, tmp_path, monkeypatch, line):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "images").mkdir()
    Image.fromarray(photo).save(tmp_path / "images" / "cat.jpg")
    (tmp_path / "spec.yaml").write_text("pipeline: [{horizontal_flip: {p: 0.5}}, {rotate: ±20}, {brightness: 1±0.2}]")
    words = shlex.split(line)
    result = augment(*words)
    assert result.exit_code == 0, result.stderr
    assert (tmp_path / words[-1]).stat().st_size > 10_000


def test_the_page_tells_of_every_sheet():
    assert set(re.findall(r"^\| `(\w+)` \|", PAGE, re.MULTILINE)) == set(SHEETS)
