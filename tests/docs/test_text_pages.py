"""What the pages on texts list is what the code has."""

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from augment.cli import main
from augment.ops import catalogue
from augment.ops.kinds import Text
from augment.testing.examples import examples
from augment.text.resources import NAMED

DOCS = Path(__file__).parents[2] / "docs"


def rows(page: str, heading: str) -> list[list[str]]:
    """The cells of the table under a heading's first cell, without marks."""
    text = (DOCS / page).read_text(encoding="utf-8")
    table = text[text.index(f"| {heading} |") :].partition("\n\n")[0].splitlines()[2:]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in table]


def names(cell: str) -> list[str]:
    return re.findall(r"`(\w+)`", cell)


def text_ops():
    """Every text op of the package that is none for others, with one example."""
    ops = {name: op for name, op in catalogue("text").items() if issubclass(op, Text) and op.__module__.startswith("augment.")}
    return {name: examples(op)[0] for name, op in ops.items()}


def test_classes_of_nlpaug():
    from augment_nlpaug.kernels import augmenter_of

    told = {op: names(used)[0] for used, ops in rows("backends-nlpaug.md", "class of nlpaug | carries out") for op in names(ops)}
    used = {name: augmenter_of(op) for name, op in text_ops().items()}
    assert told == {name: type(augmenter).__name__ for name, augmenter in used.items() if augmenter}


def test_named_resources_and_their_ops():
    told = {row[0].strip("`"): row for row in rows("resources.md", "resource")}
    assert list(told)[: len(NAMED)] == list(NAMED)
    for name, make in NAMED.items():
        assert make().about == told[name][1]
    needed = {name: [r.name for r in op.needs()] for name, op in text_ops().items()}
    listed = {row["name"]: row["ops"] for row in json.loads(CliRunner().invoke(main, ["resources", "--json"]).stdout)}
    for name in ("wordnet", "transformers"):
        assert names(told[name][2]) == listed[name]
        assert {op for op, resources in needed.items() if name in resources} <= set(listed[name])
    files = [op for op, resources in needed.items() if any(r.endswith(".txt") for r in resources)]
    assert [op for op in names(told["a file"][2]) if op in needed] == files


def test_commands_on_resources_run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("spec.yaml").write_text("pipeline: [{replace_uninformative_words: {rate: 0.2, corpus: spec.yaml}}]", encoding="utf-8")
    commands = re.findall(r"^\$ augment (.*)$", (DOCS / "resources.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert len(commands) == 2
    for command in commands:
        result = CliRunner().invoke(main, command.split())
        assert result.exit_code == 0, result.output


@pytest.mark.parametrize("name", ["AUGMENT_WORDNET", "NLTK_DATA", "XDG_DATA_HOME", "HF_HUB_CACHE", "HF_HOME"])
def test_variables_are_those_that_are_read(name, monkeypatch, tmp_path):
    """Setting one moves where something is looked for."""
    from augment.text import resources

    def places():
        return [*resources.wordnet().places, *resources.model("a/b", "a model").places]

    if name == "HF_HOME":
        monkeypatch.delenv("HF_HUB_CACHE", raising=False)
    before = places()
    monkeypatch.setenv(name, str(tmp_path))
    assert places() != before and any(place.startswith(str(tmp_path)) for place in places())
    assert name in (DOCS / "resources.md").read_text(encoding="utf-8")
