"""It is a Compose: nested among native transforms, written to dicts and files, replayed, pickled."""

import copy
import io
import json
import os
import pickle
import subprocess
import sys

import albumentations as A
import cv2
import numpy as np
import pytest
from augment_albumentations import SpecCompose

import augment
from augment.errors import SampleError, SpecError

SPEC = """
seed: 5
pipeline:
  - horizontal_flip: {p: 0.5}
  - rotate: ±15
  - one_of: [brightness: 1±0.2, gamma: "[0.8, 1.2]"]
  - random_crop: 64
""".replace('"', "")


@pytest.fixture
def compose():
    return augment.compile(augment.loads(SPEC), "albumentations")


def test_is_a_compose(compose):
    assert isinstance(compose, A.Compose)
    assert isinstance(compose, SpecCompose)


def test_opens_up(compose):
    assert [op.name() for op in compose.spec] == ["horizontal_flip", "rotate", "one_of", "random_crop"]
    assert len(compose.spec) == 4
    assert compose.spec[1].name() == "rotate"
    assert list(compose) == compose.transforms and len(compose) == 1 and compose[0] is compose.transforms[0]
    assert compose.spec == augment.loads(SPEC)
    assert compose.record(index=3)["values"]
    for word in ("horizontal_flip", "uniform(-15, 15)", "seed 5"):
        assert word in repr(compose)
    assert "resample" in compose.explain()


# Nesting -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["pascal_voc", "coco", "yolo", "albumentations"])
@pytest.mark.parametrize("order", ["before", "after", "between"])
def test_boxes_flow_through_native_transforms(photo, form, order):
    """Mirrored by a native flip, ours, or both: the result must be what the natives alone give."""
    ours = augment.compile(augment.loads("pipeline: [horizontal_flip: {p: 1}, center_crop: [90, 120]]"), "albumentations")
    natives = [A.HorizontalFlip(p=1), A.CenterCrop(90, 120)]
    flip = A.VerticalFlip(p=1)
    mine, theirs = {
        "before": ([ours, flip], [*natives, flip]),
        "after": ([flip, ours], [flip, *natives]),
        "between": ([flip, ours, A.Transpose(p=1)], [flip, *natives, A.Transpose(p=1)]),
    }[order]
    voc = np.array([[12.0, 20, 50, 60], [90, 30, 130, 100], [0, 0, 8, 8]])
    rows = voc / [150, 110, 150, 110]
    if form != "albumentations":
        rows = A.core.bbox_utils.convert_bboxes_from_albumentations(rows, form, photo.shape[:2])
    options = {"bbox_params": A.BboxParams(form, label_fields=["names"]), "keypoint_params": A.KeypointParams("xy")}
    call = {"image": photo, "mask": photo[..., 0], "masks": [photo[..., 1]], "bboxes": rows, "names": ["a", "b", "c"],
            "keypoints": [(20, 30), (149, 3)]}  # fmt: skip
    got, expected = (A.Compose(t, **options)(**call) for t in (mine, theirs))
    assert got["names"] == expected["names"] == ["a", "b"]
    np.testing.assert_allclose(got["bboxes"], expected["bboxes"], atol=1e-3)
    np.testing.assert_allclose(got["keypoints"], expected["keypoints"], atol=1e-3)
    for key in ("image", "mask"):
        np.testing.assert_array_equal(got[key], expected[key])
    np.testing.assert_array_equal(got["masks"][0], expected["masks"][0])


@pytest.mark.parametrize("outer", [A.Sequential, A.OneOf, A.RandomOrder])
def test_in_other_containers(photo, outer):
    ours = augment.compile(augment.loads("pipeline: [horizontal_flip: {p: 1}]"), "albumentations")
    count = {"n": 1} if outer is A.RandomOrder else {}
    t = A.Compose([outer([ours], p=1, **count)], bbox_params=A.BboxParams("coco"))
    out = t(image=photo, bboxes=np.array([[10.0, 20, 40, 30]]))
    np.testing.assert_array_equal(out["image"], photo[:, ::-1])
    np.testing.assert_allclose(out["bboxes"], [[100, 20, 40, 30]], atol=1e-4)


def test_one_of_weighs_it(photo):
    ours = augment.compile(augment.loads("pipeline: [horizontal_flip: {p: 1}]"), "albumentations", p=0.25)
    t = A.OneOf([ours, A.VerticalFlip(p=0.75)], p=1)
    t.set_random_seed(1)
    flipped = sum((t(image=photo)["image"] == photo[:, ::-1]).all() for _ in range(300))
    assert 50 <= flipped <= 100


def test_native_settings_reach_it(compose, photo):
    outer = A.Compose([compose], additional_targets={"second": "image"}, strict=True)
    out = outer(image=photo, second=photo)
    np.testing.assert_array_equal(out["image"], out["second"])
    with pytest.raises(SpecError, match="always nearest"):
        A.Compose([augment.compile(augment.loads(SPEC), "albumentations")], mask_interpolation=cv2.INTER_LINEAR)


def test_empty_boxes_inside_a_compose(compose, photo):
    outer = A.Compose([compose, A.HorizontalFlip()], bbox_params=A.BboxParams("coco", label_fields=["c"]))
    out = outer(image=photo, bboxes=[], c=[])
    assert out["bboxes"] == []
    out = outer(image=photo, bboxes=np.zeros((0, 4)), c=[])
    assert len(out["bboxes"]) == 0


def test_all_boxes_dropped_inside_a_compose(photo):
    ours = augment.compile(augment.loads("pipeline: [center_crop: 32]"), "albumentations")
    outer = A.Compose([ours, A.HorizontalFlip(p=1)], bbox_params=A.BboxParams("coco", label_fields=["c"]))
    out = outer(image=photo, bboxes=[[0, 0, 9, 9]], c=["x"])
    assert out["bboxes"] == []
    assert len(out["c"]) == 0


def test_angles_of_keypoints_are_refused(compose, photo):
    outer = A.Compose([compose], keypoint_params=A.KeypointParams("xya"))
    with pytest.raises(SampleError, match="angle and scale"):
        outer(image=photo, keypoints=[(3, 4, 90)])


def test_pixels_given_to_a_nested_one_are_a_mistake(compose, photo):
    A.Compose([compose], bbox_params=A.BboxParams("pascal_voc"))
    with pytest.raises(SampleError, match="compile another one"):
        compose(image=photo, bboxes=[[10, 20, 50, 60]])


def test_repr_inside_a_compose(compose):
    assert "rotate" in repr(A.Compose([A.HorizontalFlip(), compose]))


# Saving --------------------------------------------------------------------------------------------------------------


def same(a, b, photo):
    for index in range(3):
        left, right = (t.at(index, 1)(image=photo, bboxes=[[10, 20, 90, 80]], labels=[1]) for t in (a, b))
        np.testing.assert_array_equal(left["image"], right["image"])
        assert left["bboxes"] == right["bboxes"]
    return True


VARIANTS = [
    {}, {"seed": 9}, {"stage": "eval"}, {"fuse": False}, {"precision": "float"}, {"p": 1.0},
    {"bbox_params": A.BboxParams("pascal_voc", label_fields=["labels"])}, {"additional_targets": {"right": "image"}},
]  # fmt: skip


@pytest.mark.parametrize("options", VARIANTS)
def test_round_trips(options, photo):
    t = augment.compile(augment.loads(SPEC), "albumentations", **options)
    plain = json.loads(json.dumps(A.to_dict(t)))
    again = A.from_dict(plain)
    assert A.to_dict(again) == plain
    assert again.spec == t.spec
    for copied in (again, pickle.loads(pickle.dumps(t)), copy.deepcopy(t)):
        assert same(copied, t, photo)
        assert copied.program.steps == t.program.steps


@pytest.mark.parametrize("form", ["json", "yaml"])
def test_files_of_a_nested_one(compose, photo, form):
    outer = A.Compose([A.VerticalFlip(p=1), compose, A.Normalize()], bbox_params=A.BboxParams("coco", label_fields=["c"]))
    file = io.StringIO()
    A.save(outer, file, data_format=form)
    file.seek(0)
    again = A.load(file, data_format=form)
    assert isinstance(again.transforms[1], SpecCompose)
    for t in (outer, again):
        t.set_random_seed(4)
    call = {"image": photo, "bboxes": [[10, 20, 90, 80]], "c": ["x"]}
    np.testing.assert_array_equal(outer(**call)["image"], again(**call)["image"])


def test_loads_in_a_fresh_process(compose, tmp_path):
    A.save(compose, tmp_path / "t.json")
    code = f"""
import numpy as np, albumentations as A
from augment_albumentations import SpecCompose
t = A.load({str(tmp_path / "t.json")!r})
assert isinstance(t, SpecCompose) and t(image=np.zeros((80, 80, 3), np.uint8))["image"].shape == (64, 64, 3)
"""
    subprocess.run([sys.executable, "-c", code], check=True, timeout=120)


def test_replay(photo):
    compose = augment.compile(augment.loads(SPEC), "albumentations")
    t = A.ReplayCompose([A.VerticalFlip(p=0.5), A.OneOf([compose, A.Rotate(p=1)], p=1)])
    for _ in range(8):
        out = t(image=photo)
        np.testing.assert_array_equal(A.ReplayCompose.replay(out["replay"], image=photo)["image"], out["image"])


def test_applied_params(photo):
    compose = augment.compile(augment.loads(SPEC), "albumentations")
    out = A.Compose([compose], save_applied_params=True)(image=photo)
    name, params = out["applied_transforms"][0]
    assert name == "SpecCompose"
    np.testing.assert_array_equal(compose.at(params["index"])(image=photo)["image"], out["image"])


def test_importing_asks_no_network_unless_the_user_said_so():
    code = """
import os, urllib.request
asked = []
urllib.request.OpenerDirector.open = lambda *a, **k: asked.append(1) or (_ for _ in ()).throw(OSError())
import augment_albumentations.container
print(os.environ["NO_ALBUMENTATIONS_UPDATE"], len(asked))
"""
    env = {k: v for k, v in os.environ.items() if k != "NO_ALBUMENTATIONS_UPDATE"}
    for given, expected in ((None, "1 0"), ("0", "0 1")):
        extra = {} if given is None else {"NO_ALBUMENTATIONS_UPDATE": given}
        command = [sys.executable, "-c", code]
        out = subprocess.run(command, env=env | extra, capture_output=True, text=True, check=True, timeout=120).stdout
        assert out.strip() == expected


def test_registering_imports_no_framework():
    code = """
import sys
from augment.plugins import backends
assert "albumentations" in backends()
assert not {"albumentations", "cv2"} & set(sys.modules)
"""
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)
