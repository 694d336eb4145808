"""Samples that are refused: what is said of them."""

import PIL.Image
import pytest
import torch
from torchvision import tv_tensors

import augment
from augment.errors import AugmentError, SampleError

from .conftest import chw

FLIP = {"pipeline": [{"horizontal_flip": {"p": 1}}]}


@pytest.mark.parametrize(
    ("sample", "text"),
    [
        (lambda x: (x, torch.zeros(60, 84)), "nothing says how it moves"),
        (lambda x: (x, PIL.Image.new("L", (84, 60))), "nothing says how it moves"),
        (lambda x: {"image": x, "masks": torch.zeros(60, 84)}, "did you mean 'mask'"),
        (lambda x: {"image": x, "bboxes": [[1, 2, 3, 4]]}, "did you mean 'boxes'"),
        (lambda x: {"image": x, "mask": torch.zeros(50, 84)}, "mask is 50 x 84, but image is 60 x 84"),
        (lambda x: x.float(), "floats are 0 to 1.*divide by 255"),
        (lambda x: x.float() - 1, "scale it to 0..1"),
        (lambda x: x.int() * 9, "to_float"),
        (lambda x: x.permute(1, 2, 0), "channels come first"),
        (lambda x: 3, "no image"),
        (lambda x: tv_tensors.Video(torch.zeros(2, 3, 8, 8)), "a video"),
        (lambda x: x[None].float(), "floats are 0 to 1.*divide by 255"),
        (lambda x: x[None].int() * 9, "to_float"),
        (lambda x: (x[None], tv_tensors.BoundingBoxes([[0, 0, 1, 1]], format="XYXY", canvas_size=(60, 84))), "sample by sample"),
        (lambda x: {"image": x[None], "mask": torch.zeros(2, 60, 84)}, "batch of 2"),
        (lambda x: x[None, None], "no batch"),
        (lambda x: (x, {"boxes": [[1, 1, 5, 5]], "masks": torch.zeros(2, 60, 84)}), "2 instances, and there are 1"),
    ],
    ids=range(17),
)  # fmt: skip
def test_errors(photo, sample, text):
    with pytest.raises(AugmentError, match=text):
        augment.compile(FLIP, "torchvision")(sample(chw(photo)))


def test_an_op_that_does_not_fit_the_channels(photo):
    transform = augment.compile({"pipeline": [{"hue": {"degrees": "±20"}}]}, "torchvision")
    four = torch.zeros(4, 8, 8, dtype=torch.uint8)
    for image in (four, four[None]):
        with pytest.raises(SampleError, match=r"hue.*channels: \[0, 1, 2\]"):
            transform(image)


def test_images_of_16_bits():
    transform = augment.compile({"pipeline": [{"to_float": {"max": 10000}}, {"horizontal_flip": {"p": 1}}]}, "torchvision")
    image = torch.arange(0, 9000, 1000, dtype=torch.int32).reshape(1, 3, 3)
    assert torch.allclose(transform(image), image.flip(-1) / 10000)
    assert torch.allclose(transform(image[None]), image[None].flip(-1) / 10000)
    assert torch.allclose(transform(image.to(torch.uint16)), image.flip(-1) / 10000)
    for big in (image * 2, image[None] * 2):
        with pytest.raises(SampleError, match="must cover"):
            transform(big)


def test_masks_that_cannot_hold_their_fill(photo):
    spec = {"targets": {"image": "image", "mask": {"kind": "mask", "fill": 300}}, "pipeline": [{"rotate": {"degrees": 20}}]}
    sample = {"image": chw(photo), "mask": torch.zeros(60, 84, dtype=torch.uint8)}
    for one in (sample, {name: x[None] for name, x in sample.items()}):
        with pytest.raises(SampleError, match="uint8, which has no 300"):
            augment.compile(spec, "torchvision")(one)
