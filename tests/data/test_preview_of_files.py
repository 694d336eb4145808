"""preview shows folders and annotations of every form: what is drawn over a picture is what the files say."""

from collections import Counter
from types import SimpleNamespace

import numpy as np
import pytest
from PIL import Image

from augment import loads
from augment.data import Folder
from augment.data.spread import class_names, spread
from augment.report.model import Share
from augment.report.preparing import prepare
from augment.report.sheets import make_sheet
from augment.report.sheets.mixes import label_shares
from augment.sample import Target

from .conftest import BOXES, NAMES


def _layers(folder, spec):
    pipeline = folder.fit(spec)
    study = prepare(pipeline, folder, n=1)
    figures = [study.figure(folder[s.at], s, "", normalized=False) for s in study.subjects]
    return [{layer.kind: layer for layer in figure.layers} for figure in figures]


@pytest.mark.parametrize("form", ["coco", "voc"])
def test_boxes_are_shown_where_they_are(images, write_coco, voc, form):
    from augment import Pipeline, ops

    folder = Folder(images, {}, labels=write_coco() if form == "coco" else voc)
    for layers, name in zip(_layers(folder, Pipeline([ops.Rotate(degrees=5)])), BOXES, strict=True):
        assert [box.label for box in layers["boxes"].boxes] == NAMES[name]
        np.testing.assert_allclose([box[:4] for box in layers["boxes"].boxes], BOXES[name])
        assert ("mask" in layers) == (form == "coco")


def test_a_folder_is_shown_with_all_forms(augment, spec, images, write_coco, voc, tmp_path, photographs):
    (tmp_path / "captions.csv").write_text("file_name,text\nchina.png,A temple\nflower.png,A flower\n")
    for labels in (write_coco(), voc, tmp_path / "captions.csv"):
        out = tmp_path / f"{labels.stem}.html"
        result = augment("preview", spec(), images, "--labels", labels, "--out", out, "-n", 1, "--sheets", "samples")
        assert result.exit_code == 0, result.stderr
        assert "china.png" in out.read_text()
    for name in ("a", "b"):
        (tmp_path / "set" / name).mkdir(parents=True)
        Image.fromarray(photographs["cat"]).save(tmp_path / "set" / name / "cat.png")
    out = tmp_path / "classes.html"
    result = augment("preview", spec(), tmp_path / "set", "--classes", "--out", out, "-n", 1, "--sheets", "samples")
    assert result.exit_code == 0, result.stderr
    page = out.read_text()
    assert "a/cat.png" in page and "b/cat.png" in page
    assert "--classes" in page  # in the command that makes it again


@pytest.mark.parametrize("count", [16, 17])
def test_the_first_pictures_of_a_folder(augment, spec, tmp_path, photographs, count):
    (tmp_path / "many").mkdir()
    small = Image.fromarray(photographs["cat"]).resize((32, 24))
    for i in range(count):
        small.save(tmp_path / "many" / f"{i:02}.png")
    out = tmp_path / "many.html"
    result = augment("preview", spec(), tmp_path / "many", "--out", out, "-n", 1, "--sheets", "samples")
    assert result.exit_code == 0, result.stderr
    assert ("16 of 17 samples, evenly spread" in out.read_text()) == (count == 17)
    assert ("16.png, index 16" in out.read_text()) is False
    named = [tmp_path / "many" / f"{i:02}.png" for i in range(count)]
    assert augment("preview", spec(), *named, "--out", out, "-n", 1, "--sheets", "samples").exit_code == 0
    assert ("16.png, index 16" in out.read_text()) == (count == 17)


def test_pictures_that_are_named_alone_find_what_belongs_to_them(images, voc, tmp_path, photographs):
    for folder, suffix in ((images, ".png"), (voc, ".xml")):
        (folder / "hot").mkdir()
        (folder / f"flower{suffix}").rename(folder / "hot" / f"flower{suffix}")
    masks = tmp_path / "masks"
    (masks / "hot").mkdir(parents=True)
    for name in ("china", "hot/flower_mask"):
        Image.fromarray(photographs["cat"][..., 0]).save(masks / f"{name}.png")
    folder = Folder([images / "hot" / "flower.png", images / "china.png"], {}, labels=voc, masks=masks)
    assert [item.key for item in folder.items] == ["china", "flower"]
    assert [sample["labels"] for sample in folder] == [NAMES["china"], NAMES["flower"]]
    assert all(np.array_equal(sample["mask"], photographs["cat"][..., 0]) for sample in folder)


def test_an_empty_folder(augment, spec, tmp_path):
    (tmp_path / "none").mkdir()
    result = augment("preview", spec(), tmp_path / "none", "--out", tmp_path / "x.html")
    assert result.exit_code == 1
    assert "holds no pictures" in result.stderr


# Which of many ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("groups", "most", "wanted"),
    [
        ("aaaaaaaa", 4, [0, 2, 4, 6]),
        ("aaaaaabbc", 5, [0, 3, 6, 7, 8]),  # two, two and one
        ("aabbccdd", 2, [0, 4]),
        ("ab", 16, [0, 1]),
    ],
)
def test_many_samples_are_spread_over_classes_and_over_the_whole(groups, most, wanted):
    assert spread(groups, most) == wanted
    assert len(spread([f"{i % 7}" for i in range(1000)], most)) == most


@pytest.fixture
def classes(tmp_path):
    """A folder of a large class and two small ones, in colours of their own."""
    for name, count, colour in (("ant", 30, "red"), ("bee", 3, "green"), ("cat", 9, "blue")):
        (tmp_path / "pets" / name).mkdir(parents=True)
        for i in range(count):
            Image.new("RGB", (12, 8), colour).save(tmp_path / "pets" / name / f"{i:02}.png")
    return tmp_path / "pets"


def test_a_folder_shows_all_its_classes_by_name(classes, spec):
    folder = Folder(classes, {}, classes=True, joins=True, relabels=True)
    pipeline = folder.fit(loads("pipeline: [{mixup: {alpha: 1}}]"))
    study = prepare(pipeline, folder, names=folder.names, n=1)
    shown = Counter(subject.name.partition("/")[0] for subject in study.subjects)
    assert shown == {"ant": 7, "bee": 3, "cat": 6}
    assert all(folder.names[subject.index] == subject.name for subject in study.subjects)
    labels = {share.label for group in make_sheet("mixes", study).groups for panel in group.panels for share in panel.shares}
    assert labels == {"ant", "bee", "cat"}


def test_data_sets_say_what_their_classes_are_called():
    named, features = SimpleNamespace(classes=["ant", "bee"]), {"label": SimpleNamespace(names=["no", "yes"]), "image": 0}
    assert class_names(named, {}) == {"labels": ("ant", "bee")}
    assert class_names(SimpleNamespace(features=features), {}) == {"labels": ("no", "yes")}
    assert class_names([], {}) == {} == class_names(named, {"image": Target(kind="image")})
    assert label_shares("labels", np.array([0.25, 0.75, 0]), ("ant", "bee", "cat")) == [Share("bee", 0.75), Share("ant", 0.25)]
    assert label_shares("labels", 3, ("ant",)) == [Share("labels 3", 1.0)]
