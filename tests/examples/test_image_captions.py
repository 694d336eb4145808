"""The example on photographs with captions: what it says is true, whoever transforms it."""

import importlib.util
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

import augment

FOLDER = Path(__file__).parents[2] / "examples" / "image-captions"
spec = importlib.util.spec_from_file_location("load", FOLDER / "load.py")
load = importlib.util.module_from_spec(spec)
spec.loader.exec_module(load)


def test_boxes_lie_in_their_photographs_and_phrases_in_their_captions():
    for sample in (photographs := load.Photographs()):
        height, width = sample["image"].shape[:2]
        boxes = sample["boxes"]
        assert (boxes[:, :2] >= 0).all() and (boxes[:, 2] <= width).all() and (boxes[:, 3] <= height).all()
        assert [sample["caption"][a:b] for ((a, b),) in sample["phrases"]] == sample["labels"]
    assert len(photographs) == 6


@pytest.mark.parametrize("backend", ["torchvision", "albumentations"])
def test_a_flip_is_told_by_its_caption(backend):
    photographs = load.Photographs()
    over = augment.compile(FOLDER / "spec.yaml", {"image": backend, "text": "builtin"}).over(photographs)
    flips = 0
    for epoch in range(4):
        for i, sample in enumerate(photographs):
            record = augment.record(FOLDER / "spec.yaml", sample, index=i, epoch=epoch)
            flipped = "horizontal_flip" in record["applied"]
            out = over[(epoch, i)]
            words = {w.strip(".,;") for w in sample["caption"].split()} & {"left", "right"}
            for word in words:
                other = {"left": "right", "right": "left"}[word]
                want = sample["caption"].count(other if flipped else word)
                near = [w for w in out["caption"].replace(",", " ").replace(".", " ").split() if w == word]
                assert len(near) <= want or words == {"left", "right"}, (sample["caption"], out["caption"])
            flips += flipped
            assert len(out["boxes"]) == len(out["phrases"]) == len(out["labels"])
            said = [out["caption"][a:b] for row in out["phrases"] for a, b in row]
            assert said == list(out["labels"])
    assert 4 < flips < 20


def test_backends_agree_on_captions_and_pictures():
    photographs = load.Photographs()
    first, second = (
        augment.compile(FOLDER / "spec.yaml", {"image": image, "text": text}).over(photographs)
        for image, text in (("torchvision", "builtin"), ("albumentations", "nlpaug"))
    )
    for i in range(6):
        assert first[i]["caption"] == second[i]["caption"]
        assert np.abs(first[i]["image"].astype(int) - second[i]["image"]).mean() < 0.5
        assert np.allclose(first[i]["boxes"], second[i]["boxes"], atol=0.01)


def test_it_runs_and_writes_a_report(tmp_path):
    report = tmp_path / "captions.html"
    done = CliRunner().invoke(load.main, ["--report", str(report), "--epoch", "1"])
    assert done.exit_code == 0, done.output
    assert done.output.count("linked:") == 6
    page = report.read_text(encoding="utf-8")
    assert "astronaut" in page and len(page) < 5_000_000  # of which cuts without loss take 1.2 MB a sheet
