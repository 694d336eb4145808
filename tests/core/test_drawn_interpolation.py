"""An interpolation that is drawn for each picture: a `one_of` of ops that differ in it alone, on every backend and in batches."""

import numpy as np
import pytest
import torch
import torchvision.transforms.v2 as T
from torchvision.transforms import InterpolationMode

import augment
from augment import ops
from augment.errors import SampleError
from augment.testing.photographs import photographs

COUNT = 12
(PHOTO,) = photographs(((72, 96),))
SMOOTH = ("bilinear", "bicubic")
EVERY = (*SMOOTH, "nearest")
CROP = ops.RandomResizedCrop(size=[40, 40], area=1.0, aspect=1.0)
FIXED = [
    (ops.Resize(size=[40, 56]), SMOOTH), (CROP, SMOOTH), (ops.Rotate(degrees=20), EVERY),
    (ops.Affine(rotate=20, scale=1.3), EVERY),
]  # fmt: skip
"""Ops that draw nothing, so that each interpolation makes one picture."""


def host(spec):
    return [augment.apply(spec, {"image": PHOTO}, index=i)["image"] for i in range(COUNT)]


def albumentations(spec):
    compose = augment.compile(spec, "albumentations")
    return [compose.at(index=i)(image=PHOTO)["image"] for i in range(COUNT)]


def torchvision(spec):
    transform, photo = augment.compile(spec, "torchvision"), torch.tensor(PHOTO).permute(2, 0, 1)
    return [transform.at(i)(photo).permute(1, 2, 0).numpy() for i in range(COUNT)]


def torch_batch(spec):
    batch = torch.tensor(np.stack([PHOTO] * COUNT)).permute(0, 3, 1, 2)
    return augment.compile(spec, "torchvision").at(range(COUNT))(batch).permute(0, 2, 3, 1).numpy()


def keras_batch(spec):
    batch = np.stack([PHOTO] * COUNT)
    return np.asarray(augment.compile(spec, "keras", jit_compile=False).at(np.arange(COUNT))(batch, training=True))


BATCHES = [torch_batch, keras_batch]
WAYS = [host, albumentations, torchvision, *BATCHES]


def drawn(op, interpolations):
    return augment.Pipeline([ops.OneOf([op.replace(interpolation=one) for one in interpolations])], seed=2)


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
@pytest.mark.parametrize(("op", "interpolations"), FIXED, ids=lambda case: case.name() if hasattr(case, "name") else "")
def test_each_picture_is_that_of_one_interpolation(op, interpolations, way):
    alone = [way(augment.Pipeline([op.replace(interpolation=one)]))[0].astype(int) for one in interpolations]
    chosen = set()
    for got in way(drawn(op, interpolations)):
        furthest = [np.abs(got - one).max() for one in alone]
        assert sorted(furthest)[0] <= 1 and sorted(furthest)[1] > 4
        chosen.add(int(np.argmin(furthest)))
    assert chosen == set(range(len(interpolations)))


@pytest.mark.parametrize("way", WAYS[1:], ids=lambda way: way.__name__)
def test_windows_that_are_drawn_are_those_of_the_host(way):
    """As timm's ``interpolation='random'``."""
    spec = drawn(ops.RandomResizedCrop(size=[40, 56], area=(0.2, 0.9)), SMOOTH)
    for got, want in zip(way(spec), host(spec), strict=True):
        assert np.abs(got.astype(int) - want).max() <= 1


@pytest.mark.parametrize("op", [ops.Resize(size=40), ops.RandomResizedCrop(size=40, area=0.5), CROP.replace(antialias=False)])
def test_without_antialiasing_it_is_drawn_for_single_pictures(op):
    spec = drawn(op, ("bilinear", "nearest"))
    for way in WAYS[1:3]:
        assert [got.shape for got in way(spec)] == [want.shape for want in host(spec)]
    for way in BATCHES:
        with pytest.raises(SampleError, match="is not applied to all, so it draws the size of its output"):
            way(spec)


def test_a_choice_of_torchvisions_is_one():
    crops = [T.RandomResizedCrop(40, interpolation=InterpolationMode(one)) for one in SMOOTH]
    spec = augment.from_native(T.RandomChoice(crops))
    (choice,) = spec
    assert [(op.name(), op.interpolation) for op in choice.ops] == [("random_resized_crop", one) for one in SMOOTH]
    assert torch_batch(spec).shape == (COUNT, 40, 40, 3)
