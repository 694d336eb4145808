"""Annotations through packs: what stands once beside files stands beside packs, and beside files that come of packs."""

import json
import tarfile
from pathlib import Path

import numpy as np
import pytest
import yaml
from PIL import Image

from ..conftest import results_of
from .conftest import BOXES, NAMES, SIZE

pytest.importorskip("webdataset")
pytest.importorskip("pyarrow")
FORMS = ["webdataset", "parquet"]
FLIP = "pipeline: [horizontal_flip: {p: 1}]"
WIDTH, HEIGHT = SIZE


def _unpacked(packs, folder):
    for path in sorted(packs.glob("*.tar")):
        with tarfile.open(path) as tar:
            tar.extractall(folder, filter="data")
    return folder


def _by_name(path):
    """The objects of a COCO file by the name of their picture, without folders and numbers."""
    data = json.loads(path.read_text())
    names = {image["id"]: image["file_name"].rpartition("/")[2] for image in data["images"]}
    own = [{**a, "image_id": names[a["image_id"]], "id": 0} for a in data["annotations"]]
    return sorted(own, key=str), data["categories"], sorted(names.values())


@pytest.mark.parametrize("form", FORMS)
def test_coco(augment, spec, images, write_coco, tmp_path, form):
    labels, files, packs, back = write_coco(), tmp_path / "files", tmp_path / "packs", tmp_path / "back"
    assert augment("apply", spec(FLIP), images, files, "--labels", labels).exit_code == 0
    assert augment("apply", spec(FLIP), images, packs, "--labels", labels, "--format", form).exit_code == 0
    wanted = _by_name(files / "instances.json")
    assert _by_name(packs / "instances.json") == wanted and len(wanted[0]) == 3
    result = augment("apply", spec(FLIP), packs, back, "--labels", packs / "instances.json")  # mirrored twice
    assert (result.exit_code, result.stderr) == (0, "")
    assert not (back / ".parts").exists()
    found = json.loads((back / "instances.json").read_text())
    for image in found["images"]:
        picture = back / "images" / image["file_name"]
        np.testing.assert_array_equal(np.asarray(Image.open(picture)), np.asarray(Image.open(images / picture.name)))
    names = {image["id"]: Path(image["file_name"]).stem for image in found["images"]}
    for name in BOXES:
        own = [a["bbox"] for a in found["annotations"] if names[a["image_id"]] == name]
        np.testing.assert_allclose(own, [(x0, y0, x1 - x0, y1 - y0) for x0, y0, x1, y1 in BOXES[name]], atol=1e-6)
    assert "instances.json: exists; --force" in augment("apply", spec(FLIP), packs, back, "--labels", labels, "--epoch", 1).stderr


def test_torchvision_reads_coco(augment, spec, images, write_coco, tmp_path):
    pytest.importorskip("pycocotools", reason="torchvision reads COCO by it: pip install pycocotools")
    from torchvision.datasets import CocoDetection

    files, packs = tmp_path / "files", tmp_path / "packs"
    for out, more in ((files, ()), (packs, ("--format", "webdataset"))):
        assert augment("apply", spec(FLIP), images, out, "--labels", write_coco(), *more).exit_code == 0
    for root, labels in ((files / "images", files), (_unpacked(packs, tmp_path / "all"), packs)):
        found = {}
        for image, target in CocoDetection(str(root), str(labels / "instances.json")):
            name = next(name for name in BOXES if len(BOXES[name]) == len(target))
            np.testing.assert_array_equal(np.asarray(image), np.asarray(Image.open(images / f"{name}.png"))[:, ::-1])
            found[name] = [one["bbox"] for one in target]
        for name, boxes in BOXES.items():
            wanted = [(WIDTH - x1, y0, x1 - x0, y1 - y0) for x0, y0, x1, y1 in boxes]
            np.testing.assert_allclose(found[name], wanted, atol=1e-6)


def test_pycocotools_reads_the_outlines(augment, spec, images, write_coco, tmp_path):
    coco = pytest.importorskip("pycocotools.coco", reason="needs pycocotools: pip install pycocotools")
    assert augment("apply", spec(FLIP), images, tmp_path / "out", "--labels", write_coco()).exit_code == 0
    found = coco.COCO(str(tmp_path / "out" / "instances.json"))
    outlined = [annotation for annotation in found.loadAnns(found.getAnnIds()) if "segmentation" in annotation]
    for annotation, (x0, y0, x1, y1) in zip(outlined, (BOXES["china"][0], BOXES["flower"][0]), strict=True):
        wanted = np.zeros((HEIGHT, WIDTH), np.uint8)
        wanted[y0:y1, WIDTH - x1 : WIDTH - x0] = 1  # the outlines fill their boxes
        np.testing.assert_array_equal(found.annToMask(annotation), wanted)
        assert annotation["area"] == wanted.sum()


@pytest.mark.parametrize("form", FORMS)
def test_yolo_with_names(augment, spec, images, tmp_path, form):
    home = tmp_path / "set"
    (home / "labels").mkdir(parents=True)
    images.rename(home / "images")
    classes = sorted({name for names in NAMES.values() for name in names})
    (home / "data.yaml").write_text(yaml.safe_dump({"train": "images", "names": classes}))
    for name, boxes in BOXES.items():
        corners = np.array(boxes, float).reshape(-1, 2, 2) / SIZE
        rows = np.hstack([corners.mean(1), corners[:, 1] - corners[:, 0]])
        lines = [f"{classes.index(own)} {' '.join(map(str, row))}" for own, row in zip(NAMES[name], rows, strict=True)]
        (home / "labels" / f"{name}.txt").write_text("\n".join(lines))
    call = ("apply", spec(FLIP), home / "images")
    assert augment(*call, tmp_path / "files", "--labels", home / "data.yaml").exit_code == 0
    packs, back = tmp_path / "packs", tmp_path / "back"
    assert augment(*call, packs, "--labels", home / "data.yaml", "--format", form).exit_code == 0
    assert (packs / "data.yaml").read_bytes() == (tmp_path / "files" / "data.yaml").read_bytes()
    if form == "webdataset":
        found = results_of(_unpacked(packs, tmp_path / "all"))
        assert found == {Path(name).name: data for name, data in results_of(tmp_path / "files").items() if name != "data.yaml"}
    assert augment("apply", spec(FLIP), packs, back, "--labels", packs / "data.yaml").exit_code == 0
    told = yaml.safe_load((back / "data.yaml").read_text())
    assert told == {"train": "images", "names": dict(enumerate(classes))}
    pictures = sorted((back / "images").rglob("*.png"))
    assert len(pictures) == len(BOXES)
    for path in pictures:  # where readers of YOLO look for them
        made = np.loadtxt(Path(str(path).replace("/images/", "/labels/")).with_suffix(".txt"), ndmin=2)
        np.testing.assert_allclose(made, np.loadtxt(home / "labels" / f"{path.stem}.txt", ndmin=2), atol=2e-6)


@pytest.mark.parametrize("form", FORMS)
def test_voc_and_yolo_by_numbers(augment, spec, images, voc, tmp_path, form):
    packs, again = tmp_path / "packs", tmp_path / "again"
    assert augment("apply", spec(FLIP), images, tmp_path / "files", "--labels", voc).exit_code == 0
    assert augment("apply", spec(FLIP), images, packs, "--labels", voc, "--format", form).exit_code == 0
    assert augment("apply", spec("pipeline: [brightness: 1.0]", "same.yaml"), packs, again).exit_code == 0
    wanted = {Path(name).name: data for name, data in results_of(tmp_path / "files").items()}
    assert {Path(name).name: data for name, data in results_of(again).items()} == wanted and len(wanted) == 4
