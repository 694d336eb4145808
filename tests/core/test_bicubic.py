"""Bicubic in a warp: Keys' kernel as OpenCV has it, within the borders and coverage of the language."""

import cv2
import numpy as np
import pytest
from skimage import data

import augment
from augment import ops
from augment.errors import SpecError

PHOTO = data.astronaut()[::6, ::6][:70]
FLOATS = PHOTO.astype(np.float32) / 255
HOST = ["reference", "opencv"]


def run(op, image=FLOATS, backend="reference", **sample):
    return augment.apply(augment.Pipeline([op]), {"image": image, **sample}, backend=backend, index=3)["image"]


@pytest.mark.parametrize("backend", HOST)
@pytest.mark.parametrize("size", [[130, 61], [33, 200]])
def test_a_resize_without_antialiasing_is_that_of_opencv(backend, size):
    got = run(ops.Resize(size=size, antialias=False, interpolation="bicubic"), backend=backend)
    want = np.clip(cv2.resize(FLOATS, tuple(size[::-1]), interpolation=cv2.INTER_CUBIC), 0, 1)
    np.testing.assert_allclose(got, want, atol=0.01 / 255)


@pytest.mark.parametrize("backend", HOST)
def test_a_map_is_that_of_opencv(backend):
    op = ops.Affine(rotate=20, scale=1.7, shear_x=8, border="replicate", interpolation="bicubic")
    size = FLOATS.shape[:2]
    centred = op.move({name: np.float64(getattr(op, name).number) for name in VALUES}, size, np).inverse
    middle = np.array([[1, 0, (size[1] - 1) / 2], [0, 1, (size[0] - 1) / 2], [0, 0, 1]])
    inverse = (middle @ centred @ np.linalg.inv(middle))[:2]
    flags = cv2.INTER_CUBIC | cv2.WARP_INVERSE_MAP
    want = cv2.warpAffine(FLOATS, inverse, size[::-1], flags=flags, borderMode=cv2.BORDER_REPLICATE)
    got = run(op, backend=backend)
    np.testing.assert_allclose(got, np.clip(want, 0, 1), atol=0.02 / 255)
    assert np.abs(got - run(op.replace(interpolation="bilinear"))).max() > 0.05  # it is sharper


VALUES = ("rotate", "translate_x", "translate_y", "scale", "shear_x", "shear_y")


@pytest.mark.parametrize("backend", HOST)
def test_the_fill_does_not_ring_into_the_image(backend):
    """A constant border fades out as it does in a bilinear map: taps see the edge of the image, and never the fill."""
    op = ops.Affine(rotate=30, translate_x=0.2, fill=0.2, interpolation="bicubic")
    flat = np.full_like(FLOATS, 0.7)
    np.testing.assert_allclose(run(op, flat, backend), run(op.replace(interpolation="bilinear"), flat, backend), atol=2e-5)


@pytest.mark.parametrize("backend", HOST)
def test_what_it_overshoots_is_cut_off(backend):
    step = np.zeros((20, 30, 3), np.float32)
    step[:, 15:] = 1
    got = run(ops.Translate(x="0.4px", border="replicate", interpolation="bicubic"), step, backend)
    assert got.min() == 0 and got.max() == 1
    across = got[10, 12:18, 0]
    a, x = -0.75, 0.4  # the pixel that is read 0.4 before the first white one, by hand
    far, near = a * x * (x - 1) ** 2, ((a + 2) * x - (a + 3)) * x * x + 1
    np.testing.assert_allclose(across, [0, 0, 0, near + far, 1, 1], atol=1e-5)


@pytest.mark.parametrize("border", ["constant", "reflect101", "wrap"])
def test_batches_of_torch_are_what_samples_are(border):
    torch = pytest.importorskip("torch")
    more = {"border": border, "interpolation": "bicubic"}
    spec = augment.Pipeline(
        [ops.Affine(rotate=(-40, 40), scale=(0.5, 2), **more), ops.Perspective(distortion=(0.1, 0.5), **more)]
    )
    batch = np.stack([FLOATS, FLOATS[:, ::-1], 1 - FLOATS])
    want = np.stack([augment.apply(spec, {"image": image}, index=i)["image"] for i, image in enumerate(batch)])
    tensors = torch.from_numpy(
        np.ascontiguousarray(batch.transpose(0, 3, 1, 2))
    ).requires_grad_()  # gradients keep torch's kernels
    got = augment.compile(spec, "torchvision").at(range(3))({"image": tensors})["image"]
    off = np.abs(got.detach().numpy().transpose(0, 2, 3, 1) - want) * 255
    assert (off > 0.03).mean() < 0.001, off.max()


def test_it_joins_runs_of_its_own_and_masks_stay_nearest():
    cubic = {"interpolation": "bicubic", "border": "replicate"}
    spec = augment.Pipeline([ops.Rotate(degrees=20, **cubic), ops.Scale(factor=1.3, **cubic), ops.HorizontalFlip(p=1)])
    mask = (PHOTO[..., 0] > 90).astype(np.uint8) * 9
    out = augment.apply(spec, {"image": FLOATS, "mask": mask})
    assert set(np.unique(out["mask"])) == {0, 9}
    one = augment.apply(augment.Pipeline([ops.Affine(rotate=20, scale=1.3, **cubic), ops.HorizontalFlip(p=1)]), {"image": FLOATS})
    np.testing.assert_allclose(out["image"], one["image"], atol=0.02 / 255)


def test_after_normalize_it_is_refused():
    with pytest.raises(SpecError, match=r"bicubic clips to 0\.\.1, so it cannot stand after"):
        augment.compile(
            augment.Pipeline([ops.Normalize("imagenet"), ops.Rotate(degrees=3, interpolation="bicubic")]), "reference"
        )
    flip = ops.HorizontalFlip(p=1, interpolation="bicubic")  # moves whole pixels
    augment.compile(augment.Pipeline([ops.Normalize("imagenet"), flip]), "reference")
