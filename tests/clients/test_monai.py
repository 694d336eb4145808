"""MONAI: among its dictionary transforms, in its data sets and caches, on its tensors, and on batches."""

from __future__ import annotations

import warnings

import numpy as np
import pytest
import torch

import augment

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # its import tells of functions of torch that will go
    monai = pytest.importorskip("monai", reason="needs monai: pip install 'augment-spec[clients]'")
    import monai.transforms as mt

SCANS = augment.loads("""
seed: 5
targets: {image: image, label: mask}
pipeline: [horizontal_flip: {p: 0.5}, vertical_flip: {p: 0.5}, random_crop: 56]
""")


@pytest.fixture
def scans(pictures):
    """One channel, first, as floats, as MONAI's scaled intensities are."""
    return [{"image": p.image[None, ..., 0].astype("float32"), "label": p.mask[None]} for p in pictures]


BEFORE = [mt.ScaleIntensityd("image"), mt.ToTensord(["image", "label"], track_meta=False)]


def chain(transform):
    return mt.Compose([*BEFORE, transform, mt.RandGaussianNoised("image", prob=0)])


def test_between_its_dictionary_transforms(scans, block):
    transform = augment.compile(SCANS, "torchvision")
    data = monai.data.Dataset(scans, chain(transform))
    for _ in range(2):
        torch.manual_seed(2)
        outs = [data[i] for i in range(8)]
        places = [tuple(block(out["image"])) for out in outs]
        assert places == [tuple(block(out["label"])) for out in outs] and len(set(places)) > 4
        assert all(out["image"].shape == out["label"].shape == (1, 56, 56) for out in outs)
    torch.manual_seed(2)
    assert [tuple(block(data[i]["image"])) for i in range(8)] == places


def test_a_composition_is_not_what_it_is_made_of(scans, block):
    """A composition of one takes the transform itself; one that can be iterated would be taken for a list."""
    transform = augment.compile(SCANS, "torchvision")
    for composed in (
        mt.Compose(transform),
        mt.Compose([transform]),
        mt.OneOf([transform]),
        mt.Compose([mt.Compose([transform])]),
    ):
        assert len(composed.flatten()) == 1
        out = composed({"image": torch.from_numpy(scans[0]["image"]) / 255, "label": torch.from_numpy(scans[0]["label"])})
        assert block(out["image"]) == block(out["label"])


def test_caches_hold_what_stands_before_it_and_draws_are_new(scans, block):
    transform = augment.compile(SCANS, "torchvision")
    smart = {"replace_rate": 0.5, "cache_num": 4, "num_init_workers": 0, "num_replace_workers": 0}
    for kind, options in ((monai.data.CacheDataset, {"num_workers": 0}), (monai.data.SmartCacheDataset, smart)):
        data = kind(scans, chain(transform), progress=False, **options)
        places = set()
        for _ in range(6):
            out = data[0]
            assert block(out["image"]) == block(out["label"])
            places.add(tuple(block(out["image"])))
        assert len(places) > 1, "a cache must not hold what was drawn"


def test_keyed_samples_are_those_of_apply(scans):
    keyed = augment.compile(SCANS, "torchvision").over(monai.data.Dataset(scans, mt.Compose(BEFORE)))
    batch = next(iter(monai.data.DataLoader(keyed, batch_size=8)))
    for i, scan in enumerate(scans):
        image = scan["image"][0]
        scaled = ((image - image.min()) / (image.max() - image.min()))[..., None]
        want = augment.apply(SCANS, {"image": scaled, "label": scan["label"][0]}, index=i)
        np.testing.assert_allclose(batch["image"][i].permute(1, 2, 0), want["image"], atol=1e-6)
        np.testing.assert_array_equal(batch["label"][i, 0], want["label"])


def test_tensors_with_an_affine_are_refused_and_say_what_to_do(scans):
    transform = mt.Compose([mt.ToTensord(["image", "label"]), augment.compile(SCANS, "torchvision")])
    data = {"image": scans[0]["image"] / 255, "label": scans[0]["label"]}
    with pytest.raises(RuntimeError) as caught:
        transform(data)
    assert "affine" in str(caught.value.__cause__) and "as_subclass" in str(caught.value.__cause__)
