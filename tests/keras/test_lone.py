"""Single samples that no batch can hold run on the host, on every engine, eagerly and in ``tf.data``: the reference's results."""

import keras
import numpy as np
import pytest
import tensorflow as tf

import augment
from augment import ops
from augment.errors import SampleError, UnsupportedOpError
from augment.testing import assert_images_close

TARGETS = "targets: {image: image, mask: mask, boxes: {kind: boxes, carry: [labels]}}\n"
DETECTION = augment.loads(TARGETS + "seed: 3\npipeline: [zoom_out: {factor: [1, 2], p: 0.5}, iou_crop: {}, rotate90: {}]")
SEGMENTATION = augment.loads(TARGETS + "seed: 4\npipeline: [mask_dropout: {}, random_crop: {size: 80, p: 0.5}]")
BOXES = np.array([[10, 12, 40, 60], [50, 20, 90, 70]], np.float32)


def sample(photo, index):
    mask = np.zeros(photo.shape[:2], np.int32)
    mask[20:50, 30:60], mask[60:80, 10:40] = 1, 2
    boxes = {"boxes": BOXES, "labels": np.array([3, 5], np.int32)}
    return {"images": photo, "segmentation_masks": mask, "bounding_boxes": boxes, "index": np.int32(index)}


def check(spec, given, out, index, epoch=0):
    want = augment.apply(
        spec, {"image": given["images"], "mask": given["segmentation_masks"], "boxes": BOXES, "labels": np.array([3, 5])},
        index=index, epoch=epoch,
    )  # fmt: skip
    assert_images_close(out["images"], want["image"])
    np.testing.assert_array_equal(out["segmentation_masks"], want["mask"])
    left = out["bounding_boxes"]["labels"] >= 0
    np.testing.assert_allclose(out["bounding_boxes"]["boxes"][left], want["boxes"], atol=0.01)
    np.testing.assert_array_equal(out["bounding_boxes"]["labels"][left], want["labels"])


@pytest.mark.parametrize("spec", [DETECTION, SEGMENTATION], ids=["drawn canvases", "objects of a mask"])
def test_a_single_sample_is_the_reference(spec, photos, as_numpy) -> None:
    layer, shapes = augment.compile(spec, "keras"), set()
    for index in range(6):
        given = sample(photos[0], index)
        out = as_numpy(layer(given))
        check(spec, given, out, index)
        shapes.add(out["images"].shape)
    assert len(shapes) > 1
    want = augment.apply(spec, {"image": photos[0]}, stage="eval")["image"]
    assert_images_close(as_numpy(layer(sample(photos[0], 0), training=False))["images"], want)


@pytest.mark.parametrize("spec", [DETECTION, SEGMENTATION], ids=["drawn canvases", "objects of a mask"])
def test_so_it_is_in_a_dataset(spec, photos) -> None:
    layer = augment.compile(spec, "keras")
    given = sample(photos[0], 0)
    shapes = {0: (), 1: (None,), 2: (None, None), 3: (None, None, 3)}
    like = tf.nest.map_structure(lambda x: tf.TensorSpec(shapes[np.ndim(x)], x.dtype), given)
    data = tf.data.Dataset.from_generator(lambda: (sample(photos[i % 4], i) for i in range(5)), output_signature=like)
    data = data.map(layer, num_parallel_calls=2)
    assert data.element_spec["images"].shape.as_list() == [None, None, 3]
    for i, out in enumerate(data.as_numpy_iterator()):
        check(spec, sample(photos[i % 4], i), out, i)


def test_unkeyed_calls_draw_anew_and_are_fixed_by_the_seed(photos, as_numpy) -> None:
    spec = augment.Pipeline([ops.RandomScale(factor=(0.4, 1.5))])

    def sizes():
        keras.utils.set_random_seed(4)
        layer = augment.compile(spec, "keras")
        return [layer(photos[0]).shape for _ in range(6)]

    first = sizes()
    assert len(set(first)) > 3 and sizes() == first
    graph = augment.compile(spec, "keras")
    data = tf.data.Dataset.from_tensors(photos[0]).repeat(6).map(graph)
    assert len({image.shape for image in data.as_numpy_iterator()}) > 3


def test_floats_keep_their_range_and_views_share_their_draws(photos, as_numpy) -> None:
    layer = augment.compile(augment.Pipeline([ops.RandomScale(factor=(0.4, 1.5))], seed=2), "keras", value_range=(0, 1))
    photo = (photos[1] / 255).astype(np.float32)
    want = augment.apply(layer.spec, {"image": photo}, index=7, epoch=2)["image"]
    assert_images_close(as_numpy(layer.at(index=7, epoch=2)(photo)), want)
    pair = "pipeline: [random_scale: {factor: [0.4, 1.5]}]\nviews: {plain: [], dark: [brightness: {factor: 0.5}]}"
    views = augment.compile(augment.loads(pair), "keras")
    for _ in range(2):
        plain, dark = (as_numpy(view) for view in views(photos[0]).values())
        assert plain.shape == dark.shape and plain.mean() > dark.mean()


def test_batches_of_them_are_refused_before_anything_runs(photos) -> None:
    for spec, why in ((DETECTION, "zoom_out: .*draws the size"), (SEGMENTATION, "is not applied to all")):
        layer, given = augment.compile(spec, "keras"), sample(photos[0], 0)
        with pytest.raises((SampleError, UnsupportedOpError), match=why):
            layer(keras.tree.map_structure(lambda x: np.stack([x, x]), given))
    batch = keras.Input((None, None, 3))
    for node, why in ((ops.ZoomOut(factor=(1, 2)), "draws the size"), (ops.MaskDropout(), "map the layer over single samples")):
        with pytest.raises(UnsupportedOpError, match=why):
            augment.compile(augment.Pipeline([node]), "keras")(batch)
