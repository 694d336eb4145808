"""Rows of boxes without area, as crops of other libraries hand them on: they pass, never gain any, and are dropped with what they
carry, as if they had not been there. On every backend, in every container, under every op that moves boxes.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import torch
import torchvision  # noqa: F401  # before TensorFlow, which Keras may import
from torchvision import tv_tensors
from torchvision.transforms import v2

import augment
from augment.engine.boxes import from_xyxy
from augment.errors import SampleError

A = pytest.importorskip("albumentations")

SIZE = (40, 50)
IMAGE = np.zeros((*SIZE, 3), np.uint8)
REAL = [[4.0, 5, 18, 16], [20, 8, 33, 30]]
FLAT = [[7.0, 7, 7, 12], [7, 7, 12, 7], [9, 9, 9, 9], [0, 0, 0, 0], [0, 3, 0, 40], [25, 20, 25, 20]]
ROWS = [FLAT[0], REAL[0], *FLAT[1:4], REAL[1], *FLAT[4:]]
LABELS = [10, 1, 11, 12, 13, 2, 14, 15]
KEEP = [row in REAL for row in ROWS]
OPS = [
    "horizontal_flip: {p: 1}", "rotate90: 1", "center_crop: [30, 40]", "rotate: 20", "shear: {x: 12}",
    "perspective: {distortion: 0.4}", "elastic: {alpha: 4px, sigma: 6px}", "scale: 1.2", "translate: {x: 0.1}",
    "resize: [60, 60]", "random_resized_crop: {size: 32, area: 0.9}", "brightness: 1.1", "horizontal_flip: {p: 0}",
]  # fmt: skip
WAYS = [
    "reference", "apply-torchvision", "apply-albumentations", "apply-keras", "albumentations", "pascal", "nested", "fractions",
    "keras", "torchvision-list", "torchvision-array", "torchvision-tensor", "torchvision-rows", "tv_tensors", "tuple",
    "over", "device",
]  # fmt: skip
FORMATS = ["xyxy", "xywh", "cxcywh", "yolo"]


def run(way: str, op: str, rows: list[list[float]], labels: list[int], form: str = "xyxy") -> tuple[np.ndarray, list[int]]:
    """The boxes and the labels that are left."""
    targets = f"targets: {{image: image, boxes: {{kind: boxes, format: {form}}}}}\n" if form != "xyxy" else ""
    spec = augment.loads(f"{targets}pipeline: [{op}]")
    boxes = from_xyxy(np.array(rows, float).reshape(-1, 4), form, SIZE)
    tensor = torch.zeros(3, *SIZE)
    if way.startswith("apply") or way == "reference":
        sample = {"image": IMAGE, "boxes": boxes, "labels": labels}
        out = augment.apply(spec, sample, backend=way.removeprefix("apply-"))
    elif way == "albumentations":
        out = augment.compile(spec, way).at(0)(image=IMAGE, boxes=boxes, labels=labels)
    elif way in ("pascal", "nested", "fractions"):  # those of Albumentations itself refuse rows without area before anything runs
        params = {"format": "albumentations" if way == "fractions" else "pascal_voc", "label_fields": ["labels"]}
        options = {} if targets else {"bbox_params": params}
        compose = augment.compile(spec, "albumentations", **options)
        if way == "nested" and not targets:
            compose = A.Compose([Into(boxes, labels), compose], bbox_params=A.BboxParams(**params), seed=5)
            boxes, labels = np.array(REAL[:1]), [1]
        scaled = boxes / [50, 40, 50, 40] if way == "fractions" and not targets else boxes
        out = compose(image=IMAGE, bboxes=scaled, labels=np.array(labels)) if way == "nested" else compose.at(0)(
            image=IMAGE, bboxes=scaled, labels=np.array(labels))  # fmt: skip
        left = np.asarray(out["bboxes"], float)
        if way == "fractions" and not targets:
            left = left * np.tile(np.array(out["image"].shape[1::-1]), 2)
        out["boxes"] = left
    elif way == "keras":
        layer = augment.compile(spec, "keras").at(0)
        entry = {"boxes": boxes.astype(np.float32)[None], "labels": np.array(labels, np.int32)[None]}
        out = layer({"images": IMAGE[None], "bounding_boxes": entry})["bounding_boxes"]
        kept = np.asarray(out["labels"])[0] >= 0
        assert not np.asarray(out["boxes"])[0][~kept].any()
        out = {name: np.asarray(entry)[0][kept] for name, entry in out.items()}
    else:
        transform = augment.compile(spec, "torchvision")
        given = {
            "torchvision-list": boxes.tolist(), "torchvision-array": boxes, "torchvision-rows": [torch.tensor(b) for b in boxes],
            "tv_tensors": tv_tensors.BoundingBoxes(boxes.astype(np.float32), format="XYXY", canvas_size=SIZE),
        }.get(way, torch.tensor(boxes))  # fmt: skip
        sample = {"image": tensor, "boxes": given, "labels": torch.tensor(labels)}
        if way == "tuple":
            _, out = transform.at(0)((tensor, {"boxes": given, "labels": torch.tensor(labels)}))
        elif way == "over":
            out = transform.over([sample])[0]
        elif way == "device":
            out = transform._on_device(transform._read(sample), transform.program.values(0))
        else:
            out = transform.at(0)(sample)
    rows_left = [np.asarray(row, float) for row in out["boxes"]]
    return np.array(rows_left).reshape(-1, 4), [int(label) for label in out["labels"]]


class Into(A.DualTransform):
    """Hands on the rows that a crop may hand on."""

    def __init__(self, boxes: np.ndarray, labels: list[int]):
        super().__init__(p=1)
        self.boxes, self.labels = boxes, labels

    def apply(self, img: np.ndarray, **params: Any) -> np.ndarray:
        return img

    def apply_to_bboxes(self, bboxes: np.ndarray, **params: Any) -> np.ndarray:
        if not len(self.boxes):
            return bboxes[:0]
        return np.column_stack([self.boxes / [50, 40, 50, 40], np.array(self.labels)])


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("op", OPS)
def test_they_are_dropped_as_if_they_had_not_been_there(way, op):
    if way in ("keras", "nested") and op == "rotate90: 1":
        op = "rotate90: 2"  # a batch has one size
    boxes, labels = run(way, op, ROWS, LABELS)
    wanted, left = run(way, op, REAL, [1, 2])
    assert labels == left and len(left)
    np.testing.assert_allclose(boxes, wanted, atol=1e-3)


@pytest.mark.parametrize("way", [way for way in WAYS if way not in ("nested", "fractions", "tv_tensors")])
@pytest.mark.parametrize("form", FORMATS)
def test_in_every_format(way, form):
    boxes, labels = run(way, "rotate: 20", ROWS, LABELS, form)
    wanted, left = run(way, "rotate: 20", REAL, [1, 2], form)
    assert labels == left == [1, 2]
    np.testing.assert_allclose(boxes, wanted, atol=1e-3)


@pytest.mark.parametrize("way", WAYS)
def test_nothing_else_is_left_of_a_sample_that_has_no_others(way):
    boxes, labels = run(way, "elastic: {alpha: 4px, sigma: 6px}", FLAT, [1] * len(FLAT))
    assert boxes.shape == (0, 4) and labels == []


HOSTS = ["reference", "apply-torchvision", "apply-albumentations", "apply-keras", "albumentations", "torchvision-tensor", "tuple"]


@pytest.mark.parametrize("way", HOSTS)
@pytest.mark.parametrize("form, row", [("xyxy", [10, 10, 4, 5]), ("xyxy", [10, 10, 10, 5]), ("xywh", [5, 5, 10, -1])])
def test_a_negative_extent_is_another_format(way, form, row):
    xyxy = row if form == "xyxy" else [row[0], row[1], row[0] + row[2], row[1] + row[3]]
    with pytest.raises(SampleError, match=rf"boxes\[1\].*as {form}.*declare the format under targets"):
        run(way, "horizontal_flip: {p: 1}", [REAL[0], xyxy], [1, 2], form)


def test_a_record_says_why():
    sample = {"image": IMAGE, "boxes": ROWS, "labels": LABELS}
    dropped = augment.record(augment.loads("pipeline: [rotate: 20]"), sample, index=0)["dropped"]["boxes"]
    assert dropped == [{"row": i, "reason": "has no area"} for i, kept in enumerate(KEEP) if not kept]


def test_masks_and_keypoints_of_instances_go_with_them():
    target = {
        "boxes": tv_tensors.BoundingBoxes(ROWS, format="XYXY", canvas_size=SIZE), "labels": torch.tensor(LABELS),
        "masks": tv_tensors.Mask(torch.stack([torch.full(SIZE, i) for i in LABELS])),
        "keypoints": torch.tensor([[[i, 5.0, 2]] for i in LABELS]), "area": torch.arange(len(ROWS)),
    }  # fmt: skip
    _, out = augment.compile({"pipeline": [{"vertical_flip": {"p": 1}}]}, "torchvision")(torch.zeros(3, *SIZE), target)
    assert out["labels"].tolist() == [1, 2] and out["masks"][:, 0, 0].tolist() == [1, 2]
    assert out["keypoints"][:, 0, 0].tolist() == [1, 2] and out["area"].tolist() == [1, 5]


@pytest.mark.parametrize("way", ["over", "collate"])
def test_a_mix_joins_none(way):
    spec = "targets: {image: image, boxes: {kind: boxes, carry: [ids]}}\npipeline: [rotate: 20, cutmix: 1]"
    for backend in ("reference", "albumentations", "torchvision"):
        transform = augment.compile(augment.loads(spec), backend)
        image = torch.zeros(3, *SIZE) if backend == "torchvision" else IMAGE
        samples = [{"image": image, "boxes": np.array(ROWS), "ids": np.array(LABELS)} for _ in range(3)]
        outs = transform.over(samples) if way == "over" else transform.collate(samples)
        ids = outs["ids"] if isinstance(outs, dict) else [out["ids"] for out in outs]
        assert {int(i) for some in ids for i in np.asarray(some)} <= {1, 2}


# Behind crops of the library itself ------------------------------------------------------------------------------------


def tv_chains() -> dict[str, Any]:
    turn = augment.compile(augment.loads("pipeline: [horizontal_flip: {p: 0.5}, rotate: ±10]"), "torchvision")
    distort, zoom, crop = v2.RandomPhotometricDistort(), v2.RandomZoomOut(fill=0), v2.RandomIoUCrop()
    return {
        "ssdlite": [crop, turn], "ssd": [distort, zoom, crop, turn], "crop": [v2.RandomCrop((24, 24)), turn],
        "centre": [v2.CenterCrop((20, 20)), turn],
    }  # fmt: skip


@pytest.mark.parametrize("chain", ["ssdlite", "ssd", "crop", "centre"])
def test_behind_crops_of_torchvision(chain):
    flat = 0
    for seed in range(36):
        torch.manual_seed(seed)
        boxes = tv_tensors.BoundingBoxes([[2.0, 2, 20, 20], [30, 20, 45, 38], [35, 5, 48, 18]], format="XYXY", canvas_size=SIZE)
        image = tv_tensors.Image(torch.randint(0, 256, (3, *SIZE), dtype=torch.uint8))
        given = image, {"boxes": boxes, "labels": torch.tensor([1, 2, 3])}
        *before, ours = tv_chains()[chain]
        between = v2.Compose(before)(*given)
        real = ((between[1]["boxes"][:, 2:] - between[1]["boxes"][:, :2]) > 0).all(1)
        flat += int((~real).sum())
        _, out = ours(between)
        assert len(v2.SanitizeBoundingBoxes()(torch.zeros(3, *SIZE), out)[1]["labels"]) <= len(out["labels"])
        assert len(out["boxes"]) == len(out["labels"]) and set(out["labels"].tolist()) <= set(between[1]["labels"][real].tolist())
        assert (out["boxes"][:, 2:] > out["boxes"][:, :2]).all()
    assert flat, "the chain makes some, or it tests nothing"


@pytest.mark.parametrize("form", ["pascal_voc", "yolo", "albumentations"])
@pytest.mark.parametrize("size", [24, 6])
def test_behind_crops_of_albumentations(form, size):
    turn = augment.compile(augment.loads("pipeline: [horizontal_flip: {p: 0.5}, rotate: ±10]"), "albumentations")
    params = A.BboxParams(format=form, label_fields=["labels"])
    compose = A.Compose([A.RandomCrop(size, size), turn], bbox_params=params, seed=1)
    plain = A.Compose([A.RandomCrop(size, size)], bbox_params=params, seed=1)
    boxes = from_xyxy(np.array([[2.0, 2, 20, 20], [30, 20, 45, 38], [35, 5, 48, 18]]), "yolo" if form == "yolo" else "xyxy", SIZE)
    boxes = boxes / [50, 40, 50, 40] if form == "albumentations" else boxes
    for _ in range(36):
        out = compose(image=IMAGE, bboxes=boxes, labels=np.array([1, 2, 3]))
        assert len(out["bboxes"]) == len(out["labels"])
        assert len(out["labels"]) <= 3 and plain(image=IMAGE, bboxes=boxes, labels=np.array([1, 2, 3]))["image"].shape == (
            size,
            size,
            3,
        )
