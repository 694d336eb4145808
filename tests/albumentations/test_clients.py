"""What libraries ask an Albumentations object, and how they put it together again; written as they do, without importing them."""

from __future__ import annotations

import json
import subprocess
import sys

import albumentations as A
import numpy as np
import pytest

import augment
from augment.errors import SampleError

SPATIAL = ["horizontal_flip: {p: 1}", "rotate: 10", "center_crop: [60, 70]", "one_of: [gaussian_blur: 1, vertical_flip: {p: 1}]",
           "sequence: {p: 0.5, ops: [rotate: 9]}", "resize: 64", "elastic: {alpha: 3px, sigma: 9px}"]  # fmt: skip
ON_PIXELS = ["brightness: 1±0.2", "gaussian_blur: 1", "gaussian_noise: 0.1", "sequence: {p: 0.5, ops: [gamma: 1.1]}", "identity"]
YOLO = {"format": "yolo", "label_fields": ["class_labels"]}


def compiled(*ops, targets="", **options):
    return augment.compile(augment.loads(f"{targets}\npipeline: [{', '.join(ops)}]"), "albumentations", **options)


# Asked what it is ----------------------------------------------------------------------------------------------------


def moves(transforms) -> bool:
    """As object detection libraries find out whether boxes must be given: by class, down to the leaves."""
    return any(
        moves(t.transforms) if isinstance(t, A.BaseCompose) else isinstance(t, A.DualTransform) for t in transforms
    )  # fmt: skip


@pytest.mark.parametrize("op", SPATIAL)
@pytest.mark.parametrize("wrap", [lambda t: [t], lambda t: t.transforms, lambda t: [A.Blur(), A.OneOf([t], p=1)]])
def test_what_moves_boxes_holds_a_dual_transform(op, wrap):
    assert moves(wrap(compiled("brightness: 1±0.2", op)))


@pytest.mark.parametrize("op", ON_PIXELS)
def test_what_changes_the_image_alone_holds_none(op):
    t = compiled(op)
    assert t.transforms
    assert not moves([t])
    assert all(isinstance(part, A.ImageOnlyTransform) for part in t.transforms)


def test_keys_are_those_that_a_call_takes(photo):
    t = compiled("horizontal_flip: {p: 1}", additional_targets={"depth": "mask"})
    assert {"image", "mask", "masks", "bboxes", "keypoints", "depth"} <= t.available_keys
    for part in (t, *t.transforms):
        assert part.available_keys == t.available_keys
        assert not part.available_keys & {"volume", "volumes", "mask3d", "masks3d"}, "what a call refuses"
        assert part.targets_as_params == []
    assert t.is_check_shapes
    with pytest.raises(SampleError, match="height x width"):
        t(image=photo, mask=photo[:-1, :, 0])
    A.Compose([t], strict=True)(image=photo, mask=photo[..., 0], depth=photo[..., 0])
    with pytest.raises(ValueError, match="Key volume"):
        A.Compose([t], strict=True)(volume=photo)


# Put together again --------------------------------------------------------------------------------------------------


class Detector:
    """The step of a detection library: boxes go through where a transform moves them, else the image alone does."""

    def __init__(self, transforms):
        self.contains_spatial = moves(transforms)
        params = A.BboxParams(**YOLO) if self.contains_spatial else None
        self.transform = A.Compose(transforms, bbox_params=params)
        self.transform.set_random_seed(3)

    def __call__(self, image, boxes, classes):
        if not self.contains_spatial:
            return self.transform(image=image)["image"], boxes, classes
        new = self.transform(image=image, bboxes=boxes, class_labels=classes)
        return new["image"], np.array(new["bboxes"], np.float32).reshape(-1, 4), np.array(new["class_labels"])


@pytest.mark.parametrize("take", [lambda t: [t], lambda t: list(t.transforms), lambda t: [A.Sequential(t.transforms, p=1)]])
@pytest.mark.parametrize("op", ["horizontal_flip: {p: 1}", "center_crop: [80, 90]", "brightness: 1.2"])
def test_a_detection_library_moves_image_and_boxes_together(photo, take, op):
    boxes = np.array([[0.5, 0.5, 0.2, 0.4], [0.02, 0.02, 0.03, 0.03]], np.float32)
    image, got, classes = Detector(take(compiled(op)))(photo, boxes, np.array([4.0, 5.0]))
    targets = "targets: {image: image, boxes: {kind: boxes, format: yolo, carry: [classes]}}"
    want = compiled(op, targets=targets)(image=photo, boxes=boxes, classes=np.array([4.0, 5.0]))
    np.testing.assert_array_equal(image, want["image"])
    np.testing.assert_allclose(got, want["boxes"], atol=1e-5)
    np.testing.assert_array_equal(classes, want["classes"])


def test_a_library_that_asks_by_names_of_classes_is_told_by_a_native_one(photo):
    names = {"HorizontalFlip", "NoOp", "RandomCrop"}  # some of the list of such a library
    transforms = [A.NoOp(), compiled("horizontal_flip: {p: 1}")]
    assert any(type(t).__name__ in names for t in transforms)
    out = A.Compose(transforms, bbox_params=A.BboxParams(**YOLO))(image=photo, bboxes=[[0.3, 0.5, 0.2, 0.2]], class_labels=[1])
    np.testing.assert_allclose(out["bboxes"], [[0.7, 0.5, 0.2, 0.2]], atol=1e-5)


def test_parts_draw_as_the_composition_does(photo):
    t = compiled("horizontal_flip: {p: 0.5}", "rotate: ±30", "brightness: 1±0.3")
    whole, parts = A.Compose([t], seed=7), A.Compose(t.transforms, seed=7)
    for _ in range(5):
        np.testing.assert_array_equal(whole(image=photo)["image"], parts(image=photo)["image"])
    images = [A.Compose(t.transforms)(image=photo)["image"] for _ in range(4)]
    assert any((image != images[0]).any() for image in images[1:]), "each composition has a seed of its own"


def test_parts_are_written_and_replayed_as_the_composition_is(photo):
    t = compiled("horizontal_flip: {p: 0.5}", "rotate: ±30")
    outer = A.Compose([*t.transforms, A.VerticalFlip(p=1)], bbox_params=A.BboxParams(**YOLO))
    again = A.from_dict(json.loads(json.dumps(A.to_dict(outer))))
    assert A.to_dict(again) == A.to_dict(outer)
    replayed = A.ReplayCompose([*t.transforms, A.HorizontalFlip(p=0.5)])
    for _ in range(5):
        out = replayed(image=photo)
        np.testing.assert_array_equal(A.ReplayCompose.replay(out["replay"], image=photo)["image"], out["image"])


@pytest.mark.parametrize("declared", [
    "image: image", "image: image, boxes: boxes", "image: image, bboxes: {kind: boxes, format: yolo, min_area: 1px}",
    "image: image, keypoints: keypoints", "image: image, mask: mask, labels: labels",
])  # fmt: skip
@pytest.mark.parametrize("take", [lambda t: [t], lambda t: t.transforms, lambda t: [A.Sequential([t], p=1)]])
def test_what_the_composition_around_declares_moves_also_where_the_spec_does_not_know_it(photo, declared, take):
    width = photo.shape[1]
    rows = {
        "bboxes": [[0.3, 0.5, 0.2, 0.2], [0.9, 0.1, 0.05, 0.05]], "class_labels": [4, 5],
        "keypoints": [[10.0, 20.0], [width - 1.0, 5.0], [float(width), 0.0]], "idx": [7, 8, 9],
    }  # fmt: skip
    params = {
        "bbox_params": A.BboxParams("yolo", label_fields=["class_labels"]),
        "keypoint_params": A.KeypointParams("xy", remove_invisible=False, label_fields=["idx"]),
    }
    outs = []
    for t in ([A.HorizontalFlip(p=1)], take(compiled("horizontal_flip: {p: 1}", targets=f"targets: {{{declared}}}"))):
        outs.append(A.Compose(t, **params)(image=photo, **rows))
    want, got = outs
    if "keypoints" in declared:  # whose policy is the spec's: the third is outside
        want["keypoints"], want["idx"] = want["keypoints"][:2], want["idx"][:2]
    np.testing.assert_array_equal(got["image"], want["image"])
    for name in rows:
        np.testing.assert_allclose(got[name], want[name], atol=1e-4, err_msg=name)
    empty = A.Compose(t, **params)(image=photo, bboxes=np.zeros((0, 4)), class_labels=[], keypoints=np.zeros((0, 2)), idx=[])
    assert len(empty["bboxes"]) == len(empty["keypoints"]) == 0


def test_boxes_that_a_spec_declares_are_not_left_by_a_composition_that_knows_none(photo):
    t = compiled("horizontal_flip: {p: 1}", targets="targets: {image: image, boxes: boxes}")
    with pytest.raises(SampleError, match="bbox_params"):
        A.Compose([t])(image=photo)
    A.Compose([compiled("brightness: 1.2", targets="targets: {image: image, boxes: boxes}")])(image=photo)


def test_entries_of_rows_that_the_caller_numbers(photo):
    """As a library drops what belongs to lost boxes: it numbers them, and takes rows of everything else by the numbers left."""
    names, flags = np.array([7, 8, 9]), [False, True, False]
    boxes = np.array([[0, 0, 4, 4], [60, 50, 90, 80], [140, 100, 150, 110.0]])
    outs = []
    for crop in (A.CenterCrop(60, 70), compiled("center_crop: [60, 70]")):
        t = A.Compose([A.HorizontalFlip(p=1), crop], bbox_params=A.BboxParams("pascal_voc", label_fields=["idx_mapper"]))
        out = t(image=photo, bboxes=boxes, gt_bboxes_labels=names, flags=flags, labels=names, idx_mapper=np.arange(3))
        outs.append(
            [names[out["idx_mapper"].astype(int)].tolist(), *(list(out[n]) for n in ("gt_bboxes_labels", "flags", "labels"))]
        )
    assert outs[0] == outs[1]
    assert outs[1] == [[8], [7, 8, 9], flags, [7, 8, 9]]
    classed = A.Compose([compiled("center_crop: 20")], bbox_params=A.BboxParams("pascal_voc", label_fields=["kind"]))
    with pytest.raises(SampleError, match="belong to the boxes"):
        classed(image=photo, bboxes=boxes, gt_bboxes_labels=names, kind=np.arange(3))


# Rebuilt in another process ------------------------------------------------------------------------------------------


IMPORTS = [
    "import albumentations as A, augment_albumentations",
    "import augment_albumentations; import albumentations as A",
    "import augment, albumentations as A",
    "import albumentations as A, augment",
]


def rebuilt():
    """Each way to import, nested or not in the quick share, both in the matrix."""
    for i, first in enumerate(IMPORTS):
        for nested in (True, False):
            yield pytest.param(first, nested, marks=() if nested == bool(i % 2) else pytest.mark.matrix)


@pytest.mark.parametrize(("first", "nested"), list(rebuilt()))
def test_a_fresh_process_that_imports_the_package_rebuilds_from_dicts(tmp_path, first, nested):
    t = compiled("horizontal_flip: {p: 1}")
    t = A.Compose([t, A.Blur()], bbox_params=A.BboxParams(**YOLO)) if nested else t
    file = tmp_path / "t.json"
    file.write_text(json.dumps(A.to_dict(t)))
    code = f"""
{first}
import json, numpy as np
t = A.from_dict(json.load(open({str(file)!r})))
call = dict(image=np.zeros((40, 40, 3), np.uint8), bboxes=[[0.25, 0.5, 0.1, 0.1]] if {nested} else [[5, 5, 9, 9]])
out = t(**call, **(dict(class_labels=[1]) if {nested} else {{}}))
assert abs(out["bboxes"][0][0] - (0.75 if {nested} else 31)) < 1e-4, out["bboxes"]
"""
    subprocess.run([sys.executable, "-c", code], check=True, timeout=120)


def test_importing_the_package_imports_no_framework():
    code = "import sys, augment_albumentations\nassert not {'albumentations', 'cv2', 'torch'} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)
