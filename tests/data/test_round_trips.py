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
from augment.data.resume import is_kept

from .conftest import BOXES, NAMES, SIZE

WIDTH, HEIGHT = SIZE


def _mirrored(name):
    return [(WIDTH - x1, y0, WIDTH - x0, y1) for x0, y0, x1, y1 in BOXES[name]]


def _files(folder):
    return sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file() and not is_kept(p, folder))


# COCO ----------------------------------------------------------------------------------------------------------------


def _decoded(segmentation):
    """Run lengths in columns, as the page of the format describes them."""
    mask = []
    for i, count in enumerate(segmentation["counts"]):
        mask += [i % 2] * count
    return np.array(mask).reshape(segmentation["size"][::-1]).T


def _objects(data):
    """By picture: category, corners, annotation."""
    names = {image["id"]: image["file_name"].rpartition("/")[2].split(".")[0] for image in data["images"]}
    categories = {category["id"]: category["name"] for category in data["categories"]}
    out = {name: [] for name in names.values()}
    for annotation in data["annotations"]:
        x, y, w, h = annotation["bbox"]
        out[names[annotation["image_id"]]].append((categories[annotation["category_id"]], (x, y, x + w, y + h), annotation))
    return out


@pytest.mark.parametrize("form", ["xyxy", "xywh", "cxcywh", "yolo", None])
def test_coco(augment, spec, images, write_coco, tmp_path, form):
    targets = f"targets: {{image: image, mask: mask, boxes: {{kind: boxes, format: {form}}}}}\n" if form else ""
    path = spec(targets + "pipeline: [horizontal_flip: {p: 1}]")
    result = augment("apply", path, images, tmp_path / "out", "--labels", write_coco())
    assert (result.exit_code, result.stderr) == (0, "")
    assert _files(tmp_path / "out") == ["images/china.png", "images/flower.png", "instances.json"]
    data = json.loads((tmp_path / "out" / "instances.json").read_text())
    assert data["info"] == {"year": 2026}
    found = _objects(data)
    for name in BOXES:
        assert [label for label, _, _ in found[name]] == NAMES[name]
        np.testing.assert_allclose([box for _, box, _ in found[name]], _mirrored(name), atol=1e-3)
        assert [a["note"] for _, _, a in found[name]] == [[label] for label in NAMES[name]]
    (_, _, temple), (_, _, tree), (_, _, flower) = found["china"] + found["flower"]
    assert "segmentation" not in tree
    assert tree["area"] == pytest.approx(50.5 * 55.25)
    for annotation, (x0, y0, x1, y1) in ((temple, _mirrored("china")[0]), (flower, _mirrored("flower")[0])):
        mask = _decoded(annotation["segmentation"])
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
    by_name = {name: [a["bbox"] for _, _, a in rows] for name, rows in _objects(whole).items()}
    assert by_name == {name: [a["bbox"] for _, _, a in rows] for name, rows in _objects(data).items()}


def test_coco_after_an_interruption(augment, spec, images, write_coco, tmp_path, monkeypatch):
    from augment.data import job

    path, labels, out = spec("pipeline: [rotate: ±5]"), write_coco(), tmp_path / "out"
    augment("apply", path, images, tmp_path / "whole", "--labels", labels)
    with monkeypatch.context() as patch:
        patch.setattr(job, "gather", lambda *a, **k: None)  # the run ends before the parts are joined
        augment("apply", path, images, out, "--labels", labels)
    assert _files(out) == [".parts/china.json", ".parts/flower.json", "images/china.png", "images/flower.png"]
    (out / "images" / "flower.png").unlink()
    assert augment("apply", path, images, out, "--labels", labels, "--resume").exit_code == 0
    assert _files(out) == ["images/china.png", "images/flower.png", "instances.json"]
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
    found = _objects(json.loads((tmp_path / "out" / "instances.json").read_text()))
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
        np.testing.assert_allclose(np.array(boxes) - [1, 1, 0, 0], _mirrored(name), atol=0.006)


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
    assert _files(out) == [
        "data.yaml", "images/train/china.png", "images/val/flower.png", "labels/train/china.txt", "labels/val/flower.txt",
    ]  # fmt: skip
    data = yaml.safe_load((out / "data.yaml").read_text())
    assert data == {"train": "images/train", "val": "images/val", "names": {0: "tree", 1: "temple", 2: "flower"}}
    for split, name in (("train", "china"), ("val", "flower")):
        rows = np.loadtxt(out / "labels" / split / f"{name}.txt", ndmin=2)
        assert [data["names"][int(row[0])] for row in rows] == NAMES[name]
        centre, span = rows[:, 1:3] * SIZE, rows[:, 3:] * SIZE
        np.testing.assert_allclose(np.hstack([centre - span / 2, centre + span / 2]), _mirrored(name), atol=1e-3)
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
    assert _files(tmp_path / "out") == ["china.png", "flower.png", "metadata.csv"]
    wanted = rows.replace("left", "LEFT").replace("right", "left").replace("LEFT", "right")
    assert (tmp_path / "out" / "metadata.csv").read_text() == wanted


@pytest.mark.parametrize("backend", ["albumentations", "torchvision", "keras"])
def test_objects_are_the_same_on_every_backend(augment, spec, images, write_coco, tmp_path, backend):
    path = spec("pipeline: [rotate: ±20, random_crop: {size: [90, 120]}]")
    found = []
    for name in ("reference", backend):
        result = augment("apply", path, images, tmp_path / name, "--labels", write_coco(), "--backend", name)
        assert result.exit_code == 0, result.stderr
        found.append(_objects(json.loads((tmp_path / name / "instances.json").read_text())))
    for name in BOXES:
        want, made = (one[name] for one in found)
        assert [label for label, _, _ in made] == [label for label, _, _ in want]
        np.testing.assert_allclose([box for _, box, _ in made], [box for _, box, _ in want], atol=0.01)
        masks = [[_decoded(a["segmentation"]) for _, _, a in rows if "segmentation" in a] for rows in (made, want)]
        assert len(masks[0]) == len(masks[1]) > 0
        assert np.mean(np.array(masks[0]) != np.array(masks[1])) <= 0.0005


def test_folders_are_classes(augment, spec, photographs, tmp_path):
    for name, label in (("cat", "animals"), ("china", "places"), ("flower", "plants")):
        (tmp_path / "set" / label).mkdir(parents=True)
        Image.fromarray(photographs[name]).save(tmp_path / "set" / label / f"{name}.png")
    folder = Folder(tmp_path / "set", {}, classes=True)
    assert [sample["labels"] for sample in folder] == [0, 1, 2]
    assert augment("apply", spec(), tmp_path / "set", tmp_path / "plain", "--classes").exit_code == 0
    assert _files(tmp_path / "plain") == ["animals/cat.png", "places/china.png", "plants/flower.png"]
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
    assert _files(tmp_path / "out") == ["images/china.png", "images/flower.png", "masks/china.png", "masks/flower.png"]
    for name, mask in given.items():
        np.testing.assert_array_equal(read(tmp_path / "out" / "masks" / f"{name}.png"), mask[:, ::-1])
