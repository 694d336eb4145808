"""Ultralytics: a detector is trained with our composition, and its own step moves boxes, outlines and keypoints with the image.

It is licensed under AGPL-3.0: only this test imports it, and the package never does.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from pathlib import Path

import albumentations as A
import numpy as np
import pytest
import torch
from PIL import Image

import augment

os.environ.update(YOLO_OFFLINE="true", YOLO_AUTOINSTALL="false", YOLO_VERBOSE="false")
_READ = {(home, name): getattr(home, name) for home, name in ((Image, "open"), (torch, "load"), (torch, "save"))}
ultralytics = pytest.importorskip("ultralytics", reason="needs ultralytics: pip install --no-deps ultralytics ultralytics-thop")
for (home, name), function in _READ.items():  # it puts its own in their place, for all tests of the process
    setattr(home, name, function)
from ultralytics.data.augment import Albumentations
from ultralytics.models.yolo.detect import DetectionTrainer
from ultralytics.utils import SETTINGS
from ultralytics.utils.instance import Instances

SPEC = augment.loads("pipeline: [horizontal_flip: {p: 0.5}, vertical_flip: {p: 0.5}, translate: {x: [0.05, 0.1], y: 0.05}]")


@pytest.fixture
def data(tmp_path, pictures, monkeypatch):
    monkeypatch.setitem(SETTINGS, "sync", False)
    for kind in ("images", "labels"):
        (tmp_path / kind).mkdir()
    for i, p in enumerate(pictures):
        Image.fromarray(p.image).save(tmp_path / f"images/{i}.png")
        x1, y1, x2, y2 = p.box
        (tmp_path / f"labels/{i}.txt").write_text(
            f"{p.label} {(x1 + x2) / 128} {(y1 + y2) / 128} {(x2 - x1) / 64} {(y2 - y1) / 64}"
        )
    (tmp_path / "data.yaml").write_text(f"path: {tmp_path}\ntrain: images\nval: images\nnames: [a, b, c]\n")
    return tmp_path


GIVEN = {"alone": lambda t: [t], "its parts": lambda t: t.transforms, "behind a native one": lambda t: [A.NoOp(), t]}


@pytest.mark.parametrize("given", GIVEN.values(), ids=GIVEN)
def test_a_detector_is_trained_on_boxes_that_moved(data, block, given):
    batches = []

    class Trainer(DetectionTrainer):
        def preprocess_batch(self, batch):
            batches.append({name: batch[name].clone() for name in ("img", "bboxes", "cls", "batch_idx")})
            return super().preprocess_batch(batch)

    still = dict.fromkeys(("mosaic", "fliplr", "flipud", "scale", "translate", "hsv_h", "hsv_s", "hsv_v", "erasing"), 0)
    quiet = dict.fromkeys(("amp", "plots", "val", "save", "verbose"), False)
    ultralytics.YOLO("yolov8n.yaml", verbose=False).train(
        data=str(data / "data.yaml"), epochs=1, imgsz=64, batch=4, workers=0, device="cpu", trainer=Trainer, project=str(data),
        augmentations=given(augment.compile(SPEC, "albumentations")), **still, **quiet,
    )  # fmt: skip
    seen = []
    for batch in batches[:2]:
        for i, image in enumerate(batch["img"]):
            mine = batch["batch_idx"] == i
            seen.append((image, batch["bboxes"][mine], batch["cls"][mine]))
    assert len(seen) == 8
    places = set()
    for image, boxes, kinds in seen:
        cx, cy, w, h = (boxes[0] * 64).tolist()
        places.add((cx, cy))
        np.testing.assert_allclose([cx - w / 2, cy - h / 2, cx + w / 2, cy + h / 2], block(image.numpy()), atol=1)
        assert len(boxes) == len(kinds) == 1
    assert sorted(int(kinds[0]) for _, _, kinds in seen) == [0, 0, 0, 1, 1, 1, 2, 2]
    before = {((9 + 3 * i) + 7, (10 + 2 * i) + 4) for i in range(8)}
    assert not places & before, "nothing moved"


def labels(picture, keypoints=None):
    """A sample of its data sets: boxes, outlines of 8 points, and keypoints with visibility, in pixels."""
    x1, y1, x2, y2 = picture.box
    outline = np.linspace([[x1, y1]], [[x2, y2]], 8).astype(np.float32).reshape(1, 8, 2)
    outline[0, 1:4], outline[0, 4:7] = [x1, y2], [x2, y1]
    instances = Instances(np.array([picture.box], np.float32), outline, keypoints, bbox_format="xyxy", normalized=False)
    return {"img": picture.image.copy(), "cls": np.array([[picture.label]], np.float32), "instances": instances}


def test_its_loader_reads_what_apply_writes(request, pictures, spec, block, tmp_path, monkeypatch):
    from ultralytics.data.dataset import YOLODataset
    from ultralytics.data.utils import check_det_dataset

    monkeypatch.setitem(SETTINGS, "sync", False)
    home, out = tmp_path / "set", tmp_path / "out"
    for i, p in enumerate(pictures):
        for kind in ("images", "labels"):
            (home / kind / ("train", "val")[i % 2]).mkdir(parents=True, exist_ok=True)
        Image.fromarray(p.image).save(home / "images" / ("train", "val")[i % 2] / f"{i}.png")
        x1, y1, x2, y2 = (edge / 64 for edge in p.box)
        row = f"{p.label} {(x1 + x2) / 2} {(y1 + y2) / 2} {x2 - x1} {y2 - y1}"
        (home / "labels" / ("train", "val")[i % 2] / f"{i}.txt").write_text(row)
    (home / "data.yaml").write_text("train: images/train\nval: images/val\nnames: [a, b, c]\n")
    (tmp_path / "spec.yaml").write_text(augment.dumps(spec("{image: image, boxes: {kind: boxes, carry: [labels]}}")))
    call = ("apply", tmp_path / "spec.yaml", home / "images", out, "--labels", home / "data.yaml")
    assert request.getfixturevalue("augment")(*call).exit_code == 0
    found = check_det_dataset(str(out / "data.yaml"))
    assert found["names"] == {0: "a", 1: "b", 2: "c"}
    moved = 0
    for at, split in enumerate(("train", "val")):
        loaded = YOLODataset(img_path=found[split], data=found, imgsz=56, augment=False)
        assert len(loaded) == 4
        for i in range(4):
            sample, picture = loaded.get_image_and_label(i), pictures[2 * i + at]
            boxes = sample["instances"]
            boxes.convert_bbox("xyxy")
            boxes.denormalize(56, 56)
            np.testing.assert_allclose(boxes.bboxes, [block(sample["img"])], atol=0.01)
            assert sample["cls"].tolist() == [[picture.label]] and Path(sample["im_file"]).stem == str(2 * i + at)
            moved += boxes.bboxes.tolist() != [picture.box]
    assert moved == 8


@pytest.mark.parametrize("op", ["horizontal_flip: {p: 1}", "rotate: 20", "center_crop: 56", "resize: 48", "perspective: 0.1"])
def test_its_step_moves_all_of_a_sample(pictures, block, op):
    transform = augment.compile(augment.loads(f"pipeline: [{op}]"), "albumentations")
    step = Albumentations(p=1, transforms=[transform])
    assert step.contains_spatial
    for at, picture in enumerate(pictures):
        x1, y1, x2, y2 = picture.box
        points = np.array([[[x1 + 2, y1 + 2, 2], [x2 - 3, y2 - 3, 1]]], np.float32)
        torch.manual_seed(at)
        out = step(labels(picture, points.copy()))
        height, width = out["img"].shape[:2]
        found = out["instances"]
        found.convert_bbox("xyxy")
        found.denormalize(width, height)
        low, high = found.segments[0].min(0), found.segments[0].max(0)
        np.testing.assert_allclose(np.concatenate([low, high]), found.bboxes[0], atol=0.01)
        np.testing.assert_allclose(found.bboxes[0], block(out["img"]), atol=2)
        for x, y in found.keypoints[0, :, :2].round().astype(int):
            assert (out["img"][y, x] > 150).all(), "a keypoint left its block"
        assert found.keypoints[0, :, 2].tolist() == [2, 1] and out["cls"].tolist() == [[picture.label]]
        if not transform.program.plan.slots:  # what draws nothing is what `apply` gives
            sample = {"image": picture.image, "keypoints": points[0, :, :2]}
            want = augment.apply(transform.spec, sample, backend="albumentations")
            np.testing.assert_array_equal(out["img"], want["image"])
            np.testing.assert_allclose(found.keypoints[0, :, :2], want["keypoints"], atol=0.001)


DECLARED = ["boxes: boxes", "bboxes: {kind: boxes, format: yolo}", "keypoints: keypoints", "mask: mask"]


@pytest.mark.parametrize("declared", DECLARED)
def test_a_spec_declares_what_it_likes(pictures, declared):
    spec = augment.loads(f"{{targets: {{image: image, {declared}}}, pipeline: [horizontal_flip: {{p: 1}}]}}")
    out = Albumentations(p=1, transforms=[augment.compile(spec, "albumentations")])(labels(pictures[0]))
    want = Albumentations(p=1, transforms=[A.HorizontalFlip(p=1)])(labels(pictures[0]))
    np.testing.assert_array_equal(out["img"], want["img"])
    np.testing.assert_allclose(out["instances"].bboxes, want["instances"].bboxes, atol=1e-5)
    assert out["cls"].tolist() == want["cls"].tolist()


def test_its_step_repeats_by_the_seed_of_torch(pictures):
    step = Albumentations(p=1, transforms=[augment.compile(SPEC, "albumentations")])
    runs = []
    for seed in (1, 1, 2):
        torch.manual_seed(seed)
        step.transform.set_random_seed(None)
        runs.append([step(labels(p))["instances"].bboxes.tolist() for p in pictures])
    assert runs[0] == runs[1] != runs[2]


def test_what_it_loses_and_what_has_no_objects(pictures):
    step = Albumentations(p=1, transforms=[augment.compile({"pipeline": [{"center_crop": 20}]}, "albumentations")])
    none = Instances(np.zeros((0, 4), np.float32), np.zeros((0, 8, 2), np.float32), bbox_format="xyxy", normalized=False)
    out = step({"img": pictures[0].image.copy(), "cls": np.zeros((0, 1), np.float32), "instances": none})
    assert out["img"].shape == (20, 20, 3) and out["cls"].shape == (0, 1) and len(out["instances"]) == 0
    two = Instances(np.array([[0, 0, 20, 20], [26, 26, 32, 36]], np.float32), bbox_format="xyxy", normalized=False)
    out = step({"img": pictures[0].image.copy(), "cls": np.array([[0], [2]], np.float32), "instances": two})
    assert out["cls"].tolist() == [[2]]
    np.testing.assert_allclose(out["instances"].bboxes * 20, [[7, 9, 6, 10]], atol=1e-4)


def test_what_changes_the_image_alone_is_given_no_boxes(pictures):
    step = Albumentations(p=1, transforms=[augment.compile({"pipeline": [{"brightness": 1.5}]}, "albumentations")])
    assert not step.contains_spatial
    out = step(labels(pictures[0]))
    assert out["img"].mean() > pictures[0].image.mean()
    assert out["instances"].bboxes.tolist() == [pictures[0].box]


def test_a_fresh_process_rebuilds_it_as_its_trainers_do(tmp_path):
    """Trainers write compositions to dicts, and make them again in processes that they start, and to resume."""
    file = tmp_path / "args.pkl"
    file.write_bytes(pickle.dumps([A.to_dict(t) for t in (A.NoOp(), augment.compile(SPEC, "albumentations"))]))
    code = f"""
import pickle, augment
from ultralytics.data.augment import Albumentations
step = Albumentations(p=1, transforms=pickle.load(open({str(file)!r}, "rb")))
assert step.transform is not None and step.contains_spatial
"""
    subprocess.run([sys.executable, "-c", code], check=True, timeout=120)
