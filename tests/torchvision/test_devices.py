"""Pixels stay on their device: the kernels mix no devices, and compute there what they compute on the host."""

import pytest
import torch
from torch._subclasses.fake_tensor import FakeTensorMode

import augment
from augment.kernels import REFERENCE

PIPELINE = [
    {"random_resized_crop": {"size": 48, "area": [0.3, 1]}}, {"rotate": {"degrees": "±30", "fill": 0.5, "p": 0.7}},
    {"elastic": {"alpha": "2px", "sigma": "9px"}}, {"scale": {"factor": [0.5, 1], "border": "reflect", "p": 0.5}},
    {"perspective": {"distortion": 0.4, "border": "wrap"}}, {"horizontal_flip": {"p": 0.5}},
    {"color_jitter": {"brightness": "1±0.2", "contrast": "1±0.2", "saturation": "1±0.2", "hue": "±36"}},
    {"solarize": {"threshold": 0.6, "p": 0.3}}, {"gaussian_blur": {"sigma": "1px"}}, {"motion_blur": {"length": "3px", "p": 0.5}},
    {"coarse_dropout": {"height": 0.2, "width": 0.2, "fill_mask": 3}}, {"normalize": "imagenet"},
]  # fmt: skip
MIXED = [*PIPELINE[:-1], {"mixup": {"alpha": 1.0}}, {"cutmix": {"alpha": 1.0, "p": 0.5}}, PIPELINE[-1]]
TARGETS = {"image": "image", "mask": "mask", "labels": {"kind": "labels", "classes": 5}}


def batch(device):
    generator = torch.Generator().manual_seed(0)
    image = torch.randint(0, 256, (4, 3, 60, 84), dtype=torch.uint8, generator=generator)
    mask = torch.randint(0, 4, (4, 60, 84), dtype=torch.uint8, generator=generator)
    return {"image": image.to(device), "mask": mask.to(device), "labels": torch.eye(5)[:4].to(device)}


def test_kernels_mix_no_devices():
    """Tensors without data refuse what real ones on a GPU would refuse; noise needs a real generator of the device."""
    transform = augment.compile({"targets": TARGETS, "pipeline": MIXED}, "torchvision")
    with FakeTensorMode(allow_non_fake_inputs=True):
        fake = {
            "image": torch.zeros(4, 3, 60, 84, dtype=torch.uint8, device="cuda"),
            "mask": torch.zeros(4, 60, 84, dtype=torch.uint8, device="cuda"), "labels": torch.zeros(4, 5, device="cuda"),
        }  # fmt: skip
        out = transform.at(0)(fake)
        assert {x.device.type for x in out.values()} == {"cuda"}
        one = augment.compile({"pipeline": PIPELINE}, "torchvision").at(0)
        image, target = one(fake["image"][0], {"boxes": [[10, 10, 40, 40]], "labels": [1]})
    assert image.device.type == "cuda"
    assert image.shape == (3, 48, 48)
    assert len(target["boxes"]) == len(target["labels"])


def test_a_sample_of_a_device_is_that_of_the_host():
    transform = augment.compile({"pipeline": PIPELINE}, "torchvision")
    image, mask = batch("cpu")["image"][0], batch("cpu")["mask"][0]
    boxes = torch.tensor([[10.0, 10, 40, 40], [0, 0, 5, 5]])
    sample = {"image": image, "mask": mask, "boxes": boxes, "labels": torch.tensor([1, 2]), "masks": torch.ones(2, 60, 84)}
    for index in range(3):
        values = transform.program.values(index)
        here, there = transform.at(index)(sample), transform._on_device(transform._read(sample), values)
        assert torch.quantile((here["image"] - there["image"]).abs().flatten(), 0.998) < 0.03 / 255 / 0.22
        assert (here["mask"] != there["mask"]).float().mean() < 0.001
        assert torch.equal(here["boxes"], there["boxes"])
        assert torch.equal(here["labels"], there["labels"])
        assert here["masks"].shape == there["masks"].shape


@pytest.mark.skipif(not torch.cuda.is_available(), reason="needs a CUDA device")
def test_cuda_computes_what_the_host_computes():
    transform = augment.compile({"targets": TARGETS, "pipeline": MIXED}, "torchvision")
    here, there = transform.at(0)(batch("cpu")), transform.at(0)(batch("cuda"))
    assert torch.quantile((here["image"] - there["image"].cpu()).abs().flatten(), 0.998) < 0.03 / 255 / 0.22
    assert (here["mask"] != there["mask"].cpu()).float().mean() < 0.0005
    assert torch.allclose(here["labels"], there["labels"].cpu(), atol=1e-6)


def test_the_set_of_batches_has_what_it_declares():
    from augment_torchvision.backend import TORCH

    from augment.kernels.protocol import BATCHES, missing

    assert not list(missing(TORCH, BATCHES))
    assert TORCH.runs.keys() == REFERENCE.runs.keys() - {"fade", "components"}
