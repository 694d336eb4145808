"""Real photographs in a folder, and their annotations written by hand in every form."""

import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from skimage import data
from sklearn.datasets import load_sample_image

SIZE = (160, 108)  # width, height
BOXES = {  # x0, y0, x1, y1 in edge coordinates
    "china": [(10, 20, 90, 80), (100, 5, 150.5, 60.25)],
    "flower": [(30, 10, 120, 100)],
}
NAMES = {"china": ["temple", "tree"], "flower": ["flower"]}
CATEGORIES = {"flower": 3, "temple": 17, "tree": 18}


@pytest.fixture
def spec(tmp_path):
    """Write a spec; returns its path."""

    def write(text: str = "pipeline: [horizontal_flip: {p: 1}]", name: str = "spec.yaml") -> Path:
        path = tmp_path / name
        path.write_text(f"version: 1\nseed: 5\n{text}\n", encoding="utf-8")
        return path

    return write


@pytest.fixture(scope="session")
def photographs():
    """Three photographs, small."""
    found = {"china": load_sample_image("china.jpg"), "flower": load_sample_image("flower.jpg"), "cat": data.chelsea()}
    return {name: np.asarray(Image.fromarray(image).resize(SIZE)) for name, image in found.items()}


@pytest.fixture
def images(tmp_path, photographs):
    """A folder with two of them."""
    (tmp_path / "images").mkdir()
    for name in BOXES:
        Image.fromarray(photographs[name]).save(tmp_path / "images" / f"{name}.png")
    return tmp_path / "images"


def coco() -> dict:
    """A COCO file of both, with an outline of each kind: polygons, run lengths, and none."""
    annotations, number = [], 100
    for image_id, name in ((7, "china"), (9, "flower")):
        for (x0, y0, x1, y1), label in zip(BOXES[name], NAMES[name], strict=True):
            number += 1
            own = {"id": number, "image_id": image_id, "category_id": CATEGORIES[label], "iscrowd": 0, "area": 1.5}
            own["note"] = [label]
            annotations.append({**own, "bbox": [x0, y0, x1 - x0, y1 - y0]})
    annotations[0]["segmentation"] = [[10, 20, 90, 20, 90, 80, 10, 80]]
    # columns 30 to 119, rows 10 to 99 of 108, from the top left down
    counts = [30 * 108 + 10, *[90, 18] * 89, 90, 108 * 160 - (30 * 108 + 10) - 90 * 108 + 18]
    annotations[2] |= {"segmentation": {"size": [108, 160], "counts": counts}, "iscrowd": 1}
    return {
        "info": {"year": 2026},
        "images": [{"id": i, "file_name": f"{n}.png", "width": 160, "height": 108} for i, n in ((7, "china"), (9, "flower"))],
        "categories": [{"id": number, "name": name} for name, number in CATEGORIES.items()],
        "annotations": annotations,
    }


@pytest.fixture
def write_coco(tmp_path):
    """Write a COCO file, changed by a function; returns its path."""

    def write(change=lambda data: None) -> Path:
        data = coco()
        change(data)
        path = tmp_path / "instances.json"
        path.write_text(json.dumps(data))
        return path

    return write


@pytest.fixture
def voc(tmp_path):
    """A folder of Pascal VOC files: pixels from one on, both ends included."""
    folder = tmp_path / "xml"
    folder.mkdir()
    for name, boxes in BOXES.items():
        things = "".join(
            f"<object><name>{label}</name><pose>Left</pose><difficult>{i}</difficult><bndbox><xmin>{x0 + 1}</xmin>"
            f"<ymin>{y0 + 1}</ymin><xmax>{x1}</xmax><ymax>{y1}</ymax></bndbox></object>"
            for i, ((x0, y0, x1, y1), label) in enumerate(zip(boxes, NAMES[name], strict=True))
        )
        size = "<size><width>160</width><height>108</height><depth>3</depth></size>"
        (folder / f"{name}.xml").write_text(f"<annotation><filename>{name}.png</filename>{size}{things}</annotation>")
    return folder


def mirrored(name):
    width, _ = SIZE
    return [(width - x1, y0, width - x0, y1) for x0, y0, x1, y1 in BOXES[name]]


def decoded(segmentation):
    """Run lengths in columns, as the page of the format describes them."""
    mask = []
    for i, count in enumerate(segmentation["counts"]):
        mask += [i % 2] * count
    return np.array(mask).reshape(segmentation["size"][::-1]).T


def objects_of(data):
    """By picture: category, corners, annotation."""
    names = {image["id"]: image["file_name"].rpartition("/")[2].split(".")[0] for image in data["images"]}
    categories = {category["id"]: category["name"] for category in data["categories"]}
    out = {name: [] for name in names.values()}
    for annotation in data["annotations"]:
        x, y, w, h = annotation["bbox"]
        out[names[annotation["image_id"]]].append((categories[annotation["category_id"]], (x, y, x + w, y + h), annotation))
    return out


def samples_in(images, labels):
    from augment.data import Folder

    folder = Folder(images, {}, labels=labels)
    return [folder[i] for i in range(len(folder))]


@pytest.fixture
def china(photographs):
    return photographs["china"]
