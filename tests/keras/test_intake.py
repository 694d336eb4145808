"""What people bring to the layer, on every engine: tensors of TensorFlow, other widths, no rows, and what has no one shape."""

import warnings
from typing import Any

import keras
import numpy as np
import pytest
import tensorflow as tf

import augment
from augment.errors import SampleError
from augment.testing.photographs import photographs

(PHOTO,) = photographs(((60, 80),))
PHOTOS = np.stack([PHOTO, PHOTO[::-1], PHOTO[:, ::-1]])
MIXING = """
targets: {image: image, labels: {kind: labels, classes: 3}}
pipeline: [random_resized_crop: {size: 32, area: [0.6, 1.0]}, horizontal_flip: {p: 0.5}, mixup: {alpha: 0.2}, normalize: imagenet]
"""
ROWS = "targets: {image: image, boxes: {kind: boxes, carry: [classes]}, keypoints: {kind: keypoints, carry: []}}\npipeline: [%s]"


def plain(tensor: Any) -> np.ndarray:
    return tensor.numpy() if tf.is_tensor(tensor) else keras.ops.convert_to_numpy(tensor)


# op by op, JAX compiles each shape of each function: one test of each sort there
QUICK = {
    "torch": "not other_engines",
    "jax": "in_a_dataset or of_tensorflow or judges or (without and (rotate or cutmix)) or (bytes and int64) or refused",
}


@pytest.mark.parametrize("engine", ["torch", pytest.param("jax", marks=pytest.mark.matrix)])
def test_all_of_this_on_other_engines(engine, fresh_process, request) -> None:
    call = [str(request.path), "-q", "-x", "-p", "no:cacheprovider", "-k", QUICK[engine], "-m", "not matrix"]
    said = fresh_process(f"import pytest; print(repr(pytest.main({call!r})))", engine)
    assert "ExitCode.OK" in said, said[-4000:]


# TensorFlow's tensors ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("training", [True, False])
def test_mixing_in_a_dataset_is_mixing(training) -> None:
    layer = augment.compile(augment.loads(MIXING), "keras")
    labels = np.arange(3)
    want = layer.at(0)({"images": PHOTOS, "labels": labels}, training=training)
    data = tf.data.Dataset.from_tensor_slices((PHOTOS, labels)).batch(3)

    def through(images: Any, labels: Any) -> Any:
        return layer({"images": images, "labels": labels, "index": 0}, training=training)

    (out,) = data.map(through)
    assert np.abs(plain(out["images"]) - plain(want["images"])).max() < 0.02
    assert np.abs(plain(out["labels"]) - plain(want["labels"])).max() < 1e-5
    assert plain(out["labels"]).shape == (3, 3)


def test_labels_that_a_mix_lacks_are_told_in_a_dataset_too() -> None:
    layer = augment.compile(augment.loads(MIXING), "keras")
    with pytest.raises(SampleError, match="the sample has no 'labels', which targets declares"):
        tf.data.Dataset.from_tensor_slices(PHOTOS).batch(3).map(layer)


@pytest.mark.parametrize("entries", [(), ("labels",), ("labels", "segmentation_masks", "bounding_boxes")])
def test_eager_tensors_of_tensorflow_are_taken(entries) -> None:
    layer = augment.compile({"pipeline": [{"center_crop": 20}]}, "keras")
    beside = {
        "labels": np.arange(3), "segmentation_masks": PHOTOS[..., 0],
        "bounding_boxes": {"boxes": np.tile(np.float32([25, 25, 50, 40]), (3, 1, 1)), "labels": np.ones((3, 1), np.int32)},
    }  # fmt: skip
    given = {"images": PHOTOS, **{name: beside[name] for name in entries}} if entries else PHOTOS
    want = keras.tree.map_structure(plain, layer(given))
    got = layer(keras.tree.map_structure(tf.constant, given))
    keras.tree.assert_same_structure(got, want)
    for one, two in zip(keras.tree.flatten(got), keras.tree.flatten(want), strict=True):
        assert np.array_equal(plain(one), two)
    for photo in tf.data.Dataset.from_tensor_slices(PHOTOS).batch(2).take(1):  # as a loop that shows a dataset
        assert layer(photo).shape == (2, 20, 20, 3)


# Probes --------------------------------------------------------------------------------------------------------------


class Subclassed(keras.Model):
    def __init__(self, layer: Any):
        super().__init__()
        self.augment, self.flat, self.dense = layer, keras.layers.Flatten(), keras.layers.Dense(3)

    def call(self, images: Any, training: bool | None = None) -> Any:
        return self.dense(self.flat(self.augment(images, training=training)))


def sequential(layer: Any) -> keras.Model:
    return keras.Sequential([layer, keras.layers.Flatten(), keras.layers.Dense(3)])


@pytest.mark.parametrize("of", [sequential, Subclassed])
def test_fit_judges_real_images_only(of) -> None:
    def fit(images: np.ndarray) -> None:
        model = of(augment.compile({"pipeline": [{"horizontal_flip": {"p": 0.5}}, {"center_crop": 16}]}, "keras"))
        # as the engine does by itself where it can, and so that images are seen
        eager = keras.backend.backend() == "tensorflow"
        model.compile("sgd", keras.losses.SparseCategoricalCrossentropy(from_logits=True), run_eagerly=eager)
        model.fit(images, np.arange(3), verbose=0)

    with warnings.catch_warnings():
        warnings.filterwarnings("error", message=".*almost black")
        fit(PHOTOS.astype("float32"))
    if keras.backend.backend() != "jax":  # which compiles the step
        with pytest.warns(UserWarning, match="almost black"):
            fit(PHOTOS.astype("float32") / 255)


# No rows -------------------------------------------------------------------------------------------------------------


EMPTY = [
    "identity", "horizontal_flip: {p: 0.5}", "rotate: 20", "perspective: 0.3", "elastic: {alpha: 0.1, sigma: 0.1}",
    "center_crop: 20", "resize: 20", "brightness: 1.2", "coarse_dropout: {holes: 2, height: 0.2, width: 0.2}",
]  # fmt: skip
ALONE = [pytest.param(op, False, marks=() if op == "rotate: 20" else pytest.mark.matrix) for op in EMPTY]


@pytest.mark.parametrize(("op", "batched"), [*((op, True) for op in (*EMPTY, "cutmix: {alpha: 1}", "mixup: {alpha: 1}")), *ALONE])
def test_images_without_boxes_and_points(op, batched) -> None:
    layer = augment.compile(augment.loads(ROWS % op), "keras")
    given = {
        "images": PHOTOS, "bounding_boxes": {"boxes": np.zeros((3, 0, 4), np.float32), "classes": np.zeros((3, 0), np.int32)},
        "keypoints": np.zeros((3, 0, 2), np.float32),
    }  # fmt: skip
    given = given if batched else keras.tree.map_structure(lambda entry: entry[0], given)
    out = layer(given)
    for got, came in zip(keras.tree.flatten(out), keras.tree.flatten(given), strict=True):
        if came is not given["images"]:
            assert tuple(got.shape) == came.shape
    if batched:
        data = tf.data.Dataset.from_tensor_slices(given).batch(3)
        (out,) = data.map(layer)
        assert out["bounding_boxes"]["boxes"].shape == (3, 0, 4)


# Widths --------------------------------------------------------------------------------------------------------------


WIDTHS = ["uint16", "int64", *(pytest.param(width, marks=pytest.mark.matrix) for width in ("int16", "int32", "uint32"))]


@pytest.mark.parametrize("dtype", WIDTHS)
def test_whole_numbers_to_255_are_bytes(dtype) -> None:
    layer = augment.compile({"pipeline": [{"rotate": 20}, {"brightness": 1.2}]}, "keras")
    want = plain(layer(PHOTOS))
    out = layer(PHOTOS.astype(dtype))
    assert np.array_equal(plain(out), want)
    (of_data,) = tf.data.Dataset.from_tensor_slices(PHOTOS.astype(dtype)).batch(3).map(layer)
    assert of_data.dtype == dtype and np.abs(plain(of_data).astype(int) - want).mean() < 0.5
    for wrong in (PHOTOS.astype(dtype) + 1000, PHOTOS.astype("int64") - 300):
        if np.iinfo(dtype).min <= wrong.min():
            with pytest.raises(SampleError, match=r"images: is u?int\d+ .*0 to 255: (begin with to_float|shift and scale)"):
                layer(wrong.astype(dtype))


def test_whole_numbers_that_an_engine_would_cut_are_refused() -> None:
    layer = augment.compile({"pipeline": [{"horizontal_flip": {"p": 1}}]}, "keras")
    wide = np.array([1, 2, 2**31 + 5])
    masks = np.full((3, 60, 80), 2**31 + 5)
    if keras.backend.backend() == "jax":
        for key, entry in (("image_id", wide), ("segmentation_masks", masks), ("index", wide)):
            with pytest.raises(SampleError, match=rf"{key}: holds {2**31 + 5}, and JAX keeps 32 bits"):
                layer({"images": PHOTOS, key: entry})
    else:
        out = layer({"images": PHOTOS, "image_id": wide, "segmentation_masks": masks})
        assert plain(out["image_id"]).tolist() == wide.tolist() and (plain(out["segmentation_masks"]) == 2**31 + 5).all()


# Shapes --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [16, 32, 60])
@pytest.mark.parametrize("batched", [True, False])
def test_channels_of_the_other_end_are_refused(size, batched) -> None:
    first = np.zeros((2, 3, size, size), np.uint8)
    last = np.zeros((2, size, size, 3), np.uint8)
    spec = {"pipeline": [{"horizontal_flip": {"p": 1}}]}
    for images, form in ((first, "channels_last"), (last, "channels_first")):
        with pytest.raises(SampleError, match=r"images: the shape .* looks like .*data_format"):
            augment.compile(spec, "keras", data_format=form)(images if batched else images[0])
    with pytest.raises(SampleError, match=r"looks like \(channels, height, width\)"):
        augment.apply(spec, {"image": first[0]}, backend="keras")


def test_what_has_no_one_shape_is_refused() -> None:
    layer = augment.compile({"pipeline": [{"horizontal_flip": {"p": 1}}]}, "keras")
    boxes = tf.ragged.constant([[[0.0, 0, 5, 5]], [], []], ragged_rank=1, inner_shape=(4,))
    ragged = tf.ragged.stack([PHOTOS[0], PHOTOS[1][:30]])
    pad = r"is ragged: .*to_tensor"
    for given, place in (
        (ragged, "images"), ({"images": ragged}, "images"),
        ({"images": PHOTOS, "bounding_boxes": {"boxes": boxes}}, "bounding_boxes.boxes"),
        ({"images": PHOTOS, "segmentation_masks": ragged}, "segmentation_masks"),
    ):  # fmt: skip
        with pytest.raises(SampleError, match=f"{place}.*{pad}"):
            layer(given)
        with pytest.raises(SampleError, match=f"{place}.*{pad}"):
            tf.data.Dataset.from_tensors(given).map(layer)


def test_what_has_no_known_rank_is_refused() -> None:
    layer = augment.compile({"pipeline": [{"horizontal_flip": {"p": 1}}]}, "keras")

    def shapeless(*images: Any) -> Any:
        return tf.numpy_function(lambda x: x, images, tf.uint8)

    data = tf.data.Dataset.from_tensor_slices(PHOTOS)
    with pytest.raises(SampleError, match=r"images: the number of axes must be known: set_shape"):
        data.map(shapeless).map(layer)
    for key in ("segmentation_masks", "keypoints", "labels"):
        with pytest.raises(SampleError, match=rf"{key}: the number of axes must be known: set_shape"):
            data.map(lambda x, key=key: {"images": x, key: shapeless(x)}).map(layer)
    if keras.backend.backend() == "tensorflow":  # what passes may have any
        (out,) = data.take(1).map(lambda x: {"images": x, "file": shapeless(x)}).map(layer)
        assert out["file"].shape == (60, 80, 3)


# Canvases ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("p", [0.5, 1.0])
@pytest.mark.parametrize("first", ["transpose", "rotate90"])
def test_a_window_that_a_turned_image_lacks_is_refused_as_apply_does(first, p) -> None:
    spec = augment.loads(f"pipeline: [{first}: {{p: {p}}}, center_crop: [50, 70]]")
    refused = 0
    for index in range(8):
        try:
            augment.apply(spec, {"image": PHOTO}, index=index)
        except SampleError:
            refused += 1
            with pytest.raises(SampleError, match="does not fit"):
                augment.apply(spec, {"image": PHOTO}, index=index, backend="keras")
    assert refused
    layer = augment.compile(spec, "keras")
    with pytest.raises(SampleError, match="does not fit"):
        layer.at(0)(np.stack([PHOTO] * 8))
    fits = augment.compile(augment.loads(f"pipeline: [{first}: {{p: {p}}}, center_crop: [50, 60]]"), "keras")
    assert fits(PHOTOS).shape == (3, 50, 60, 3)
