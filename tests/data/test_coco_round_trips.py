"""apply on COCO: what it writes is read again by hand, and compared with mirrored numbers."""

import json

import numpy as np
import pytest
from PIL import Image

from ..conftest import results_of
from .conftest import BOXES, NAMES, SIZE, decoded, mirrored, objects_of

WIDTH, HEIGHT = SIZE


@pytest.mark.parametrize("form", ["xyxy", "xywh", "cxcywh", "yolo", None])
def test_coco(augment, spec, images, write_coco, tmp_path, form):
    targets = f"targets: {{image: image, mask: mask, boxes: {{kind: boxes, format: {form}}}}}\n" if form else ""
    path = spec(targets + "pipeline: [horizontal_flip: {p: 1}]")
    result = augment("apply", path, images, tmp_path / "out", "--labels", write_coco())
    assert (result.exit_code, result.stderr) == (0, "")
    assert sorted(results_of(tmp_path / "out")) == ["images/china.png", "images/flower.png", "instances.json"]
    data = json.loads((tmp_path / "out" / "instances.json").read_text())
    assert data["info"] == {"year": 2026}
    found = objects_of(data)
    for name in BOXES:
        assert [label for label, _, _ in found[name]] == NAMES[name]
        np.testing.assert_allclose([box for _, box, _ in found[name]], mirrored(name), atol=1e-3)
        assert [a["note"] for _, _, a in found[name]] == [[label] for label in NAMES[name]]
    (_, _, temple), (_, _, tree), (_, _, flower) = found["china"] + found["flower"]
    assert "segmentation" not in tree
    assert tree["area"] == pytest.approx(50.5 * 55.25)
    for annotation, (x0, y0, x1, y1) in ((temple, mirrored("china")[0]), (flower, mirrored("flower")[0])):
        mask = decoded(annotation["segmentation"])
        assert mask.shape == (HEIGHT, WIDTH)
        assert mask.sum() == annotation["area"] == (x1 - x0) * (y1 - y0) == mask[y0:y1, x0:x1].sum()
    assert flower["iscrowd"] == 1


def test_coco_of_copies_is_numbered_anew_and_grows(augment, spec, images, write_coco, tmp_path):
    path, labels, out = spec("pipeline: [rotate: ±5]"), write_coco(), tmp_path / "out"
    assert augment("apply", path, images, out, "--labels", labels, "--copies", 2, "--workers", 2).exit_code == 0
    assert augment("apply", path, images, out, "--labels", labels, "--copies", 1, "--epoch", 2).exit_code == 0
    data = json.loads((out / "instances.json").read_text())
    assert sorted(image["file_name"] for image in data["images"]) == [
        f"{name}__a{epoch}.png" for name in ("china", "flower") for epoch in (0, 1, 2)
    ]
    assert len({image["id"] for image in data["images"]}) == 6
    assert len({a["id"] for a in data["annotations"]}) == len(data["annotations"]) == 9
    again = tmp_path / "again"
    assert augment("apply", path, images, again, "--labels", labels, "--copies", 3).exit_code == 0
    whole = json.loads((again / "instances.json").read_text())
    by_name = {name: [a["bbox"] for _, _, a in rows] for name, rows in objects_of(whole).items()}
    assert by_name == {name: [a["bbox"] for _, _, a in rows] for name, rows in objects_of(data).items()}


def test_coco_after_an_interruption(augment, spec, images, write_coco, tmp_path, monkeypatch):
    from augment.data import job

    path, labels, out = spec("pipeline: [rotate: ±5]"), write_coco(), tmp_path / "out"
    augment("apply", path, images, tmp_path / "whole", "--labels", labels)
    with monkeypatch.context() as patch:
        patch.setattr(job, "gather", lambda *a, **k: None)  # the run ends before the parts are joined
        augment("apply", path, images, out, "--labels", labels)
    assert sorted(results_of(out)) == [".parts/china.json", ".parts/flower.json", "images/china.png", "images/flower.png"]
    (out / "images" / "flower.png").unlink()
    assert augment("apply", path, images, out, "--labels", labels, "--resume").exit_code == 0
    assert sorted(results_of(out)) == ["images/china.png", "images/flower.png", "instances.json"]
    assert (out / "instances.json").read_bytes() == (tmp_path / "whole" / "instances.json").read_bytes()


def test_coco_of_a_result_that_was_removed(augment, spec, images, write_coco, tmp_path):
    path, labels, out = spec("pipeline: [rotate: ±5]"), write_coco(), tmp_path / "out"
    augment("apply", path, images, out, "--labels", labels)
    before = (out / "instances.json").read_bytes()
    (out / "images" / "china.png").unlink()
    result = augment("apply", path, images, out, "--labels", labels, "--resume")
    assert (result.exit_code, result.stdout) == (0, f"1 of 1 made in {out}, 1 were there\n")
    assert (out / "instances.json").read_bytes() == before


def test_a_coco_file_of_others_is_not_replaced(augment, spec, images, write_coco, tmp_path):
    labels = write_coco()
    out = tmp_path / "out"
    out.mkdir()
    (out / "instances.json").write_text(labels.read_text())
    before = (out / "instances.json").read_bytes()
    result = augment("apply", spec(), images, out, "--labels", labels)
    assert result.exit_code == 1
    assert "'china.png' in it is not among the results" in result.stderr
    assert (out / "instances.json").read_bytes() == before
    assert augment("apply", spec(), images, out, "--labels", labels, "--force").exit_code == 0


def test_coco_is_never_written_over_itself(augment, spec, images, write_coco, tmp_path):
    (tmp_path / "notes").mkdir()
    labels = write_coco().rename(tmp_path / "notes" / "instances.json")
    before = labels.read_bytes()
    result = augment("apply", spec(), images, tmp_path / "notes", "--labels", labels, "--force")
    assert result.exit_code == 1
    assert "would replace the file that it is made from" in result.stderr
    assert labels.read_bytes() == before


def test_masks_take_the_place_of_segmentations(augment, spec, images, write_coco, tmp_path, photographs, read):
    (tmp_path / "masks").mkdir()
    given = {name: (photographs[name][..., 0] > 120).astype(np.uint8) for name in BOXES}
    for name, mask in given.items():
        Image.fromarray(mask).save(tmp_path / "masks" / f"{name}.png")
    labels = write_coco()
    result = augment("apply", spec(), images, tmp_path / "out", "--masks", tmp_path / "masks", "--labels", labels)
    assert result.exit_code == 0
    assert f"the segmentations of {labels} are left out: 'mask' comes from the masks that were given" in result.stderr
    np.testing.assert_array_equal(read(tmp_path / "out" / "masks" / "china.png"), given["china"][:, ::-1])


def test_objects_of_joined_pictures(augment, spec, images, write_coco, tmp_path):
    path = spec("targets: {image: image, boxes: {kind: boxes, format: xywh}}\npipeline: [mixup: {alpha: 1}]")
    result = augment("apply", path, images, tmp_path / "out", "--labels", write_coco())
    assert result.exit_code == 0
    assert "are left out: the spec joins pictures" in result.stderr
    found = objects_of(json.loads((tmp_path / "out" / "instances.json").read_text()))
    assert [label for label, _, _ in found["china"]] == ["temple", "tree", "flower"]
    assert not any("segmentation" in annotation for rows in found.values() for _, _, annotation in rows)


def test_what_a_failed_picture_had_is_left_out(augment, spec, images, write_coco, tmp_path):
    (images / "flower.png").write_bytes(b"no")
    assert augment("apply", spec(), images, tmp_path / "out", "--labels", write_coco()).exit_code == 1
    data = json.loads((tmp_path / "out" / "instances.json").read_text())
    assert [image["file_name"] for image in data["images"]] == ["china.png"]
    assert len(data["annotations"]) == 2


def test_coco_captions(augment, spec, images, tmp_path):
    captions = {"images": [{"id": 1, "file_name": "china.png"}, {"id": 2, "file_name": "flower.png"}]}
    texts = ((1, "A temple."), (2, "A flower."), (1, "Roofs, and a sky."))
    captions["annotations"] = [{"id": i, "image_id": n, "caption": text} for i, (n, text) in enumerate(texts)]
    path = tmp_path / "captions.json"
    path.write_text(json.dumps(captions))
    result = augment("apply", spec("pipeline: [brightness: 1.1]"), images, tmp_path / "out", "--labels", path)
    assert result.exit_code == 0, result.stderr
    made = json.loads((tmp_path / "out" / "captions.json").read_text())
    names = {image["id"]: image["file_name"] for image in made["images"]}
    assert [(names[a["image_id"]], a["caption"]) for a in made["annotations"]] == [
        ("china.png", "A temple."), ("china.png", "Roofs, and a sky."), ("flower.png", "A flower."),
    ]  # fmt: skip
