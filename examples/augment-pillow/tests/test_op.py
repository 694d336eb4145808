"""The op is what its formula says, on every backend that is installed."""

import numpy as np
import pytest
from skimage.exposure import adjust_sigmoid

import augment
from augment import ops
from augment.plugins import backends
from augment.testing import assert_images_close, photographs


@pytest.fixture(scope="module")
def photo():
    return photographs()[0].astype(np.float32) / 255


def test_agrees_with_scikit_image(photo):
    spec = augment.Pipeline([ops.SigmoidContrast(gain=8, cutoff=0.4)])
    out = augment.apply(spec, {"image": photo})["image"]
    np.testing.assert_allclose(out, adjust_sigmoid(photo, cutoff=0.4, gain=8), atol=1e-6)


INSTALLED = [name for name, backend in backends().items() if not backend.missing() and backend.modality == "image"]


@pytest.mark.parametrize("name", INSTALLED)
def test_works_on_every_backend(name, photo):
    spec = augment.loads("pipeline: [sigmoid_contrast: [4, 10], rotate: ±10]")
    image = (photo * 255).round().astype(np.uint8)
    want = augment.apply(spec, {"image": image}, index=3)["image"]
    assert_images_close(augment.apply(spec, {"image": image}, backend=name, index=3)["image"], want)


def test_mistakes_are_explained():
    with pytest.raises(augment.errors.SpecError, match="gain"):
        augment.loads("pipeline: [sigmoid_contrast: {gain: 0}]")
