"""Texts beside an image that nobody declared: names of classes pass; what an op could make false is refused."""

import numpy as np
import PIL.Image
import pytest
import torch

import augment
from augment.errors import SampleError

PHOTO = PIL.Image.fromarray(np.arange(30 * 40 * 3, dtype=np.uint8).reshape(30, 40, 3))
FLIP = {"horizontal_flip": {"p": 0.01}}
HUE = {"hue": {"degrees": [80, 100], "p": 0.01}}


@pytest.mark.parametrize(
    ("op", "text"),
    [
        (FLIP, "a red square on the left side"), (FLIP, ["a dog", "a dog on the left"]), (FLIP, "it turns clockwise"),
        ({"vertical_flip": {"p": 0.01}}, "a cat above a dog"), ({"rotate": {"degrees": "±90"}}, "a cat above a dog"),
        (HUE, "a red ball"), ({"grayscale": {"p": 0.01}}, ["a ball", "a red ball"]), ({"swap_words": {"rate": 0.1}}, "a cat"),
    ],
    ids=range(8),
)  # fmt: skip
def test_a_text_that_could_become_false(op, text):
    ((name, _),) = op.items()
    transform = augment.compile({"pipeline": [{"brightness": {"factor": 0.9}}, op]}, "torchvision")
    batch = torch.zeros(2, 3, 8, 8), [text, text] if isinstance(text, str) else text
    for sample in ((PHOTO, text), [PHOTO, 3, text], batch):
        for run in (lambda s=sample: transform(s), lambda s=sample: transform.over([s])[0], lambda s=sample: transform.at(1)(s)):
            with pytest.raises(SampleError, match=rf"pipeline\[1\]\.{name} .*targets: {{image: image, caption: caption}}"):
                run()


@pytest.mark.parametrize("text", ["cat", "right whale", "a dog's bowl", "n02119022/left_eye", ["dog", "bright"], ""])
def test_names_pass(text):
    transform = augment.compile({"pipeline": [{"horizontal_flip": {"p": 1}}, {"rotate": {"degrees": "±15"}}]}, "torchvision")
    image, out = transform(PHOTO, text)
    assert out == text
    assert not np.array_equal(np.asarray(image), np.asarray(PHOTO))


def test_what_no_op_can_change_passes():
    for pipeline in ([{"horizontal_flip": {"p": 1}}], [{"rotate": {"degrees": "±10"}}, {"brightness": {"factor": [0.9, 1.1]}}]):
        assert augment.compile({"pipeline": pipeline}, "torchvision")(PHOTO, "a red ball")[1] == "a red ball"
    assert augment.compile({"pipeline": [HUE]}, "torchvision")(PHOTO, "on the left")[1] == "on the left"
    assert augment.compile({"pipeline": [FLIP]}, "torchvision").eval()(PHOTO, "on the left")[1] == "on the left"


def test_what_is_declared_follows_or_stays():
    flip = [{"horizontal_flip": {"p": 1}}]
    caption = augment.compile({"targets": {"image": "image", "caption": "caption"}, "pipeline": flip}, "torchvision")
    assert caption(PHOTO, ["a dog on the left", "x"])[1] == ["a dog on the right", "x"]
    name = augment.compile({"targets": {"image": "image", "name": "labels"}, "pipeline": flip}, "torchvision")
    assert name(PHOTO, "a dog on the left")[1] == "a dog on the left"


def test_a_label_is_no_slip():
    """Under any of its usual names: it stays true of an image that only moves, and is needed where it is mixed."""
    sample = {"image": np.asarray(PHOTO), "label": 3, "path": "a.jpg"}
    flip = augment.compile({"pipeline": [{"horizontal_flip": {"p": 1}}]}, "torchvision")
    assert {**flip(sample), "image": 0} == {**sample, "image": 0}
    for declared in ({}, {"targets": {"image": "image", "labels": "labels"}}):
        mix = augment.compile({**declared, "pipeline": [{"mixup": 0.4}]}, "torchvision")
        with pytest.raises(SampleError, match="label"):
            mix.over([sample, sample])[0]
