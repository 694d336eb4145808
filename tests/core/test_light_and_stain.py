"""Light, tones and stains against Albumentations and by hand, on every backend."""

import albumentations.augmentations.pixel.functional as pixel
import numpy as np
import pytest
from scipy import stats
from skimage import data

import augment
from augment import ops
from augment.errors import SpecError
from augment.ops.channels import COMPONENTS, VARIANCE

PHOTO = np.ascontiguousarray(data.astronaut()[100:197, 180:263])
FLOATS = PHOTO.astype(np.float32) / 255
FLAT = np.full((97, 83, 3), 0.5, np.float32)
SLIDE = np.ascontiguousarray(data.immunohistochemistry()[:97, :83])
BACKENDS = ("reference", "albumentations", "torchvision", "keras")


def run(op, image=FLOATS, backend="reference", index=0):
    return augment.apply(augment.Pipeline([op]), {"image": image}, backend=backend, index=index)["image"]


def drawn(op, index=0):
    return {k: np.asarray(x) for k, x in augment.record(augment.Pipeline([op]), index=index)["values"][op.name()].items()}


@pytest.mark.parametrize("backend", BACKENDS)
def test_tone_curve_is_that_of_albumentations(backend):
    op = ops.ToneCurve(strength=0.2)
    for index in range(4):
        v = drawn(op, index)
        low, high = (float(np.clip(m + 0.2 * v[n], 0, 1)) for n, m in (("low", 0.25), ("high", 0.75)))
        want = pixel.move_tone_curve(PHOTO, low, high).astype(int)
        assert np.abs(run(op, PHOTO, backend, index) - want).max() <= 1
    heights = [drawn(op, i)["low"] for i in range(300)]
    assert stats.kstest(heights, "norm").pvalue > 1e-3


@pytest.mark.parametrize("backend", BACKENDS)
def test_fancy_pca_adds_one_colour_of_the_papers_distribution(backend):
    op = ops.FancyPca(std=0.3)
    for index in range(3):
        alpha = drawn(op, index)["alpha"]
        want = FLAT + np.float32(0.3 * (alpha * VARIANCE) @ COMPONENTS)
        np.testing.assert_allclose(run(op, FLAT, backend, index), np.clip(want, 0, 1), atol=1e-6)


def test_the_components_are_orthonormal():
    np.testing.assert_allclose(COMPONENTS @ COMPONENTS.T, np.eye(3), atol=2e-3)


@pytest.mark.parametrize("backend", BACKENDS)
@pytest.mark.parametrize("background", [True, False])
@pytest.mark.parametrize("stains", ["ruifrok", "macenko"])
def test_he_stain_is_that_of_albumentations(backend, stains, background):
    op = ops.HeStain(factor=(0.7, 1.3), add=(-0.2, 0.2), stains=stains, background=background)
    for index in range(2):
        v = drawn(op, index)
        image = SLIDE.astype(np.float32) / 255
        want = pixel.apply_he_stain_augmentation(image, pixel.STAIN_MATRICES[stains], v["factor"], v["add"], background)
        away = np.abs(run(op, image, backend, index) - want)
        assert np.quantile(away, 0.999) < 1e-4 and away.mean() < 1e-4


@pytest.mark.parametrize("backend", BACKENDS)
@pytest.mark.parametrize("degrees", [0, 90, 180, -90, 30])
def test_linear_light_goes_from_side_to_side(backend, degrees):
    out = run(ops.Illumination(strength=0.4, degrees=degrees), FLAT, backend)[..., 0] / 0.5
    y, x = np.mgrid[48:-49:-1, -41:42].astype(float)
    along = x * np.cos(np.radians(degrees)) + y * np.sin(np.radians(degrees))
    np.testing.assert_allclose(out, 1 + 0.4 * along / along.max(), atol=1e-5)
    if degrees == 0:
        np.testing.assert_allclose(out * 0.5, pixel.apply_linear_illumination(FLAT, 0.4, 0)[..., 0], atol=1e-5)


@pytest.mark.parametrize("backend", BACKENDS)
def test_light_from_a_corner_is_that_of_albumentations(backend):
    op, seen = ops.Illumination(strength=0.4, pattern="corner"), set()
    for index in range(8):
        corner = int(drawn(op, index)["corner"])
        seen.add(corner)
        theirs = {0: 0, 1: 3, 2: 1, 3: 2}[corner]  # clockwise from the top left there; rows, then columns here
        want = pixel.apply_corner_illumination(FLAT, -0.4, theirs)
        np.testing.assert_allclose(run(op, FLAT, backend, index), want, atol=1e-4)
    assert len(seen) > 2


@pytest.mark.parametrize("backend", BACKENDS)
def test_a_spot_of_light_is_that_of_albumentations(backend):
    op = ops.Illumination(strength=0.4, pattern="spot", x=0.3, y=0.6, width=0.25)
    want = pixel.apply_gaussian_illumination(FLAT, 0.4, (0.3, 0.6), 0.25)
    half = 0.5 / 97 / 0.25 * 0.5 * 0.5  # its pixels lie at their corners
    np.testing.assert_allclose(run(op, FLAT, backend), want, atol=half + 1e-3)


def test_clouds_are_uniform_and_smooth_and_have_no_side():
    op = ops.PlasmaShadow(strength=1)
    fields = np.stack([1 - run(op, FLAT[:65, :65], "albumentations", i)[..., 0] / 0.5 for i in range(300)])
    for y, x in ((0, 0), (13, 40), (32, 32), (64, 5)):
        assert stats.kstest(fields[:, y, x], "uniform").pvalue > 1e-3
    near, far = (np.corrcoef(fields[:, 30, 30], fields[:, 30, 30 + step])[0, 1] for step in (1, 34))
    assert near > 0.9 and abs(far) < 0.35
    op = ops.PlasmaShadow(strength=1, roughness=1.0)
    rough = np.stack([run(op, FLAT[:65, :65], "albumentations", i)[..., 0] for i in range(40)])
    assert np.abs(np.diff(rough, axis=2)).mean() > 1.3 * np.abs(np.diff(fields[:40] * 0.5, axis=2)).mean()


@pytest.mark.parametrize("backend", BACKENDS)
def test_plasma_changes_brightness_and_contrast_as_that_of_albumentations(backend):
    shadow = ops.PlasmaShadow(strength=1, id="plasma")
    clouds = 1 - run(shadow, np.ones_like(FLOATS))[..., 0]
    lit = FLOATS + 0.2 * clouds[..., None]
    for contrast in (0.3, -0.5):  # one id, one draw
        op = ops.PlasmaBrightnessContrast(brightness=0.2, contrast=contrast, id="plasma")
        want = lit + contrast * clouds[..., None] * (lit - lit.mean(dtype=np.float64))
        np.testing.assert_allclose(run(op, backend=backend), np.clip(want, 0, 1), atol=2e-5)
    dark = run(op.replace(contrast=0.3), FLOATS * 0.4, backend)
    np.testing.assert_allclose(dark, pixel.apply_plasma_brightness_contrast(FLOATS * 0.4, 0.2, 0.3, clouds), atol=2e-5)
    half = run(ops.PlasmaShadow(strength=0.5, id="plasma"), backend=backend)
    np.testing.assert_allclose(half, pixel.apply_plasma_shadow(FLOATS, 0.5, clouds), atol=2e-5)


def test_mistakes_are_told():
    for make, text in (
        (lambda: ops.PlasmaBrightnessContrast(), "needs brightness or contrast"),
        (lambda: ops.Illumination(strength=2), "at most 1"),
        (lambda: ops.HeStain(factor=-1), "at least 0"),
        (lambda: ops.Illumination(strength=0.1, x=0.5), "linear pattern has no x"),
    ):  # fmt: skip
        with pytest.raises(SpecError, match=text):
            make()


@pytest.mark.parametrize(
    "op",
    [
        ops.ToneCurve(strength=(0, 0.3), p=0.6), ops.FancyPca(std=(0.1, 0.5), p=0.6),
        ops.HeStain(factor=(0.7, 1.3), add=(-0.2, 0.2)),
        ops.Illumination(strength=(-0.5, 0.5), p=0.6), ops.Illumination(strength=(-0.5, 0.5), pattern="corner"),
        ops.Illumination(strength=(-0.5, 0.5), pattern="spot"),
        ops.PlasmaShadow(strength=(0.1, 0.9), roughness=(0.2, 0.9), p=0.6),
        ops.PlasmaBrightnessContrast(brightness=(-0.3, 0.3), contrast=(-0.5, 0.5)),
    ],
    ids=lambda op: op.name(),
)  # fmt: skip
def test_each_sample_of_a_batch_by_itself(op, batch_is_reference):
    batch_is_reference(op, FLOATS, atol=5e-5)
