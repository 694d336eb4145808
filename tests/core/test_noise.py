"""Noise of every kind: its distribution, against SciPy, scikit-image and Albumentations; the same places in masks."""

import warnings

import numpy as np
import pytest
from scipy import stats
from skimage.util import random_noise

import augment
from augment import ops
from augment.errors import SpecError

FLAT = np.full((128, 128, 3), 0.4, np.float32)
BACKENDS = {"reference": {}, "albumentations": {}, "torchvision": {"precision": "float"}, "keras": {}}
EVERY = pytest.mark.parametrize("backend", BACKENDS)


def run(op, backend, image=FLAT, index=2, **targets):
    return augment.apply(augment.Pipeline([op]), {"image": image, **targets}, index=index, backend=backend, **BACKENDS[backend])


def field(op, backend, image=FLAT, index=2):
    return run(op, backend, image, index)["image"].astype(np.float64)


def alike(got, want):
    """Kolmogorov and Smirnov do not tell them apart."""
    return stats.ks_2samp(got.ravel(), want.ravel()).pvalue > 1e-4


@EVERY
def test_additive_noise_is_of_any_distribution(backend):
    for noise, law in (
        ({"uniform": (-1, 0.5)}, stats.uniform(-1, 1.5)), ({"normal": (0.1, 0.3)}, stats.norm(0.1, 0.3)),
        ({"beta": (2, 5)}, stats.beta(2, 5)), ({"log_uniform": (0.1, 1)}, stats.loguniform(0.1, 1)),
    ):  # fmt: skip
        out = (field(ops.AdditiveNoise(noise=noise, strength=0.2), backend) - 0.4) / 0.2
        assert stats.kstest(out.ravel()[:20_000], law.cdf).pvalue > 1e-4, noise
        assert abs(np.corrcoef(out[..., 0].ravel(), out[..., 1].ravel())[0, 1]) < 0.05
    coin = (field(ops.AdditiveNoise(noise={"choice": (-0.5, 1)}, strength=0.2), backend) - 0.4) / 0.2
    levels, counts = np.unique(coin.round(3), return_counts=True)
    assert levels.tolist() == [-0.5, 1] and abs(counts[0] / coin.size - 0.5) < 0.02
    shared = field(ops.AdditiveNoise(noise=(-1, 1), strength=0.2, per_channel=False), backend)
    assert np.ptp(shared, axis=2).max() < 1e-6 < shared.std()


@EVERY
def test_gaussian_noise_has_a_mean_and_may_be_grey(backend):
    out = field(ops.GaussianNoise(std=0.05, mean=0.1), backend)
    assert stats.kstest(out.ravel()[:20_000], stats.norm(0.5, 0.05).cdf).pvalue > 1e-4
    grey = field(ops.GaussianNoise(std=0.05, per_channel=False), backend)
    assert np.ptp(grey, axis=2).max() < 1e-6 and abs(grey.std() - 0.05) < 0.002


@EVERY
def test_multiplicative_noise_is_speckle(backend):
    out = field(ops.MultiplicativeNoise(factor=(0.8, 1.3)), backend)
    assert stats.kstest(out.ravel()[:20_000], stats.uniform(0.32, 0.2).cdf).pvalue > 1e-4
    want = random_noise(FLAT.astype(float), "speckle", rng=0, var=0.01)
    assert alike(field(ops.MultiplicativeNoise(factor={"normal": (1, 0.1)}), backend), want)


@EVERY
@pytest.mark.parametrize("photons", [1, 8, 30, 600])
def test_shot_noise_is_poissons(backend, photons):
    mean = 0.4 * photons
    counts = field(ops.ShotNoise(photons=photons), backend) * photons
    assert np.abs(counts - counts.round()).max() < 0.01
    counts = counts.round().astype(int).ravel()
    law = stats.poisson(mean)
    upto = np.arange(photons)  # beyond, it is clipped
    have = (counts[:, None] <= upto[None]).mean(axis=0)
    assert np.abs(have - law.cdf(upto)).max() < 0.0015 + 2 / np.sqrt(counts.size)
    assert abs(np.corrcoef(counts.reshape(-1, 3).T)[0, 1]) < 0.05


@EVERY
def test_shot_noise_of_linear_light_is_that_of_albumentations(backend):
    import albumentations as A

    want = A.Compose([A.ShotNoise(scale_range=(0.05, 0.05), p=1)], seed=1)(image=FLAT)["image"]
    got = field(ops.ShotNoise(photons=20, linear=True), backend)
    # the law is discrete: the shares of its levels
    for level in np.unique(want.round(3)):
        assert abs((np.abs(got - level) < 2e-3).mean() - (np.abs(want - level) < 2e-3).mean()) < 0.012


@EVERY
def test_salt_and_pepper_are_those_of_scikit_image(backend):
    out = field(ops.SaltAndPepper(share=0.2, salt=0.3, per_channel=True), backend)
    want = random_noise(FLAT.astype(float), "s&p", rng=0, amount=0.2, salt_vs_pepper=0.3)
    for level in (0.0, 1.0):
        assert abs((out == level).mean() - (want == level).mean()) < 0.006
    pixels = field(ops.SaltAndPepper(share=0.2, salt=0.3), backend)
    assert np.ptp(pixels, axis=2).max() == 0  # all channels, as Albumentations does
    assert abs((pixels[..., 0] == 1).mean() - 0.06) < 0.01 and abs((pixels[..., 0] == 0).mean() - 0.14) < 0.015


@EVERY
def test_dropped_pixels_are_the_same_in_the_mask(backend):
    out = run(ops.PixelDropout(share=0.3, fill=[0.1, 0.2, 0.3], fill_mask=7), backend, mask=np.ones((128, 128), np.uint8))
    hit = np.abs(out["image"] - np.array([0.1, 0.2, 0.3])).max(-1) < 1e-6
    assert abs(hit.mean() - 0.3) < 0.02
    assert np.array_equal(out["mask"] == 7, hit) and (out["mask"][~hit] == 1).all()
    assert np.allclose(out["image"][~hit], 0.4)
    random = field(ops.PixelDropout(share=1, fill=None), backend)
    assert stats.kstest(random.ravel()[:20_000], "uniform").pvalue > 1e-4


def test_a_mask_has_no_channels():
    with pytest.raises(SpecError, match="fill_mask needs per_channel: false"):
        ops.PixelDropout(share=0.1, per_channel=True, fill_mask=0)


@EVERY
def test_grain_turns_hues_and_raises_lightness(backend):
    """Against the formula, computed by colorsys, on an image of two colours of one saturation."""
    import colorsys

    image = np.empty((96, 96, 3), np.float32)
    image[:48], image[48:] = colorsys.hls_to_rgb(0.3, 0.3, 0.5), colorsys.hls_to_rgb(0.3, 0.5, 0.5)
    out = field(ops.IsoNoise(intensity=0.4, colour=0.05), backend, image)
    hls = np.array([colorsys.rgb_to_hls(*pixel) for pixel in out.reshape(-1, 3)])
    assert np.abs(hls[:, 2] - 0.5).max() < 1e-3  # the saturation stays
    assert stats.kstest(hls[:, 0], stats.norm(0.3, 0.02).cdf).pvalue > 1e-4
    for half, lightness in ((hls[: 48 * 96], 0.3), (hls[48 * 96 :], 0.5)):
        counts = (half[:, 1] - lightness) / (1 - lightness) * 255
        assert np.abs(counts - counts.round()).max() < 0.01
        law = stats.poisson(0.1 * 0.4 * 255)  # the deviation of 0.3 and 0.5 is 0.1
        assert np.abs((counts.round()[:, None] <= np.arange(40)).mean(0) - law.cdf(np.arange(40))).max() < 0.025


def test_what_changes_nothing_is_known():
    for op in (
        ops.AdditiveNoise(noise=(-1, 1), strength=0), ops.MultiplicativeNoise(factor=1), ops.SaltAndPepper(share=0),
        ops.PixelDropout(share=0), ops.IsoNoise(intensity=0),
    ):  # fmt: skip
        assert np.allclose(field(op, "reference"), 0.4)
        assert op.neutral({name: np.float32(value.number) for name in type(op).model_fields
                           if hasattr(value := getattr(op, name), "number")}, (8, 8))  # fmt: skip


@EVERY
def test_fields_differ_between_samples_and_are_the_same_again(backend):
    op = ops.MultiplicativeNoise(factor=(0.8, 1.2))
    one, two, again = (field(op, backend, index=i) for i in (0, 1, 0))
    assert np.array_equal(one, again) and abs(np.corrcoef(one.ravel(), two.ravel())[0, 1]) < 0.03


def test_a_batch_has_a_field_for_each_sample():
    import torch

    spec = augment.Pipeline([ops.SaltAndPepper(share=0.2), ops.IsoNoise(intensity=0.5, p=0.5)])
    images = torch.full((4, 3, 48, 48), 0.4)
    out = augment.compile(spec, "torchvision").at(range(4))({"image": images})["image"]
    layer = augment.compile(spec, "keras", value_range=(0, 1))
    kept = np.asarray(layer.at(index=np.arange(4))(images.permute(0, 2, 3, 1).numpy()))
    for found in (out.permute(0, 2, 3, 1).numpy(), kept):
        flat = found.reshape(4, -1)
        assert np.abs(np.corrcoef(flat) - np.eye(4)).max() < 0.1
        assert np.abs((found == 1).all(-1).mean(axis=(1, 2)) - 0.1).max() < 0.03


def test_albumentations_grain_is_another():
    """Why the meaning is not that of 2.0.8: its hue stays, and few pixels become white."""
    import albumentations as A

    image = np.random.default_rng(0).random((64, 64, 3)).astype(np.float32) * 0.5
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        out = A.Compose([A.ISONoise(color_shift=(0.05, 0.05), intensity=(0.5, 0.5), p=1)], seed=1)(image=image)["image"]
    changed = np.abs(out - image).max(-1) > 0.02
    assert changed.mean() < 0.2 and np.abs(out - image)[changed].mean() > 0.1
