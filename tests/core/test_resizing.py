"""Resizing against Pillow and torch (antialiased), and OpenCV (without)."""

import cv2
import numpy as np
import pytest
import torch
from PIL import Image

import augment
from augment import ops
from augment.program.lower import lower

LEVEL = 1 / 255
SIZES = [(32, 40), (96, 50), (61, 128), (150, 200), (1, 1), (200, 17)]


def torch_resize(image, size, mode, antialias):
    x = torch.from_numpy(np.ascontiguousarray(image)).permute(2, 0, 1)[None].double()
    out = torch.nn.functional.interpolate(x, size=size, mode=mode, align_corners=False, antialias=antialias)
    return out[0].permute(1, 2, 0).numpy()


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("interpolation", ["bilinear", "bicubic"])
def test_antialiased_is_torchs(size, interpolation, fphoto, run):
    want = np.clip(torch_resize(fphoto, size, interpolation, True), 0, 1)
    assert np.abs(run(fphoto, ops.Resize(size=size, interpolation=interpolation)) - want).max() < 0.03 * LEVEL


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("interpolation", ["bilinear", "bicubic"])
def test_antialiased_is_pillows(size, interpolation, photo, run):
    flag = {"bilinear": Image.Resampling.BILINEAR, "bicubic": Image.Resampling.BICUBIC}[interpolation]
    grey = photo // 2 + 64  # Pillow clips what overshoots between its two passes, and rounds there
    want = np.asarray(Image.fromarray(grey).resize(size[::-1], flag)).astype(int)
    assert np.abs(run(grey, ops.Resize(size=size, interpolation=interpolation)).astype(int) - want).max() <= 1


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_without_antialias_is_opencvs_and_torchs(size, fphoto, run):
    got = run(fphoto, ops.Resize(size=size, antialias=False))
    assert np.abs(got - torch_resize(fphoto, size, "bilinear", False)).max() < 0.03 * LEVEL
    assert np.abs(got - cv2.resize(fphoto, size[::-1], interpolation=cv2.INTER_LINEAR)).max() < 0.03 * LEVEL


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_masks_take_the_pixel_under_the_centre(size, photo, run):
    mask = np.arange(96 * 128).reshape(96, 128)
    rows = (2 * np.arange(size[0]) + 1) * 96 / (2 * size[0])
    columns = (2 * np.arange(size[1]) + 1) * 128 / (2 * size[1])

    def index(at):  # a centre on the line between two pixels belongs to the first
        return np.ceil(at - 2**-10).astype(int) - 1

    want = mask[index(rows)][:, index(columns)]
    for fields in ({}, {"antialias": False}, {"interpolation": "nearest"}):
        out = run(photo, ops.Resize(size=size, **fields), mask=mask)
        assert np.array_equal(out["mask"], want)
    assert np.array_equal(out["image"], photo[index(rows)][:, index(columns)])


@pytest.mark.parametrize(
    ("shape", "op", "want"),
    [
        ((96, 128), ops.Resize(short=48), (48, 64)), ((128, 96), ops.Resize(short=48), (64, 48)),
        ((96, 128), ops.Resize(long=64), (48, 64)), ((97, 128), ops.Resize(long=64), (49, 64)),
        ((3, 1000), ops.Resize(long=100), (1, 100)), ((1, 1), ops.Resize(short=7), (7, 7)),
        ((50, 50), ops.Resize(long=9), (9, 9)),
    ],
)  # fmt: skip
def test_sides_keep_the_aspect(shape, op, want, run):
    image = np.random.default_rng(0).integers(0, 256, (*shape, 3), np.uint8)
    assert run(image, op).shape[:2] == want


def test_random_resized_crop_is_a_window_resized(fphoto, run):
    op = ops.RandomResizedCrop(size=[40, 56], area=[0.1, 0.9])
    for index in range(6):
        values = lower(augment.Pipeline([op])).values(index)["random_resized_crop"]
        window = op.window(values, (96, 128), np)
        y, x, h, w = map(int, window)
        assert y >= 0 and x >= 0 and y + h <= 96 and x + w <= 128 and h > 0 and w > 0
        want = run(np.ascontiguousarray(fphoto[y : y + h, x : x + w]), ops.Resize(size=[40, 56]))
        out = run(fphoto, op, index=index, boxes=[[x, y, x + w, y + h]], keypoints=[[x, y], [x + w - 1, y + h - 1]])
        assert np.array_equal(out["image"], want)
        assert np.allclose(out["boxes"], [[0, 0, 56, 40]], atol=1e-5)
        corners = [[0.5 * 56 / w - 0.5, 0.5 * 40 / h - 0.5], [(w - 0.5) * 56 / w - 0.5, (h - 0.5) * 40 / h - 0.5]]
        assert np.allclose(out["keypoints"], corners, atol=1e-5)


def test_random_resized_crop_without_a_fit_takes_the_largest_central_window():
    op = ops.RandomResizedCrop(size=8, area=1.0, aspect=[0.5, 2.0])
    values = lower(augment.Pipeline([op])).values(0)["random_resized_crop"]
    assert tuple(map(int, op.window(values, (10, 1000), np))) == (0, 490, 10, 20)
    assert tuple(map(int, op.window(values, (1000, 10), np))) == (490, 0, 20, 10)
    square = ops.RandomResizedCrop(size=8, area=1.0, aspect=1.0)
    values = lower(augment.Pipeline([square])).values(0)["random_resized_crop"]
    assert tuple(map(int, square.window(values, (10, 31), np))) == (0, 10, 10, 10)


def test_after_normalize_nothing_is_clipped(fphoto, run):
    tail = ops.Normalize("imagenet")
    a, b = run(fphoto, tail, ops.Resize(size=40)), run(fphoto, ops.Resize(size=40), tail)
    assert a.min() < -1 and np.abs(a - b).max() < 1e-5
