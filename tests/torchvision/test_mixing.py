"""Mixup and cutmix: partners from a dataset by key, from a list of samples, and within a batch."""

import numpy as np
import pytest
import torch
from torch.utils.data import DataLoader, Dataset
from torchvision import tv_tensors

import augment
from augment.errors import SampleError
from augment.partners import partner_index

TARGETS = {"image": "image", "labels": {"kind": "labels", "classes": 10}}
BEFORE = [{"horizontal_flip": {"p": 0.5}}, {"rotate": {"degrees": "±20"}}]


def spec(op, **more):
    return {"seed": 2, "targets": TARGETS, "pipeline": [*BEFORE, op, {"brightness": {"factor": 0.9}}], **more}


MIXUP, CUTMIX = spec({"mixup": {"alpha": 1.0}}), spec({"cutmix": {"alpha": 1.0, "p": 0.7}})
BOTH = spec({"one_of": [{"mixup": {"alpha": 0.4}}, {"cutmix": {"alpha": 1.0}}]})


class Photos(Dataset):
    def __init__(self, photos, masks=None):
        self.photos, self.masks = photos, masks

    def __len__(self):
        return 9

    def __getitem__(self, index):
        image = torch.from_numpy(self.photos[index % 3]).permute(2, 0, 1)
        if self.masks is None:
            return image, index
        return {"image": image, "mask": torch.from_numpy(self.masks[index % 3]), "labels": index}


def reference(spec, photos, index, epoch=0):
    samples = [{"image": photos[i % 3], "labels": i} for i in range(9)]
    return augment.compile(spec, "reference").keyed(samples, index, epoch)


def test_alone_it_says_what_to_do(photos):
    for op in (MIXUP, CUTMIX):
        transform = augment.compile(op, "torchvision")
        for seed in range(3):
            torch.manual_seed(seed)
            with pytest.raises(SampleError, match=r"\.over\(dataset\), or \.collate"):
                transform(*Photos(photos)[0])
        assert transform.eval()(*Photos(photos)[4])[1].tolist() == np.eye(10)[4].tolist()  # nothing is mixed at inference


@pytest.mark.parametrize("op", [MIXUP, CUTMIX, BOTH], ids=["mixup", "cutmix", "one_of"])
def test_over_is_the_reference(photos, op):
    over = augment.compile(op, "torchvision").over(Photos(photos))
    for epoch, index in ((0, 0), (0, 5), (3, 8)):
        image, label = over[(epoch, index)]
        wanted = reference(op, photos, index, epoch)
        assert np.abs(image.permute(1, 2, 0).numpy().astype(int) - wanted["image"]).max() <= 1
        assert label.tolist() == pytest.approx(wanted["labels"].tolist(), abs=1e-6)
        assert float(label.sum()) == pytest.approx(1)
    images = torch.cat([x for x, _ in DataLoader(over, batch_size=3, num_workers=2)])
    assert torch.equal(images, torch.stack([over[i][0] for i in range(9)]))


@pytest.mark.parametrize("op", [MIXUP, CUTMIX, BOTH], ids=["mixup", "cutmix", "one_of"])
def test_collate_and_a_batch_agree_with_the_reference(photos, masks, op):
    op = {**op, "targets": {**TARGETS, "mask": "mask"}}
    transform, samples = augment.compile(op, "torchvision"), [Photos(photos, masks)[i] for i in range(7)]
    collated = transform.collate(samples, indices=range(7), epoch=1)
    plain = torch.utils.data.default_collate(samples)
    batch = transform.at(range(7), epoch=1)(plain)
    arrays = [{"image": photos[i % 3], "mask": masks[i % 3], "labels": i} for i in range(7)]
    wanted = augment.compile(op, "reference").collate(arrays, indices=range(7), epoch=1)
    for out in (collated, batch):
        assert out["labels"].shape == (7, 10)
        for i, one in enumerate(wanted):
            assert np.abs(out["image"][i].permute(1, 2, 0).numpy().astype(int) - one["image"]).max() <= 1
            assert (out["mask"][i].numpy() != one["mask"]).mean() < 0.0005
            assert out["labels"][i].tolist() == pytest.approx(one["labels"].tolist(), abs=1e-6)
    assert (collated["labels"].max(dim=1).values < 1).any()


@pytest.mark.parametrize("op", ["mixup", "cutmix"])
def test_a_batch_with_images_and_masks_of_several_types(photos, op):
    grey = [photo[..., 1] for photo in photos]
    every = {
        "image": [photo.transpose(2, 0, 1) for photo in photos], "infrared": [g[None].astype(np.float32) / 255 for g in grey],
        "classes": [g.astype(np.int64) // 40 for g in grey], "depth": [g.astype(np.float32) / 255 for g in grey],
        "parts": [np.stack([g // 30, g // 50]) for g in grey], "seen": [g > 90 for g in grey], "labels": [0, 4, 9],
    }  # fmt: skip
    masks = {"classes": "mask", "depth": "mask", "parts": {"kind": "mask", "fill": 7}, "seen": "mask"}
    op = spec({op: {"alpha": 0.9}}, targets={**TARGETS, "infrared": "image", **masks})
    out = augment.compile(op, "torchvision").at(3)({name: torch.from_numpy(np.stack(rows)) for name, rows in every.items()})

    def of_host(name, i):
        raster = np.asarray(every[name][i])
        return raster if raster.ndim < 3 else raster.transpose(1, 2, 0)

    samples = [{name: of_host(name, i) for name in every} for i in range(3)]
    for i, wanted in enumerate(augment.compile(op, "reference").collate(samples, indices=range(3, 6))):
        for name in every:
            got, want = out[name][i].numpy(), np.asarray(wanted[name])
            got = got.transpose(1, 2, 0) if got.ndim == 3 else got
            assert got.shape == want.shape
            close = {"image": 2, "infrared": 0.03 / 255, "depth": 1e-5, "labels": 1e-6}.get(name, 0)
            assert (np.abs(got.astype(float) - want) > close).mean() < 0.001, name
            assert got.dtype == want.dtype or name == "labels"


def test_labels_that_are_declared_are_mixed(photos):
    transform, images = augment.compile(MIXUP, "torchvision"), torch.zeros(3, 3, 8, 8)
    for without in (images, {"image": images}, {"image": images, "names": ["a", "b", "c"]}):
        with pytest.raises(SampleError, match="the sample has no 'labels', which targets declares"):
            transform(without)
    with pytest.raises(SampleError, match=r"labels: batches hold tensors .* give it as a tensor"):
        transform({"image": images, "labels": [0, 1, 2]})
    assert transform.eval()(images).shape == images.shape


def test_labels_of_another_batch(photos):
    transform = augment.compile({"pipeline": [{"rotate": 9}]}, "torchvision")
    with pytest.raises(SampleError, match="labels is a batch of 2, but the images of 3"):
        transform({"image": torch.zeros(3, 3, 8, 8), "labels": torch.zeros(2)})


def test_collate_fn(photos):
    transform = augment.compile(MIXUP, "torchvision")
    torch.manual_seed(0)
    images, labels = next(iter(DataLoader(Photos(photos), batch_size=9, collate_fn=transform.collate)))
    assert images.shape == (9, 3, 60, 84)
    assert images.dtype == torch.uint8
    assert torch.allclose(labels.sum(dim=1), torch.ones(9))
    assert (labels.argsort(dim=1, descending=True)[:, 1] != torch.arange(9)).any()
    torch.manual_seed(0)
    again, _ = next(iter(DataLoader(Photos(photos), batch_size=9, collate_fn=transform.collate)))
    assert torch.equal(images, again)


def test_partners_are_others():
    assert all(partner_index(u, i, 5) != i for u in (0.0, 0.3, 0.999999) for i in range(5))


def test_collate_of_detection_keeps_lists(photos):
    transform = augment.compile({"pipeline": [{"cutmix": {"alpha": 1.0}}]}, "torchvision")
    image = torch.from_numpy(photos[0]).permute(2, 0, 1)

    def sample(count):
        boxes = tv_tensors.BoundingBoxes(torch.tensor([[10.0, 10, 30, 30]] * count), format="XYXY", canvas_size=(60, 84))
        return image, {"boxes": boxes, "labels": torch.arange(count)}

    images, target = transform.collate([sample(1), sample(2), sample(3)])
    assert images.shape == (3, 3, 60, 84)
    assert [len(b) for b in target["boxes"]] == [len(x) for x in target["labels"]]
    assert all(isinstance(b, tv_tensors.BoundingBoxes) for b in target["boxes"])


def test_labels_that_cannot_be_mixed(photos):
    bare = augment.compile({"pipeline": [{"mixup": {"alpha": 1.0}}]}, "torchvision")
    with pytest.raises(SampleError, match=r"classes: N"):
        bare.over(Photos(photos))[0]
    with pytest.raises(SampleError, match=r"classes: N"):
        bare(torch.zeros(2, 3, 8, 8), torch.tensor([0, 1]))
    with pytest.raises(SampleError, match=r"did you mean 'labels'"):
        bare.collate([{"image": torch.zeros(3, 8, 8), "label": 1}] * 2)
    with pytest.raises(SampleError, match=r"10 is not one of 10 classes"):
        augment.compile(MIXUP, "torchvision")(torch.zeros(2, 3, 8, 8), torch.tensor([0, 10]))


def test_instances_cannot_be_mixed(photos):
    bare = augment.compile({"pipeline": [{"mixup": {"alpha": 1.0}}]}, "torchvision")
    target = {"boxes": torch.tensor([[1.0, 1, 5, 5]]), "labels": torch.tensor([1]), "masks": torch.zeros(1, 60, 84)}
    with pytest.raises(SampleError, match="instances cannot be mixed"):
        bare.collate([(torch.zeros(3, 60, 84), target)] * 2)


def hub(photos):
    """As Hugging Face names the entries."""
    return [{"image": torch.from_numpy(photo).permute(2, 0, 1), "label": i} for i, photo in enumerate(photos)]


@pytest.mark.parametrize("stage", ["train", "eval"])
def test_a_label_under_another_name_never_stays_behind(photos, stage):
    transform = augment.compile(MIXUP, "torchvision", stage=stage)
    runs = (lambda: transform.over(hub(photos))[0], lambda: transform.collate(hub(photos)))
    for run in (*runs, lambda: augment.compile(MIXUP, "reference", stage=stage).over(hub(photos))[0]):
        with pytest.raises(SampleError, match="'label'; did you mean 'labels'"):
            run()


def test_a_declared_label_that_is_missing(photos):
    data = [{"image": row["image"], "y": row["label"]} for row in hub(photos)]
    transform = augment.compile(MIXUP, "torchvision")
    for run in (lambda: transform.over(data)[0], lambda: transform.collate(data)):
        with pytest.raises(SampleError, match="has no 'labels', which targets declares"):
            run()


def test_labels_that_are_words_or_fractions(photos):
    images = [row["image"] for row in hub(photos)]
    for targets in ({}, {"image": "image", "name": "labels"}):
        transform = augment.compile({"targets": targets, "pipeline": [{"mixup": 0.2}]}, "torchvision")
        with pytest.raises(SampleError, match="only numbers can be mixed or smoothed, not 'cat'"):
            transform.over([(image, "cat") for image in images])[0]
        label = transform.over([(image, i / 4) for i, image in enumerate(images)])[1][1]
        assert float(label) not in (0, 0.25, 0.5)
        assert 0 < float(label) < 0.5
