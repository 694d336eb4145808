"""COCO's keypoints: a mirrored left eye is written as the right one, and what is gone is written as zeros."""

import json

import numpy as np
import pytest
from PIL import Image

WIDTH, HEIGHT = 60, 40
NAMES = [
    "nose", *(f"{side}_{part}" for part in ("eye", "ear", "shoulder", "elbow", "wrist", "hip", "knee", "ankle")
              for side in ("left", "right"))
]  # fmt: skip
BOXES = [[5, 5, 20, 30], [40, 10, 15, 20]]


def pose(box, seed):
    """Points inside a box; some are hidden, and some were never labelled."""
    rng = np.random.default_rng(seed)
    at = rng.integers(0, 100, (17, 2)) / 100 * (box[2] - 1, box[3] - 1) + box[:2]
    return [value for i, (x, y) in enumerate(at.tolist()) for value in ((0, 0, 0) if i % 5 == 4 else (x, y, 1 + i % 2))]


@pytest.fixture
def files(tmp_path):
    """A picture with two persons and a ball, whose file is changed by a function; returns its folder and the file."""

    def write(change=lambda data: None):
        (tmp_path / "images").mkdir(exist_ok=True)
        noise = np.random.default_rng(1).integers(0, 255, (HEIGHT, WIDTH, 3), np.uint8)
        Image.fromarray(noise).save(tmp_path / "images" / "a.png")
        own = {"image_id": 1, "iscrowd": 0}
        persons = [
            {**own, "id": i, "category_id": 1, "bbox": box, "keypoints": pose(box, i), "num_keypoints": 14}
            for i, box in enumerate(BOXES)
        ]  # fmt: skip
        data = {
            "images": [{"id": 1, "file_name": "a.png"}],
            "categories": [{"id": 1, "name": "person", "keypoints": [*NAMES], "skeleton": [[1, 2]]}, {"id": 2, "name": "ball"}],
            "annotations": [persons[0], {**own, "id": 7, "category_id": 2, "bbox": [30, 30, 5, 5]}, persons[1]],
        }
        change(data)
        (tmp_path / "person_keypoints.json").write_text(json.dumps(data))
        return tmp_path / "images", tmp_path / "person_keypoints.json"

    return write


def apply(augment, spec, files, out, *more):
    images, labels = files
    made = augment("apply", spec, images, out, "--labels", labels, *more)
    assert made.exit_code == 0, made.output
    return json.loads((out / labels.name).read_text())


@pytest.mark.parametrize("backend", ["reference", "albumentations", "torchvision", "keras"])
@pytest.mark.parametrize("targets", ["", "targets: {image: image, boxes: boxes, people: {kind: keypoints, flip_pairs: coco}}\n"])
def test_a_mirror_changes_the_places_of_pairs(augment, spec, files, tmp_path, backend, targets):
    out = apply(augment, spec(f"{targets}pipeline: [horizontal_flip: {{p: 1}}]"), files(), tmp_path / "out", "--backend", backend)
    given = [a for a in json.loads((tmp_path / "person_keypoints.json").read_text())["annotations"] if "keypoints" in a]
    for one, made in zip(given, [a for a in out["annotations"] if "keypoints" in a], strict=True):
        rows = np.reshape(one["keypoints"], (17, 3)).astype(float)
        rows[rows[:, 2] > 0, 0] = WIDTH - 1 - rows[rows[:, 2] > 0, 0]
        swapped = [NAMES.index(n.replace("left", "@").replace("right", "left").replace("@", "right")) for n in NAMES]
        np.testing.assert_allclose(np.reshape(made["keypoints"], (17, 3)), rows[swapped], atol=1e-3)
        assert made["num_keypoints"] == 14 and (made["iscrowd"], made["category_id"]) == (0, 1)
    assert "keypoints" not in out["annotations"][1] and "pose" not in out["annotations"][0]


def test_what_leaves_the_picture_is_zeros_and_goes_with_its_box(augment, spec, files, tmp_path):
    crop = "crop: {size: [40, 20], left: 10, top: 0}"  # of the first person a part, of the second nothing
    out = apply(augment, spec(f"pipeline: [{crop}]"), files(), tmp_path / "out")
    (one,) = [a for a in out["annotations"] if a["category_id"] == 1]
    rows, want = np.reshape(one["keypoints"], (17, 3)), np.reshape(pose(BOXES[0], 0), (17, 3)).astype(float)
    left = (want[:, 2] == 0) | (want[:, 0] - 10 < -0.5)
    want[:, 0] -= 10
    want[left] = 0
    assert 0 < left.sum() < 17
    np.testing.assert_allclose(rows, want, atol=1e-3)
    assert one["num_keypoints"] == (~left).sum()


@pytest.mark.parametrize(
    ("change", "targets", "what"),
    [
        (lambda d: d["categories"][0].pop("keypoints"), "", "do not name the keypoints"),
        (lambda d: d["annotations"][0]["keypoints"].pop(), "", "keypoints are x, y, visibility of 17, 51 numbers, not 50"),
        (lambda d: d["annotations"][0].update(keypoints="x"), "", "51 numbers, not x"),
        (lambda d: d["categories"][1].update(keypoints=["top"]), "", "name different keypoints"),
        (lambda d: None, "targets: {image: image, boxes: boxes}\n", "one target of kind keypoints"),
        (lambda d: None, "targets: {image: image, boxes: boxes, p: {kind: keypoints, flip_pairs: mpii}}\n", "is for 16"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_said(augment, spec, files, tmp_path, change, targets, what):
    images, labels = files(change)
    made = augment("apply", spec(f"{targets}pipeline: [horizontal_flip: {{p: 1}}]"), images, tmp_path / "out", "--labels", labels)
    assert made.exit_code != 0 and what in " ".join(made.output.split()), made.output


def test_a_spec_that_joins_pictures_takes_none(augment, spec, files, tmp_path):
    images, labels = files()
    made = augment("apply", spec("pipeline: [mosaic]"), images, tmp_path / "out", "--labels", labels)
    assert made.exit_code != 0 and "the spec joins pictures" in made.output
