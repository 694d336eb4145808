"""Equalization and automatic contrast against Pillow and torchvision, on every backend."""

import numpy as np
import pytest
from PIL import Image, ImageOps
from skimage import data

import augment
from augment import ops

PHOTO = np.ascontiguousarray(data.astronaut()[100:197, 180:263])
DIM = (PHOTO * 0.6 + 30).astype(np.uint8)
FLAT = np.full((9, 7, 3), 77, np.uint8)
TWO = FLAT.copy()
TWO[:2] = [10, 77, 200]
DARK = np.where(PHOTO > 200, 60, 0).astype(np.uint8)
PICTURES = {"photo": PHOTO, "dim": DIM, "flat": FLAT, "two": TWO, "dark": DARK, "one": FLAT[:1, :1]}
BACKENDS = ("reference", "albumentations", "torchvision", "keras")


@pytest.mark.parametrize("backend", BACKENDS)
@pytest.mark.parametrize("picture", PICTURES)
@pytest.mark.parametrize("dtype", ["uint8", "float32"])
def test_equalize_is_that_of_pillow(backend, picture, dtype):
    image = PICTURES[picture]
    want = np.asarray(ImageOps.equalize(Image.fromarray(image)))
    given = image if dtype == "uint8" else image.astype(np.float32) / 255
    out = augment.apply(augment.Pipeline([ops.Equalize(p=1)]), {"image": given}, backend=backend)["image"]
    assert out.dtype == given.dtype
    np.testing.assert_allclose(out.astype(float) * (1 if dtype == "uint8" else 255), want, atol=1e-4)


@pytest.mark.parametrize("picture", PICTURES)
def test_equalize_is_that_of_torchvision(picture):
    import torch
    from torchvision.transforms.v2 import functional as F

    image = PICTURES[picture]
    want = F.equalize(torch.from_numpy(image).permute(2, 0, 1)).permute(1, 2, 0).numpy()
    np.testing.assert_array_equal(augment.apply(augment.Pipeline([ops.Equalize(p=1)]), {"image": image})["image"], want)


@pytest.mark.parametrize("backend", BACKENDS)
@pytest.mark.parametrize("picture", PICTURES)
def test_auto_contrast_is_that_of_pillow_before_it_cuts_the_fraction_off(backend, picture):
    image = PICTURES[picture]
    pillow = np.asarray(ImageOps.autocontrast(Image.fromarray(image))).astype(float)
    low, high = (f(image, axis=(0, 1)).astype(float) for f in (np.min, np.max))
    exact = np.where(high > low, (image - low) * 255 / np.where(high > low, high - low, 1), image)
    given = image.astype(np.float32) / 255
    out = augment.apply(augment.Pipeline([ops.AutoContrast(p=1)]), {"image": given}, backend=backend)["image"] * 255.0
    np.testing.assert_allclose(out, exact, atol=1e-3)
    more = out - pillow
    assert more.min() >= -1e-3 and more.max() < 1 + 1e-3
    levels = augment.apply(augment.Pipeline([ops.AutoContrast(p=1)]), {"image": image}, backend=backend)["image"]
    assert np.abs(levels - exact).max() <= 0.51


@pytest.mark.parametrize("backend", BACKENDS)
@pytest.mark.parametrize("channels", [1, 4, 130])
def test_any_number_of_channels(backend, channels):
    image = np.random.default_rng(1).integers(40, 90, (12, 10, channels), np.uint8)
    out = augment.apply(augment.Pipeline([ops.Equalize(p=1)]), {"image": image}, backend=backend)["image"]
    for c in range(channels):
        np.testing.assert_array_equal(out[..., c], np.asarray(ImageOps.equalize(Image.fromarray(image[..., c]))))


@pytest.mark.parametrize("op", [ops.Equalize, ops.AutoContrast])
def test_each_sample_of_a_batch_by_itself(op):
    import torch

    spec = augment.Pipeline([op(p=0.6, channels=[0, 2])], seed=4)
    images = np.stack([np.roll(PHOTO // (i + 1), 7 * i, axis=1) for i in range(6)])
    want = np.stack([augment.apply(spec, {"image": image}, index=i)["image"] for i, image in enumerate(images)])
    got = augment.compile(spec, "torchvision").at(range(6))({"image": torch.from_numpy(images).permute(0, 3, 1, 2)})["image"]
    np.testing.assert_array_equal(got.permute(0, 2, 3, 1).numpy(), want)
    for jit in (False, True):
        layer = augment.compile(spec, "keras", jit_compile=jit)
        got = np.asarray(layer({"images": images, "index": np.arange(6)}, training=True)["images"])
        assert np.abs(got - want).max() <= (0 if op is ops.Equalize else 1)
