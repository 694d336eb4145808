"""Batches on the CPU run sample by sample on the kernels of the host, whatever the threads; gradients go by those of batches."""

import numpy as np
import pytest
import torch
from augment_torchvision import container

import augment
from augment import ops
from augment.testing.tolerance import assert_images_close, assert_masks_close

SPEC = augment.Pipeline([
    ops.Resize(size=60), ops.RandomCrop(size=50), ops.Rotate(degrees=(-30, 30)), ops.ColorJitter(brightness="1±0.3", hue="±36"),
    ops.SomeOf([ops.Gamma(gamma=1.3), ops.GaussianBlur(sigma="1px"), ops.Solarize(threshold=0.6)], n=2),
    ops.CoarseDropout(height=0.2, width=0.2, p=0.5), ops.Normalize("imagenet"),
], targets={"image": "image", "mask": {"kind": "mask", "fill": 3}})  # fmt: skip


@pytest.fixture
def batch():
    rng = np.random.default_rng(0)
    images = np.kron(rng.integers(0, 256, (6, 3, 9, 11)), np.ones((1, 1, 8, 8))).astype(np.uint8)
    return {"image": torch.from_numpy(images), "mask": torch.from_numpy(images[:, 0] // 64)}


@pytest.fixture
def threads():
    before = torch.get_num_threads()
    yield torch.set_num_threads
    torch.set_num_threads(before)


def test_a_batch_is_its_samples_bit_for_bit_whatever_the_threads(batch, threads):
    t = augment.compile(SPEC, "torchvision")
    singles = [t.at(5 + i, 2)({name: rows[i] for name, rows in batch.items()}) for i in range(6)]
    for count in (1, 2, 8):
        threads(count)
        out = t.at(5, 2)(batch)
        for name in batch:
            assert torch.equal(out[name], torch.stack([single[name] for single in singles]))
            assert out[name].is_contiguous()


def test_it_agrees_with_the_kernels_of_batches(batch, monkeypatch):
    t = augment.compile(SPEC, "torchvision")
    got = t.at(3)(batch)
    monkeypatch.setattr(container, "runs_on_host", lambda rasters: False)
    want = t.at(3)(batch)
    for i in range(6):
        assert_images_close(*(out["image"][i].permute(1, 2, 0).numpy() for out in (got, want)), scale=1 / 0.224)
        assert_masks_close(got["mask"][i].numpy(), want["mask"][i].numpy())


@pytest.mark.parametrize("dtype", [torch.uint8, torch.int64, torch.float16, torch.float32, torch.float64, torch.bfloat16])
def test_types_come_out_as_they_went_in(batch, dtype):
    spec = augment.Pipeline([ops.Rotate(degrees=20)])
    images = batch["image"].to(dtype) / (255 if dtype.is_floating_point else 1)
    out = augment.compile(spec, "torchvision")(images.to(dtype))
    assert out.dtype == dtype and out.shape == images.shape


def test_a_gradient_goes_through_a_batch(batch):
    images = (batch["image"] / 255).requires_grad_()
    augment.compile(augment.Pipeline([ops.Rotate(degrees=20)]), "torchvision")(images).sum().backward()
    assert images.grad is not None and float(images.grad.abs().sum()) > 0
