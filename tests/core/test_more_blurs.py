"""Blurs of lenses, displays and fewer pixels against OpenCV, SciPy and Albumentations, on every backend."""

import albumentations as A
import cv2
import numpy as np
import pytest
from albumentations.augmentations.blur.functional import defocus, zoom_blur
from scipy import ndimage, special
from skimage import data

import augment
from augment import ops
from augment.errors import SpecError
from augment.ops.optics import bessel

PHOTO = np.ascontiguousarray(data.astronaut()[100:197, 180:263])
FLOATS = PHOTO.astype(np.float32) / 255
BACKENDS = ("reference", "albumentations", "torchvision", "keras")


def run(op, image=FLOATS, backend="reference", index=0):
    return augment.apply(augment.Pipeline([op]), {"image": image}, backend=backend, index=index)["image"]


@pytest.mark.parametrize("backend", BACKENDS)
def test_box_blur_is_that_of_opencv(backend):
    for size in (1, 3, 7, 21):
        np.testing.assert_allclose(run(ops.BoxBlur(size=size), backend=backend), cv2.blur(FLOATS, (size, size)), atol=1e-5)
    spec, sizes = augment.Pipeline([ops.BoxBlur(size=(3, 7))]), set()
    for index in range(8):
        size = int(augment.record(spec, index=index)["values"]["box_blur"]["size"])
        sizes.add(size)
        out = augment.apply(spec, {"image": FLOATS}, index=index, backend=backend)["image"]
        np.testing.assert_allclose(out, cv2.blur(FLOATS, (size, size)), atol=1e-5)
    assert sizes == {3, 5, 7}
    assert np.abs(run(ops.BoxBlur(size=5), PHOTO, backend).astype(int) - cv2.blur(PHOTO, (5, 5))).max() <= 1


@pytest.mark.parametrize("backend", BACKENDS)
@pytest.mark.parametrize(("radius", "softness"), [(3, 0.3), (5, 0.5), (8, 0.1)])
def test_defocus_is_that_of_albumentations(backend, radius, softness):
    out = run(ops.Defocus(radius=f"{radius}px", softness=softness), backend=backend)
    reach = radius + 2  # beyond the edge it mirrors its kernel, too
    np.testing.assert_allclose(out, defocus(FLOATS, radius, softness), atol=2e-3 if radius == 8 else 5e-4)
    assert out[reach:-reach].std() < FLOATS[reach:-reach].std()


@pytest.mark.parametrize("backend", BACKENDS)
def test_defocus_by_nothing_changes_nothing(backend):
    np.testing.assert_allclose(run(ops.Defocus(radius=0, softness=0), backend=backend), FLOATS, atol=1e-6)


def by_hand(size, sigma_x, sigma_y, degrees, beta):
    """The kernel by its covariance, as it is published."""
    angle, reach = np.radians(-degrees), size // 2  # y down
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    inverse = np.linalg.inv(turn @ np.diag([sigma_x**2, sigma_y**2]) @ turn.T)
    at = np.stack(np.meshgrid(np.arange(-reach, reach + 1), np.arange(-reach, reach + 1)), axis=-1)
    kernel = np.exp(-0.5 * np.einsum("...i,ij,...j", at, inverse, at) ** beta)
    return kernel / kernel.sum()


@pytest.mark.parametrize("backend", BACKENDS)
@pytest.mark.parametrize("shape", [(5, 1, 1, 0, 1), (7, 3, 0.6, 30, 1), (9, 2, 1, -70, 0.5), (9, 3, 1, 110, 4)])
def test_advanced_blur_is_a_generalised_gaussian(backend, shape):
    size, sigma_x, sigma_y, degrees, beta = shape
    op = ops.AdvancedBlur(size=size, sigma_x=sigma_x, sigma_y=sigma_y, degrees=degrees, beta=beta)
    want = cv2.filter2D(FLOATS, -1, by_hand(*shape).astype(np.float32))
    np.testing.assert_allclose(run(op, backend=backend), want, atol=2e-5)


def test_advanced_blur_is_that_of_albumentations():
    fixed = {"sigma_x_limit": (2, 2), "sigma_y_limit": (0.7, 0.7), "rotate_limit": (25, 25), "noise_limit": (1, 1)}
    theirs = A.AdvancedBlur(blur_limit=(7, 7), **fixed)
    theirs.beta_limit = (1, 1)
    kernel = theirs.get_params()["kernel"]
    np.testing.assert_allclose(kernel, by_hand(7, 2, 0.7, -25, 1), atol=1e-6)


def test_noise_of_a_kernel_stays_within_its_share():
    point = np.zeros((15, 15, 1), np.float32)
    point[7, 7] = 1
    shape = {"size": 7, "sigma_x": 2, "sigma_y": 2, "degrees": 0}
    clean = run(ops.AdvancedBlur(**shape), point)[4:11, 4:11, 0]
    ratios = []
    for index in range(20):
        noisy = run(ops.AdvancedBlur(**shape, noise=0.3), point, index=index)[4:11, 4:11, 0]
        ratios.append(noisy / clean / (noisy / clean).mean())
    assert 0.6 < np.min(ratios) < 0.75 and 1.25 < np.max(ratios) < 1.4


def test_the_bessel_function_is_scipys():
    x = np.linspace(1e-3, 90, 40_000)
    np.testing.assert_allclose(bessel(x, np) * x, special.j1(x), atol=2e-7)


@pytest.mark.parametrize("backend", BACKENDS)
@pytest.mark.parametrize(("size", "cutoff"), [(7, 0.8), (15, 1.5), (21, 3.0)])
def test_ringing_is_that_of_albumentations(backend, size, cutoff):
    theirs = A.RingingOvershoot(blur_limit=(size, size), cutoff=(cutoff, cutoff))
    want = np.clip(cv2.filter2D(FLOATS, -1, theirs.get_params()["kernel"]), 0, 1)
    np.testing.assert_allclose(run(ops.Ringing(size=size, cutoff=cutoff), backend=backend), want, atol=5e-5)


@pytest.mark.parametrize("backend", BACKENDS)
@pytest.mark.parametrize(("zoom", "steps"), [(1.3, 12), (1.1, 5), (2.5, 3)])
def test_zoom_blur_is_the_mean_of_zooms(backend, zoom, steps):
    centre = (np.array(FLOATS.shape[:2]) - 1) / 2
    total = FLOATS.astype(float)
    for k in range(1, steps + 1):
        scale = 1 / (1 + (zoom - 1) * k / steps)
        offset = centre * (1 - scale)
        for c in range(3):
            plane = FLOATS[..., c].astype(float)
            total[..., c] += ndimage.affine_transform(plane, [scale] * 2, offset, order=1, mode="nearest")
    np.testing.assert_allclose(run(ops.ZoomBlur(zoom=zoom, steps=steps), backend=backend), total / (steps + 1), atol=2e-5)


def test_zoom_blur_is_near_that_of_albumentations():
    want = zoom_blur(FLOATS, np.arange(1.0, 1.24, 0.02))
    assert np.abs(run(ops.ZoomBlur(zoom=1.22, steps=11)) - want).mean() < 0.02


def nearest(image, height, width):
    """The pixels under the centres of others; of two that are equally near, the first."""
    sides = zip((height, width), image.shape[:2], strict=True)
    y, x = (np.ceil((np.arange(n) + 0.5) * m / n - 1 - 1e-3).astype(int) for n, m in sides)
    return image[np.clip(y, 0, None)][:, np.clip(x, 0, None)]


@pytest.mark.parametrize("backend", BACKENDS)
@pytest.mark.parametrize("scale", [0.1, 0.2, 0.37, 0.5, 0.9, 1.0])
def test_downscale_is_two_resizes_of_opencv(backend, scale):
    image = np.ascontiguousarray(FLOATS[:80, :65])
    size = int(80 * scale + 0.5), int(65 * scale + 0.5)
    for down, by in {"nearest": cv2.INTER_NEAREST_EXACT, "bilinear": cv2.INTER_LINEAR, "area": cv2.INTER_AREA}.items():
        small = nearest(image, *size) if down == "nearest" else cv2.resize(image, size[::-1], interpolation=by)
        if down == "nearest" and scale == 0.2:  # one of five pixels lies in the middle
            np.testing.assert_array_equal(small, cv2.resize(image, size[::-1], interpolation=by))
        for up in ("nearest", "bilinear"):
            want = nearest(small, 80, 65) if up == "nearest" else cv2.resize(small, (65, 80), interpolation=cv2.INTER_LINEAR)
            out = run(ops.Downscale(scale=scale, down=down, up=up), image, backend)
            np.testing.assert_allclose(out, want, atol=2e-5, err_msg=f"{down} {up}")


@pytest.mark.parametrize("backend", BACKENDS)
def test_pixels_of_a_copy_are_whole_blocks(backend):
    out = run(ops.Downscale(scale=0.25, down="area"), np.ascontiguousarray(FLOATS[:64, :80]), backend)
    blocks = FLOATS[:64, :80].reshape(16, 4, 20, 4, 3).mean(axis=(1, 3))
    np.testing.assert_allclose(out, blocks.repeat(4, 0).repeat(4, 1), atol=1e-6)


@pytest.mark.parametrize("backend", BACKENDS)
@pytest.mark.parametrize("shape", ["square", "ellipse"])
def test_openings_closings_and_gradients_are_those_of_opencv(backend, shape):
    near = cv2.getStructuringElement(cv2.MORPH_RECT if shape == "square" else cv2.MORPH_ELLIPSE, (5, 5))
    mask = (PHOTO[..., 1] // 43).astype(np.uint8)
    for op, kind in ((ops.Opening, cv2.MORPH_OPEN), (ops.Closing, cv2.MORPH_CLOSE)):
        spec = augment.Pipeline([op(size=5, shape=shape, masks=True)])
        out = augment.apply(spec, {"image": PHOTO, "mask": mask}, backend=backend)
        np.testing.assert_array_equal(out["image"], cv2.morphologyEx(PHOTO, kind, near))
        np.testing.assert_array_equal(out["mask"], cv2.morphologyEx(mask, kind, near))
    out = run(ops.MorphologicalGradient(size=5, shape=shape), PHOTO, backend)
    np.testing.assert_array_equal(out, cv2.morphologyEx(PHOTO, cv2.MORPH_GRADIENT, near))


def test_mistakes_are_told():
    for make, text in (
        (lambda: ops.BoxBlur(size=4), "must be odd"), (lambda: ops.Downscale(scale=0), "more than 0"),
        (lambda: ops.ZoomBlur(zoom=0.5), "1 changes nothing"), (lambda: ops.Ringing(size=7, cutoff=4), "at most 3.14"),
    ):  # fmt: skip
        with pytest.raises(SpecError, match=text):
            make()


@pytest.mark.parametrize(
    "op",
    [
        ops.BoxBlur(size=(1, 9), p=0.6), ops.Defocus(radius=("1px", "6px"), softness=(0.1, 0.5), p=0.6),
        ops.AdvancedBlur(size=(3, 9), sigma_x=(0.3, 3), sigma_y=(0.3, 3), beta=(0.5, 4), noise=0.2, p=0.6),
        ops.Ringing(size=(7, 15), cutoff=(0.8, 2), p=0.6), ops.ZoomBlur(zoom=(1, 1.4), steps=3, p=0.6),
        ops.Downscale(scale=(0.1, 0.9), p=0.6), ops.Downscale(scale=(0.1, 0.9), down="area", up="bilinear"),
        ops.Closing(size=(1, 5)),
    ],
    ids=lambda op: op.name(),
)  # fmt: skip
def test_each_sample_of_a_batch_by_itself(op, batch_is_reference):
    batch_is_reference(op, FLOATS, atol=5e-5)
