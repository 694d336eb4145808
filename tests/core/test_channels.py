"""Ops that do not fit the channels of an image are refused before anything is drawn, under their own names."""

import numpy as np
import pytest
import torch

import augment
from augment.errors import SampleError

GREY, FOUR = np.zeros((8, 9, 1), np.uint8), np.zeros((8, 9, 4), np.uint8)
WHITE, RED = "#ffffff", "#ff0000"


def runs(spec, image):
    batch = torch.from_numpy(np.stack([image, image])).permute(0, 3, 1, 2)
    torchvision = augment.compile(spec, "torchvision")
    return [
        *(lambda i=i: augment.apply(spec, {"image": image}, index=i) for i in range(6)),
        lambda: augment.compile(spec, "albumentations")(image=image), lambda: torchvision(batch[0]), lambda: torchvision(batch),
    ]  # fmt: skip


@pytest.mark.parametrize("image", [GREY, FOUR], ids=["grey", "four"])
@pytest.mark.parametrize(
    ("op", "p"),
    [({"rotate": {"degrees": 5, "fill": RED}}, 0.5), ({"coarse_dropout": {"height": 0.1, "width": 0.1, "fill": RED}}, 0.1)],
    ids=["rotate", "dropout"],
)
def test_a_fill_of_other_channels_never_depends_on_the_draw(image, op, p):
    ((name, fields),) = op.items()
    spec = {"pipeline": [{"horizontal_flip": {"p": 0.5}}, {name: {**fields, "p": p}}]}
    for run in runs(spec, image):
        with pytest.raises(SampleError, match=rf"pipeline\[1\]\.{name}: fill has 3 numbers and image has {image.shape[2]} cha"):
            run()


def test_the_op_is_named_also_within_a_run():
    spec = {"pipeline": [{"rotate": {"degrees": 5}}, {"perspective": {"distortion": 0.2, "fill": RED, "p": 0.5}}]}
    for run in runs(spec, GREY):
        with pytest.raises(SampleError, match=r"^pipeline\[1\]\.perspective: fill"):
            run()


def test_a_colour_op_never_depends_on_the_draw():
    for run in runs({"pipeline": [{"hue": {"degrees": 20, "p": 0.2}}]}, GREY):
        with pytest.raises(SampleError, match=r"hue.*needs red, green and blue"):
            run()


@pytest.mark.parametrize("image", [GREY, FOUR, np.zeros((8, 9, 3), np.uint8)], ids=["grey", "four", "rgb"])
def test_a_grey_is_one_number(image):
    spec = {"pipeline": [{"translate": {"x": "3px", "fill": WHITE}}]}
    out = augment.apply(spec, {"image": image})["image"]
    assert (out[:, :3] == 255).all()
    assert (out[:, 3:] == 0).all()
    grey = augment.loads('pipeline: [translate: {x: 3px, fill: "#808080"}]')
    assert grey.pipeline[0].fill == augment.loads(augment.dumps(grey)).pipeline[0].fill == (128 / 255,)


def test_an_op_that_is_limited_to_others_is_not_asked():
    spec = {"targets": {"image": "image", "depth": "image"}, "pipeline": [{"hue": {"degrees": 20, "on": "image"}}]}
    sample = {"image": np.zeros((8, 9, 3), np.uint8), "depth": GREY}
    assert augment.apply(spec, sample)["depth"].shape == GREY.shape
