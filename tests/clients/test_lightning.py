"""Lightning: keyed samples whose epochs its Trainer counts, and a module that holds the transform and runs it on batches."""

from __future__ import annotations

import warnings

import pytest
import torch

import augment

lightning = pytest.importorskip("lightning", reason="needs lightning: pip install 'augment-spec[clients]'")


class Classifier(lightning.LightningModule):
    """Keeps the batches that it is trained on; a transform that it holds runs on those, as its guides do on a device."""

    def __init__(self, transform=None):
        super().__init__()
        self.transform, self.head, self.seen = transform, torch.nn.Linear(3, 3), []

    def on_after_batch_transfer(self, batch, dataloader_idx):
        images, labels = batch
        return (self.transform(images) if self.transform and self.trainer.training else images), labels

    def training_step(self, batch, at):
        images, labels = batch
        self.seen.append(images)
        return torch.nn.functional.cross_entropy(self.head(images.float().mean((-1, -2))), labels)

    def configure_optimizers(self):
        return torch.optim.SGD(self.parameters(), 0.1)


def fit(module, loader, folder, **options):
    options = {"max_epochs": 3, "accelerator": "cpu", "logger": False, "enable_checkpointing": False, **options}
    trainer = lightning.Trainer(default_root_dir=folder, enable_progress_bar=False, enable_model_summary=False, **options)
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=".*LeafSpec", category=FutureWarning)  # what its loops ask of torch
        trainer.fit(module, loader)
    return module.seen


@pytest.fixture
def data(pictures):
    return [(torch.from_numpy(p.image).permute(2, 0, 1), p.label) for p in pictures]


def test_epochs_of_keyed_samples(data, spec, block, tmp_path):
    transform = augment.compile(spec("{image: image}"), "torchvision")
    keyed = transform.over(data)
    seen = fit(Classifier(), torch.utils.data.DataLoader(keyed, batch_size=4), tmp_path, callbacks=[keyed.epochs])
    assert len(seen) == 6
    for epoch in range(3):
        images = torch.cat(seen[2 * epoch : 2 * epoch + 2])
        for i, (image, _) in enumerate(data):
            assert torch.equal(images[i], transform.at(i, epoch)(image))
    assert len({tuple(block(image)) for images in seen for image in images}) > 12


def test_a_module_that_holds_the_transform(data, spec, block, tmp_path):
    loader = torch.utils.data.DataLoader(data, batch_size=4)
    runs = []
    for _ in range(2):
        lightning.seed_everything(4, verbose=False)
        module = Classifier(augment.compile(spec("{image: image}"), "torchvision"))
        runs.append(fit(module, loader, tmp_path))
    assert len(runs[0]) == 6 and all(torch.equal(a, b) for a, b in zip(*runs, strict=True)), "a seed repeats a run"
    assert all(images.shape == (4, 3, 56, 56) for images in runs[0])
    assert len({tuple(block(image)) for images in runs[0] for image in images}) > 12
    assert not any("transform" in name for name in module.state_dict())
