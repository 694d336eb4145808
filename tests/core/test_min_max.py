"""Stretching to [0, 1]: against Albumentations, on every backend, at inference too."""

import numpy as np
import pytest

import augment
from augment import ops

IMAGE = (np.random.default_rng(0).random((40, 50, 3)) * [0.3, 0.5, 0.2] + [0.2, 0.1, 0.4]).astype(np.float32)


@pytest.mark.parametrize("backend", ["reference", "albumentations", "torchvision", "keras"])
@pytest.mark.parametrize("per_channel", [False, True])
def test_it_is_that_of_albumentations(backend, per_channel):
    import albumentations as A

    kind = "min_max_per_channel" if per_channel else "min_max"
    want = A.Compose([A.Normalize(normalization=kind, p=1)])(image=IMAGE)["image"]
    for stage in ("train", "eval"):
        spec = augment.Pipeline([ops.MinMax(per_channel=per_channel)])
        got = augment.apply(spec, {"image": IMAGE}, backend=backend, stage=stage)["image"]
        assert got.min() == 0 and got.max() == pytest.approx(1, abs=1e-6)
        assert np.abs(got - want).max() < 1e-3  # the 0.0001 over a range of 0.2


def test_an_image_of_one_value_stays():
    flat = np.full((8, 8, 3), 0.3, np.float32)
    assert np.array_equal(augment.apply(augment.Pipeline([ops.MinMax()]), {"image": flat})["image"], flat)
