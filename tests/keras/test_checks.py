"""What a call of the layer must bring: errors that say what is wrong, before anything runs."""

import numpy as np
import pytest
import tensorflow as tf

import augment
from augment import ops
from augment.errors import SampleError

TARGETS = {"image": "image", "labels": {"kind": "labels", "classes": 5}}
PLAIN = augment.compile(augment.Pipeline([ops.Rotate(degrees=9)]), "keras")
MIXING = augment.compile(augment.Pipeline([ops.Mixup(alpha=0.4)], targets=TARGETS), "keras")
FEW, KEPT = "has 3 samples, and images 4", "needs a row for each of bounding_boxes"
BOXES = np.tile(np.float32([1, 2, 30, 40]), (4, 2, 1))

WRONG = {
    "labels of another batch": ({"labels": np.arange(3)}, f"labels {FEW}"),
    "masks of another batch": ({"segmentation_masks": np.zeros((3, 96, 112))}, f"segmentation_masks {FEW}"),
    "one mask for all": ({"segmentation_masks": np.zeros((96, 112))}, r"shape \(96, 112\) is not \(batch, height, width"),
    "boxes of another batch": ({"bounding_boxes": {"boxes": BOXES[:3]}}, f"bounding_boxes {FEW}"),
    "labels of boxes of another batch": (
        {"bounding_boxes": {"boxes": BOXES, "labels": np.ones((3, 2))}}, f"'labels' beside bounding_boxes {FEW}",
    ),
    "a label too many": (
        {"bounding_boxes": {"boxes": BOXES, "labels": np.ones((4, 3))}}, "has 3 rows, and there are 2 bounding_boxes",
    ),
    "a label for each image": ({"bounding_boxes": {"boxes": BOXES, "labels": np.ones(4)}}, KEPT),
    "boxes of five numbers": ({"bounding_boxes": {"boxes": np.ones((4, 2, 5))}}, r"\(4, 2, 5\) is not \(batch, boxes, 4\)"),
    "keypoints of one number": ({"keypoints": np.ones((4, 2, 1))}, r"\(4, 2, 1\) is not \(batch, keypoints, 2 or more\)"),
    "keypoints of another batch": ({"keypoints": np.ones((5, 2, 2))}, "keypoints has 5 samples, and images 4"),
    "indices of another batch": ({"index": np.arange(3)}, "index has 3 numbers, and the batch 4 samples"),
    "a negative index": ({"index": np.array([0, 1, -2, 3])}, r"indices are whole numbers from 0 .* not \[ 0  1 -2  3\]"),
    "a broken index": ({"index": np.array([0.5, 1, 2, 3])}, "indices are whole numbers from 0"),
    "a negative epoch": ({"index": np.array(3), "epoch": np.array(-1)}, "epochs are whole numbers from 0"),
}  # fmt: skip


@pytest.mark.parametrize(("entries", "message"), WRONG.values(), ids=WRONG)
def test_what_does_not_belong_together(entries, message, photos) -> None:
    with pytest.raises(SampleError, match=message):
        PLAIN({"images": photos, **entries})


@pytest.mark.parametrize(
    ("index", "epoch", "message"),
    [(-1, 0, "indices"), ([1, 2, -3, 4], 0, "indices"), (1.5, 0, "indices"), (1, -1, "epochs"), (1, [0, 1, 2], "epoch has 3")],
)
def test_wrong_keys(index, epoch, message, photos) -> None:
    with pytest.raises(SampleError, match=message):
        PLAIN.at(index=index, epoch=epoch)(photos)


def test_a_graph_fails_on_a_negative_index_when_it_runs(photos) -> None:
    run = tf.function(lambda images, index: PLAIN({"images": images, "index": index})["images"], autograph=False)
    run(photos, tf.constant([4, 5, 6, 7]))
    with pytest.raises(tf.errors.InvalidArgumentError, match="indices are whole numbers from 0"):
        run(photos, tf.constant([4, 5, -6, 7]))
    with pytest.raises(SampleError, match="index has 3 numbers"):
        run(photos, tf.constant([4, 5, 6]))


def test_pairs_are_told_how(photos) -> None:
    labels = np.arange(4)
    for call in (lambda: PLAIN(photos, labels), lambda: PLAIN((photos, labels)), lambda: PLAIN([photos, photos])):
        with pytest.raises(SampleError, match=r"dataset\.map\(lambda x, y: \(layer\(x\), y\)\)"):
            call()
    pairs = tf.data.Dataset.from_tensor_slices((photos, labels)).batch(4)
    with pytest.raises(SampleError, match=r"dataset\.map\(lambda x, y: \(layer\(x\), y\)\)"):
        pairs.map(PLAIN)
    images, same = next(iter(pairs.map(lambda x, y: (PLAIN(x), y))))
    out = next(iter(tf.data.Dataset.from_tensor_slices({"images": photos, "labels": labels}).batch(4).map(PLAIN)))
    for got, beside in ((images, same), (out["images"], out["labels"])):
        assert np.array_equal(got, PLAIN(photos)) and np.array_equal(beside, labels)  # 9 degrees each time


def test_labels_that_are_declared_are_mixed(photos) -> None:
    images = {"images": photos}
    for without in (photos, images, {**images, "image_id": np.arange(4)}):
        with pytest.raises(SampleError, match="the sample has no 'labels', which targets declares"):
            MIXING(without)
        assert MIXING(without, training=False) is not None  # nothing is mixed then
    for wrong in ([0, 1, 2, 5], [0, -1, 2, 3]):
        with pytest.raises(SampleError, match="a label is not one of 5 classes"):
            MIXING({**images, "labels": np.array(wrong)})
    with pytest.raises(SampleError, match="only numbers can be mixed"):
        MIXING({**images, "labels": tf.constant(list("abcd"))})
    bare = augment.Pipeline([ops.Mixup(alpha=0.4)])
    with pytest.raises(SampleError, match="only images were given, whose labels would stay as they are"):
        augment.compile(bare, "keras")(photos)
    assert augment.compile(bare.replace(targets={"image": "image"}), "keras")(photos).shape == photos.shape
    assert MIXING({**images, "labels": np.eye(5)[:4]})["labels"].dtype == "float64"


@pytest.mark.parametrize(
    ("key", "fix"),
    [("bboxes", "did you mean 'bounding_boxes'"), ("masks", "did you mean 'segmentation_masks'"), ("keypoint", "'keypoints'"),
     ("imagse", "did you mean 'images'"), ("indx", "did you mean 'index'"), ("label", "did you mean 'labels'")],
)  # fmt: skip
def test_near_misses(key, fix, photos) -> None:
    with pytest.raises(SampleError, match=fix):
        PLAIN({"images" if key != "imagse" else "image": photos, key: photos[:, 0, 0]})


def test_what_targets_leave_out_does_not_stay_behind(photos) -> None:
    layer = augment.compile(augment.Pipeline([ops.Rotate(degrees=9)], targets={"image": "image"}), "keras")
    for key, entry in (("segmentation_masks", photos[..., 0]), ("mask", photos[..., 0]), ("bounding_boxes", {"boxes": BOXES})):
        with pytest.raises(SampleError, match=f"targets does not declare '{key}', so nothing would move it"):
            layer({"images": photos, key: entry})
    assert layer({"images": photos, "labels": np.arange(4)})["labels"].shape == (4,)


def test_what_is_not_mixed_passes_as_it_came(photos) -> None:
    words = tf.constant(["cat", "dog", "cat", "fox"])
    out = PLAIN({"images": photos, "labels": words, "image_id": words})
    assert out["labels"] is words and out["image_id"] is words
