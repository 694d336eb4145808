"""apply writes annotations in the form that they came in: each is read again by hand, and compared with mirrored numbers."""

import csv
import json
from xml.etree import ElementTree

import numpy as np
import pytest
import yaml
from PIL import Image

import augment as library
from augment.data import Folder

from ..conftest import results_of
from .conftest import BOXES, NAMES, SIZE, decoded, mirrored, objects_of

WIDTH, HEIGHT = SIZE


# Pascal VOC ----------------------------------------------------------------------------------------------------------


def test_voc(augment, spec, images, voc, tmp_path):
    assert augment("apply", spec(), images, tmp_path / "out", "--labels", voc).exit_code == 0
    for name in BOXES:
        root = ElementTree.parse(tmp_path / "out" / "labels" / f"{name}.xml").getroot()
        assert root.findtext("filename") == f"{name}.png"
        assert [int(root.findtext(f"size/{side}")) for side in ("width", "height", "depth")] == [160, 108, 3]
        things = root.findall("object")
        assert [thing.findtext("name") for thing in things] == NAMES[name]
        assert [thing.findtext("difficult") for thing in things] == [str(i) for i in range(len(things))]
        assert {thing.findtext("pose") for thing in things} == {"Left"}
        boxes = [[float(thing.findtext(f"bndbox/{edge}")) for edge in ("xmin", "ymin", "xmax", "ymax")] for thing in things]
        np.testing.assert_allclose(np.array(boxes) - [1, 1, 0, 0], mirrored(name), atol=0.006)


def test_dropped_objects_take_all_along(augment, spec, images, voc, tmp_path):
    path = spec("pipeline: [center_crop: {size: [108, 20]}]")
    assert augment("apply", path, images, tmp_path / "out", "--labels", voc).exit_code == 0
    [thing] = ElementTree.parse(tmp_path / "out" / "labels" / "china.xml").getroot().findall("object")
    assert (thing.findtext("name"), thing.findtext("difficult")) == ("temple", "0")


# YOLO ----------------------------------------------------------------------------------------------------------------


@pytest.fixture
def yolo(tmp_path, photographs):
    """A data set as its users lay it out: images/SPLIT, labels/SPLIT, data.yaml."""
    root = tmp_path / "set"
    classes = ["tree", "temple", "flower"]
    for split, name in (("train", "china"), ("val", "flower")):
        for kind in ("images", "labels"):
            (root / kind / split).mkdir(parents=True)
        Image.fromarray(photographs[name]).save(root / "images" / split / f"{name}.png")
        rows = [
            f"{classes.index(label)} {(x0 + x1) / 2 / WIDTH} {(y0 + y1) / 2 / HEIGHT} {(x1 - x0) / WIDTH} {(y1 - y0) / HEIGHT}"
            for (x0, y0, x1, y1), label in zip(BOXES[name], NAMES[name], strict=True)
        ]
        (root / "labels" / split / f"{name}.txt").write_text("\n".join(rows))
    (root / "data.yaml").write_text(f"path: /somewhere/else\ntrain: images/train\nval: images/val\nnames: {classes}\n")
    return root


def test_yolo_with_names(augment, spec, yolo, tmp_path):
    out = tmp_path / "out"
    result = augment("apply", spec(), yolo / "images", out, "--labels", yolo / "data.yaml")
    assert (result.exit_code, result.stderr) == (0, "")
    assert sorted(results_of(out)) == [
        "data.yaml", "images/train/china.png", "images/val/flower.png", "labels/train/china.txt", "labels/val/flower.txt",
    ]  # fmt: skip
    data = yaml.safe_load((out / "data.yaml").read_text())
    assert data == {"train": "images/train", "val": "images/val", "names": {0: "tree", 1: "temple", 2: "flower"}}
    for split, name in (("train", "china"), ("val", "flower")):
        rows = np.loadtxt(out / "labels" / split / f"{name}.txt", ndmin=2)
        assert [data["names"][int(row[0])] for row in rows] == NAMES[name]
        centre, span = rows[:, 1:3] * SIZE, rows[:, 3:] * SIZE
        np.testing.assert_allclose(np.hstack([centre - span / 2, centre + span / 2]), mirrored(name), atol=1e-3)
    folder = Folder(yolo / "images", {}, labels=yolo / "data.yaml")
    assert folder[0]["labels"] == NAMES["china"]


# Captions and classes ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("suffix", [".csv", ".tsv", ".jsonl"])
def test_tables_of_captions(augment, spec, images, tmp_path, suffix):
    rows = [
        {"caption": "A temple, with \"roofs\"\nin China", "file_name": "china.png", "by": "a"},
        {"caption": "Ein großer Himmel", "file_name": "china.png", "by": "b"},
        {"caption": "A flower", "file_name": "./flower.png", "by": "a"},
    ]
    path = tmp_path / f"captions{suffix}"
    with path.open("w", encoding="utf-8", newline="") as file:
        if suffix == ".jsonl":
            file.writelines(json.dumps(row) + "\n" for row in rows)
        else:
            writer = csv.DictWriter(file, list(rows[0]), delimiter="\t" if suffix == ".tsv" else ",")
            writer.writeheader()
            writer.writerows(rows)
    folder = Folder(images, {}, labels=path)
    assert [folder[i]["caption"] for i in range(2)] == [[rows[0]["caption"], rows[1]["caption"]], "A flower"]
    path_of_spec = spec("pipeline: [brightness: 1.1]")
    assert augment("apply", path_of_spec, images, tmp_path / "out", "--labels", path, "--copies", 1).exit_code == 0
    with (tmp_path / "out" / path.name).open(encoding="utf-8", newline="") as file:
        made = [json.loads(x) for x in file] if suffix == ".jsonl" else list(
            csv.DictReader(file, delimiter="\t" if suffix == ".tsv" else ","))  # fmt: skip
    assert made == [{**row, "file_name": row["file_name"].removeprefix("./").replace(".png", "__a0.png")} for row in rows]


def test_captions_follow_their_picture(augment, spec, images, tmp_path):
    """A table beside the pictures, as Hugging Face has it: results are laid out alike."""
    rows = "file_name,text\nchina.png,a temple on the left\nchina.png,trees to the right of it\nflower.png,a flower\n"
    (images / "metadata.csv").write_text(rows)
    result = augment("apply", spec(), images, tmp_path / "out", "--labels", images / "metadata.csv")
    assert (result.exit_code, result.stderr) == (0, "")
    assert sorted(results_of(tmp_path / "out")) == ["china.png", "flower.png", "metadata.csv"]
    wanted = rows.replace("left", "LEFT").replace("right", "left").replace("LEFT", "right")
    assert (tmp_path / "out" / "metadata.csv").read_text() == wanted


@pytest.mark.parametrize("backend", ["albumentations", "torchvision", "keras"])
def test_objects_are_the_same_on_every_backend(augment, spec, images, write_coco, tmp_path, backend):
    path = spec("pipeline: [rotate: ±20, random_crop: {size: [90, 120]}]")
    found = []
    for name in ("reference", backend):
        result = augment("apply", path, images, tmp_path / name, "--labels", write_coco(), "--backend", name)
        assert result.exit_code == 0, result.stderr
        found.append(objects_of(json.loads((tmp_path / name / "instances.json").read_text())))
    for name in BOXES:
        want, made = (one[name] for one in found)
        assert [label for label, _, _ in made] == [label for label, _, _ in want]
        np.testing.assert_allclose([box for _, box, _ in made], [box for _, box, _ in want], atol=0.01)
        masks = [[decoded(a["segmentation"]) for _, _, a in rows if "segmentation" in a] for rows in (made, want)]
        assert len(masks[0]) == len(masks[1]) > 0
        assert np.mean(np.array(masks[0]) != np.array(masks[1])) <= 0.0005


def test_folders_are_classes(augment, spec, photographs, tmp_path):
    for name, label in (("cat", "animals"), ("china", "places"), ("flower", "plants")):
        (tmp_path / "set" / label).mkdir(parents=True)
        Image.fromarray(photographs[name]).save(tmp_path / "set" / label / f"{name}.png")
    folder = Folder(tmp_path / "set", {}, classes=True)
    assert [sample["labels"] for sample in folder] == [0, 1, 2]
    assert augment("apply", spec(), tmp_path / "set", tmp_path / "plain", "--classes").exit_code == 0
    assert sorted(results_of(tmp_path / "plain")) == ["animals/cat.png", "places/china.png", "plants/flower.png"]
    path = spec("pipeline: [mixup: {alpha: 1}]")
    result = augment("apply", path, tmp_path / "set", tmp_path / "mixed", "--classes")
    assert (result.exit_code, result.stderr) == (0, "")
    with (tmp_path / "mixed" / "labels.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    samples = [{**sample, "labels": np.eye(3, dtype=np.float32)[sample["labels"]]} for sample in folder]
    for i, row in enumerate(rows):
        name = row.pop("file_name")
        wanted = library.compile(path).over(samples)[i]
        np.testing.assert_allclose([float(x) for x in row.values()], wanted["labels"], atol=1e-6)
        np.testing.assert_array_equal(np.array(Image.open(tmp_path / "mixed" / name)), wanted["image"])
    assert list(row) == ["animals", "places", "plants"]
    again = ("apply", path, tmp_path / "set", tmp_path / "mixed", "--classes", "--resume")
    assert augment(*again).exit_code == 0
    (tmp_path / "set" / "plants").rename(tmp_path / "set" / "flowers")
    result = augment(*again)
    assert result.exit_code == 1
    assert "has the classes animals, places, plants, not animals, flowers, places" in result.stderr


def test_where_all_fail_nothing_is_written(augment, spec, images, write_coco, tmp_path):
    for path in images.iterdir():
        path.write_bytes(b"no")
    assert augment("apply", spec(), images, tmp_path / "out", "--labels", write_coco()).exit_code == 1
    assert not (tmp_path / "out").exists()


# Masks ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("place", ["beside", "folder", "pattern"])
def test_masks_by_name(augment, spec, images, tmp_path, photographs, read, place):
    masks = images if place == "beside" else tmp_path / "masks"
    masks.mkdir(exist_ok=True)
    given = {name: (photographs[name][..., 0] > 120).astype(np.uint8) * 3 for name in BOXES}
    for name, mask in given.items():
        Image.fromarray(mask).save(masks / f"{name}{'_L' if place == 'pattern' else '_mask'}.png")
    asked = f"{masks}/{{}}_L.png" if place == "pattern" else masks
    result = augment("apply", spec(), images, tmp_path / "out", "--masks", asked)
    assert (result.exit_code, result.stderr) == (0, "")
    made = ["images/china.png", "images/flower.png", "masks/china.png", "masks/flower.png"]
    assert sorted(results_of(tmp_path / "out")) == made
    for name, mask in given.items():
        np.testing.assert_array_equal(read(tmp_path / "out" / "masks" / f"{name}.png"), mask[:, ::-1])
