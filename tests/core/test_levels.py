"""Whole numbers from 0 to 255 are levels of 8 bits, whatever type they came in; others need a scale, on every backend."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import augment
from augment.errors import SampleError
from augment.testing.photographs import photographs

torch = pytest.importorskip("torch")
(PHOTO,) = photographs(((40, 56),))
BACKENDS = ["reference", "albumentations", "torchvision", "keras"]
WIDTHS = ["int16", "uint16", "int32", "uint32", "int64", "uint64"]
SPECS = [
    "pipeline: [rotate: 20, brightness: 1.2]", "pipeline: [horizontal_flip: {p: 1}]", "pipeline: [normalize: imagenet]",
    "pipeline: [solarize: 0.5, posterize: 3]", "pipeline: [to_float: {}]",
]  # fmt: skip


@pytest.mark.parametrize("backend", BACKENDS)
@pytest.mark.parametrize("text", SPECS)
def test_levels_of_any_width(backend, text) -> None:
    spec = augment.loads(text)
    want = augment.apply(spec, {"image": PHOTO}, backend=backend)["image"]
    for dtype in WIDTHS:
        got = augment.apply(spec, {"image": PHOTO.astype(dtype)}, backend=backend)["image"]
        assert got.dtype == (dtype if want.dtype == np.uint8 else np.float32), dtype
        assert np.array_equal(got, want), dtype
    images = PHOTO.astype(np.int64), PHOTO
    wide, narrow = (augment.compile(spec, backend).over([{"image": image}])[0]["image"] for image in images)
    assert np.array_equal(wide, narrow)


@pytest.mark.parametrize("text", SPECS)
@pytest.mark.parametrize("dtype", ["int16", "int32", "int64"])
def test_also_as_tensors(text, dtype) -> None:
    transform = augment.compile(augment.loads(text), "torchvision")
    levels = torch.from_numpy(PHOTO).permute(2, 0, 1)
    for one in (levels, torch.stack([levels] * 2)):
        want, got = transform.at(0)(one), transform.at(0)(one.to(getattr(torch, dtype)))
        assert got.dtype == (getattr(torch, dtype) if want.dtype == torch.uint8 else torch.float32)
        assert torch.equal(got.to(want.dtype), want)


@pytest.mark.parametrize("backend", [*BACKENDS, "tensors", "layer"])
@pytest.mark.parametrize(
    ("low", "high", "fix"), [(0, 256, "begin with to_float: {max: ...}"), (-1, 255, "shift and scale them to floats")]
)
def test_others_are_refused_with_a_way_that_fits(backend, low, high, fix) -> None:
    image: Any = PHOTO.astype(np.int32).copy()
    image[0, 0, 0], image[0, 0, 1] = low, high
    spec = {"pipeline": [{"rotate": 20}]}
    with pytest.raises(SampleError) as caught:
        if backend == "tensors":
            augment.compile(spec, "torchvision")(torch.from_numpy(image).permute(2, 0, 1))
        elif backend == "layer":
            augment.compile(spec, "keras")(image)
        else:
            augment.apply(spec, {"image": image}, backend=backend)
    assert f"int32 with values from {low} to {high}; whole numbers are levels from 0 to 255: {fix}" in str(caught.value)
    if low >= 0:
        scaled = augment.apply({"pipeline": [{"to_float": {"max": 256}}]}, {"image": image})["image"]
        assert scaled.max() == 1


@pytest.mark.parametrize("backend", [*BACKENDS, "tensors", "layer"])
def test_a_type_without_room_for_levels_is_refused(backend) -> None:
    image: Any = (PHOTO // 2).astype(np.int8)
    spec = {"pipeline": [{"brightness": 1.5}]}
    with pytest.raises(SampleError, match=r"int8, which has no room for levels from 0 to 255: cast it to uint8"):
        if backend == "tensors":
            augment.compile(spec, "torchvision")(torch.from_numpy(image).permute(2, 0, 1)[None])
        elif backend == "layer":
            augment.compile(spec, "keras")(image)
        else:
            augment.apply(spec, {"image": image}, backend=backend)
