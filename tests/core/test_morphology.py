"""Dilation and erosion against SciPy, on every backend, on images and on masks of any type."""

import cv2
import numpy as np
import pytest
from scipy import ndimage
from skimage import data

import augment
from augment import ops
from augment.errors import SpecError
from augment.kernels.windows import element

PHOTO = np.ascontiguousarray(data.astronaut()[100:197:1, 180:263])
LABELS = (PHOTO[..., 1] // 43).astype(np.uint8)
BACKENDS = ("reference", "albumentations", "torchvision", "keras")


def by_hand(image, size, shape, highest):
    run = ndimage.maximum_filter if highest else ndimage.minimum_filter
    footprint = element(size, shape).astype(bool)
    beyond = {"mode": "constant", "cval": 0 if highest else 10_000}
    layers = image[..., None] if image.ndim == 2 else image
    wide = np.stack([run(layers[..., c].astype(np.int64), footprint=footprint, **beyond) for c in range(layers.shape[-1])], -1)
    return wide.reshape(image.shape)


@pytest.mark.parametrize("size", [3, 5, 7, 9, 15, 31])
def test_an_ellipse_is_that_of_opencv(size):
    np.testing.assert_array_equal(element(size, "ellipse"), cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size)))


@pytest.mark.parametrize("backend", BACKENDS)
@pytest.mark.parametrize("shape", ["square", "ellipse"])
@pytest.mark.parametrize("op", [ops.Dilate, ops.Erode])
def test_against_scipy(backend, op, shape):
    spec = augment.Pipeline([op(size=(1, 9), shape=shape, masks=True)], seed=2)
    sizes = set()
    for index in range(8):
        size = int(augment.record(spec, index=index)["values"][op.name()]["size"])
        sizes.add(size)
        out = augment.apply(spec, {"image": PHOTO, "mask": LABELS}, index=index, backend=backend)
        np.testing.assert_array_equal(out["image"], by_hand(PHOTO, size, shape, op is ops.Dilate))
        np.testing.assert_array_equal(out["mask"], by_hand(LABELS, size, shape, op is ops.Dilate))
    assert sizes <= {1, 3, 5, 7, 9} and len(sizes) > 2


@pytest.mark.parametrize("backend", BACKENDS)
@pytest.mark.parametrize("dtype", ["uint8", "int32", "int64", "uint16"])
def test_masks_of_any_type(backend, dtype):
    mask = LABELS.astype(dtype) * (300 if dtype != "uint8" else 1)
    spec = augment.Pipeline([ops.Dilate(size=5, masks=True)])
    out = augment.apply(spec, {"image": PHOTO, "mask": mask}, backend=backend)["mask"]
    assert out.dtype == mask.dtype
    np.testing.assert_array_equal(out, by_hand(mask, 5, "ellipse", True))


@pytest.mark.parametrize("backend", BACKENDS)
def test_masks_stay_unless_asked(backend):
    out = augment.apply(augment.Pipeline([ops.Erode(size=5)]), {"image": PHOTO, "mask": LABELS}, backend=backend)
    np.testing.assert_array_equal(out["mask"], LABELS)


@pytest.mark.parametrize("backend", BACKENDS)
@pytest.mark.parametrize("size", [(1, 1), (2, 5), (40, 1)])
def test_small_pictures(backend, size):
    image = np.random.default_rng(1).integers(0, 256, (*size, 3), np.uint8)
    out = augment.apply(augment.Pipeline([ops.Dilate(size=9)]), {"image": image}, backend=backend)["image"]
    np.testing.assert_array_equal(out, by_hand(image, 9, "ellipse", True))


def batch(count):
    return np.stack([np.roll(PHOTO, 7 * i, axis=1) for i in range(count)])


@pytest.mark.parametrize("shape", ["square", "ellipse"])
def test_each_sample_of_a_batch_has_its_size(shape):
    import torch

    spec = augment.Pipeline([ops.Dilate(size={"choice": [1, 3, 7]}, shape=shape, p=0.8)], seed=4)
    images = batch(6)
    want = np.stack([augment.apply(spec, {"image": image}, index=i)["image"] for i, image in enumerate(images)])
    got = augment.compile(spec, "torchvision").at(range(6))({"image": torch.from_numpy(images).permute(0, 3, 1, 2)})["image"]
    np.testing.assert_array_equal(got.permute(0, 2, 3, 1).numpy(), want)
    for jit in (False, True):
        layer = augment.compile(spec, "keras", jit_compile=jit)
        np.testing.assert_array_equal(np.asarray(layer({"images": images, "index": np.arange(6)}, training=True)["images"]), want)


def test_even_sizes_are_refused():
    for size in (4, (3, 6), {"choice": [3, 4]}):
        with pytest.raises(SpecError, match="must be odd"):
            ops.Dilate(size=size)
    written = augment.dumps(augment.Pipeline([ops.Dilate(size=(3, 7))]))
    assert "[3, 7]" in written and written == augment.dumps(augment.loads("pipeline: [dilate: [3, 7]]"))
