"""Entries of every kind in every place of a call: a result, or an error that names the place and the fix."""

import keras
import ml_dtypes
import numpy as np
import pandas as pd
import PIL.Image
import pytest
import tensorflow as tf

import augment
from augment.errors import SampleError

IMAGES = np.arange(2 * 20 * 30 * 3, dtype=np.uint8).reshape(2, 20, 30, 3)
FLOATS = IMAGES.astype(np.float32)
MASKS = IMAGES[..., 0] % 4
BOXES = np.tile(np.float32([[1, 2, 9, 9], [3, 4, 20, 19]]), (2, 1, 1))
CLASSES = np.ones((2, 2), np.int32)
POINTS = np.tile(np.float32([[1, 2], [12, 9]]), (2, 1, 1))
SPEC = {"pipeline": [{"horizontal_flip": {"p": 1}}]}
PICTURE = PIL.Image.fromarray(IMAGES[0])
HOLED = np.where(FLOATS > 250, np.nan, FLOATS)
NO_LEVELS = {"images": {
    "truths": (IMAGES > 9, "is bool"), "complex": (FLOATS.astype(np.complex64), "is complex64"),
    "texts": (IMAGES.astype(str), "text"), "objects": (IMAGES.astype(object), "objects"),
    "arrays": (np.array([IMAGES[0], IMAGES[0, :9]], object), "objects"),
    "masked": (np.ma.masked_array(IMAGES, IMAGES > 9), "filled"),
    "not a number": (HOLED, "not finite"), "infinite": (np.where(FLOATS > 250, np.inf, FLOATS), "not finite"),
    "minus infinite": (np.where(FLOATS > 250, -np.inf, FLOATS), "not finite"),
    "long": (FLOATS.astype(np.longdouble), "float64"), "no pixels": (IMAGES[:, :0], "no pixels"),
    "no channels": (IMAGES[..., :0], "no pixels"),
    "a list": (IMAGES.tolist(), r"np\.asarray"), "a list of arrays": (list(IMAGES), r"np\.stack"),
    "a tuple of arrays": (tuple(IMAGES), r"np\.stack"), "a picture": (PICTURE, r"np\.asarray"),
    "pictures": ([PICTURE, PICTURE], r"np\.stack"), "a path": ("a.jpg", "text"), "nothing": (None, "None"),
    "ragged": (tf.ragged.stack([IMAGES[0], IMAGES[1][:9]]), "is ragged"), "sparse": (tf.sparse.from_dense(IMAGES), "is sparse"),
}, "segmentation_masks": {
    "complex": (MASKS.astype(np.complex64), "is complex64"), "texts": (MASKS.astype(str), "text"),
    "objects": (MASKS.astype(object), "objects"), "a list": (MASKS.tolist(), r"np\.asarray"),
    "pictures": ([PICTURE, PICTURE], r"np\.stack"), "masked": (np.ma.masked_array(MASKS, MASKS > 2), "filled"),
    "ragged": (tf.ragged.stack([MASKS[0], MASKS[1][:9]]), "is ragged"), "sparse": (tf.sparse.from_dense(MASKS), "is sparse"),
}, "keypoints": {
    "truths": (POINTS > 3, "is bool"), "complex": (POINTS.astype(np.complex64), "is complex64"),
    "texts": (POINTS.astype(str), "real numbers"),
    "not a number": (POINTS * np.nan, "not finite"), "infinite": (POINTS * np.inf, "not finite"),
    "a list": (POINTS.tolist(), r"np\.asarray"), "objects": (POINTS.astype(object), "objects"),
    "ragged": (tf.RaggedTensor.from_tensor(POINTS), "is ragged"), "sparse": (tf.sparse.from_dense(POINTS), "is sparse"),
    "masked": (np.ma.masked_array(POINTS, POINTS > 5), "filled"),
}, "labels": {
    "a list": ([1, 2], r"np\.asarray"), "words": (["a", "b"], r"np\.asarray"), "a number": (3, r"np\.asarray"),
}, "image_id": {
    "a list": ([1, 2], r"np\.asarray"), "words": (["a", "b"], r"np\.asarray"), "a text": ("a", r"np\.asarray"),
    "objects": (np.array([{}, {}], object), "objects"), "a series": (pd.Series([1, 2]), r"to_numpy\(\)"),
}}  # fmt: skip
NO_LEVELS["bounding_boxes"] = {
    what: ({"boxes": given, "labels": CLASSES}, told) for what, (given, told) in {
        "truths": (BOXES > 3, "is bool"), "complex": (BOXES.astype(np.complex64), "is complex64"),
        "texts": (BOXES.astype(str), "real numbers"),
        "not a number": (BOXES * np.nan, "not finite"), "infinite": (BOXES * np.inf, "not finite"),
        "a list": (BOXES.tolist(), r"np\.asarray"), "ends first": (BOXES[..., [2, 3, 0, 1]], "ends before it begins as xyxy"),
        "ragged": (tf.RaggedTensor.from_tensor(BOXES), "is ragged"), "sparse": (tf.sparse.from_dense(BOXES), "is sparse"),
    }.items()
} | {"nothing": (None, "None"), "a list of lists": (BOXES.tolist(), r"np\.asarray")}  # fmt: skip
CASES = [(place, what) for place, kinds in NO_LEVELS.items() for what in kinds]


@pytest.mark.parametrize(("place", "what"), CASES, ids=str)
@pytest.mark.parametrize("way", ["call", "at", "inference"])
def test_what_is_no_target_is_told(place, what, way):
    layer = augment.compile(SPEC, "keras")
    given, told = NO_LEVELS[place][what]
    call = {"call": layer, "at": layer.at(3), "inference": lambda x: layer(x, training=False)}[way]
    with pytest.raises(SampleError, match=rf"(?s){place}.*{told}"):
        call({"images": IMAGES, place: given})


IN_GRAPHS = [
    ("images", "truths"), ("images", "complex"), ("images", "texts"), ("images", "no pixels"), ("segmentation_masks", "complex"),
    ("segmentation_masks", "texts"), ("keypoints", "truths"), ("keypoints", "complex"), ("bounding_boxes", "truths"),
]  # fmt: skip


@pytest.mark.parametrize(("place", "what"), IN_GRAPHS, ids=str)
def test_types_are_told_in_graphs_too(place, what):
    given, told = NO_LEVELS[place][what]
    data = tf.data.Dataset.from_tensors({"images": IMAGES, place: given})
    with pytest.raises(SampleError, match=rf"(?s){place}.*{told}"):
        data.map(augment.compile(SPEC, "keras"))


ALONE = [
    what for what in NO_LEVELS["images"] if "list" not in what and "tuple" not in what and what not in ("pictures", "nothing")
]


@pytest.mark.parametrize("what", ALONE)
@pytest.mark.parametrize("batched", [True, False])
def test_images_alone_too(what, batched):
    given, told = NO_LEVELS["images"][what]
    if not batched and what in ("arrays", "ragged", "sparse"):
        return  # what is a row of several only
    with pytest.raises(SampleError, match=f"(?s)(images|the layer takes).*{told}"):
        augment.compile(SPEC, "keras")(given if batched or not hasattr(given, "shape") else given[0])


def test_what_a_graph_cannot_tell_passes():
    """As docs/backends-keras.md says: a graph cannot look at values."""
    (out,) = tf.data.Dataset.from_tensors(HOLED).map(augment.compile(SPEC, "keras"))
    np.testing.assert_allclose(out, HOLED[:, :, ::-1], atol=1e-3)


GOOD = {
    "backwards": FLOATS[:, ::-1, ::-1], "by columns": np.asfortranarray(FLOATS), "big-endian": FLOATS.astype(">f4"),
    "read only": np.frombuffer(FLOATS.tobytes(), np.float32).reshape(FLOATS.shape), "float64": FLOATS.astype(np.float64),
    "float16": FLOATS.astype(np.float16), "one pixel": FLOATS[:, :1, :1],
    "big-endian levels": IMAGES.astype(">u2"), "bfloat16": FLOATS.astype(ml_dtypes.bfloat16), "no samples": FLOATS[:0],
}  # fmt: skip


@pytest.mark.parametrize("what", GOOD)
def test_arrays_of_every_form_are_what_they_say(what):
    given = GOOD[what]
    out = keras.ops.convert_to_numpy(augment.compile(SPEC, "keras")(given))
    np.testing.assert_allclose(out.astype(float), given[:, :, ::-1].astype(float), atol=1e-3)


@pytest.mark.parametrize("form", ["xywh", "xyxy", "cxcywh"])
def test_boxes_of_padding_end_where_they_like(form):
    targets = {"image": "image", "boxes": {"kind": "boxes", "format": form, "carry": ["labels"]}}
    layer = augment.compile({"targets": targets, **SPEC}, "keras")
    rows, classes = BOXES.copy(), CLASSES.copy()
    rows[:, 1], classes[:, 1] = -1, -1
    out = layer({"images": IMAGES, "bounding_boxes": {"boxes": rows, "labels": classes}})["bounding_boxes"]
    assert np.asarray(out["labels"]).tolist() == [[1, -1], [1, -1]]


def test_words_are_labels_where_the_engine_has_any():
    call, engine = {"images": IMAGES, "labels": np.array(["a", "b"])}, keras.backend.backend()
    if engine == "tensorflow":
        assert np.asarray(augment.compile(SPEC, "keras")(call)["labels"]).tolist() == [b"a", b"b"]
    else:
        with pytest.raises(SampleError, match=f"labels: is text, and {engine} has no tensors of texts"):
            augment.compile(SPEC, "keras")(call)


@pytest.mark.parametrize("engine", ["torch", pytest.param("jax", marks=pytest.mark.matrix)])
def test_all_of_this_on_other_engines(engine, fresh_process, request) -> None:
    picked = "(told and call and not texts) or what_they_say or words_are"
    only = ["-k", f"({picked}) and not other_engines", "-m", "not matrix"]
    call = [str(request.path), "-q", "-x", "-p", "no:cacheprovider", *only]
    said = fresh_process(f"import pytest; print(repr(pytest.main({call!r})))", engine)
    assert "ExitCode.OK" in said, said[-4000:]
