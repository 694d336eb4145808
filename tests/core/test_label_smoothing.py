"""Labels that are smoothed: the formula of the losses, with mixes in any order, and what they must be."""

import numpy as np
import pytest

import augment
from augment import ops
from augment.errors import SampleError

IMAGE = np.full((12, 14, 3), 90, np.uint8)
TARGETS = {"image": "image", "labels": {"kind": "labels", "classes": 4}}
SAMPLES = [{"image": IMAGE, "labels": i} for i in range(4)]
SMOOTH = ops.LabelSmoothing(share=0.2)


def label(steps, given, targets=TARGETS, **how):
    return augment.apply(augment.Pipeline(steps, targets=targets), {"image": IMAGE, "labels": given}, **how)["labels"]


@pytest.mark.parametrize("backend", ["reference", "albumentations"])
def test_the_formula(backend):
    rows = np.eye(4, dtype=np.float32)
    for given in (2, rows[2]):
        assert np.allclose(label([SMOOTH], given, backend=backend), rows[2] * 0.8 + 0.05, atol=1e-6)
        assert np.array_equal(label([SMOOTH], given, backend=backend, stage="eval"), rows[2])
    assert np.allclose(label([SMOOTH.replace(stage="always")], 2, backend=backend, stage="eval"), rows[2] * 0.8 + 0.05)
    assert np.allclose(label([SMOOTH, ops.LabelSmoothing(share=0.5)], 1), rows[1] * 0.4 + 0.15)
    mine = rows[1].copy()
    label([SMOOTH], mine)
    assert np.array_equal(mine, rows[1]), "what was given stays"


@pytest.mark.parametrize("mix", [ops.Mixup(alpha=1), ops.Cutmix(alpha=1), ops.Mosaic()], ids=lambda op: op.name())
def test_before_a_mix_and_after_it_is_the_same(mix):
    plain, one, two = (
        augment.compile(augment.Pipeline(steps, targets=TARGETS)).over(SAMPLES)
        for steps in ([mix], [SMOOTH, mix], [mix, SMOOTH])
    )
    for i in range(4):
        assert one[i]["labels"].sum() == pytest.approx(1, abs=1e-6)
        assert np.allclose(one[i]["labels"], two[i]["labels"], atol=1e-6)
        assert np.allclose(one[i]["labels"], plain[i]["labels"] * 0.8 + 0.05, atol=1e-6)


def test_it_may_be_done_to_some_and_is_limited_by_on():
    spec = augment.Pipeline([SMOOTH.replace(p=0.5)], targets=TARGETS)
    sure = [augment.apply(spec, {"image": IMAGE, "labels": 1}, index=i)["labels"].max() == 1 for i in range(40)]
    assert 8 < sum(sure) < 32
    two = {**TARGETS, "scene": {"kind": "labels", "classes": 2}}
    spec = augment.Pipeline([SMOOTH.replace(on=["scene"])], targets=two)
    out = augment.apply(spec, {"image": IMAGE, "labels": 1, "scene": 0})
    assert out["labels"].tolist() == [0, 1, 0, 0] and out["scene"].tolist() == pytest.approx([0.9, 0.1])


@pytest.mark.parametrize(
    ("given", "why"),
    [(2, "a whole number cannot be mixed or smoothed; declare"), (0.5, "is one number, and must have a share for each class"),
     ("cat", "only numbers can be mixed or smoothed"), ([1.0], r"of the shape \(1,\), and must have a share for each class")],
)  # fmt: skip
def test_what_has_no_share_for_each_class_is_told(given, why):
    with pytest.raises(SampleError, match=why):
        label([SMOOTH], given, {})


def test_labels_of_boxes_stay():
    sample = {"image": IMAGE, "boxes": [[1, 2, 8, 9]], "labels": [3]}
    assert augment.apply(augment.Pipeline([SMOOTH]), sample)["labels"] == [3]
