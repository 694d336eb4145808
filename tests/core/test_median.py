"""The median blur against SciPy, on every backend, and for each sample of a batch."""

import numpy as np
import pytest
from scipy import ndimage
from skimage import data

import augment
from augment import ops
from augment.kernels.networks import median_of, network

PHOTO = np.ascontiguousarray(data.astronaut()[100:197, 180:263])
BACKENDS = ("reference", "albumentations", "torchvision", "keras")


def by_hand(image, size):
    return ndimage.median_filter(image, size=(size, size, 1), mode="nearest")


@pytest.mark.parametrize("size", [1, 3, 5, 7, 9])
def test_a_network_finds_the_median(size):
    image = np.random.default_rng(size).integers(0, 256, (20, 23, 3), np.uint8)
    wide = np.pad(image, ((size // 2,) * 2, (size // 2,) * 2, (0, 0)), mode="edge")
    np.testing.assert_array_equal(median_of(wide, size, (0, 1), np.minimum, np.maximum), by_hand(image, size))
    assert sum(turn.does in ("low", "high") for _, turn, _ in network(size)) <= {1: 0, 3: 22, 5: 90, 7: 294, 9: 404}[size]


@pytest.mark.parametrize("backend", BACKENDS)
@pytest.mark.parametrize("dtype", ["uint8", "float32"])
def test_against_scipy(backend, dtype):
    spec = augment.Pipeline([ops.MedianBlur(size=(3, 7))], seed=2)
    image = PHOTO if dtype == "uint8" else PHOTO.astype(np.float32) / 255
    sizes = set()
    for index in range(8):
        sizes.add(size := int(augment.record(spec, index=index)["values"]["median_blur"]["size"]))
        out = augment.apply(spec, {"image": image}, index=index, backend=backend)["image"]
        assert out.dtype == image.dtype
        np.testing.assert_allclose(out.astype(float) * (1 if dtype == "uint8" else 255), by_hand(PHOTO, size), atol=1e-4)
    assert sizes == {3, 5, 7}


@pytest.mark.parametrize("backend", BACKENDS)
@pytest.mark.parametrize("shape", [(1, 1, 3), (2, 5, 1), (40, 2, 4), (30, 21, 6)])
def test_small_pictures_and_any_number_of_channels(backend, shape):
    image = np.random.default_rng(1).integers(0, 256, shape, np.uint8)
    out = augment.apply(augment.Pipeline([ops.MedianBlur(size=7)]), {"image": image}, backend=backend)["image"]
    np.testing.assert_array_equal(out, by_hand(image, 7))


def test_each_sample_of_a_batch_has_its_size():
    import torch

    spec = augment.Pipeline([ops.MedianBlur(size=(3, 7), p=0.8)], seed=4)
    images = np.stack([np.roll(PHOTO, 7 * i, axis=1) for i in range(6)])
    want = np.stack([augment.apply(spec, {"image": image}, index=i)["image"] for i, image in enumerate(images)])
    got = augment.compile(spec, "torchvision").at(range(6))({"image": torch.from_numpy(images).permute(0, 3, 1, 2)})["image"]
    np.testing.assert_array_equal(got.permute(0, 2, 3, 1).numpy(), want)
    for jit in (False, True):
        layer = augment.compile(spec, "keras", jit_compile=jit)
        np.testing.assert_array_equal(np.asarray(layer({"images": images, "index": np.arange(6)}, training=True)["images"]), want)
