"""Five and ten crops are torchvision's, window by window, with what belongs to the image, and stand in views alone."""

import numpy as np
import pytest
import torch
from torchvision import tv_tensors
from torchvision.transforms.v2 import functional as F

import augment
from augment.errors import SpecError

RNG = np.random.default_rng(0)


@pytest.mark.parametrize("backend", ["reference", "opencv", "torchvision", "albumentations"])
def test_windows_are_those_of_torchvision(backend):
    for size in ((11, 13), (12, 9), (10, 15), (7, 8)):  # odd and even remainders: the middle is rounded to the even pixel
        image = RNG.integers(0, 256, (*size, 3), np.uint8)
        tensor = torch.from_numpy(image.transpose(2, 0, 1).copy())
        spec = {"views": {"five": [{"five_crop": [7, 8]}], "ten": [{"ten_crop": {"size": [7, 8], "vertical": size[0] % 2 == 0}}]}}
        got = augment.apply(spec, {"image": image}, backend=backend)
        want = {"five": F.five_crop(tensor, [7, 8]), "ten": F.ten_crop(tensor, [7, 8], vertical_flip=size[0] % 2 == 0)}
        for name, windows in want.items():
            for one, other in zip(got[name], windows, strict=True):
                assert np.array_equal(one["image"], other.permute(1, 2, 0).numpy())


def test_masks_and_boxes_are_cut_with_the_image():
    image = RNG.integers(0, 256, (12, 10, 3), np.uint8)
    boxes = np.array([[1.0, 1, 9, 11], [6, 7, 9, 10]])
    out = augment.apply({"views": {"a": [{"five_crop": 8}]}}, {"image": image, "mask": image[..., 0], "boxes": boxes})["a"]
    for one, (top, left) in zip(out, ((0, 0), (0, 2), (4, 0), (4, 2), (2, 1)), strict=True):
        assert np.array_equal(one["mask"], one["image"][..., 0])
        given = tv_tensors.BoundingBoxes(torch.tensor(boxes), format="XYXY", canvas_size=(12, 10))
        want = F.crop(given, top, left, 8, 8).numpy().clip(0, 8)
        np.testing.assert_allclose(one["boxes"], want[(want[:, 2:] > want[:, :2]).all(1)])


def test_what_stands_before_is_drawn_once_and_what_follows_for_each():
    record = augment.record({"views": {"a": [{"rotate": "±9"}, {"ten_crop": 8}, {"brightness": "1±0.2"}]}}, index=4)
    every = [one["values"] for one in record["views"]["a"]]
    assert len({one["a-rotate"]["degrees"] for one in every}) == 1
    assert len({one[f"a-{i}-brightness"]["factor"] for i, one in enumerate(every, 1)}) == 10


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("pipeline: [five_crop: 8]", "pipeline[0].five_crop: makes several results"),
        ("views: {a: [one_of: [five_crop: 8, identity]]}", "views.a[0].one_of[0].five_crop: makes several results"),
        ("views: {a: [five_crop: 8, ten_crop: 8]}", "views.a[1].ten_crop: makes several results"),
        ("views: {a: {n: 2, pipeline: [five_crop: 8]}}", "views.a.n: is told by five_crop already, which makes 5"),
        ("views: {a: [five_crop: {size: 8, p: 0.5}]}", "views.a[0].five_crop.p: means nothing here"),
        ("pipeline: [crop: {size: 3, at: center, top: 3}]", "top and left are counted from the top left corner"),
    ],
)
def test_places_where_several_mean_nothing(text, said):
    with pytest.raises(SpecError) as error:
        augment.loads(text)
    assert said in str(error.value) and len(error.value.mistakes) == 1


def test_they_are_told_as_ops_are():
    from augment.language import json_schema

    spec = augment.Pipeline(views={"a": [augment.ops.TenCrop(8, vertical=True)]})
    assert augment.loads(augment.dumps(spec)) == spec and spec.views["a"].count == 10
    schema = json_schema()
    assert schema["$defs"]["ten_crop"]["description"].startswith("Cut out the five windows")
    assert "ten_crop" not in schema["$defs"]["step"]["anyOf"][0]["properties"]
