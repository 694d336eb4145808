"""import and export."""

import ast
import json

import pytest

PYTHON = """\
import albumentations as A
train = A.Compose([A.HorizontalFlip(p=0.5), A.Rotate(limit=15, p=0.3), A.Mine(), A.RandomFog()])
val = A.Compose([A.CenterCrop(8, 8)])
"""
FLIP = {"library": "torchvision", "ops": [{"class": "RandomHorizontalFlip", "kwargs": {"p": 0.3}}]}
SPEC = "horizontal_flip: {p: 0.3}"


def test_a_pipeline_of_several_is_named(augment, tmp_path):
    path = tmp_path / "train.py"
    path.write_text(PYTHON)
    several = augment("import", path)
    assert (several.exit_code, several.stdout) == (1, "")
    assert f"say which one, as {path.name}:train" in several.stderr
    result = augment("import", f"{path}:val")
    assert result.exit_code == 0
    assert result.stdout.endswith("pipeline:\n  - center_crop: [8, 8]\n")
    assert "the spec means what the pipeline means" in result.stderr


def test_what_is_left_out_and_what_differs_is_told_beside_the_spec(augment, tmp_path):
    path = tmp_path / "train.py"
    path.write_text(PYTHON)
    result = augment("import", f"{path}:train")
    assert result.exit_code == 1
    assert "no counterpart: train.py:2: Mine" in result.stderr and "differs: train.py:2: RandomFog" in result.stderr
    assert "1 differ, 1 have no counterpart" in result.stderr
    assert SPEC.replace("0.3", "0.5") in result.stdout and "# " in result.stdout
    path.write_text(PYTHON.replace("A.Mine(), ", ""))
    assert augment("import", f"{path}:train").exit_code == 0  # it differs, and is told


def test_strict_refuses_and_writes_nothing(augment, tmp_path):
    path, out = tmp_path / "train.py", tmp_path / "spec.yaml"
    path.write_text(PYTHON)
    result = augment("import", f"{path}:train", "--strict", "--out", out)
    assert (result.exit_code, result.stdout) == (1, "") and not out.exists()
    assert "RandomFog" in result.stderr and "Mine" in result.stderr and "2 mistakes" in result.stderr
    assert augment("import", f"{path}:val", "--strict", "--out", out).exit_code == 0
    assert "center_crop" in out.read_text()


@pytest.mark.parametrize(
    "text",
    [
        json.dumps(FLIP), "library: torchvision\nops: [{class: RandomHorizontalFlip, kwargs: {p: 0.3}}]\n",
        "from torchvision.transforms import v2\nt = v2.Compose([v2.RandomHorizontalFlip(p=0.3)])\n",
        json.dumps({"nbformat": 4, "cells": [
            {"cell_type": "code", "source": ["%cd x\n", "from torchvision.transforms import v2\n"]},
            {"cell_type": "code", "source": "t = v2.Compose([v2.RandomHorizontalFlip(0.3)])"},
        ]}),
    ],
    ids=["json", "yaml", "python", "notebook"],
)  # fmt: skip
def test_standard_input(augment, text):
    result = augment("import", "-", stdin=text)
    assert result.exit_code == 0, result.stderr
    assert SPEC in result.stdout


def test_standard_input_of_several(augment):
    assert "say which one, as --name train" in augment("import", "-", stdin=PYTHON).stderr
    assert "center_crop" in augment("import", "-", "--name", "val", stdin=PYTHON).stdout
    assert "did you mean 'val'" in augment("import", "-", "--name", "vall", stdin=PYTHON).stderr
    both = augment("import", "train.py:val", "--name", "train")
    assert both.exit_code == 2 and "both say which one" in both.stderr


@pytest.mark.parametrize(
    ("stdin", "words"),
    [
        ("", "is empty"), ("{", "is no JSON"), (b"\xff\xfe\x00", "is not UTF-8"),
        ("[" * 100_000, "nested too deep|is no JSON"), ("f(" * 5000, "a pipeline is an object or a list"),
        ("x: [1, 2", "not YAML"), ("a = 1; b = f(a)", "holds no pipeline"),
        ('{"library": "keras", "ops": 3}', "ops must be a list"), ('{"library": "pandas", "ops": []}', "library must be one of"),
        ("- 3\n- 4\n", "library must be one of"), ("import os\nos.system('touch RAN')", "holds no pipeline"),
    ],
)  # fmt: skip
def test_bad_input_is_told(augment, stdin, words, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    result = augment("import", "-", stdin=stdin)
    assert (result.exit_code, result.stdout) == (1, "")
    assert any(word in result.stderr for word in words.split("|")), result.stderr
    assert "Traceback" not in result.stderr and not list(tmp_path.iterdir())


def test_files_that_are_none(augment, tmp_path):
    for place in (tmp_path / "none.py", tmp_path):
        result = augment("import", place)
        assert result.exit_code == 1 and "cannot be read" in result.stderr
    wrong = augment("import", tmp_path / "none.py", "--library", "pandas")
    assert wrong.exit_code == 2 and "'pandas' is not one of" in wrong.stderr


def test_as_json(augment):
    data = json.loads(augment("import", "-", "--json", stdin=json.dumps(FLIP)).stdout)
    assert (data["same"], data["complete"], data["remarks"]) == (True, True, [])
    assert data["spec"]["pipeline"] == [{"horizontal_flip": {"p": 0.3}}]
    data = json.loads(augment("import", "-", "--name", "train", "--json", stdin=PYTHON).stdout)
    assert [(r["what"], r["verdict"]) for r in data["remarks"]] == [("Mine", "none"), ("RandomFog", "differs")]


def test_a_file_is_replaced_only_by_force(augment, tmp_path):
    out = tmp_path / "spec.yaml"
    out.write_text("mine")
    result = augment("import", "-", "--out", out, stdin=json.dumps(FLIP))
    assert result.exit_code == 1 and "--force" in result.stderr and out.read_text() == "mine"
    assert augment("import", "-", "--out", out, "--force", stdin=json.dumps(FLIP)).exit_code == 0
    assert SPEC in out.read_text()


def test_of_a_version(augment):
    data = json.dumps({"library": "albumentations", "ops": [{"class": "RandomRotate90"}]})
    assert augment("import", "-", stdin=data).stdout.endswith("- rotate90\n")
    assert "rotate90: {p: 0.5}" in augment("import", "-", "--of-version", "1.3.1", stdin=data).stdout


def test_verify(augment, tmp_path):
    page = tmp_path / "page.png"
    result = augment("import", "-", "--verify", "-n", "16", "--page", page, stdin=json.dumps(FLIP))
    assert result.exit_code == 0, result.stderr
    assert "coffee: no difference; 16 draws of each" in result.stderr and page.stat().st_size > 1000
    data = json.loads(augment("import", "-", "--verify", "-n", "16", "--json", stdin=json.dumps(FLIP)).stdout)
    assert data["verify"]["agrees"] and [one["photograph"] for one in data["verify"]["found"]] == ["coffee", "cat"]
    refused = augment("import", "-", "--page", page, stdin=json.dumps(FLIP))
    assert refused.exit_code == 2 and "--page belongs to --verify" in refused.stderr
    assert augment("import", "-", "--verify", "-n", "3", stdin=json.dumps(FLIP)).exit_code == 2


def test_what_cannot_be_compared_is_told(augment):
    words = {"library": "nlpaug", "ops": [{"class": "RandomWordAug"}]}
    result = augment("import", "-", "--verify", stdin=json.dumps(words))
    assert result.exit_code == 0 and "not compared: what nlpaug makes is no image" in result.stderr


@pytest.mark.parametrize("to", ["albumentations", "torchvision", "keras"])
def test_export(augment, spec, to):
    path = spec("pipeline: [horizontal_flip: {p: 0.5}, resize: {size: 8, antialias: false}, fog: 0.5]")
    result = augment("export", path, "--to", to, "--name", "train")
    assert result.exit_code == 1  # there is no fog
    tree = ast.parse(result.stdout)
    assert [node.targets[0].id for node in tree.body if isinstance(node, ast.Assign)] == ["train"]
    assert "2 of 3 steps are the same" in result.stderr and "# fog: no counterpart" in result.stdout
    data = json.loads(augment("export", path, "--to", to, "--json").stdout)
    assert [line["verdict"] for line in data["lines"]] == ["same", "same", "no counterpart"]
    strict = augment("export", path, "--to", to, "--strict")
    assert (strict.exit_code, strict.stdout) == (1, "") and "pipeline[2].fog: no counterpart" in strict.stderr


def test_export_takes_changes_and_writes_a_file(augment, spec, tmp_path):
    out = tmp_path / "train.py"
    result = augment("export", spec(), "--to", "torchvision", "--set", "rotate.degrees=±7", "--out", out)
    assert result.exit_code == 0 and "degrees=(-7, 7)" in out.read_text()
    assert augment("export", spec(), "--to", "torchvision", "--out", out).exit_code == 1
    assert "--force" in augment("export", spec(), "--to", "torchvision", "--out", out).stderr


def test_export_of_bad_input(augment, spec, tmp_path):
    assert augment("export", spec()).exit_code == 2  # to where?
    assert "is not one of" in augment("export", spec(), "--to", "pandas").stderr
    missing = augment("export", tmp_path / "none.yaml", "--to", "keras")
    assert missing.exit_code == 1 and "none.yaml" in missing.stderr
    bad = augment("export", spec("pipeline: [rotat: 3]"), "--to", "keras")
    assert bad.exit_code == 1 and "did you mean 'rotate'?" in bad.stderr


def test_what_was_exported_is_imported_again(augment, spec):
    source = augment("export", spec(), "--to", "albumentations").stdout
    back = augment("import", "-", "--strict", stdin=source)
    assert back.exit_code == 0, back.stderr
    assert "rotate: {degrees: ±20}" in back.stdout and "brightness: {factor: 1±0.2}" in back.stdout
