"""The backend passes the published kit; what it returns takes Pillow images."""

import numpy as np
import pytest
from PIL import Image

import augment
from augment.backend import Support
from augment.errors import UnsupportedOpError
from augment.plugins import backends
from augment.testing import BackendSuite, photographs
from augment.testing.tolerance import declared_bound


class TestPillow(BackendSuite):
    backend = "pillow"


def between_levels():
    """A photograph that is not on the 8-bit grid: the worst case for what reads 8 bits."""
    photo = photographs()[0]
    shift = np.random.default_rng(0).uniform(-0.5, 0.5, photo.shape)
    return (np.clip(photo + shift, 0, 255) / 255).astype(np.float32)


@pytest.mark.parametrize(
    "op", ["brightness: 1.5", "contrast: 1.5", "saturation: 1.5", "gamma: 0.6", "hue: 30", "grayscale: {p: 1}", "solarize: 0.5"]
)
def test_bounds_hold_between_levels(op):
    pipeline = augment.loads(f"pipeline: [{op}]")
    bound = declared_bound(backends()["pillow"].support(type(pipeline[0])).bound)
    image = between_levels()
    got, want = (augment.apply(pipeline, {"image": image}, backend=name)["image"] for name in ("pillow", "reference"))
    assert (np.abs(got - want).max(axis=2) * 255 > bound.levels).mean() <= bound.stray


def test_images_come_back_as_they_went_in():
    photo = Image.fromarray(photographs()[0])
    transform = augment.compile(augment.loads("pipeline: [rotate: ±15, center_crop: 64]"), "pillow")
    assert transform(photo).size == (64, 64)
    out = transform.at(3)({"image": photo, "boxes": [[10, 10, 90, 80]], "name": "coffee"})
    assert isinstance(out["image"], Image.Image)
    assert out["name"] == "coffee"
    assert np.array_equal(out["image"], transform.over([photo] * 4)[3])
    floats = augment.compile(augment.loads("pipeline: [normalize: imagenet]"), "pillow")(photo)
    assert floats.dtype == np.float32


def test_refusals_name_what_to_do():
    with pytest.raises(UnsupportedOpError, match="quadrilaterals only; use perspective"):
        augment.compile(augment.loads("pipeline: [elastic: {alpha: 0.05, sigma: 0.06}]"), "pillow")


def test_it_says_which_kernel_runs_what():
    transform = augment.compile(augment.loads("pipeline: [rotate: ±15, brightness: 1±0.2]"), "pillow")
    assert "PIL.Image.transform" in transform.explain()
    assert isinstance(backends()["pillow"].support(type(transform.spec[1])), Support)
