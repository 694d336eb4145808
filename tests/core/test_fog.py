"""Fog: its distribution, its smoothness, and the same on every backend."""

import numpy as np
import pytest
from skimage import data

import augment
from augment import ops

PHOTO = np.ascontiguousarray(data.astronaut()[100:197, 180:263])
BLACK = np.zeros((48, 64, 3), np.float32)
SPEC = augment.Pipeline([ops.Fog(strength=(0.2, 0.9), patches=(0.15, 0.5), colour=[0.7, 0.8, 0.9])], seed=3)


def test_the_share_is_uniform_and_smooth():
    spec = augment.Pipeline([ops.Fog(strength=0.8)])
    shares = np.stack([augment.apply(spec, {"image": BLACK}, index=i)["image"][..., 0] for i in range(300)]) / 0.8
    assert shares.min() >= 0 and shares.max() <= 1
    at = shares[:, ::47, ::63].ravel()
    grid = np.linspace(0.05, 0.95, 19)
    assert np.abs((at[:, None] <= grid).mean(0) - grid).max() < 1.63 / np.sqrt(at.size) + 0.01  # Kolmogorov and Smirnov, at 1 %
    assert np.abs(np.diff(shares, axis=1)).max() < 0.15 and shares.std(axis=(1, 2)).mean() > 0.1


@pytest.mark.parametrize("backend", ["albumentations", "torchvision", "keras"])
@pytest.mark.parametrize("dtype", ["uint8", "float32"])
def test_every_backend(backend, dtype):
    image = PHOTO if dtype == "uint8" else PHOTO.astype(np.float32) / 255
    for index in range(3):
        want = augment.apply(SPEC, {"image": image}, index=index)["image"]
        got = augment.apply(SPEC, {"image": image}, index=index, backend=backend)["image"]
        assert got.dtype == want.dtype
        assert np.abs(got.astype(float) - want).max() <= (1 if dtype == "uint8" else 0.03 / 255)


def test_it_is_what_it_says():
    out = augment.apply(SPEC, {"image": PHOTO / 255}, index=1)["image"]
    lit = augment.apply(SPEC, {"image": np.zeros(PHOTO.shape)}, index=1)["image"]
    np.testing.assert_allclose(out, PHOTO / 255 * (1 - lit / [0.7, 0.8, 0.9]) + lit, atol=1e-5)


def test_each_sample_of_a_batch_has_its_fog():
    import torch

    spec = SPEC.replace(pipeline=[SPEC.pipeline[0].replace(p=0.7)])
    images = np.stack([np.roll(PHOTO, 7 * i, axis=1) for i in range(5)])
    want = np.stack([augment.apply(spec, {"image": image}, index=i)["image"] for i, image in enumerate(images)]).astype(int)
    got = augment.compile(spec, "torchvision").at(range(5))({"image": torch.from_numpy(images).permute(0, 3, 1, 2)})["image"]
    assert np.abs(got.permute(0, 2, 3, 1).numpy() - want).max() <= 1
    for jit in (False, True):
        layer = augment.compile(spec, "keras", jit_compile=jit)
        assert np.abs(np.asarray(layer({"images": images, "index": np.arange(5)}, training=True)["images"]) - want).max() <= 1
