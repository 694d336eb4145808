"""Sharpening against Pillow, torchvision and Albumentations, on every backend."""

import math

import cv2
import numpy as np
import pytest
import torch
from albumentations.augmentations.pixel.functional import unsharp_mask
from PIL import Image, ImageEnhance
from skimage import data
from torchvision.transforms.v2 import functional as F

import augment
from augment import ops

PHOTO = np.ascontiguousarray(data.astronaut()[100:197, 180:263])
FLOATS = PHOTO.astype(np.float32) / 255
BACKENDS = ("reference", "albumentations", "torchvision", "keras")


def run(op, image=FLOATS, backend="reference", **options):
    return augment.apply(augment.Pipeline([op]), {"image": image}, backend=backend, **options)["image"]


def torchs(image):
    return torch.from_numpy(image).permute(2, 0, 1)


@pytest.mark.parametrize("backend", BACKENDS)
@pytest.mark.parametrize("factor", [0, 0.3, 1, 1.9, 5])
def test_sharpness_is_torchvisions(backend, factor):
    want = F.adjust_sharpness(torchs(FLOATS), factor).permute(1, 2, 0).numpy()
    np.testing.assert_allclose(run(ops.Sharpness(factor=factor), backend=backend), want, atol=1e-5)


@pytest.mark.parametrize("factor", [0, 0.5, 1.9, 3])
def test_sharpness_is_pillows_but_for_its_rounding(factor):
    want = np.asarray(ImageEnhance.Sharpness(Image.fromarray(PHOTO)).enhance(factor)).astype(int)
    away = np.abs(run(ops.Sharpness(factor=factor), PHOTO) - want)
    assert away.max() <= 0.5 * abs(1 - factor) + 1  # the smoothed copy is rounded there, and the fraction of the blend cut off


@pytest.mark.parametrize("backend", BACKENDS)
@pytest.mark.parametrize("size", [(1, 1), (2, 9), (3, 3), (3, 8)])
def test_the_outermost_pixels_stay(backend, size):
    image = np.random.default_rng(2).random((*size, 3), np.float32)
    out, inner = run(ops.Sharpness(factor=0), image, backend), image.copy()
    inner[1:-1, 1:-1] = 9
    np.testing.assert_array_equal(out[inner < 9], image[inner < 9])
    assert min(size) < 3 or np.abs(out - image)[inner == 9].min() > 0


@pytest.mark.parametrize("backend", BACKENDS)
@pytest.mark.parametrize(("alpha", "lightness"), [(0.3, 0.5), (0.5, 1), (1, 1.4), (0, 3)])
def test_sharpen_is_that_of_albumentations(backend, alpha, lightness):
    edges = np.float32([[-1, -1, -1], [-1, 8 + lightness, -1], [-1, -1, -1]])
    kernel = (1 - alpha) * np.float32([[0, 0, 0], [0, 1, 0], [0, 0, 0]]) + alpha * edges
    want = np.clip(cv2.filter2D(FLOATS, -1, kernel), 0, 1)
    np.testing.assert_allclose(run(ops.Sharpen(alpha=alpha, lightness=lightness), backend=backend), want, atol=1e-5)


@pytest.mark.parametrize("backend", BACKENDS)
@pytest.mark.parametrize(("alpha", "strength"), [(0.3, 0.5), (1, 1), (0.7, 0)])
def test_emboss_is_that_of_albumentations(backend, alpha, strength):
    s = strength
    relief = np.float32([[-1 - s, -s, 0], [-s, 1, s], [0, s, 1 + s]])
    kernel = (1 - alpha) * np.float32([[0, 0, 0], [0, 1, 0], [0, 0, 0]]) + alpha * relief
    want = np.clip(cv2.filter2D(FLOATS, -1, kernel), 0, 1)
    np.testing.assert_allclose(run(ops.Emboss(alpha=alpha, strength=strength), backend=backend), want, atol=1e-5)


@pytest.mark.parametrize("backend", BACKENDS)
@pytest.mark.parametrize(("sigma", "amount", "threshold"), [(1, 0.5, 0), (1.5, 1, 10), (2, 2.5, 3)])
def test_unsharp_mask_is_that_of_albumentations(backend, sigma, amount, threshold):
    want = unsharp_mask(FLOATS, 8 * math.ceil(sigma) + 1, sigma, amount, threshold + 0.0255)
    op = ops.UnsharpMask(sigma=f"{sigma}px", amount=amount, threshold=threshold / 255)
    away = np.abs(run(op, backend=backend) - want)
    assert np.quantile(away, 0.999) < 2e-4 and away.max() < 0.03  # a pixel at the threshold may fall to either side


@pytest.mark.parametrize(
    "op",
    [
        ops.Sharpness(factor=(0, 4), p=0.6), ops.UnsharpMask(sigma=("1px", "2px"), amount=(0.2, 2), p=0.6),
        ops.Sharpen(alpha=(0, 1)),
    ],
    ids=lambda op: op.name(),
)  # fmt: skip
def test_each_sample_of_a_batch_by_itself(op, batch_is_reference):
    batch_is_reference(op, FLOATS, atol=2e-5)
