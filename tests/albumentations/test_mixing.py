"""Specs that mix samples: over a dataset, and within a list of samples."""

import numpy as np
import pytest

import augment
from augment.errors import SampleError

TARGETS = "targets: {image: image, mask: mask, labels: {kind: labels, classes: 4}}\n"
MIXUP = augment.loads(f"seed: 1\n{TARGETS}pipeline: [horizontal_flip: {{p: 0.5}}, mixup: 0.5]")
CUTMIX = augment.loads(f"seed: 1\n{TARGETS}pipeline: [horizontal_flip: {{p: 0.5}}, cutmix: 0.5]")


@pytest.fixture
def dataset(photo):
    images = [np.roll(photo, 17 * i, axis=1) for i in range(4)]
    return [{"image": image, "mask": image[..., 0], "labels": i, "name": f"{i}"} for i, image in enumerate(images)]


@pytest.mark.parametrize("spec", [MIXUP, CUTMIX])
def test_over_agrees_with_the_reference(spec, dataset):
    ours = augment.compile(spec, "albumentations").over(dataset)
    theirs = augment.compile(spec, "reference").over(dataset)
    for i in range(4):
        a, b = ours[i], theirs[i]
        assert np.abs(a["image"].astype(int) - b["image"]).max() <= 1
        np.testing.assert_array_equal(a["mask"], b["mask"])
        np.testing.assert_allclose(a["labels"], b["labels"], atol=1e-6)
        assert a["name"] == f"{i}"


def test_pairs(dataset):
    t = augment.compile(MIXUP, "albumentations")
    image, label = t.over([(d["image"], d["labels"]) for d in dataset])[2]
    assert image.shape == dataset[0]["image"].shape
    assert label.shape == (4,)
    assert abs(label.sum() - 1) < 1e-6


def test_bare_images(dataset):
    t = augment.compile(augment.loads("seed: 1\npipeline: [horizontal_flip: {p: 0.5}, mixup: 0.5]"), "albumentations")
    images = [d["image"] for d in dataset]
    by_name = t.over([{"image": image} for image in images])
    for i, image in enumerate(t.over(images)):
        np.testing.assert_array_equal(image, by_name[i]["image"])
    np.testing.assert_array_equal(t.collate(images, indices=range(4))[3], t.collate(list(by_name.dataset), range(4))[3]["image"])
    tensors = augment.compile(t.spec, "albumentations", output="torch").over(images)
    assert tensors[0].shape == (3, *images[0].shape[:2])


def test_collate_by_keys_and_anew(dataset):
    t = augment.compile(MIXUP, "albumentations")
    a, b = (t.collate(dataset, indices=range(4), epoch=2) for _ in range(2))
    for left, right in zip(a, b, strict=True):
        np.testing.assert_array_equal(left["image"], right["image"])
    np.testing.assert_array_equal(a[1]["image"], t.over(dataset)[2, 1]["image"])
    anew = [t.collate(dataset)[0]["labels"].tobytes() for _ in range(3)]
    assert len(set(anew)) == 3
    assert t.collate([]) == []


def test_boxes_of_both_samples(photo):
    t = augment.compile(augment.loads("pipeline: [mixup: 0.5]"), "albumentations")
    data = [
        {"image": photo, "bboxes": [[10, 20, 50, 60]], "labels": ["a"]},
        {"image": photo, "bboxes": [[0, 0, 9, 9], [5, 5, 20, 20]], "labels": ["b", "c"]},
    ]
    out = t.over(data)[0]
    assert out["bboxes"] == [[10, 20, 50, 60], [0, 0, 9, 9], [5, 5, 20, 20]]
    assert out["labels"] == ["a", "b", "c"]


def test_alone_it_says_what_to_do(photo):
    for p in (1, 0.001):
        t = augment.compile(augment.loads(f"pipeline: [mixup: {{alpha: 0.2, p: {p}}}]"), "albumentations")
        with pytest.raises(SampleError, match=r"\.over\(dataset\)"):
            t(image=photo)
        with pytest.raises(SampleError, match=r"\.over\(dataset\)"):
            t.at(3)(image=photo)


def test_lists_of_masks_and_uneven_samples_are_refused(photo):
    t = augment.compile(augment.loads("pipeline: [mixup: 0.2]"), "albumentations")
    with pytest.raises(SampleError, match="give one mask"):
        t.over([{"image": photo, "masks": [photo[..., 0]]}] * 2)[0]
    with pytest.raises(SampleError, match="different entries"):
        t.collate([{"image": photo}, {"image": photo, "mask": photo[..., 0]}])
    with pytest.raises(SampleError, match="a pair of an image and its labels, not str"):
        t.over(["cat.jpg", "dog.jpg"])[0]
