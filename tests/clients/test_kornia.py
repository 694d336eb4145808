"""kornia: batches of tensors, before and behind its own layers."""

from __future__ import annotations

import numpy as np
import pytest
import torch

import augment

kornia = pytest.importorskip("kornia", reason="needs kornia: pip install 'augment-spec[clients]'")
import kornia.augmentation as K
from kornia.image import image_to_tensor, tensor_to_image


@pytest.fixture
def batch(pictures):
    images = torch.stack([image_to_tensor(p.image) for p in pictures]).float() / 255
    masks = torch.stack([torch.from_numpy(p.mask)[None] for p in pictures]).float()
    return images, masks


@pytest.mark.parametrize("around", [torch.nn.Sequential, K.ImageSequential], ids=lambda kind: kind.__name__)
def test_in_a_sequence_of_layers(batch, spec, block, around):
    transform = augment.compile(spec("{image: image}"), "torchvision")
    layers = around(kornia.filters.GaussianBlur2d((3, 3), (0.1, 0.1)), transform, K.Normalize(torch.zeros(3), torch.ones(3)))
    runs = []
    for _ in range(2):
        torch.manual_seed(3)
        runs.append(layers(batch[0]))
    assert torch.equal(*runs) and runs[0].shape == (8, 3, 56, 56)
    assert len({tuple(block(image)) for image in runs[0]}) > 4


def test_keyed_batches_are_those_of_apply(batch, spec):
    policy = spec("{image: image, mask: mask}")
    out = augment.compile(policy, "torchvision").at(3)({"image": batch[0], "mask": batch[1]})
    for i in range(8):
        image, mask = tensor_to_image(batch[0][i]), batch[1][i, 0].numpy()
        want = augment.apply(policy, {"image": image, "mask": mask}, index=3 + i)
        np.testing.assert_allclose(tensor_to_image(out["image"][i]), want["image"], atol=1e-4)
        np.testing.assert_array_equal(out["mask"][i, 0], want["mask"])


def test_before_an_augmentation_that_takes_masks(batch, spec, block):
    transform = augment.compile(spec("{image: image, mask: mask}"), "torchvision")
    torch.manual_seed(0)
    out = transform({"image": batch[0], "mask": batch[1]})
    flip = K.AugmentationSequential(K.RandomHorizontalFlip(p=0.5), data_keys=["input", "mask"])
    images, masks = flip(out["image"], out["mask"])
    assert [block(image) for image in images] == [block(mask) for mask in masks]
    assert len({tuple(block(image)) for image in images}) > 4
