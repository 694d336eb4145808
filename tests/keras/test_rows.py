"""What rows carry where they are gone or were padding: no number that a real row could have, under whatever name."""

import numpy as np
import pytest
import tensorflow as tf
from augment_keras.host import HostBatch
from augment_keras.targets import CLASSES

import augment
from augment import ops
from augment.errors import SampleError

SIZE = 20
BOXES = np.float32([[0, 0, 4, 4], [8, 8, 12, 12], [-1, -1, -1, -1], [3, 9, 18, 17]])  # one leaves, two stay, one is padding
LAYER = augment.compile(augment.Pipeline([ops.CenterCrop(size=10)]), "keras", jit_compile=False)
LEFT = [1, 3]


def entries_of(name: str, values: np.ndarray) -> dict:
    images = np.zeros((2, SIZE, SIZE, 3), np.uint8)
    return {"images": images, "bounding_boxes": {"boxes": np.stack([BOXES, BOXES]), name: np.stack([values, values])}}


def eager(batch: dict) -> dict:
    return LAYER(batch)


def graph(batch: dict) -> dict:
    return next(iter(tf.data.Dataset.from_tensor_slices(batch).batch(2).map(LAYER)))


def on_host(batch: dict) -> dict:
    runner = LAYER._runner(True)
    intake = LAYER._taken(batch, runner)
    return intake.restore(HostBatch(runner, LAYER.seed_generator.on_host)(intake.entries, None, None))


WAYS = {"eager": eager, "tf.data": graph, "another engine": on_host}
CARRIED = [(name, dtype) for name in sorted(CLASSES) for dtype in ("int32", "float32")]
CARRIED += [("track_ids", "int32"), ("tracks", "int64"), ("is_crowd", "int8")]


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
@pytest.mark.parametrize(("name", "dtype"), CARRIED)
def test_a_row_that_is_gone_is_of_no_class(name, dtype, way, as_numpy) -> None:
    values = np.array([0, 5, -1, 0], dtype)
    out = as_numpy(way(entries_of(name, values)))["bounding_boxes"]
    assert out[name].dtype == dtype
    for boxes, carried in zip(out["boxes"], out[name], strict=True):
        assert carried.tolist() == [-1, 5, -1, 0]
        assert (boxes[[0, 2]] == 0).all() and (boxes[LEFT, 2:] > boxes[LEFT, :2]).all()


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_a_class_of_minus_one_is_padding_whatever_its_box(way, as_numpy) -> None:
    for name in sorted(CLASSES):
        out = as_numpy(way(entries_of(name, np.int32([2, -1, 2, 7]))))["bounding_boxes"]
        assert out[name][0].tolist() == [-1, -1, -1, 7] and (out["boxes"][0, :3] == 0).all(), name
    rows = np.stack([np.eye(3)[0], -np.ones(3), np.eye(3)[1], np.eye(3)[2]]).astype(np.float32)
    out = as_numpy(way(entries_of("classes", rows)))["bounding_boxes"]
    assert out["classes"][0].tolist() == [[-1] * 3, [-1] * 3, [-1] * 3, [0, 0, 1]]


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_other_numbers_are_nothing_in_a_row_that_is_gone(way, as_numpy) -> None:
    for values in (np.float32([0.5, 0.25, 1, 1]), np.array([True, True, True, True])):
        out = as_numpy(way(entries_of("confidence", values)))["bounding_boxes"]["confidence"]
        assert out[0].tolist() == [0, values[1], 0, values[3]]


def test_what_has_no_minus_one_is_refused() -> None:
    for name in ("labels", "classes", "track_ids"):
        with pytest.raises(SampleError, match=rf"'{name}' beside bounding_boxes is uint8, which has no −1 .* cast it to int32"):
            LAYER(entries_of(name, np.uint8([0, 1, 2, 3])))


def test_what_came_out_may_go_in_again(as_numpy) -> None:
    batch = entries_of("classes", np.float32([0, 5, -1, 0]))
    once = as_numpy(LAYER(batch))
    again = as_numpy(augment.compile(augment.Pipeline([ops.HorizontalFlip(p=1)]), "keras", jit_compile=False)(once))
    assert again["bounding_boxes"]["classes"].tolist() == once["bounding_boxes"]["classes"].tolist()


POSE = np.float32([[15, 4], [16, 6], [-1, -1], [17, 10], [2, 11]])  # a nose, eyes, of which one is padding, and hands
TURNED = np.float32([[4, 4], [-1, -1], [3, 6], [17, 11], [2, 10]])  # x to 19 − x, then the pairs 1, 2 and 3, 4


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
@pytest.mark.parametrize("keep", ["drop", "keep"])
def test_pairs_of_keypoints_change_places_with_their_padding(way, keep, as_numpy, monkeypatch) -> None:
    pose = {"kind": "keypoints", "flip_pairs": {"rows": 5, "pairs": [[1, 2], [3, 4]]}, "carry": ["ids"], "invisible": keep}
    spec = augment.Pipeline([ops.HorizontalFlip(p=1)], targets={"image": "image", "keypoints": pose})
    monkeypatch.setitem(globals(), "LAYER", augment.compile(spec, "keras", jit_compile=False))
    rows = np.concatenate([POSE, POSE[[0, 2, 1, 3, 4]]])  # two people in one picture
    batch = {"images": np.zeros((2, SIZE, SIZE, 3), np.uint8), "keypoints": np.stack([rows, rows])}
    out = as_numpy(way({**batch, "ids": np.int32([range(10)] * 2)}))
    for points, ids in zip(out["keypoints"], out["ids"], strict=True):
        assert points.tolist() == np.concatenate([TURNED, TURNED[[0, 2, 1, 3, 4]]]).tolist()
        assert ids.tolist() == [0, -1, 1, 4, 3, 5, 7, -1, 9, 8]
