"""Boxes, points and masks that an object holds, of whatever class, do not stay behind in silence when its image moves."""

from __future__ import annotations

import collections
import dataclasses
import types

import numpy as np
import pytest

import augment
from augment.errors import SampleError

torch = pytest.importorskip("torch")
pytest.importorskip("torchvision")
pytest.importorskip("albumentations")

IMAGE = np.zeros((20, 30, 3), np.uint8)
SPEC = {"pipeline": [{"horizontal_flip": {"p": 1}}]}
BOXES = np.array([[1.0, 2, 9, 9], [3, 4, 20, 19]])
HELD = {
    "boxes": BOXES, "gt_boxes": torch.from_numpy(BOXES), "keypoints": [[1.0, 2.0]], "bboxes": BOXES.tolist(),
    "segment": np.zeros((20, 30), np.uint8), "layers": [torch.zeros(20, 30)],
}  # fmt: skip


class Plain:
    def __init__(self, **held):
        self.__dict__.update(held)


class Instances:
    """As detectron2 has them."""

    def __init__(self, image_size, **held):
        self._image_size, self._fields = image_size, held

    def __len__(self):
        return 2


HOLDERS = {
    "dataclass": lambda name, held: dataclasses.make_dataclass("Target", [name])(held),
    "slots": lambda name, held: dataclasses.make_dataclass("Target", [name], slots=True)(held),
    "named tuple": lambda name, held: collections.namedtuple("Target", [name])(held),
    "namespace": lambda name, held: types.SimpleNamespace(**{name: held}), "object": lambda name, held: Plain(**{name: held}),
    "instances": lambda name, held: Instances((20, 30), **{name: held}),
    "user dict": lambda name, held: collections.UserDict({name: held}),
    "proxy": lambda name, held: types.MappingProxyType({name: held}),
    "dataclass in a mapping": lambda name, held: {"one": dataclasses.make_dataclass("Target", [name])(held)},
    "mapping in an object": lambda name, held: Plain(target={name: held}),
    "in a list": lambda name, held: [Plain(**{name: held})],
}  # fmt: skip


def tensor(sample):
    image = torch.from_numpy(IMAGE).permute(2, 0, 1)
    sample = {**sample, "image": image} if isinstance(sample, dict) else (image, sample[1])
    return augment.compile(SPEC, "torchvision")(sample)


def albumentations(sample):
    compose = augment.compile(SPEC, "albumentations")
    return compose(**sample) if isinstance(sample, dict) else compose.over([sample])[0]


WAYS = {
    "apply": lambda sample: augment.apply(SPEC, sample), "reference": lambda sample: augment.compile(SPEC, "reference")(sample),
    "torchvision": lambda sample: augment.compile(SPEC, "torchvision")(sample), "tensor": tensor,
    "albumentations": albumentations,
    "over": lambda sample: augment.compile(SPEC, "torchvision").over([sample])[0],
    "keras": lambda sample: augment.compile(SPEC, "keras").over([sample])[0],
}  # fmt: skip


CASES = [(holder, name) for holder in HOLDERS for name in HELD if name in ("boxes", "segment") or holder == "dataclass"]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(("holder", "name"), CASES)
@pytest.mark.parametrize("form", ["named", "pair"])
def test_what_an_object_holds_is_refused(holder, name, way, form):
    if form == "pair" and holder in ("user dict", "proxy"):
        form = "named"  # a mapping in a pair is entries by name, which move
    held = HOLDERS[holder](name, HELD[name])
    with pytest.raises(SampleError, match=rf"{name}.*(nothing would move|nothing says how it moves)|have to move with it"):
        WAYS[way]({"image": IMAGE, "target": held} if form == "named" else (IMAGE, held))


FREE = {"id": 3, "path": "a.jpg", "size": (20, 30), "label": "cat", "scores": np.ones(2), "bbox_format": "xyxy"}


@pytest.mark.parametrize("way", [way for way in WAYS if way != "apply"])
@pytest.mark.parametrize("holder", ["dataclass", "slots", "namespace", "object", "instances"])
@pytest.mark.parametrize("name", FREE)
def test_what_is_true_of_a_moved_image_passes(holder, name, way):
    held = HOLDERS[holder](name, FREE[name])
    out = WAYS[way]({"image": IMAGE, "target": held})["target"]
    assert out is held


@pytest.mark.parametrize(("held", "fix"), [
    (collections.UserDict(image=torch.zeros(3, 8, 8)), r"dict\(sample\)"),
    (types.MappingProxyType({"image": torch.zeros(3, 8, 8)}), r"dict\(sample\)"),
    (dataclasses.make_dataclass("Sample", ["image"])(torch.zeros(3, 8, 8)), r"vars\(sample\)"),
    (types.SimpleNamespace(image=torch.zeros(3, 8, 8)), r"vars\(sample\)"), (3, "it has: the sample"),
])  # fmt: skip
def test_a_sample_that_is_not_taken_apart_is_told_how(held, fix):
    with pytest.raises(SampleError, match=fix):
        augment.compile(SPEC, "torchvision")(held)
