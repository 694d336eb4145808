"""Canvases whose size is drawn inside a batch: what follows them is the reference, or an error that says what to write."""

import numpy as np
import pytest

import augment
from augment import ops
from augment.errors import SampleError, UnsupportedOpError
from augment.spec.node import OneOf
from augment.testing import assert_images_close, assert_masks_close

TURN, BEND = ops.Rotate90(p=0.5), ops.Elastic(alpha="2px", sigma="12px")
FOLLOWED = {
    "a window with its own tries": [TURN, ops.RandomResizedCrop(size=48, area=(0.2, 0.9), antialias=False)],
    "pads": [ops.Transpose(p=0.5), ops.Pad(multiple=32), ops.Pad(size=[130, 140]), ops.CenterCrop(size=90)],
    "resizing by a side": [ops.Rotate90(), ops.Resize(short=70, antialias=False), ops.RandomCrop(size=64)],
    "constant turns": [ops.Transpose(p=1), ops.Rotate90(turns=3), BEND, ops.Resize(short=50)],
    "a choice": [OneOf([ops.Rotate90(turns=1), ops.Transpose(), ops.HorizontalFlip()]), ops.CenterCrop(size=80)],
    "the same size, for some": [ops.Resize(size=[64, 72]), ops.RandomResizedCrop(size=[64, 72], area=(0.3, 0.6), p=0.5), BEND],
}


@pytest.mark.parametrize("nodes", FOLLOWED.values(), ids=FOLLOWED)
def test_what_may_follow_is_the_reference(nodes, photos, as_numpy) -> None:
    spec = augment.Pipeline(nodes, seed=4)
    masks = (photos[..., 0] // 32).astype(np.int32)
    batch = {"images": photos, "segmentation_masks": masks, "index": np.arange(4)}
    out = as_numpy(augment.compile(spec, "keras")(batch))
    for i, photo in enumerate(photos):
        want = augment.apply(spec, {"image": photo, "mask": masks[i]}, index=i)
        assert_images_close(out["images"][i], want["image"])
        assert_masks_close(out["segmentation_masks"][i], want["mask"])


REFUSED = [TURN, BEND, ops.CenterCrop(size=40)], [ops.Transpose(p=0.5), ops.Pad(size=[130, 140])], [TURN, ops.Resize(short=30)]


@pytest.mark.parametrize("nodes", REFUSED)
def test_what_cannot_follow_is_said_with_its_place(nodes, photos) -> None:
    layer = augment.compile(augment.Pipeline(nodes), "keras")
    with pytest.raises(SampleError, match=r"pipeline\[[01]\]\.\w+: .*(crop or resize|crop, or a resize)"):
        layer(photos)
    layer(photos[:, :96, :96])  # of square images, a quarter turn keeps the size


def test_what_no_batch_can_have_does_not_compile() -> None:
    spec = augment.Pipeline([ops.CenterCrop(size=30, p=0.5), BEND, ops.CenterCrop(size=20)])
    with pytest.raises(UnsupportedOpError, match=r"pipeline\[1\].elastic: needs one size, and pipeline\[0\].center_crop"):
        augment.compile(spec, "keras")
