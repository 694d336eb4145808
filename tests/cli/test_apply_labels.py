"""apply: masks and labels go along with their pictures, in the form that they came in."""

import json

import numpy as np
import pytest
from PIL import Image

import augment as library

from ..conftest import results_of


def test_masks_go_along_by_name(augment, spec, photos, tmp_path, read):
    out = tmp_path / "out"
    assert augment("apply", spec(), photos, out, "--masks", tmp_path / "masks").exit_code == 0
    assert sorted(results_of(out)) == ["images/cat.png", "images/hot/coffee.png", "masks/cat.png", "masks/hot/coffee.png"]
    sample = {"image": read(photos / "cat.jpg"), "mask": read(tmp_path / "masks" / "cat.png")}
    wanted = library.apply(spec(), sample, index=0)
    np.testing.assert_array_equal(read(out / "masks" / "cat.png"), wanted["mask"])
    np.testing.assert_array_equal(read(out / "images" / "cat.png"), wanted["image"])


def test_a_palette_is_kept_with_its_labels(augment, spec, photos, tmp_path, read):
    with Image.open(tmp_path / "masks" / "cat.png") as mask:
        coloured = Image.fromarray(np.array(mask))
    coloured.putpalette([0, 0, 0, 200, 10, 10, 10, 200, 10])
    coloured.save(tmp_path / "masks" / "cat.png")
    assert augment("apply", spec(), photos, tmp_path / "out", "--masks", tmp_path / "masks").exit_code == 0
    with Image.open(tmp_path / "out" / "masks" / "cat.png") as result:
        assert result.mode == "P"
        assert result.getpalette()[:6] == [0, 0, 0, 200, 10, 10]
    assert set(np.unique(read(tmp_path / "out" / "masks" / "cat.png"))) == {0, 1, 2}


def test_a_missing_mask_fails_its_picture_alone(augment, spec, photos, tmp_path):
    (tmp_path / "masks" / "cat.png").unlink()
    result = augment("apply", spec(), photos, tmp_path / "out", "--masks", tmp_path / "masks")
    assert result.exit_code == 1
    assert f"{photos / 'cat.jpg'}: {tmp_path / 'masks' / 'cat.png'}: there is no such file" in result.stderr
    assert sorted(results_of(tmp_path / "out")) == ["images/hot/coffee.png", "masks/hot/coffee.png"]


def test_json_labels_go_along(augment, spec, photos, tmp_path, read):
    out = tmp_path / "out"
    assert augment("apply", spec(), photos, out, "--labels", tmp_path / "json").exit_code == 0
    given = json.loads((tmp_path / "json" / "cat.json").read_text())
    wanted = library.apply(spec(), {"image": read(photos / "cat.jpg"), **given}, index=0)
    made = json.loads((out / "labels" / "cat.json").read_text())
    assert made["labels"] == wanted["labels"]
    assert made["image_id"] == "photo 0"
    np.testing.assert_allclose(made["boxes"], wanted["boxes"], atol=1e-9)
    assert not np.allclose(made["boxes"], given["boxes"])


@pytest.mark.parametrize("form", ["xyxy", "xywh", "yolo"])
def test_yolo_labels_go_along_whatever_format_the_spec_declares(augment, spec, photos, tmp_path, form):
    head = f"targets: {{image: image, boxes: {{kind: boxes, format: {form}, carry: [labels]}}}}\n"
    path = spec(head + "pipeline: [horizontal_flip: {p: 1}]\n")
    result = augment("apply", path, photos, tmp_path / "out", "--labels", tmp_path / "yolo")
    assert result.exit_code == 0, result.stderr
    given = np.loadtxt(tmp_path / "yolo" / "cat.txt")
    made = np.loadtxt(tmp_path / "out" / "labels" / "cat.txt")
    given[:, 1] = 1 - given[:, 1]
    np.testing.assert_allclose(made, given, atol=2e-6)


def test_a_picture_without_a_yolo_file_has_no_boxes(augment, spec, photos, tmp_path):
    (tmp_path / "yolo" / "cat.txt").unlink()
    assert augment("apply", spec(), photos, tmp_path / "out", "--labels", tmp_path / "yolo").exit_code == 0
    assert (tmp_path / "out" / "labels" / "cat.txt").read_text() == ""


def test_labels_beside_the_pictures_stay_beside_them(augment, spec, photos, tmp_path):
    for key in ("cat", "hot/coffee"):
        (photos / f"{key}.json").write_text((tmp_path / "json" / f"{key}.json").read_text())
    told = augment("apply", spec(), photos, tmp_path / "bare")
    assert f"2 .json files have the names of pictures and were left alone; --labels {photos} takes them along" in told.stderr
    result = augment("apply", spec(), photos, tmp_path / "out", "--labels", photos)
    assert (result.exit_code, result.stderr) == (0, "")
    assert sorted(results_of(tmp_path / "out")) == ["cat.json", "cat.png", "hot/coffee.json", "hot/coffee.png"]


@pytest.mark.parametrize(
    ("line", "word"),
    [("0 .5 .5 .2", "this is 4 numbers"), ("0 .1 .1 .2 .1 .2 .2", "a polygon or keypoints"), ("cup .5 .5 .2 .2", "not a class")],
)
def test_bad_yolo_lines_are_told_with_their_number(augment, spec, photos, tmp_path, line, word):
    path = tmp_path / "yolo" / "cat.txt"
    path.write_text(f"0 0.5 0.5 0.1 0.1\n{line}\n")
    result = augment("apply", spec(), photos, tmp_path / "out", "--labels", tmp_path / "yolo")
    assert result.exit_code == 1
    assert f"{path}:2: " in result.stderr
    assert word in result.stderr
    assert sorted(results_of(tmp_path / "out")) == ["images/hot/coffee.png", "labels/hot/coffee.txt"]


@pytest.mark.parametrize("text", ["[1, 2]", "{boxes", '{"image": 3}', '{"boxes": [[5, 5, 1, 1]]}', '{"boxes": [[1, 2, 3]]}'])
def test_bad_json_labels_are_told(augment, spec, photos, tmp_path, text):
    (tmp_path / "json" / "cat.json").write_text(text)
    result = augment("apply", spec(), photos, tmp_path / "out", "--labels", tmp_path / "json")
    assert result.exit_code == 1
    assert f"failed: {photos / 'cat.jpg'}: " in result.stderr
    assert sorted(results_of(tmp_path / "out")) == ["images/hot/coffee.png", "labels/hot/coffee.json"]


def test_mixed_kinds_of_label_files_are_refused(augment, spec, photos, tmp_path):
    (tmp_path / "json" / "cat.txt").write_text("")
    result = augment("apply", spec(), photos, tmp_path / "out", "--labels", tmp_path / "json")
    assert result.exit_code == 1
    assert "both .json and .txt" in result.stderr
