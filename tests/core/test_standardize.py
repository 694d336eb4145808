"""Images by their own mean and standard deviation: TensorFlow's formula, Albumentations, and what may follow."""

import numpy as np
import pytest

import augment
from augment import ops
from augment.errors import SpecError
from augment.testing.photographs import photographs

PHOTO = photographs()[0]


def standardized(image, **fields):
    return augment.apply(augment.Pipeline([ops.Standardize(**fields)]), {"image": image})["image"]


@pytest.mark.parametrize("image", [PHOTO, PHOTO / np.float32(255), PHOTO[..., :1] // 9], ids=["uint8", "float", "grey"])
def test_it_is_that_of_tensorflow(image):
    """`per_image_standardization` takes whole numbers to floats of 0..1, and n is the number of all values."""
    x = image.astype(float) / (255 if image.dtype == np.uint8 else 1)
    for axes, per_channel in (((0, 1, 2), False), ((0, 1), True)):
        count = np.prod([image.shape[axis] for axis in axes])
        std = np.maximum(x.std(axis=axes, keepdims=True), 1 / np.sqrt(count))
        got = standardized(image, per_channel=per_channel)
        assert got.dtype == np.float32 and np.abs(got - (x - x.mean(axis=axes, keepdims=True)) / std).max() < 2e-5


def test_a_flat_image_becomes_0_and_a_faint_one_is_not_blown_up():
    assert not standardized(np.full((8, 9, 3), 77, np.uint8)).any()
    faint = np.full((10, 10, 1), 0.5, np.float32)
    faint[0, 0] += 0.01
    assert standardized(faint).max() == pytest.approx(0.0099 / 0.1, abs=1e-5)  # 1/√100, where the deviation is a thousandth


@pytest.mark.parametrize("per_channel", [False, True])
def test_it_is_that_of_albumentations_but_for_its_epsilon(per_channel):
    import albumentations as A

    kind = "image_per_channel" if per_channel else "image"
    want = A.Normalize(normalization=kind, p=1)(image=PHOTO)["image"]
    for stage in ("train", "eval"):
        spec = augment.Pipeline([ops.Standardize(per_channel=per_channel)])
        got = augment.apply(spec, {"image": PHOTO}, backend="albumentations", stage=stage)["image"]
        assert np.abs(got - want).max() < 5e-5


def test_whole_pixels_may_move_after_it_and_images_be_joined():
    before, after = ops.Standardize(), [ops.HorizontalFlip(p=1), ops.CenterCrop(size=40)]
    got = augment.apply(augment.Pipeline([before, *after]), {"image": PHOTO})["image"]
    whole = standardized(PHOTO)[:, ::-1]
    top, left = (whole.shape[0] - 40) // 2, (whole.shape[1] - 40) // 2
    assert np.array_equal(got, whole[top : top + 40, left : left + 40])
    over = augment.compile(augment.Pipeline([before, ops.Mixup(alpha=1)])).over([{"image": PHOTO}, {"image": PHOTO[::-1]}])
    assert abs(over[0]["image"].mean()) < 1e-5


@pytest.mark.parametrize(
    ("op", "why"),
    [
        (ops.Rotate(degrees=5), "no colour is the same for every image"), (ops.Cutout(size=0.2), "no colour is the same"),
        (ops.Pad(size=200), "no colour is the same"), (ops.Mosaic(), "no colour is the same"),
        (ops.Brightness(factor=1.1), "works on values from 0 to 1"),
    ],
)  # fmt: skip
def test_nothing_that_fills_follows(op, why):
    with pytest.raises(SpecError, match=rf"pipeline\[1\].*{why}.*move it before"):
        augment.compile(augment.Pipeline([ops.Standardize(), op]))


def test_it_is_always_done():
    with pytest.raises(SpecError, match="standardize must always be applied"):
        augment.compile(augment.Pipeline([ops.Standardize(p=0.5)]))
