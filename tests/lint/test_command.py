"""``augment check`` tells findings, fails when it is asked to, and measures on files."""

import json

import pytest
from click.testing import CliRunner
from PIL import Image

from augment.cli import main

ADVICE = "pipeline:\n  - rotate: ±5\n  - identity\n"
WARNING = "pipeline:\n  - rotate: {degrees: ±200, border: reflect}\n  - identity\n"
ERROR = "pipeline:\n  - rotate: ±5  # augment: ignore\n"
MISTAKE = "pipeline:\n  - rotate: lots\n"


@pytest.fixture
def check(tmp_path):
    def call(text, *arguments):
        path = tmp_path / "train.yaml"
        path.write_text(text, encoding="utf-8")
        result = CliRunner().invoke(main, ["check", str(path), *map(str, arguments)])
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    return call


@pytest.mark.parametrize(
    ("text", "fails"),
    [(ADVICE, {"advice"}), (WARNING, {"advice", "warning"}), (ERROR, {"advice", "warning", "error"})],
    ids=["advice", "warning", "error"],
)
@pytest.mark.parametrize("on", ["error", "warning", "advice", "never"])
def test_fail_on(check, text, fails, on):
    assert check(text, "--fail-on", on).exit_code == (on in fails)


@pytest.mark.parametrize("on", ["error", "never"])
def test_a_spec_that_means_nothing_always_fails(check, on):
    assert check(MISTAKE, "--fail-on", on).exit_code == 1


def test_errors_fail_and_the_rest_passes_unless_it_is_said(check):
    assert [check(text).exit_code for text in (ADVICE, WARNING, ERROR)] == [0, 0, 1]


def test_what_is_printed(check, tmp_path):
    path = tmp_path / "train.yaml"
    lines = check(WARNING).stdout.splitlines()
    place = f"{path}:2:23 pipeline[0].rotate.degrees"
    assert lines[0] == f"warning: {place}: degrees is drawn from -200 to 200; usual is -180 to 180 degrees [strength]"
    assert lines[1] == "  reason: half a turn either way reaches every direction already"
    assert lines[2].startswith("  fix: ")
    assert lines[3] == "  docs: docs/lint.md#strength"
    assert lines[4].startswith(f"advice: {path}:3:5 pipeline[1].identity: ")
    assert lines[-1] == f"{path}: 1 warning, 1 advice"


def test_json(check, tmp_path):
    data = json.loads(check(WARNING, "--json", "--fail-on", "warning").stdout)
    assert not data["ok"]
    first = data["findings"][0]
    assert {k: first[k] for k in ("level", "rule", "line", "column", "path")} == {
        "level": "warning", "rule": "strength", "line": 2, "column": 23, "path": "pipeline[0].rotate.degrees",
    }  # fmt: skip
    assert first["docs"] == "docs/lint.md#strength" and first["fixable"] is False
    assert first["reason"] and first["fix"] and first["file"] == str(tmp_path / "train.yaml")


@pytest.fixture
def pictures(tmp_path, photographs):
    """A folder with two photographs, and one with their YOLO labels: a small box in a corner of each."""
    for name in ("coffee", "rocket"):
        for folder in ("images", "labels"):
            (tmp_path / folder).mkdir(exist_ok=True)
        Image.fromarray(photographs[name]).save(tmp_path / "images" / f"{name}.png")
        (tmp_path / "labels" / f"{name}.txt").write_text("0 0.1 0.1 0.1 0.1\n0 0.9 0.9 0.1 0.1\n")
    return tmp_path / "images"


def test_files_are_measured(check, pictures):
    text = "targets: {image: image, boxes: boxes}\npipeline:\n  - resize: 700\n  - random_crop: 300\n"
    result = check(text, "--files", pictures, "--labels", pictures.parent / "labels", "--json")
    found = {f["rule"]: f for f in json.loads(result.stdout)["findings"]}
    assert found["upsampling"]["line"] == 3
    assert found["lost_boxes"]["line"] == 4
    assert "boxes (16 draws of each of 2 pictures)" in found["lost_boxes"]["message"]


def test_files_that_cannot_be_augmented_fail(check, pictures):
    result = check("pipeline:\n  - random_crop: 420\n", "-f", pictures / "coffee.png", "-f", pictures / "rocket.png")
    assert result.exit_code == 1
    assert (
        "train.yaml:2:5 pipeline[0].random_crop: random_crop: a window of 420 x 420 does not fit into 400 x 600" in result.stderr
    )
    assert "[cannot_run]" in result.stderr


def test_a_folder_without_pictures(check, tmp_path):
    (tmp_path / "empty").mkdir()
    result = check(ADVICE, "--files", tmp_path / "empty")
    assert result.exit_code == 1
    assert "there are no pictures to measure on" in result.stderr


def test_labels_without_files_is_a_usage_error(check, tmp_path):
    assert check(ADVICE, "--labels", tmp_path).exit_code == 2


def test_comments_count_under_set(check):
    text = "pipeline:\n  - rotate: {degrees: ±5, border: reflect}  # augment: ignore strength\n"
    assert "unused_ignore" in check(text).stdout
    assert check(text, "--set", "rotate.degrees=±200").stdout.endswith("train.yaml: ok\n")
