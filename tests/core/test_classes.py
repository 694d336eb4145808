"""``classes: N`` makes one-hot rows of class numbers on every backend, whether an op mixes or not."""

import numpy as np
import pytest
import torch
import torchvision  # noqa: F401  # before TensorFlow, which Keras may import

import augment

IMAGE = np.zeros((6, 9, 3), np.uint8)
FLIP = [{"horizontal_flip": {"p": 1}}]


WAYS = ["reference", "albumentations", "torchvision", "keras", "keras batch", "keras apply", "keras over"]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("stage", ["train", "eval"])
@pytest.mark.parametrize("name", ["labels", "breed"])
def test_class_numbers_become_rows(way, stage, name):
    spec = {"targets": {"image": "image", name: {"kind": "labels", "classes": 4}}, "pipeline": FLIP}
    sample = {"image": IMAGE, name: 2}
    match way:
        case "torchvision":
            out = augment.compile(spec, way, stage=stage)({**sample, "image": torch.zeros(3, 6, 9)})[name]
        case "albumentations":
            out = augment.compile(spec, way, stage=stage)(**sample)[name]
        case "keras" | "keras batch":
            batched = way == "keras batch"
            inputs = {"image": IMAGE[None], name: np.array([2])} if batched else {"image": IMAGE, name: np.array(2)}
            out = augment.compile(spec, "keras", stage=stage)(inputs)[name]
            out = out[0] if batched else out
        case "keras over":
            out = augment.compile(spec, "keras", stage=stage).over([sample])[0][name]
        case _:
            out = augment.apply(spec, sample, backend=way.split()[0], stage=stage)[name]
    assert np.asarray(out).tolist() == [0, 0, 1, 0]
