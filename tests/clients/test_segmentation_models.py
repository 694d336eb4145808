"""segmentation-models-pytorch: a data set as its examples write it, and a step of training."""

from __future__ import annotations

import numpy as np
import pytest
import torch

import augment

smp = pytest.importorskip(
    "segmentation_models_pytorch", reason="needs segmentation-models-pytorch: pip install 'augment-spec[clients]'"
)


class Pets(torch.utils.data.Dataset):
    """As its examples have it: images and masks in, tensors with channels first out."""

    def __init__(self, pictures, augmentation=None):
        self.pictures, self.augmentation = pictures, augmentation

    def __len__(self):
        return len(self.pictures)

    def __getitem__(self, i):
        sample = {"image": self.pictures[i].image, "mask": self.pictures[i].mask}
        if self.augmentation:
            sample = self.augmentation(**sample)
        return sample["image"].transpose(2, 0, 1).astype("float32"), sample["mask"][None]


def test_masks_follow_in_a_data_set_of_its_examples(pictures, spec, block):
    compose = augment.compile(spec("{image: image, mask: mask}"), "albumentations")
    compose.set_random_seed(0)
    pairs = [pair for _ in range(4) for pair in Pets(pictures, compose)]
    for image, mask in pairs:
        assert image.shape == (3, 56, 56) and mask.shape == (1, 56, 56)
        assert block(image) == block(mask)
    compose.set_random_seed(0)
    for one, (image, mask) in zip(Pets(pictures, compose), pairs, strict=False):
        np.testing.assert_array_equal(one[0], image)
        np.testing.assert_array_equal(one[1], mask)


def test_keyed_samples_are_those_of_apply(pictures, spec):
    policy = spec("{image: image, mask: mask}")
    keyed = augment.compile(policy, "albumentations", output="torch").over([{"image": p.image, "mask": p.mask} for p in pictures])
    for i, picture in enumerate(pictures):
        want = augment.apply(policy, {"image": picture.image, "mask": picture.mask}, index=i)
        out = keyed[i]
        np.testing.assert_array_equal(out["image"].permute(1, 2, 0), want["image"])
        np.testing.assert_array_equal(out["mask"], want["mask"])


def test_a_step_of_training(pictures, spec):
    policy = augment.loads("pipeline: [horizontal_flip: {p: 0.5}, random_crop: 32, normalize: imagenet]")
    keyed = augment.compile(policy, "albumentations", output="torch").over([{"image": p.image, "mask": p.mask} for p in pictures])
    model = smp.Unet("resnet18", encoder_weights=None, classes=1)
    loss = smp.losses.DiceLoss("binary", from_logits=True)
    for batch in torch.utils.data.DataLoader(keyed, batch_size=4):
        value = loss(model(batch["image"]), batch["mask"][:, None].float())
        value.backward()
        assert torch.isfinite(value)
