"""What is adapted or smoothed within a batch of tensors is what the reference makes of its samples."""

import numpy as np
import pytest
import torch

import augment
from augment import ops

TARGETS = {"image": "image", "labels": {"kind": "labels", "classes": 4}}


@pytest.fixture(scope="module")
def batch(photos):
    images = [photos[0], photos[1], photos[2], photos[0][::-1] // 2]
    return {"image": torch.from_numpy(np.stack(images)).permute(0, 3, 1, 2), "labels": torch.arange(4)}


@pytest.mark.parametrize(
    "op",
    [
        ops.HistogramMatching(blend=(0.5, 1.0), p=0.7), ops.Fda(beta=(0.0, 0.1)), ops.Fda(beta=0.1, channels=[0, 2]),
        *(ops.PixelDistribution(blend=(0.5, 1), statistics=kind) for kind in ("standard", "min_max", "pca")),
    ],
    ids=str,
)  # fmt: skip
def test_a_batch_is_adapted_to_itself(batch, op):
    spec = augment.Pipeline([ops.RandomCrop(size=48), op], targets=TARGETS, seed=5)
    out = augment.compile(spec, "torchvision").at(range(4), epoch=2)(batch)
    samples = [{"image": batch["image"][i].permute(1, 2, 0).numpy(), "labels": i} for i in range(4)]
    for i, want in enumerate(augment.compile(spec).collate(samples, indices=range(4), epoch=2)):
        apart = np.abs(out["image"][i].permute(1, 2, 0).numpy().astype(int) - want["image"])
        assert (apart > 1).mean() < 0.001 and want["image"].std() > 5
    assert out["labels"].tolist() == np.eye(4).tolist()


@pytest.mark.parametrize("image", [torch.zeros(4, 3, 8, 8, dtype=torch.uint8), torch.zeros(4, 3, 8, 8, requires_grad=True)])
def test_labels_of_a_batch_are_smoothed(image):
    spec = augment.Pipeline([ops.LabelSmoothing(share=0.2), ops.HorizontalFlip(p=0.5)], targets=TARGETS)
    transform = augment.compile(spec, "torchvision")
    for labels in (torch.tensor([3, 1, 0, 0]), torch.eye(4)[[3, 1, 0, 0]]):
        smooth = transform({"image": image, "labels": labels})["labels"]
        assert torch.allclose(smooth, torch.eye(4)[[3, 1, 0, 0]] * 0.8 + 0.05)
        assert torch.equal(transform.eval()({"image": image, "labels": labels})["labels"], torch.eye(4)[[3, 1, 0, 0]])
        transform.train()
    one = transform(image[0].detach(), 2)[1]
    assert one.tolist() == pytest.approx([0.05, 0.05, 0.85, 0.05])


def test_some_labels_of_a_batch_are_smoothed():
    images, labels = torch.zeros(32, 3, 8, 8, requires_grad=True), torch.zeros(32, dtype=torch.int64)
    spec = augment.Pipeline([ops.LabelSmoothing(share=0.2, p=0.5)], targets=TARGETS)
    on_torch = augment.compile(spec, "torchvision").at(range(32))({"image": images, "labels": labels})["labels"]
    samples = [{"image": np.zeros((8, 8, 3), np.uint8), "labels": 0} for _ in range(32)]
    want = [augment.apply(spec, sample, index=i)["labels"] for i, sample in enumerate(samples)]
    assert np.allclose(on_torch.numpy(), want, atol=1e-6) and len(np.unique(on_torch[:, 0])) == 2
