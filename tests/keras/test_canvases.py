"""Canvases whose size is drawn inside a batch: what follows them is the reference, or an error that says what to write."""

import itertools

import keras
import numpy as np
import pytest
import tensorflow as tf

import augment
from augment import ops
from augment.errors import AugmentError, SampleError, UnsupportedOpError
from augment.ops import catalogue
from augment.ops.kinds import Geometric
from augment.spec.node import OneOf
from augment.testing import assert_images_close, assert_masks_close, examples

TURN, BEND = ops.Rotate90(p=0.5), ops.Elastic(alpha="2px", sigma="12px")
CROP = ops.RandomResizedCrop(size=48, area=(0.1, 0.4))
FOLLOWED = {
    "a window with its own tries": [TURN, ops.RandomResizedCrop(size=48, area=(0.2, 0.9), antialias=False)],
    "pads": [ops.Transpose(p=0.5), ops.Pad(multiple=32), ops.Pad(size=[130, 140]), ops.CenterCrop(size=90)],
    "resizing by a side": [ops.Rotate90(), ops.Resize(short=70, antialias=False), ops.RandomCrop(size=64)],
    "constant turns": [ops.Transpose(p=1), ops.Rotate90(turns=3), BEND, ops.Resize(short=50)],
    "a choice": [OneOf([ops.Rotate90(turns=1), ops.Transpose(), ops.HorizontalFlip()]), ops.CenterCrop(size=80)],
    "one size, whichever is drawn": [
        OneOf([CROP.replace(interpolation="bicubic"), CROP, ops.Resize(size=48), CROP.replace(weight=2)]), BEND,
    ],
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


def test_what_no_batch_can_have_stands_in_no_model() -> None:
    layer = augment.compile(augment.Pipeline([ops.CenterCrop(size=30, p=0.5), BEND, ops.CenterCrop(size=20)]), "keras")
    with pytest.raises(UnsupportedOpError, match=r"pipeline\[1\].elastic: needs one size, and pipeline\[0\].center_crop"):
        layer(keras.Input((None, None, 3)))


# Sides that only the running graph knows -----------------------------------------------------------------------------

FOLLOWERS = {"alone": [], "before a crop": [ops.CenterCrop(size=20)], "before a resize": [ops.Resize(size=32)]}


def by_turns():
    """Each op with a probability and a follower in the quick share, with all of them in the matrix."""
    pairs = list(itertools.product((0.5, 1), FOLLOWERS))
    for i, op in enumerate(op for op in catalogue("image").values() if issubclass(op, Geometric)):
        for j, (p, then) in enumerate(pairs):
            marks = () if j == i % len(pairs) else pytest.mark.matrix
            yield pytest.param(op, p, FOLLOWERS[then], id=f"{op.name()}-{p}-{then}", marks=marks)


@pytest.mark.parametrize(("op", "p", "then"), list(by_turns()))
def test_sides_that_are_tensors_change_nothing(op, p, then, photos) -> None:
    """An op gives the picture of the reference, or is refused in words of ours; one that keeps its canvas is never refused."""
    spec = augment.Pipeline([examples(op)[0].replace(p=p), *then], seed=2)
    photo = photos[0][:60, :80]
    try:
        layer = augment.compile(spec, "keras")
        run = tf.function(
            lambda image, i: layer({"images": image, "index": i})["images"], autograph=False,
            input_signature=[tf.TensorSpec((None, None, 3), tf.uint8), tf.TensorSpec((), tf.int64)],
        )  # fmt: skip
        out = [run(photo, i).numpy() for i in range(3)]
    except AugmentError:
        assert op.canvas != "same"
        return
    for i, image in enumerate(out):
        assert_images_close(image, augment.apply(spec, {"image": photo}, index=i)["image"])


def test_turns_follow_turns_of_unknown_sides(photos, as_numpy) -> None:
    spec = augment.Pipeline([TURN, ops.Transpose(p=0.5), ops.Rotate90(), ops.CenterCrop(size=40)], seed=5)
    out = as_numpy(augment.compile(spec, "keras").at(index=0)(photos))
    for i, photo in enumerate(photos):
        assert_images_close(out[i], augment.apply(spec, {"image": photo}, index=i)["image"])
