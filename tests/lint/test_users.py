"""The measure of lint: 40 risky specs and 20 good ones, as users of other libraries write them."""

from pathlib import Path

import numpy as np
import pytest
import yaml
from PIL import Image

import augment
from augment.data import Folder
from augment.lint import findings, rules

CASES = yaml.safe_load((Path(__file__).parent / "users.yaml").read_text("utf-8"))
RISKY, GOOD = CASES["risky"], CASES["good"]
LEAST = 35
"""Of the risky specs, that must be told."""


def found(case, folder):
    spec = case["spec"]
    pipeline = augment.loads(f"pipeline: {spec}" if spec.startswith("[") else spec, "train.yaml")
    if "files" not in case:
        return findings(pipeline)
    noise = np.random.default_rng(0).integers(60, 196, (64, 48, 3), np.uint8)
    for name in case["files"]:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        Image.fromarray(noise).save(folder / name)
    return findings(pipeline, samples=Folder(folder, pipeline.targets))


def told(case, folder):
    """Whether what is risky of a case is told, at the op that it is about."""
    of = [one for one in found(case, folder) if one.rule in case["tells"]]
    return any(not case["at"] or f".{case['at']}" in one.path for one in of)


def place(tmp_path):
    """A folder whose own path says nothing of what is in it."""
    folder = tmp_path / "set" / "pictures"
    folder.mkdir(parents=True)
    return folder


def test_there_are_as_many_as_it_says():
    assert (len(RISKY), len(GOOD)) == (40, 20)
    assert len({case["from"] for case in RISKY}) >= 5
    assert {rule for case in RISKY for rule in case["tells"]} <= rules().keys()


def test_of_the_risky_ones_most_are_told(tmp_path):
    missed = [case["what"] for i, case in enumerate(RISKY) if not told(case, place(tmp_path / str(i)))]
    assert len(RISKY) - len(missed) >= LEAST, missed


def test_of_the_good_ones_none_is(tmp_path):
    false = {case["what"]: [str(one) for one in found(case, place(tmp_path / str(i)))] for i, case in enumerate(GOOD)}
    assert {what: of for what, of in false.items() if of} == {}


def test_what_about_says_counts_more_than_the_names_of_files(tmp_path):
    case = {"files": ["left_turn/a.png", "right_turn/b.png"], "spec": "[resize: 32, horizontal_flip: {p: 0.5}]"}
    assert [one.rule for one in found(case, place(tmp_path / "a"))] == ["orientation"]
    case["spec"] = "{about: trees beside a road, pipeline: [resize: 32, horizontal_flip: {p: 0.5}]}"
    assert found(case, place(tmp_path / "b")) == ()


@pytest.mark.parametrize(("folder", "rule"), [("val", {"augmented_validation"}), ("val/train", set()), ("validity", set())])
def test_the_nearest_folder_tells_the_stage(tmp_path, folder, rule):
    case = {"files": [f"{folder}/cats/a.png", f"{folder}/dogs/b.png"], "spec": "[resize: 32, horizontal_flip: {p: 0.5}]"}
    assert {one.rule for one in found(case, place(tmp_path))} == rule
