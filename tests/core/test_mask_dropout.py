"""Whole objects of a mask, hidden: components against scikit-image, and what becomes of the image, boxes and keypoints."""

import numpy as np
import pytest
from skimage import data, measure

import augment
from augment import ops
from augment.errors import AugmentError
from augment.kernels import opencv, reference
from augment.plugins import backends
from augment.program.lower import lower

PHOTO = data.astronaut()[::4, ::4][:96]
BOXES = np.array([[10, 10, 30, 30], [50, 20, 80, 40], [20, 60, 40, 80]])
"""x0, y0, x1, y1 of three objects, of the labels 1, 2 and 1; the last two touch nothing."""


def objects():
    mask = np.zeros(PHOTO.shape[:2], np.uint8)
    for (x0, y0, x1, y1), label in zip(BOXES, (1, 2, 1), strict=True):
        mask[y0:y1, x0:x1] = label
    return mask


@pytest.mark.parametrize("kernels", [reference, opencv], ids=["reference", "opencv"])
def test_components_are_those_of_scikit_image(kernels):
    rng = np.random.default_rng(3)
    noise = (rng.uniform(size=(40, 53)) > 0.6).astype(np.uint8) * rng.integers(1, 3, (40, 53), dtype=np.uint8)
    for mask in (objects(), noise, np.zeros((5, 7), np.int32), np.eye(9, dtype=np.uint16)[::-1] * 300, np.ones((3, 4), np.uint8)):
        got, want = kernels.components(mask[..., None], ()), measure.label(mask, connectivity=2)
        assert got.max() == want.max()
        pairs = {*zip(got.ravel().tolist(), want.ravel().tolist(), strict=True)}
        assert len(pairs) == got.max() + (got == 0).any()  # one for one
        firsts = [np.flatnonzero(got == n)[0] for n in range(1, got.max() + 1)]
        assert firsts == sorted(firsts)
    assert not kernels.components(noise[..., None], (1, 2)).any()


@pytest.mark.parametrize("backend", ["reference", "opencv", "albumentations", "torchvision", "keras"])
def test_an_object_goes_from_image_mask_boxes_and_keypoints(backend):
    spec = augment.loads("""
        targets: {image: image, mask: mask, boxes: {kind: boxes, carry: [labels]}, keypoints: keypoints}
        pipeline: [mask_dropout: {fill: [0.2, 0.4, 0.6]}]
    """)
    points = (BOXES[:, :2] + BOXES[:, 2:]) / 2
    gone = set()
    for index in range(12):
        sample = {"image": PHOTO, "mask": objects(), "boxes": BOXES.astype(float), "labels": np.arange(3), "keypoints": points}
        out = augment.apply(spec, sample, backend=backend, index=index)
        (lost,) = set(range(3)) - set(out["labels"].tolist())
        gone.add(lost)
        x0, y0, x1, y1 = BOXES[lost]
        hidden = np.zeros(PHOTO.shape[:2], bool)
        hidden[y0:y1, x0:x1] = True
        assert (out["image"][hidden] == [51, 102, 153]).all()
        np.testing.assert_array_equal(out["image"][~hidden], PHOTO[~hidden])
        np.testing.assert_array_equal(out["mask"], np.where(hidden, 0, objects()))
        np.testing.assert_array_equal(out["boxes"], np.delete(BOXES, lost, axis=0))
        np.testing.assert_array_equal(out["keypoints"], np.delete(points, lost, axis=0))
    assert gone == {0, 1, 2}


def test_a_box_that_is_partly_hidden_is_cut_to_what_is_left():
    sample = {"image": PHOTO, "mask": objects(), "boxes": [[50.0, 20, 80, 60]]}
    boxes = {tuple(augment.apply(augment.Pipeline([ops.MaskDropout()]), sample, index=i)["boxes"][0]) for i in range(9)}
    assert boxes == {(50, 20, 80, 60), (50, 40, 80, 60)}


def test_as_many_go_as_are_drawn_and_no_more_than_there_are():
    lost = set()
    for index in range(40):
        spec = augment.Pipeline([ops.MaskDropout((1, 2), ignore=[2], fill_mask=7)])
        mask = augment.apply(spec, {"image": PHOTO, "mask": objects()}, index=index)["mask"]
        assert (mask[objects() == 2] == 2).all()
        lost.add(int((mask == 7).sum()) // 400)
    assert lost == {1, 2}
    every = augment.Pipeline([ops.MaskDropout(objects=9)])
    assert not augment.apply(every, {"image": PHOTO, "mask": objects()})["mask"].any()
    empty = {"image": PHOTO, "mask": np.zeros_like(objects())}
    np.testing.assert_array_equal(augment.apply(every, empty)["image"], PHOTO)


def test_it_looks_at_the_mask_as_it_is_by_then():
    spec = augment.Pipeline([ops.RandomCrop(size=60), ops.MaskDropout(objects=9), ops.HorizontalFlip(p=1)])
    out = augment.apply(spec, {"image": PHOTO, "mask": objects()}, index=1)
    assert out["mask"].shape == (60, 60) and not out["mask"].any()
    plain = augment.apply(augment.Pipeline([ops.RandomCrop(size=60)]), {"image": PHOTO, "mask": objects()}, index=1)
    hidden = plain["mask"][:, ::-1] > 0
    assert hidden.any() and not out["image"][hidden].any()


def test_what_it_cannot_do_is_told():
    spec = augment.Pipeline([ops.MaskDropout()])
    np.testing.assert_array_equal(augment.apply(spec, {"image": PHOTO})["image"], PHOTO)
    declared = spec.replace(targets={"image": "image", "mask": "mask", "instances": "instances"})
    with pytest.raises(AugmentError, match="cannot move instances"):
        augment.apply(declared, {"image": PHOTO, "mask": objects(), "instances": objects()[None] == 1})
    for backend in ("torchvision", "keras"):
        (limit,) = backends()[backend].limits(lower(spec))
        assert "have no components; run samples one by one" in limit.message
