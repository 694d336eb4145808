"""Shifts and mixtures of channels against Albumentations and torchvision, on every backend."""

import itertools
from collections import Counter

import albumentations.augmentations.pixel.functional as pixel
import cv2
import numpy as np
import pytest
import torch
import torchvision.transforms.v2 as tv
from skimage import data

import augment
from augment import ops
from augment.errors import SpecError
from augment.program.lower import lower

PHOTO = np.ascontiguousarray(data.astronaut()[100:197, 180:263])
FLOATS = PHOTO.astype(np.float32) / 255
BACKENDS = ("reference", "albumentations", "torchvision", "keras")


def run(op, image=FLOATS, backend="reference", index=0):
    return augment.apply(augment.Pipeline([op]), {"image": image}, backend=backend, index=index)["image"]


@pytest.mark.parametrize("backend", BACKENDS)
@pytest.mark.parametrize(("brightness", "contrast"), [(0.2, 0.8), (-0.15, 1.2), (0.0, 1.4)])
def test_brightness_contrast_is_that_of_albumentations(backend, brightness, contrast):
    both = {"brightness": brightness, "contrast": contrast}
    want = np.clip(contrast * FLOATS + brightness, 0, 1)
    np.testing.assert_allclose(run(ops.BrightnessContrast(**both), backend=backend), want, atol=2e-6)
    want = np.clip(contrast * FLOATS + brightness * FLOATS.mean(dtype=np.float64), 0, 1)
    np.testing.assert_allclose(run(ops.BrightnessContrast(**both, of="mean"), backend=backend), want, atol=2e-6)
    eight = run(ops.BrightnessContrast(**both, of="mean"), PHOTO, backend)
    assert np.abs(eight - want * 255).max() <= 0.51


@pytest.mark.parametrize("backend", BACKENDS)
@pytest.mark.parametrize(
    "shift", [(40, 30, 20), (-20, -60, -40), (0, 80, 0), (90, 0, 0), (0, 0, -50), (10, -255, 0), (0, 255, 255)]
)
def test_hsv_shift_is_that_of_opencv_before_it_rounds(backend, shift):
    hue, saturation, value = shift
    hsv = cv2.cvtColor(FLOATS, cv2.COLOR_RGB2HSV)
    hsv[..., 0] = np.mod(hsv[..., 0] + hue, 360)
    hsv[..., 1] = np.where(hsv[..., 1] == 0, 0, np.clip(hsv[..., 1] + saturation / 255, 0, 1))
    hsv[..., 2] = np.clip(hsv[..., 2] + value / 255, 0, 1)
    op = ops.HsvShift(hue=hue, saturation=saturation / 255, value=value / 255)
    np.testing.assert_allclose(run(op, backend=backend), cv2.cvtColor(hsv, cv2.COLOR_HSV2RGB), atol=1e-4)


def test_hsv_shift_is_near_that_of_albumentations():
    """Whose hues go in steps of two degrees, and saturations and values in levels."""
    for hue, saturation, value in ((20, 30, 20), (-10, -40, 15)):
        want = pixel.shift_hsv(PHOTO, hue, saturation, value).astype(int)
        away = np.abs(run(ops.HsvShift(hue=2 * hue, saturation=saturation / 255, value=value / 255), PHOTO) - want)
        assert away.mean() < 1 and np.quantile(away, 0.999) <= 5


def test_greys_stay_greys():
    grey = np.repeat(np.linspace(0, 1, 60, dtype=np.float32).reshape(6, 10, 1), 3, axis=2)
    for backend in BACKENDS:
        out = run(ops.HsvShift(hue=50, saturation=0.5, value=0.1), grey, backend)
        assert np.ptp(out, axis=2).max() < 1e-6


@pytest.mark.parametrize("backend", BACKENDS)
def test_rgb_shift_adds(backend):
    out = run(ops.RgbShift(red=0.1, green=-0.05, blue=0.2), backend=backend)
    np.testing.assert_allclose(out, np.clip(FLOATS + np.float32([0.1, -0.05, 0.2]), 0, 1), atol=1e-6)
    levels = run(ops.RgbShift(red=20 / 255, blue=-30 / 255), PHOTO, backend)
    np.testing.assert_array_equal(levels, np.clip(PHOTO + np.array([20, 0, -30]), 0, 255))


@pytest.mark.parametrize("backend", BACKENDS)
def test_sepia_is_that_of_albumentations(backend):
    matrix = np.float32([[0.393, 0.769, 0.189], [0.349, 0.686, 0.168], [0.272, 0.534, 0.131]])
    np.testing.assert_allclose(run(ops.Sepia(p=1), backend=backend), pixel.linear_transformation_rgb(FLOATS, matrix), atol=1e-5)


@pytest.mark.parametrize("backend", BACKENDS)
@pytest.mark.parametrize(("light", "name"), [("blackbody", "blackbody"), ("daylight", "cied")])
def test_planckian_jitter_is_near_that_of_albumentations(backend, light, name):
    for kelvin in (3000, 4000, 6500, 7250, 15000):
        if light == "blackbody" or kelvin >= 4000:
            out = run(ops.PlanckianJitter(kelvin=kelvin, light=light), FLOATS * 0.5, backend)
            np.testing.assert_allclose(out, pixel.planckian_jitter(FLOATS * 0.5, kelvin, name), atol=0.004)


@pytest.mark.parametrize("backend", BACKENDS)
@pytest.mark.parametrize("channels", [None, (0, 2), (3, 1, 0)])
def test_channels_are_shuffled_whole(backend, channels):
    image = FLOATS if channels is None else np.concatenate([FLOATS, FLOATS[::-1, :, :1]], axis=2)
    chosen = list(channels or range(3))
    seen = set()
    for index in range(12):
        out = run(ops.ChannelShuffle(channels=channels), image, backend, index)
        orders = [o for o in itertools.permutations(chosen) if np.abs(out[..., chosen] - image[..., list(o)]).max() < 1e-6]
        rest = [c for c in range(image.shape[2]) if c not in chosen]
        np.testing.assert_array_equal(out[..., rest], image[..., rest])
        seen.add(orders[0])
    assert len(seen) > 1


def test_all_orders_and_all_losses_are_alike():
    program, drop = (lower(augment.Pipeline([op])) for op in (ops.ChannelShuffle(), ops.ChannelDropout(count=(1, 2))))
    orders, losses = Counter(), Counter()
    for i in range(3000):
        rows = program.leaves[0].op.mixture(program.values(i)["channel_shuffle"], np).rows
        orders[tuple(rows.argmax(axis=1))] += 1
        kept = np.diagonal(drop.leaves[0].op.mixture(drop.values(i)["channel_dropout"], np).rows)
        losses[tuple(kept)] += 1
    assert len(orders) == 6 and max(abs(n - 500) for n in orders.values()) < 100
    assert len(losses) == 6 and max(abs(n - 500) for n in losses.values()) < 100


@pytest.mark.parametrize("backend", BACKENDS)
def test_lost_channels_get_the_level(backend):
    for index in range(5):
        out = run(ops.ChannelDropout(count=2, fill=0.25), FLOATS, backend, index)
        lost = [bool((out[..., c] == 0.25).all()) for c in range(3)]
        assert sum(lost) == 2
        np.testing.assert_allclose(out[..., lost.index(False)], FLOATS[..., lost.index(False)], atol=1e-7)


def test_mistakes_are_told():
    for make, text in (
        (lambda: ops.BrightnessContrast(), "needs brightness or contrast"),
        (lambda: ops.HsvShift(), "needs hue, saturation or value"),
        (lambda: ops.RgbShift(), "needs red, green or blue"), (lambda: ops.ChannelDropout(count=3), "at most 2 can be lost"),
        (lambda: ops.ChannelShuffle(channels=1), "needs two channels"), (lambda: ops.HsvShift(hue=0.2), "is in degrees"),
        (lambda: ops.PlanckianJitter(kelvin=3500, light="daylight"), "at least 4000 kelvin"),
    ):  # fmt: skip
        with pytest.raises(SpecError, match=text):
            make()


def test_photometric_distort_has_the_parts_of_torchvision():
    """The same marginal change of the mean colour, over many draws."""
    torch.manual_seed(3)
    theirs = tv.RandomPhotometricDistort()
    image = torch.from_numpy(FLOATS[::4, ::4]).permute(2, 0, 1)
    want = np.stack([theirs(image).mean(dim=(1, 2)).numpy() for _ in range(800)])
    spec = augment.compile(augment.Pipeline([ops.PhotometricDistort()]), "albumentations")
    got = np.stack([spec.at(index=i)(image=FLOATS[::4, ::4])["image"].mean(axis=(0, 1)) for i in range(800)])
    for part in (10, 30, 50, 70, 90):
        np.testing.assert_allclose(np.percentile(got, part, axis=0), np.percentile(want, part, axis=0), atol=0.025)


def test_contrast_comes_before_or_after():
    program = lower(augment.Pipeline([ops.PhotometricDistort(each=1.0)]))
    orders = Counter()
    for i in range(400):
        values = program.values(i)
        orders[tuple(leaf.op.name() for leaf in program.leaves if leaf.active(values))] += 1
    first = ("brightness", "contrast", "saturation", "hue", "channel_shuffle")
    last = ("brightness", "saturation", "hue", "contrast", "channel_shuffle")
    assert set(orders) == {first, last} and abs(orders[first] - 200) < 50


@pytest.mark.parametrize(
    "op",
    [
        ops.BrightnessContrast(brightness=(-0.3, 0.3), contrast=(0.5, 1.5), of="mean", p=0.6), ops.ChannelShuffle(p=0.6),
        ops.HsvShift(hue=(-90, 90), saturation=(-0.3, 0.3), value=(-0.3, 0.3), p=0.6), ops.ChannelDropout(count=(1, 2), p=0.6),
        ops.RgbShift(red=(-0.3, 0.3), blue=(-0.3, 0.3), p=0.6), ops.PlanckianJitter(kelvin=(3000, 15000), p=0.6),
        ops.PhotometricDistort(each=0.7),
    ],
    ids=lambda op: op.name(),
)  # fmt: skip
def test_each_sample_of_a_batch_by_itself(op):
    spec = augment.Pipeline([op], seed=4)
    images = np.stack([np.roll(FLOATS, 7 * i, axis=1) for i in range(6)])
    want = np.stack([augment.apply(spec, {"image": image}, index=i)["image"] for i, image in enumerate(images)])
    got = augment.compile(spec, "torchvision").at(range(6))({"image": torch.from_numpy(images).permute(0, 3, 1, 2)})["image"]
    np.testing.assert_allclose(got.permute(0, 2, 3, 1).numpy(), want, atol=1e-4)
    for jit in (False, True):
        layer = augment.compile(spec, "keras", jit_compile=jit, value_range=(0, 1))
        out = np.asarray(layer({"images": images, "index": np.arange(6)}, training=True)["images"])
        np.testing.assert_allclose(out, want, atol=1e-4)
