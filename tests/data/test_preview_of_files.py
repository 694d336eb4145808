"""preview shows folders and annotations of every form: what is drawn over a picture is what the files say."""

import numpy as np
import pytest
from PIL import Image

from augment.data import Folder
from augment.report.preparing import prepare

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
    assert ("the first 16 of 17 samples" in out.read_text()) == (count == 17)
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
