"""Results of calls with other meanings are never mixed: --resume goes on with what it began, or says what differs."""

import json
import shutil

import numpy as np
import pytest
from PIL import Image

from augment.data import Runner
from augment.data.resume import RECORD

from ..conftest import results_of

SPEC = "seed: 7\npipeline: [rotate: ±20, brightness: 1±0.3]\n"


@pytest.fixture
def source(tmp_path, photos):
    """Pictures with masks and labels, each twice."""
    shutil.copy(photos / "cat.jpg", photos / "dog.jpg")
    for folder, suffix in (("masks", "png"), ("json", "json")):
        shutil.copy(tmp_path / folder / f"cat.{suffix}", tmp_path / folder / f"dog.{suffix}")
        shutil.copytree(tmp_path / folder, tmp_path / f"other-{folder}")
    shutil.copytree(photos, tmp_path / "other-images")
    for path in (tmp_path / "other-images").rglob("*.jpg"):
        Image.fromarray(255 - np.asarray(Image.open(path))).save(path)
    return photos


def _changes(tmp_path):
    """What a second call may say otherwise, and what of it is told."""
    masks, labels = ("--masks", tmp_path / "masks"), ("--labels", tmp_path / "json")
    return {
        "seed": ((), ("--seed", 8), "seed was 7, and is 8"),
        "a field": ((), ("--set", "rotate.degrees=±30"), "rotate.degrees was"),
        "stage": ((), ("--stage", "eval"), 'stage was "train", and is "eval"'),
        "backend": ((), ("--backend", "albumentations"), 'backend was "reference", and is "albumentations"'),
        "quality": (("--quality", 90), ("--quality", 95), "quality was 90, and is 95"),
        "encoding": ((), ("--quality", 95), "quality was not set, and is 95"),
        "epoch": ((), ("--epoch", 3), "results for epoch 3 of another call (the calls like this made 0)"),
        "masks": (masks, ("--masks", tmp_path / "other-masks"), "other-masks"),
        "labels": (labels, ("--labels", tmp_path / "other-json"), "other-json"),
        "no masks": (masks + labels, labels, "masks was"),
    }


CHANGES = ("seed", "a field", "stage", "backend", "quality", "encoding", "epoch", "masks", "labels", "no masks")


@pytest.mark.parametrize(("change", "workers"), [*((change, 0) for change in CHANGES), ("seed", 2), ("masks", 2)])
def test_what_another_call_has_begun_is_not_resumed(augment, spec, source, tmp_path, change, workers):
    first, second, told = _changes(tmp_path)[change]
    out, whole, path = tmp_path / "out", tmp_path / "whole", spec(SPEC)
    for place in (out, whole):
        assert augment("apply", path, source, place, *first).exit_code == 0
    removed = next(out.rglob("dog.[pj][np]g"))
    removed.unlink()
    before = results_of(out)
    result = augment("apply", path, source, out, *second, "--resume", "--workers", workers)
    assert result.exit_code == 1, result.stdout
    assert f"{out}: " in result.stderr
    assert told in result.stderr
    assert "choose another folder" in result.stderr
    assert results_of(out) == before
    assert augment("apply", path, source, out, *first, "--resume", "--workers", workers).exit_code == 0
    assert results_of(out) == results_of(whole)


@pytest.mark.parametrize("how", ["other pictures", "one more", "one less", "single"])
def test_other_sources_are_not_resumed(augment, spec, source, tmp_path, how):
    out, path = tmp_path / "out", spec(SPEC)
    assert augment("apply", path, source, out).exit_code == 0
    (out / "dog.png").unlink()
    before = results_of(out)
    if how == "one more":
        shutil.copy(source / "cat.jpg", source / "bat.jpg")
    elif how == "one less":
        (source / "cat.jpg").unlink()
    other = {"other pictures": tmp_path / "other-images", "single": source / "cat.jpg"}.get(how, source)
    result = augment("apply", path, other, out, "--resume")
    assert result.exit_code == 1
    assert "its results were made from something else (" in result.stderr
    assert ("source was" if how in ("other pictures", "single") else "pictures was 3, and is") in result.stderr
    assert results_of(out) == before


def test_copies_of_another_call_are_not_added_nor_kept(augment, spec, source, tmp_path):
    out, path = tmp_path / "out", spec(SPEC)
    assert augment("apply", path, source, out, "--copies", 2).exit_code == 0
    before = results_of(out)
    result = augment("apply", path, source, out, "--copies", 2, "--epoch", 2, "--seed", 8)
    assert result.exit_code == 1
    assert "holds results of another call (seed was 7, and is 8)" in result.stderr
    assert results_of(out) == before
    assert augment("apply", path, source, out, "--copies", 2, "--epoch", 2).exit_code == 0
    assert augment("apply", path, source, out, "--copies", 5, "--resume").exit_code == 0
    assert augment("apply", path, source, tmp_path / "whole", "--copies", 5).exit_code == 0
    assert results_of(out) == results_of(tmp_path / "whole")


def test_pictures_of_several_calls_stand_side_by_side(augment, spec, source, tmp_path):
    path = spec(SPEC)
    for name in ("cat.jpg", "dog.jpg"):
        assert augment("apply", path, source / name, tmp_path / "out").exit_code == 0
    for name in ("cat.jpg", "dog.jpg", "hot/coffee.jpg"):
        assert augment("apply", path, source / name, tmp_path / "out", "--resume").exit_code == 0
    assert set(results_of(tmp_path / "out")) == {"cat.png", "dog.png", "coffee.png"}


@pytest.mark.parametrize("second", [("--seed", 8), ()])
def test_force_that_ends_on_the_way_leaves_results_of_one_call(augment, spec, source, tmp_path, monkeypatch, second):
    out, path = tmp_path / "out", spec(SPEC)
    assert augment("apply", path, source, out).exit_code == 0
    run = Runner.__call__

    def ended(self, place, *more):
        if place == 1:
            raise KeyboardInterrupt
        return run(self, place, *more)

    with monkeypatch.context() as patched:
        patched.setattr(Runner, "__call__", ended)
        assert augment("apply", path, source, out, *second, "--force").exit_code != 0
    assert augment("apply", path, source, out, *second, "--resume").exit_code == 0
    assert augment("apply", path, source, tmp_path / "whole", *second).exit_code == 0
    assert results_of(out) == results_of(tmp_path / "whole")


@pytest.mark.parametrize("second", [("--copies", 2), ("--copies", 3, "--quality", 90), ("--copies", 3, "--masks", "masks")])
def test_force_never_leaves_results_of_another_call(augment, spec, source, tmp_path, second):
    out, path = tmp_path / "out", spec(SPEC)
    assert augment("apply", path, source, out, "--copies", 3).exit_code == 0
    before = results_of(out)
    second = tuple(tmp_path / "masks" if word == "masks" else word for word in second)
    result = augment("apply", path, source, out, *second, "--seed", 8, "--force")
    assert result.exit_code == 1
    assert "--force would leave results of another call beside these" in result.stderr
    assert results_of(out) == before
    assert augment("apply", path, source, out, "--copies", 4, "--seed", 8, "--force").exit_code == 0


def test_what_was_replaced_is_no_one_elses(augment, spec, source, tmp_path):
    out, path = tmp_path / "out", spec(SPEC)
    assert augment("apply", path, source, out).exit_code == 0
    assert augment("apply", path, tmp_path / "other-images", out, "--force").exit_code == 0
    (out / "dog.png").unlink()
    assert "made from something else" in augment("apply", path, source, out, "--resume").stderr


@pytest.mark.parametrize("text", [None, "", "{}", "[]", '{"plan": 3, "sources": []}', '{"plan": {}, "sources": [{"of": 1}]}'])
def test_results_that_nothing_tells_of_are_not_resumed(augment, spec, source, tmp_path, text):
    out, path = tmp_path / "out", spec(SPEC)
    assert augment("apply", path, source, out).exit_code == 0
    (out / RECORD).unlink() if text is None else (out / RECORD).write_text(text)
    (out / "dog.png").unlink()
    before = results_of(out)
    result = augment("apply", path, source, out, "--resume")
    assert result.exit_code == 1
    assert RECORD in result.stderr
    assert results_of(out) == before


def test_the_name_of_a_spec_is_not_its_meaning(augment, spec, source, tmp_path):
    assert augment("apply", spec(SPEC), source, tmp_path / "out").exit_code == 0
    (tmp_path / "out" / "dog.png").unlink()
    renamed = spec(f"# said anew\nname: other\nabout: cats\n{SPEC}")
    assert augment("apply", renamed, source, tmp_path / "out", "--resume").exit_code == 0


def test_the_record_is_small_and_hidden(augment, spec, source, tmp_path):
    out = tmp_path / "out"
    assert augment("apply", spec(SPEC), source, out, "--copies", 2).exit_code == 0
    data = json.loads((out / RECORD).read_text())
    assert data["plan"]["spec"]["seed"] == 7
    assert data["sources"][0]["epochs"] == [0, 1]
    assert len((out / RECORD).read_bytes()) < 2000
    again = augment("apply", spec(SPEC), out, tmp_path / "again")  # results as sources: it is none of them
    assert (again.exit_code, again.stderr) == (0, "")
