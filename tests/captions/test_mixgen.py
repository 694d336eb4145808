"""mixgen: images blended, captions joined, boxes and spans of both."""

from __future__ import annotations

import numpy as np
import pytest

import augment
from augment.errors import SampleError, UnsupportedOpError
from augment.partners import partner_index

SPEC = """
seed: 4
targets:
  image: image
  caption: caption
  phrases: {kind: spans, of: caption}
  words: {kind: spans, of: caption, carry: [tags]}
  boxes: {kind: boxes, carry: [labels, phrases]}
pipeline: [horizontal_flip: {p: 0.5}, mixgen: MIX]
"""


@pytest.fixture
def dataset():
    rng = np.random.default_rng(1)
    return [
        {
            "image": rng.integers(0, 256, (16, 16, 3), dtype=np.uint8), "caption": [f"thing {i} on the left", "right now"],
            "boxes": [[0, 0, 8, 8 + i]], "labels": [f"thing {i}"], "phrases": [[0, 0, 7]], "words": [[0, 6, 7]], "tags": [str(i)],
        }
        for i in range(4)
    ]  # fmt: skip


def flipped(spec, sample, index):
    """The sample before it is mixed, from a spec without mixgen."""
    return augment.apply(augment.loads(spec.replace(", mixgen: MIX", "")), sample, index=index)


@pytest.mark.parametrize("name", ["reference", "albumentations", "torchvision", "keras"])
def test_over_a_dataset(dataset, name):
    if name == "keras":
        with pytest.raises(UnsupportedOpError, match="keras cannot move caption"):
            augment.compile(augment.loads(SPEC.replace("MIX", "{}")), name)
        return
    spec = augment.loads(SPEC.replace("MIX", "{}"))
    over = augment.compile(spec, name).over(dataset)
    for i in range(4):
        out = over[i]
        j = partner_index(augment.record(spec, index=i)["values"]["mixgen"]["partner"], i, 4)
        mine, theirs = flipped(SPEC, dataset[i], i), flipped(SPEC, dataset[j], j)
        assert out["caption"] == [f"{a} {b}" for a, b in zip(mine["caption"], theirs["caption"], strict=True)]
        half = mine["image"] * 0.5 + theirs["image"] * 0.5
        assert np.abs(out["image"] - half).max() <= 1
        assert out["labels"] == mine["labels"] + theirs["labels"] and np.allclose(out["boxes"], mine["boxes"] + theirs["boxes"])
        assert [out["caption"][w][a:b] for w, a, b in out["phrases"]] == out["labels"]
        assert [out["caption"][w][a:b] for w, a, b in out["words"]] == out["tags"] == [str(i), str(j)]


def test_collate_takes_partners_from_the_batch(dataset):
    transform = augment.compile(augment.loads(SPEC.replace("MIX", "{between: ' | '}")), "reference")
    out = transform.collate(dataset, indices=[0, 1, 2, 3])
    assert all(len(sample["caption"][0].split(" | ")) == 2 for sample in out)


def test_a_drawn_weight(dataset):
    spec = augment.loads(SPEC.replace("MIX", "{alpha: 0.5}").replace("horizontal_flip: {p: 0.5}, ", ""))
    out = augment.compile(spec, "reference").over(dataset)[2]
    values = augment.record(spec, index=2)["values"]["mixgen"]
    other = dataset[partner_index(values["partner"], 2, 4)]
    want = dataset[2]["image"] * values["weight"] + other["image"] * (1 - values["weight"])
    assert np.abs(out["image"] - want).max() <= 1 and 0 < values["weight"] < 1


def test_one_sample_alone_is_refused(dataset):
    with pytest.raises(SampleError, match=r"joins two samples.*\.over"):
        augment.apply(augment.loads(SPEC.replace("MIX", "{}")), dataset[0])


def test_captions_that_cannot_be_joined(dataset):
    spec = augment.loads(SPEC.replace("MIX", "{}"))
    dataset[1]["caption"] = [*dataset[1]["caption"], "more"]
    over = augment.compile(spec, "reference").over(dataset[:2])
    with pytest.raises(SampleError, match="2 texts in one sample and 3 in the other"):
        over[0]
