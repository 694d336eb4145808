"""JPEG against Pillow, OpenCV and torchvision, to the last bit, on every backend."""

import io

import cv2
import numpy as np
import pytest
from PIL import Image
from skimage import data

import augment
from augment import ops
from augment.kernels.jpeg import jpeg

PHOTO = np.ascontiguousarray(data.astronaut()[100:197, 180:263])
NOISE = np.random.default_rng(0).integers(0, 256, (33, 47, 3), np.uint8)
BACKENDS = ("reference", "albumentations", "torchvision", "keras")


def by_pillow(image, quality):
    file = io.BytesIO()
    Image.fromarray(image).save(file, "JPEG", quality=quality)
    return np.asarray(Image.open(file).convert("RGB" if image.ndim == 3 else "L"))


def by_opencv(image, quality):
    _, coded = cv2.imencode(".jpg", image[..., ::-1] if image.ndim == 3 else image, [cv2.IMWRITE_JPEG_QUALITY, quality])
    return cv2.imdecode(coded, cv2.IMREAD_COLOR_RGB if image.ndim == 3 else cv2.IMREAD_GRAYSCALE)


def ours(image, quality):
    levels = image.reshape(*image.shape[:2], -1).astype(np.int32)
    return jpeg(levels, np.int32(quality), image.shape[:2], np).reshape(image.shape)


@pytest.mark.parametrize("quality", [*range(1, 101, 3), 100])
@pytest.mark.parametrize("image", [PHOTO, NOISE, PHOTO[..., 1].copy()], ids=["photo", "noise", "grey"])
def test_every_quality(image, quality):
    np.testing.assert_array_equal(ours(image, quality), by_pillow(image, quality))
    np.testing.assert_array_equal(ours(image, quality), by_opencv(image, quality))


@pytest.mark.parametrize("size", [(1, 1), (2, 3), (5, 4), (17, 6), (16, 16), (15, 17), (24, 33), (64, 40)])
def test_every_size(size):
    image = np.ascontiguousarray(PHOTO[: size[0], : size[1]])
    for quality in (5, 50, 75, 95):
        np.testing.assert_array_equal(ours(image, quality), by_pillow(image, quality))


@pytest.mark.parametrize("backend", BACKENDS)
@pytest.mark.parametrize("dtype", ["uint8", "float32"])
def test_every_backend(backend, dtype):
    spec = augment.Pipeline([ops.Jpeg(quality=(5, 95))], seed=2)
    for image in (PHOTO, PHOTO[..., 1].copy()):
        given = image if dtype == "uint8" else image.astype(np.float32) / 255
        for index in range(3):
            quality = int(augment.record(spec, index=index)["values"]["jpeg"]["quality"])
            out = augment.apply(spec, {"image": given}, index=index, backend=backend)["image"]
            assert out.dtype == given.dtype
            np.testing.assert_allclose(out.astype(float) * (1 if dtype == "uint8" else 255), by_pillow(image, quality), atol=1e-4)


def test_torchvision_agrees():
    import torch
    from torchvision.transforms.v2 import functional as F

    want = F.jpeg(torch.from_numpy(PHOTO).permute(2, 0, 1), 40).permute(1, 2, 0).numpy()
    np.testing.assert_array_equal(augment.apply(augment.Pipeline([ops.Jpeg(quality=40)]), {"image": PHOTO})["image"], want)


def test_tensors_of_a_device_come_out_as_those_of_the_host():
    import torch

    images, quality = np.stack([PHOTO, PHOTO[::-1]]), [8, 80]
    got = jpeg(torch.from_numpy(images).to(torch.int32), torch.tensor(quality, dtype=torch.int32), PHOTO.shape[:2], torch)
    for one, image, q in zip(got.numpy(), images, quality, strict=True):
        np.testing.assert_array_equal(one, by_pillow(image, q))


def test_each_sample_of_a_batch_has_its_quality():
    import torch

    spec = augment.Pipeline([ops.Jpeg(quality=(5, 95), p=0.8)], seed=4)
    images = np.stack([np.roll(PHOTO, 7 * i, axis=1) for i in range(5)])
    want = np.stack([augment.apply(spec, {"image": image}, index=i)["image"] for i, image in enumerate(images)])
    got = augment.compile(spec, "torchvision").at(range(5))({"image": torch.from_numpy(images).permute(0, 3, 1, 2)})["image"]
    np.testing.assert_array_equal(got.permute(0, 2, 3, 1).numpy(), want)
    for jit in (False, True):
        layer = augment.compile(spec, "keras", jit_compile=jit)
        np.testing.assert_array_equal(np.asarray(layer({"images": images, "index": np.arange(5)}, training=True)["images"]), want)
