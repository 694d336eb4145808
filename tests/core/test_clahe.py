"""Adaptive equalisation against OpenCV and Albumentations, on every backend."""

import cv2
import numpy as np
import pytest
import torch
from albumentations.augmentations.pixel.functional import clahe
from skimage import data

import augment
from augment import ops
from augment.errors import SpecError

PHOTO = np.ascontiguousarray(data.astronaut()[100:197, 180:263])
GREY = np.ascontiguousarray(PHOTO[..., 1:2])
BACKENDS = ("reference", "albumentations", "torchvision", "keras")


def run(op, image, backend="reference"):
    return augment.apply(augment.Pipeline([op]), {"image": image}, backend=backend)["image"]


@pytest.mark.parametrize("backend", BACKENDS)
@pytest.mark.parametrize("limit", [1, 2.5, 4, 40])
@pytest.mark.parametrize("tiles", [(8, 8), (3, 5), (1, 1)])
@pytest.mark.parametrize("size", [(97, 83), (96, 80), (96, 83), (64, 64)])
def test_a_grey_image_is_that_of_opencv_before_it_rounds(backend, limit, tiles, size):
    image = np.ascontiguousarray(GREY[: size[0], : size[1]])
    want = cv2.createCLAHE(clipLimit=limit, tileGridSize=tiles[::-1]).apply(image[..., 0])
    out = run(ops.Clahe(limit=limit, tiles=tiles), image.astype(np.float32) / 255, backend)[..., 0] * 255
    assert np.abs(out - want).max() <= 0.501


@pytest.mark.parametrize("backend", BACKENDS)
@pytest.mark.parametrize("size", [(1, 1), (3, 5), (9, 8), (40, 2)])
def test_small_pictures(backend, size):
    image = np.random.default_rng(3).integers(0, 256, (*size, 1), np.uint8)
    want = cv2.createCLAHE(clipLimit=2, tileGridSize=(8, 8)).apply(image[..., 0]) if min(size) > 8 else None
    out = run(ops.Clahe(limit=2), image, backend)
    assert out.shape == image.shape and (want is None or np.abs(out[..., 0].astype(int) - want).max() <= 1)
    assert np.array_equal(out, run(ops.Clahe(limit=2), image))


def test_a_colour_image_is_near_that_of_albumentations():
    for image in (PHOTO, data.coffee()[::3, ::3], data.chelsea()[::2, ::2]):
        image = np.ascontiguousarray(image)
        want = clahe(image, 4.0, (8, 8)).astype(int)
        away = np.abs(run(ops.Clahe(limit=4), image) - want)
        assert away.mean() < 6.5 and away.mean() < 0.25 * np.abs(image.astype(int) - want).mean()


@pytest.mark.parametrize("backend", BACKENDS)
def test_colours_get_what_the_luma_gains(backend):
    image = np.repeat(GREY, 3, axis=2)
    away = np.abs(run(ops.Clahe(limit=3), image, backend).astype(int) - run(ops.Clahe(limit=3), GREY))
    assert away.max() <= 1 and (away > 0).mean() < 1e-3  # halves
    red, green, blue = (PHOTO[..., c].astype(float) for c in range(3))
    luma = np.floor((19595 * red + 38470 * green + 7471 * blue + 32768) / 65536).astype(np.uint8)[..., None]
    gained = run(ops.Clahe(limit=3), luma.astype(np.float32) / 255) * 255 - luma
    out = run(ops.Clahe(limit=3), PHOTO.astype(np.float32) / 255, backend) * 255
    np.testing.assert_allclose(out, np.clip(PHOTO + gained, 0, 255), atol=2e-3)


def test_each_sample_of_a_batch_by_itself():
    spec = augment.Pipeline([ops.Clahe(limit=(1, 8), tiles=(4, 6), p=0.7)], seed=4)
    images = np.stack([np.roll(PHOTO // (i + 1), 7 * i, axis=1) for i in range(6)])
    want = np.stack([augment.apply(spec, {"image": image}, index=i)["image"] for i, image in enumerate(images)])
    got = augment.compile(spec, "torchvision").at(range(6))({"image": torch.from_numpy(images).permute(0, 3, 1, 2)})["image"]
    assert np.abs(got.permute(0, 2, 3, 1).numpy().astype(int) - want).max() <= 1
    for jit in (False, True):
        layer = augment.compile(spec, "keras", jit_compile=jit)
        got = np.asarray(layer({"images": images, "index": np.arange(6)}, training=True)["images"])
        assert np.abs(got.astype(int) - want).max() <= 1


def test_mistakes_are_told():
    wrong = ({"limit": 0.5}, "at least 1"), ({"limit": 2, "tiles": 0}, "from 1 to 32"), ({"limit": 2, "tiles": [4]}, "rows, col")
    for fields, text in wrong:
        with pytest.raises(SpecError, match=text):
            ops.Clahe(**fields)
    written = augment.dumps(augment.Pipeline([ops.Clahe(limit=3, tiles=4)]))
    assert augment.loads(written)[0] == ops.Clahe(limit=3, tiles=(4, 4))
