"""Lists, torch data sets and those of Hugging Face as samples: the same arrays as a person would take out of them."""

import itertools
import json
import subprocess
import sys

import datasets
import numpy as np
import pytest
import torch
from PIL import Image
from torch.utils.data import Dataset, IterableDataset
from torchvision import tv_tensors

import augment as library
from augment import preview
from augment.data import samples_of
from augment.engine.boxes import to_xyxy
from augment.errors import SampleError
from augment.sample import Target
from augment.testing.tolerance import assert_images_close

from .conftest import BOXES, coco

DECLARED = {"image": Target(kind="image"), "boxes": Target(kind="boxes", format="xywh")}


class Pairs(Dataset):
    """A torch data set that counts what is read."""

    def __init__(self, pairs):
        self.pairs, self.read = pairs, []

    def __len__(self):
        return len(self.pairs)

    def __getitem__(self, at):
        self.read.append(at)
        return self.pairs[at]


def _chw(image):
    return torch.from_numpy(image.copy()).permute(2, 0, 1)


def test_samples_are_read_when_they_are_asked_for(china):
    dataset = Pairs([(_chw(china), 4), (_chw(china[::-1]), 5)])
    samples = samples_of(dataset)
    assert len(samples) == 2
    assert dataset.read == []
    sample = samples[1]
    assert dataset.read == [1]
    np.testing.assert_array_equal(sample["image"], china[::-1])
    assert (sample["labels"], type(sample["labels"])) == (5, int)
    assert [s["labels"] for s in samples] == [4, 5]
    assert samples[-1]["labels"] == samples[0:2][1]["labels"] == 5
    with pytest.raises(IndexError):
        samples[2]


@pytest.mark.parametrize("form", ["array", "tensor", "PIL", "grey", "palette"])
def test_images(china, form):
    given = {"array": china, "tensor": _chw(china), "PIL": Image.fromarray(china)}
    given |= {"grey": Image.fromarray(china).convert("L"), "palette": Image.fromarray(china).quantize(8)}
    picture = given[form]
    wanted = np.array(picture.convert("RGB")) if form == "palette" else np.array(picture) if form == "grey" else china
    for dataset in ([picture], picture, Pairs([{"image": picture}]), Pairs([{"img": picture}])):
        [sample] = samples_of(dataset)
        np.testing.assert_array_equal(sample["image"], wanted)


@pytest.mark.parametrize(
    ("target", "entry"),
    [
        (3, {"labels": 3}),
        (torch.tensor(3), {"labels": 3}),
        ("a roof", {"caption": "a roof"}),
        (["a", "b"], {"caption": ["a", "b"]}),
    ],
)
def test_what_stands_beside(china, target, entry):
    [sample] = samples_of([(china, target)])
    assert {name: value for name, value in sample.items() if name != "image"} == entry


@pytest.mark.parametrize("form", ["PIL", "tensor", "layered tensor", "array"])
def test_masks_beside(china, form):
    mask = (china[..., 0] > 100).astype(np.uint8) * 7
    given = {"PIL": Image.fromarray(mask), "tensor": torch.from_numpy(mask), "layered tensor": torch.from_numpy(mask)[None]}
    [sample] = samples_of([(china, given.get(form, mask))])
    np.testing.assert_array_equal(sample["mask"], mask)


def test_rows_of_labels_are_no_mask(china):
    [sample] = samples_of([(china, torch.tensor([0.0, 1.0]))])
    np.testing.assert_array_equal(sample["labels"], [0, 1])


@pytest.mark.parametrize("form", ["XYXY", "XYWH", "CXCYWH"])
def test_tv_tensors(china, form):
    x0, y0, x1, y1 = BOXES["china"][0]
    rows = {"XYXY": [x0, y0, x1, y1], "XYWH": [x0, y0, x1 - x0, y1 - y0]}
    rows["CXCYWH"] = [(x0 + x1) / 2, (y0 + y1) / 2, x1 - x0, y1 - y0]
    boxes = tv_tensors.BoundingBoxes([rows[form]], format=form, canvas_size=(108, 160))
    masks = tv_tensors.Mask(torch.zeros(3, 108, 160, dtype=torch.uint8))
    target = {"boxes": boxes, "masks": masks, "labels": torch.tensor([2]), "image_id": torch.tensor(9)}
    [sample] = samples_of([(tv_tensors.Image(_chw(china)), target)], DECLARED | {"mask": Target(kind="mask")})
    np.testing.assert_allclose(sample["boxes"], [rows["XYWH"]])
    assert sample["mask"].shape == (108, 160, 3)
    assert sample["labels"].tolist() == [2]
    assert sample["image_id"] == 9


# Hugging Face --------------------------------------------------------------------------------------------------------


def test_hugging_face_objects(photographs):
    rows = {
        "image": [Image.fromarray(photographs[name]) for name in BOXES],
        "image_id": [4, 5],
        "objects": [
            {"bbox": [[x0, y0, x1 - x0, y1 - y0] for x0, y0, x1, y1 in BOXES[name]], "category": list(range(len(BOXES[name])))}
            for name in BOXES
        ],
    }
    dataset = datasets.Dataset.from_dict(rows).cast_column("image", datasets.Image())
    for declared in ({}, DECLARED):
        samples = samples_of(dataset, declared)
        for i, name in enumerate(BOXES):
            np.testing.assert_array_equal(samples[i]["image"], photographs[name])
            corners = np.array(BOXES[name], float)
            wanted = np.hstack([corners[:, :2], corners[:, 2:] - corners[:, :2]]) if declared else corners
            np.testing.assert_allclose(samples[i]["boxes"], wanted)
            assert list(samples[i]["labels"]) == list(range(len(wanted)))
            assert samples[i]["image_id"] == 4 + i
            assert "objects" not in samples[i]


@pytest.mark.parametrize("names", [("image", "label"), ("img", "fine_label")])
def test_hugging_face_classes_and_masks(photographs, names):
    image, label = names
    features = datasets.Features({image: datasets.Image(), label: datasets.ClassLabel(names=["a", "b"])})
    rows = {image: [Image.fromarray(photographs["china"])], label: [1]}
    [sample] = samples_of(datasets.Dataset.from_dict(rows, features=features))
    assert sample[{"label": "labels"}.get(label, label)] == 1
    mask = (photographs["china"][..., 1] > 90).astype(np.uint8)
    rows = {image: [Image.fromarray(photographs["china"])], "label": [Image.fromarray(mask)]}
    features = datasets.Features({image: datasets.Image(), "label": datasets.Image()})
    [sample] = samples_of(datasets.Dataset.from_dict(rows, features=features))
    np.testing.assert_array_equal(sample["mask"], mask)


def test_several_data_sets_are_refused(photographs):
    one = datasets.Dataset.from_dict({"x": [1]})
    with pytest.raises(SampleError, match=r"choose one: dataset\['train'\]"):
        samples_of(datasets.DatasetDict({"train": one, "test": one}))


# Refusals ------------------------------------------------------------------------------------------------------------


class Stream(IterableDataset):
    """Without length or index."""

    def __iter__(self):
        return itertools.repeat(np.zeros((4, 4, 3), np.uint8))


@pytest.mark.parametrize(
    ("element", "message"),
    [
        ("photo.jpg", "element 0: must be an image"),
        ((np.zeros((4, 4, 3)), {"a", "b"}), "what stands beside its image is a set"),
        ({"image": "photo.jpg"}, "its image is a str; let the data set decode it"),
        ({"image": {"bytes": b"", "path": "x"}}, "its image is a dict; let the data set decode it"),
        ((np.zeros((4, 4, 3)), {"annotation": {"object": [{"name": "x"}]}}), "no name or no box"),
        ({"image": np.zeros((4, 4, 3)), "objects": {"bbox": [[1, 2], [3]]}}, "not rows of four numbers"),
        (Image.new("CMYK", (4, 4)), "element 0: is CMYK"),
    ],
)
def test_elements_that_are_no_samples(element, message):
    with pytest.raises(SampleError, match=message):
        samples_of(Pairs([element]))[0]


def test_samples_of_users_are_taken_as_they_are(china):
    given = [{"img": china, "objects": {"bbox": []}}]
    [sample] = samples_of(given)
    assert sample.keys() == {"img", "objects"}  # which is an error with a hint where they are augmented
    assert samples_of(given[0])[0].keys() == sample.keys()


def test_streams_are_refused():
    with pytest.raises(SampleError, match=r"Stream has no length or no index.*islice"):
        samples_of(Stream())


def test_boxes_need_a_target(china):
    with pytest.raises(SampleError, match="the spec declares no target for them"):
        samples_of([(china, coco()["annotations"])], {"image": Target(kind="image")})[0]


def test_no_framework_is_imported():
    code = (
        "import sys, json, numpy as np; from augment.data import samples_of; samples_of([np.zeros((4, 4, 3), 'uint8')])[0];"
        "print(json.dumps(sorted({'torch', 'datasets', 'torchvision', 'tensorflow'} & set(sys.modules))))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert json.loads(done.stdout) == [], done.stderr


# What they are for ---------------------------------------------------------------------------------------------------


def test_a_preview_of_a_data_set_reads_what_it_shows(photographs):
    dataset = Pairs([(_chw(photographs["cat"]), i) for i in range(500)])
    made = preview({"pipeline": [{"rotate": "±20"}]}, dataset, n=1)
    assert len(made.study.subjects) == 16
    assert set(dataset.read) == {500 * i // 16 for i in range(16)}
    assert "16 of 500 samples, evenly spread" in made.html()
    chosen = preview({"pipeline": [{"rotate": "±20"}]}, dataset, n=1, index=321)
    assert [subject.at for subject in chosen.study.subjects] == [321]
    wanted = library.apply({"pipeline": [{"rotate": "±20"}]}, {"image": photographs["cat"]}, index=321)["image"]
    engine = chosen.study.engines[0]
    assert_images_close(chosen.study.result(engine, chosen.study.subjects[0], 0)["image"], wanted)


def test_a_preview_of_hugging_face_boxes(photographs):
    rows = {"image": [Image.fromarray(photographs["china"])], "objects": [{"bbox": [[10, 20, 80, 60]], "category": [3]}]}
    dataset = datasets.Dataset.from_dict(rows).cast_column("image", datasets.Image())
    made = preview({"pipeline": [{"horizontal_flip": {"p": 1}}]}, dataset, n=1)
    figure = made.short.sheets[0].groups[0].panels[1].figure
    [box] = next(layer for layer in figure.layers if layer.kind == "boxes").boxes
    assert box[:5] == (160 - 90, 20, 160 - 10, 80, "3")


class Detections:
    """What `supervision.Detections` has."""

    def __init__(self, xyxy, class_id=None, mask=None, confidence=None, tracker_id=None, data=None):
        self.xyxy, self.class_id, self.mask, self.confidence = xyxy, class_id, mask, confidence
        self.tracker_id, self.data = tracker_id, data or {}

    def __len__(self):
        return len(self.xyxy)


@pytest.mark.parametrize("form", ["xyxy", "xywh", "yolo"])
@pytest.mark.parametrize("triple", [True, False])
def test_detections_of_supervision(china, form, triple):
    xyxy = np.array([[10.0, 20, 60, 90], [5, 5, 25, 15]], np.float32)
    found = Detections(xyxy, class_id=np.array([3, 1]))
    targets = {"image": Target(kind="image"), "boxes": Target(kind="boxes", format=form)}
    (sample,) = samples_of([("a/china.png", china, found) if triple else (china, found)], targets)
    assert sample.get("path") == ("a/china.png" if triple else None)
    np.testing.assert_array_equal(sample["image"], china)
    np.testing.assert_allclose(to_xyxy(sample["boxes"], form, china.shape[:2]), xyxy, atol=1e-4)
    assert sample["labels"].tolist() == [3, 1]
    spec = library.loads(
        f"targets: {{image: image, boxes: {{kind: boxes, format: {form}}}}}\npipeline: [horizontal_flip: {{p: 1}}]"
    )
    out = library.compile(spec).over(samples_of([("a/china.png", china, found)], targets))[0]
    width = china.shape[1]
    np.testing.assert_allclose(to_xyxy(out["boxes"], form, china.shape[:2])[:, 0], width - xyxy[:, 2], atol=1e-3)


def test_detections_of_supervision_leave_nothing_behind(china):
    xyxy = np.array([[10.0, 20, 60, 90]], np.float32)
    scored = Detections(xyxy, np.array([3]), confidence=np.array([0.5]), data={"class_name": np.array(["roof"])})
    (sample,) = samples_of([("a.png", china, scored)])
    with pytest.raises(SampleError, match=r"'confidence' has a row for each of boxes"):
        library.apply({"pipeline": [{"horizontal_flip": {"p": 1}}]}, sample)
    spec = library.loads(
        "targets: {image: image, boxes: {kind: boxes, carry: [labels, confidence, class_name]}}\npipeline: [center_crop: 4]"
    )
    (sample,) = samples_of([("a.png", china, scored)], spec.targets)
    out = library.apply(spec, sample)
    assert len(out["boxes"]) == len(out["confidence"]) == len(out["class_name"]) == len(out["labels"]) == 0
    with pytest.raises(SampleError, match=r"element 0: its detections have masks.*detections\.mask = None"):
        samples_of([("a.png", china, Detections(xyxy, mask=np.ones((1, *china.shape[:2]), bool)))])[0]
    (plain,) = samples_of([("a.png", china, Detections(xyxy))])
    assert set(plain) == {"path", "image", "boxes"}
    (empty,) = samples_of([("a.png", china, Detections(np.zeros((0, 4)), np.zeros(0, int)))])
    assert empty["boxes"].shape == (0, 4) and len(empty["labels"]) == 0
