"""What the README says of commands and extras is so."""

import re
import shlex
import tomllib
from pathlib import Path

import click

from augment.cli import main

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_extras_are_those_of_the_distribution():
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    told = README.partition("The extras are ")[2].partition("\n\n")[0]
    assert set(re.findall(r"`(\w+)`", told)) == set(extras)


def test_commands_have_the_options_that_are_written():
    lines = re.findall(r"^augment (.*?)(?:\s+#.*)?$", README, re.MULTILINE)
    assert len(lines) >= 6
    for line in lines:
        name, *words = shlex.split(line)
        command = main.get_command(click.Context(main), name)
        assert command, line
        known = {option for parameter in command.params for option in parameter.opts}
        assert {word for word in words if word.startswith("-")} <= known, line
