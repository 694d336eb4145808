"""What docs/lint.md shows is what the tool prints."""

import re
from pathlib import Path

from click.testing import CliRunner

import augment
from augment.cli import main
from augment.lint import findings

PAGE = (Path(__file__).parents[2] / "docs" / "lint.md").read_text(encoding="utf-8")


def test_the_output_is_that_of_the_command(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    commands = re.findall(r"^\$ augment (.*)$", PAGE, re.MULTILINE)
    [shown] = re.findall(r"^```text\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
    made, printed = (CliRunner().invoke(main, command.split()) for command in commands[:2])
    assert made.exit_code == 0
    assert printed.stdout == shown


def test_the_comments_ignore_what_they_say():
    [text] = re.findall(r"^```yaml\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
    assert findings(augment.loads(text)) == ()
    bare = "\n".join(line.partition("#")[0] for line in text.splitlines())
    assert {finding.rule for finding in findings(augment.loads(bare))} == {"strength", "same_op_twice"}


def test_every_recipe_is_linked():
    linked = set(re.findall(r"examples/specs/([\w-]+\.yaml)", PAGE))
    assert linked == {path.name for path in (Path(__file__).parents[2] / "examples" / "specs").glob("*.yaml")}
