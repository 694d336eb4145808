"""The commands of docs/cli.md run as they stand there."""

import re
import shlex
from pathlib import Path

from augment.cli import COMMANDS

PAGE = Path(__file__).parents[2] / "docs" / "cli.md"


def test_the_commands_of_the_page_run(augment, photos, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "texts.yaml").write_text("targets: {text: text}\npipeline: [swap_words: 0.2]\n")
    (tmp_path / "reviews.csv").write_text("review,stars\na good film and a long one,4\n")
    commands = re.findall(r"^\$ augment (.*)$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    assert len(commands) > 10
    for command in commands:
        result = augment(*shlex.split(command))
        assert result.exit_code == 0, f"augment {command}\n{result.stdout}{result.stderr}"


def test_the_page_names_every_command():
    named = re.findall(r"^\| `augment (\w+)", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    assert named == list(COMMANDS)
