"""Classes of what a sample is and holds: boxes, points and masks inside of an object do not stay behind in silence."""

from __future__ import annotations

import collections
import dataclasses
import types

import numpy as np
import PIL.Image
import pytest

import augment
from augment.errors import SampleError

torch = pytest.importorskip("torch")
pd = pytest.importorskip("pandas")
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
    (dataclasses.make_dataclass("Sample", ["image"])(torch.zeros(3, 8, 8)), r"vars\(sample\)"),
    (types.SimpleNamespace(image=torch.zeros(3, 8, 8)), r"vars\(sample\)"), (3, "it has: the sample"),
    (pd.Series({"image": IMAGE, "id": 3}), r"sample\.to_dict\(\)"),
])  # fmt: skip
def test_a_sample_that_is_not_taken_apart_is_told_how(held, fix):
    with pytest.raises(SampleError, match=fix):
        augment.compile(SPEC, "torchvision")(held)


class Easy(dict):
    """A dict that torch does not know."""


MAPPINGS = [collections.UserDict, types.MappingProxyType, collections.ChainMap, Easy, collections.OrderedDict, dict]


@pytest.mark.parametrize("of", MAPPINGS)
@pytest.mark.parametrize("way", WAYS)
def test_mappings_of_every_class_are_samples(of, way):
    image = np.arange(20 * 30 * 3, dtype=np.uint8).reshape(20, 30, 3)
    if way == "tensor":
        image = torch.from_numpy(image).permute(2, 0, 1)
        out = augment.compile(SPEC, "torchvision")(of({"image": image, "boxes": torch.from_numpy(BOXES), "id": 3}))
        assert torch.equal(out["image"], image.flip(-1))
    else:
        sample = of({"image": image, "boxes": BOXES, "id": 3})
        out = augment.compile(SPEC, "albumentations")(**sample) if way == "albumentations" else WAYS[way](sample)
        np.testing.assert_array_equal(out["image"], image[:, ::-1])
    np.testing.assert_allclose(out["boxes"], [[21, 2, 29, 9], [10, 4, 27, 19]], atol=1e-4)
    assert out["id"] == 3


@pytest.mark.parametrize("of", ["frame", "list", "array", "tensor", "tuple"])
@pytest.mark.parametrize("key", ["boxes", "bboxes"])
def test_rows_of_every_class_are_rows(of, key):
    rows = {
        "frame": pd.DataFrame(BOXES), "list": BOXES.tolist(), "array": BOXES, "tensor": torch.from_numpy(BOXES),
        "tuple": tuple(map(tuple, BOXES)),
    }[of]  # fmt: skip
    out = augment.compile(SPEC, "albumentations")(image=IMAGE, **{key: rows})[key]
    np.testing.assert_allclose(np.asarray(out), [[21, 2, 29, 9], [10, 4, 27, 19]])


def test_a_batch_of_lists_is_told():
    """As the transform of a Hugging Face data set is given it."""
    pictures = [PIL.Image.fromarray(IMAGE)] * 2
    with pytest.raises(SampleError, match=r"\['image'\]\[1\] is a Image in a list beside another.*on each.*t\.over"):
        augment.compile(SPEC, "torchvision")({"image": pictures, "label": [0, 1]})


def test_an_image_that_is_a_list_has_boxes_too():
    out = augment.compile(SPEC, "torchvision")({"image": IMAGE.tolist(), "boxes": BOXES.tolist()})
    assert np.asarray(out["boxes"]).tolist() == [[21, 2, 29, 9], [10, 4, 27, 19]]
