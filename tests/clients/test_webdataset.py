"""webdataset: shards of pictures with masks, boxes and captions; samples are dicts by file ending."""

from __future__ import annotations

import io
import json

import numpy as np
import pytest
import torch
from PIL import Image

import augment

wds = pytest.importorskip("webdataset", reason="needs webdataset: pip install 'augment-spec[clients]'")


def png(array):
    file = io.BytesIO()
    Image.fromarray(array).save(file, "png")
    return file.getvalue()


@pytest.fixture
def shard(tmp_path, pictures):
    with wds.TarWriter(str(tmp_path / "shard.tar")) as sink:
        for i, p in enumerate(pictures):
            told = {"boxes": [p.box], "labels": [p.label]}
            files = {"jpg": png(p.image), "seg.png": png(p.mask), "json": json.dumps(told).encode(), "cls": str(p.label).encode()}
            sink.write({"__key__": f"{i:04}", **files, "txt": b"a block on the left"})
    return str(tmp_path / "shard.tar")


def opened(shard, how="pil"):
    return wds.WebDataset(shard, shardshuffle=False).decode(how)


def test_pairs(shard, spec, block):
    transform = augment.compile(spec("{image: image}"), "torchvision", output="torch")
    data = opened(shard).to_tuple("jpg", "cls").map_tuple(transform, lambda x: x)
    torch.manual_seed(1)
    one = [(image, label) for _ in range(2) for image, label in data]
    torch.manual_seed(1)
    two = [(image, label) for _ in range(2) for image, label in data]
    assert all(torch.equal(a, b) and m == n for (a, m), (b, n) in zip(one, two, strict=True))
    assert len({tuple(block(image)) for image, _ in one}) > 8


def test_samples_under_the_names_of_their_files(shard, spec, block):
    """All of a sample, as webdataset hands it on: its key and class pass; boxes and captions that nobody declared do not."""
    transform = augment.compile(spec("{jpg: image, seg.png: mask}"), "torchvision")
    whole = opened(shard).map_dict(**{"seg.png": lambda mask: mask.getchannel(0)})
    with pytest.raises(augment.AugmentError, match="boxes"):
        next(iter(whole.map(transform)))
    told = whole.map(lambda sample: {name: entry for name, entry in sample.items() if name not in ("json", "txt")})
    for i, sample in enumerate(told.map(transform)):
        assert block(np.array(sample["jpg"])) == block(np.array(sample["seg.png"]))
        assert sample["__key__"] == f"{i:04}" and sample["cls"] == i % 3


def test_renamed_samples_with_boxes_keyed_by_their_names(shard, spec, block):
    transform = augment.compile(spec(), "torchvision")

    def renamed(sample):
        boxes = np.array(sample["json"]["boxes"], np.float32)
        whole = {"image": sample["jpg"], "mask": sample["seg.png"], "boxes": boxes, "labels": np.array(sample["json"]["labels"])}
        return transform.at(int(sample["__key__"]))(whole)

    outs = list(opened(shard, "rgb8").map(lambda s: {**s, "seg.png": s["seg.png"][..., 0]}).map(renamed))
    raw = list(opened(shard, "rgb8"))
    for i, (out, sample) in enumerate(zip(outs, raw, strict=True)):
        assert block(out["image"]) == block(out["mask"]) == out["boxes"][0].tolist()
        whole = {"image": sample["jpg"], "mask": sample["seg.png"][..., 0], **sample["json"]}
        want = augment.apply(spec(), whole, index=i)
        np.testing.assert_array_equal(out["image"], want["image"])
        np.testing.assert_array_equal(out["boxes"], want["boxes"])
        assert out["labels"].tolist() == sample["json"]["labels"]


def test_captions_follow(shard):
    flip = augment.loads("{targets: {jpg: image, txt: caption}, pipeline: [horizontal_flip: {p: 1}]}")
    transform = augment.compile(flip, "torchvision")
    for sample in opened(shard).rename(keep=False, jpg="jpg", txt="txt").map(transform):
        assert sample["txt"] == "a block on the right"


def test_in_a_loader_with_workers(shard, spec, block):
    transform = augment.compile(spec("{image: image}"), "torchvision", output="torch")
    data = opened(shard).to_tuple("jpg", "cls").map_tuple(transform, lambda x: x).batched(4)
    torch.manual_seed(1)
    loader = wds.WebLoader(data, batch_size=None, num_workers=1)
    images = torch.cat([images for images, _ in loader])
    assert images.shape == (8, 3, 56, 56) and len({tuple(block(image)) for image in images}) > 4
