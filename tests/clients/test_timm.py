"""timm: a data set's own transform, its loaders, and its mixing behind ours."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from PIL import Image

import augment

timm_data = pytest.importorskip("timm.data", reason="needs timm: pip install 'augment-spec[clients]'")


@pytest.fixture
def folder(tmp_path, pictures):
    for i, picture in enumerate(pictures):
        place = tmp_path / str(picture.label)
        place.mkdir(exist_ok=True)
        Image.fromarray(picture.image).save(place / f"{i}.png")
    return tmp_path


def test_images_of_a_folder(folder, spec, block):
    transform = augment.compile(spec("{image: image}"), "torchvision", output="torch")
    dataset = timm_data.ImageDataset(str(folder), transform=transform)
    for _ in range(2):
        torch.manual_seed(3)
        images = [dataset[i][0] for i in range(8)]
        again = [image for image, _ in (torch.manual_seed(3), [dataset[i] for i in range(8)])[1]]
        assert all(torch.equal(a, b) for a, b in zip(images, again, strict=True))
    assert len({tuple(block(image)) for image in images}) > 4
    assert [int(dataset[i][1]) for i in range(8)] == sorted(int(dataset[i][1]) for i in range(8))


def test_a_loader_that_made_a_transform_of_its_own_takes_ours(folder, spec):
    """As timm's users replace what `create_loader` has set."""
    loader = timm_data.create_loader(
        timm_data.ImageDataset(str(folder)), (3, 56, 56), 4, is_training=True, num_workers=0, persistent_workers=False,
        device=torch.device("cpu"), mean=(0, 0, 0), std=(1, 1, 1),
    )  # fmt: skip
    loader.dataset.transform = augment.compile(spec("{image: image}"), "torchvision", output="torch")
    torch.manual_seed(1)
    images, labels = zip(*loader, strict=True)
    assert images[0].shape == (4, 3, 56, 56) and images[0].dtype == torch.float32
    assert torch.cat(labels).bincount().tolist() == [3, 3, 2]
    mixed, targets = timm_data.Mixup(mixup_alpha=0.2, num_classes=3, prob=1)(images[0], labels[0])
    assert mixed.shape == (4, 3, 56, 56) and targets.shape == (4, 3)


def test_a_keyed_data_set_in_a_loader(folder, spec):
    """Which sets a transform of its own on any data set: on a keyed one it is told, and ours stays."""
    plain = timm_data.ImageDataset(str(folder))
    keyed = augment.compile(spec("{image: image}"), "torchvision", output="torch").over(plain)
    options = {"num_workers": 0, "persistent_workers": False, "device": torch.device("cpu"), "mean": (0, 0, 0), "std": (1, 1, 1)}
    with pytest.warns(UserWarning, match=r"over\.transform stays the compiled spec"):
        loader = timm_data.create_loader(keyed, (3, 56, 56), 8, **options)
    images, labels = next(iter(loader))
    for i, (image, label) in enumerate(zip(images, labels, strict=True)):
        file, want = plain.reader[i]
        photo = np.array(Image.open(file).convert("RGB"))
        got = np.rint(image.permute(1, 2, 0).numpy() * 255)
        np.testing.assert_array_equal(got, augment.apply(spec("{image: image}"), {"image": photo}, index=i)["image"])
        assert label == want
