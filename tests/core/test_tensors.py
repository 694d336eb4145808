"""``output="torch"`` gives the same tensors on every host backend: channels and layers first, all else as it is."""

from __future__ import annotations

import numpy as np
import pytest

import augment
from augment.errors import SpecError

torch = pytest.importorskip("torch")
pytest.importorskip("torchvision")
pytest.importorskip("albumentations")

BACKENDS = ["reference", "torchvision", "albumentations"]
IMAGES = [(20, 24), (20, 24, 1), (20, 24, 3), (20, 24, 5)]
MASKS = [(20, 24), (20, 24, 1), (20, 24, 6)]


@pytest.mark.parametrize("backend", BACKENDS)
@pytest.mark.parametrize("image", IMAGES)
@pytest.mark.parametrize("mask", MASKS)
@pytest.mark.parametrize(
    "ops", ["horizontal_flip: {p: 1}", "center_crop: [10, 12], normalize: {mean: 0.5, std: 0.5}", "horizontal_flip: {p: 0}"]
)
def test_layout_of_every_target(backend, image, mask, ops):
    rng = np.random.default_rng(0)
    sample = {
        "image": rng.integers(0, 255, image, dtype=np.uint8), "mask": rng.integers(0, 9, mask, dtype=np.int32),
        "boxes": np.array([[5.0, 6, 15, 14]]), "keypoints": np.array([[11.0, 9]]), "labels": np.array([3]),
    }  # fmt: skip
    spec = augment.loads(f"pipeline: [{ops}]")
    arrays = augment.compile(spec, backend).over([sample])[0]
    tensors = augment.compile(spec, backend, output="torch").over([sample])[0]
    for name in ("image", "mask"):
        assert isinstance(tensors[name], torch.Tensor)
        array = np.asarray(arrays[name])
        first = array.transpose(2, 0, 1) if array.ndim == 3 else array[None] if name == "image" else array
        np.testing.assert_allclose(tensors[name].numpy(), first, rtol=0, atol=1e-6)
    for name in ("boxes", "keypoints", "labels"):
        assert type(tensors[name]) is type(arrays[name])
        np.testing.assert_array_equal(tensors[name], arrays[name])


@pytest.mark.parametrize("backend", ["reference", "albumentations"])
def test_other_outputs_are_refused(backend):
    with pytest.raises(SpecError, match=r"output is None,? .*'torch'"):
        augment.compile({"pipeline": []}, backend, output="jax")
