"""Boxes and keypoints that know the size of their image, as torchvision's do, are refused beside another one."""

import numpy as np
import PIL.Image
import pytest
import torch
from torchvision import tv_tensors

import augment
from augment.errors import SampleError

IMAGE = np.random.default_rng(0).integers(0, 255, (20, 30, 3), np.uint8)
FLIP = {"pipeline": [{"horizontal_flip": {"p": 1}}]}
ROWS = {
    "boxes": lambda size: tv_tensors.BoundingBoxes([[2.0, 3, 8, 9]], format="XYXY", canvas_size=size),
    "keypoints": lambda size: tv_tensors.KeyPoints([[2.0, 3]], canvas_size=size),
}
WAYS = {
    "apply": lambda sample, backend: augment.apply(FLIP, sample, backend=backend),
    "over": lambda sample, backend: augment.compile(FLIP, backend).over([sample])[0],
}
CASES = [(way, backend) for way in WAYS for backend in ("reference", "opencv", "albumentations", "torchvision", "keras")]


@pytest.mark.parametrize("rows", ROWS)
@pytest.mark.parametrize(("way", "backend"), CASES)
def test_rows_of_another_canvas(rows, way, backend):
    with pytest.raises(SampleError, match=r"their image is 40 x 60 \(height x width\), but it is 20 x 30"):
        WAYS[way]({"image": IMAGE, rows: ROWS[rows]((40, 60))}, backend)
    out = WAYS[way]({"image": IMAGE, rows: ROWS[rows]((20, 30))}, backend)
    assert float(np.asarray(out[rows])[0, 0]) in (22.0, 27.0)  # of a box its other edge, of a point its mirror among pixels


@pytest.mark.parametrize("rows", ROWS)
@pytest.mark.parametrize(
    "image", [torch.from_numpy(IMAGE).permute(2, 0, 1), PIL.Image.fromarray(IMAGE), IMAGE], ids=["tensor", "picture", "array"]
)
def test_forms_of_an_image_that_torchvision_knows(image, rows):
    transform = augment.compile(FLIP, "torchvision")
    transform(image, {rows: ROWS[rows]((20, 30))})
    with pytest.raises(SampleError, match="but it is 20 x 30"):
        transform(image, {rows: ROWS[rows]((30, 20))})


def test_an_item_of_albumentations_call():
    with pytest.raises(SampleError, match="but it is 20 x 30"):
        augment.compile(FLIP, "albumentations")(image=IMAGE, boxes=ROWS["boxes"]((40, 60)))
