"""What rows carry may be of any kind: it drops with its row, on every backend and in every container."""

from __future__ import annotations

import enum

import numpy as np
import pytest

import augment

torch = pytest.importorskip("torch")
tv_tensors = pytest.importorskip("torchvision.tv_tensors")
pd = pytest.importorskip("pandas")


class Animal(enum.Enum):
    CAT, DOG, FOX = 1, 2, 3


IMAGE = np.zeros((40, 60, 3), np.uint8)
BOXES = [[1.0, 1.0, 6.0, 6.0], [25.0, 15.0, 35.0, 25.0], [30.0, 20.0, 36.0, 28.0]]
"""The first is cut off."""
KINDS = {
    "numbers": [1, 2, 3], "words": ["a", "b", "c"], "bytes": [b"a", b"b", b"c"], "mappings": [{"id": 1}, {"id": 2}, {"id": [3]}],
    "members": list(Animal), "gaps": [None, "b", None], "pairs": [(1, 2), (3, 4), (5, 6)], "ragged": [[1], [2, 3], []],
    "arrays": [np.array([1]), np.array([2, 3]), np.array([4])], "tensors": [torch.tensor(1), torch.tensor(2), torch.tensor(3)],
    "rows of tensors": [torch.tensor([1, 2]), torch.tensor([3, 4]), torch.tensor([5, 6])],
    "tensors and gaps": [None, torch.tensor(2), torch.tensor(3)], "dates": list(np.array(["2020", "2021", "2022"], "M8[Y]")),
    "in a tuple": ({"id": 1}, {"id": 2}, {"id": 3}), "texts": np.array(["a", "b", "c"]), "objects": np.array([{}, {1: 2}, None]),
    "half": np.array([1, 2, 3], np.float16), "truths": np.array([True, False, True]), "a tensor": torch.tensor([1, 2, 3]),
    "a series": pd.Series([1, 2, 3]), "a series of words": pd.Series(["a", "b", "c"]),
    "categories": pd.Categorical(["a", "b", "a"]),
}  # fmt: skip
PLAIN = {"pipeline": [{"center_crop": 20}]}
DECLARED = {"targets": {"image": "image", "boxes": {"kind": "boxes", "carry": ["what"]}}, **PLAIN}


def reference(spec, key, carried):
    return augment.compile(spec, "reference")({"image": IMAGE, "boxes": BOXES, key: carried})[key]


def torchvision(spec, key, carried, of=torch.tensor):
    image = torch.from_numpy(IMAGE).permute(2, 0, 1)
    return augment.compile(spec, "torchvision")({"image": image, "boxes": of(BOXES), key: carried})[key]


def nested(spec, key, carried):
    boxes = tv_tensors.BoundingBoxes(BOXES, format="XYXY", canvas_size=(40, 60))
    image = tv_tensors.Image(torch.from_numpy(IMAGE).permute(2, 0, 1))
    return augment.compile(spec, "torchvision")(image, {"boxes": boxes, key: carried, "image_id": 3})[1][key]


def collated(spec, key, carried):
    sample = {"image": torch.from_numpy(IMAGE).permute(2, 0, 1), "boxes": torch.tensor(BOXES), key: carried}
    return augment.compile(spec, "torchvision").collate([sample, sample])[key][1]


WAYS = {
    "reference": reference, "torchvision": torchvision, "arrays": lambda *given: torchvision(*given, np.array),
    "nested": nested,
    "collate": collated,
    "over": lambda spec, key, carried: augment.compile(spec, "torchvision").over(
        [{"image": IMAGE, "boxes": BOXES, key: carried}])[0][key],
    "albumentations": lambda spec, key, carried: augment.compile(spec, "albumentations")(
        image=IMAGE, boxes=BOXES, **{key: carried})[key],
    "bboxes": lambda spec, key, carried: augment.compile(spec, "albumentations")(
        image=IMAGE, bboxes=BOXES, **{key: carried})[key],
    "keras": lambda spec, key, carried: augment.apply(
        spec, {"image": IMAGE, "boxes": BOXES, key: carried}, backend="keras")[key],
}  # fmt: skip


def plain(rows):
    return [row.tolist() if hasattr(row, "tolist") else list(row) if isinstance(row, tuple) else row for row in rows]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(("spec", "key"), [(PLAIN, "labels"), (DECLARED, "what")], ids=["labels", "declared"])
def test_what_is_carried_drops_with_its_row(way, kind, spec, key):
    given = KINDS[kind]
    before = plain(given)
    out = WAYS[way](spec, key, given)
    assert plain(out) == plain(given)[1:]
    if isinstance(given, list | tuple | np.ndarray):
        assert type(out) is type(given)
        assert [type(row) for row in out] == [type(row) for row in given[1:]]
    assert plain(given) == before
