"""The layer as users of Keras meet it: in models, alone, keyed and unkeyed, in training and at inference."""

import warnings

import keras
import numpy as np
import pytest
import tensorflow as tf

import augment
from augment import ops
from augment.errors import SampleError, SpecError
from augment.testing.tolerance import assert_images_close

SPEC = augment.Pipeline(
    [
        ops.RandomResizedCrop(size=48, area=(0.3, 1.0)), ops.HorizontalFlip(p=0.5), ops.Rotate(degrees=(-20, 20)),
        ops.ColorJitter(brightness=(0.7, 1.3), contrast=(0.7, 1.3)), ops.Normalize("imagenet"),
    ],
    seed=4, name="flowers",
)  # fmt: skip
PLAIN = SPEC[:-1]


def compiled(spec, **options):
    return augment.compile(spec, "keras", **{"jit_compile": False, **options})


def test_a_name_that_keras_does_not_take_is_changed_for_the_layer() -> None:
    layer = augment.compile({"name": "cats / dogs", "pipeline": [{"hue": 3}]}, "keras")
    assert layer.name == "cats _ dogs" and layer.spec.name == "cats / dogs"


def test_it_is_a_layer_named_as_the_spec_that_opens_up() -> None:
    layer = compiled(SPEC)
    assert isinstance(layer, keras.layers.Layer) and layer.name == "flowers"
    assert layer.spec == SPEC
    assert "rotate" in repr(layer) and "keras.random" in repr(layer)
    assert layer.record(index=3) == augment.record(SPEC, index=3)
    assert not layer.weights or all(not w.trainable for w in layer.weights)


def test_it_stands_in_sequential_and_functional_models(photos) -> None:
    photo = keras.Input((96, 112, 3), dtype="uint8")
    functional = keras.Model(photo, keras.layers.Flatten()(compiled(SPEC)(photo)))
    sequential = keras.Sequential([keras.Input((96, 112, 3)), compiled(SPEC), keras.layers.Conv2D(2, 3)])
    assert functional.output_shape == (None, 48 * 48 * 3) and sequential.output_shape == (None, 46, 46, 2)
    assert functional(photos, training=True).shape == (4, 48 * 48 * 3)
    assert sequential.predict(photos.astype("float32"), verbose=0).shape == (4, 46, 46, 2)


def test_nesting_between_native_layers(photos) -> None:
    model = keras.Sequential([keras.layers.RandomFlip(), compiled(PLAIN), keras.layers.Rescaling(1 / 255)])
    out = model(photos.astype("float32"), training=True)
    assert out.shape == (4, 48, 48, 3) and float(keras.ops.max(out)) <= 1.0


def test_inference_is_a_hand_written_resize_and_normalize(photos) -> None:
    layer = compiled(SPEC)
    resized = tf.image.resize(photos.astype(np.float32) / 255, (48, 48), antialias=True).numpy()
    want = (resized - [0.485, 0.456, 0.406]) / np.array([0.229, 0.224, 0.225])
    floats = photos.astype("float32")
    for out in (layer(photos, training=False), compiled(SPEC, stage="eval")(photos), layer(floats, training=False)):
        assert out.dtype == "float32"
        assert np.abs(np.asarray(out) - want).max() < 1e-4
    in_model = keras.Sequential([layer])
    assert np.abs(in_model.predict(photos, verbose=0) - want).max() < 1e-4


def test_floats_of_a_tutorial_give_the_picture_of_uint8(photos) -> None:
    """0..255 in, 0..255 out; bytes come out as bytes, rounded once."""
    layer = compiled(PLAIN)
    of_bytes, of_floats = layer.at(index=0)(photos), layer.at(index=0)(photos.astype("float32"))
    assert of_bytes.dtype == "uint8" and of_floats.dtype == "float32"
    assert float(keras.ops.max(of_floats)) > 2
    assert np.abs(np.rint(of_floats) - np.asarray(of_bytes, np.float32)).max() <= 1
    assert (np.rint(of_floats) != np.asarray(of_bytes)).mean() < 1e-3
    normalized = [np.asarray(compiled(SPEC).at(index=0)(x)) for x in (photos, photos.astype("float32"))]
    assert np.abs(normalized[0] - normalized[1]).max() < 1e-5
    unit = compiled(PLAIN, value_range=(0, 1)).at(index=0)(photos.astype("float32") / 255)
    assert np.abs(np.asarray(unit) * 255 - np.asarray(of_floats)).max() < 1e-2
    signed = compiled(PLAIN, value_range=(-1, 1)).at(index=0)(photos.astype("float32") / 127.5 - 1)
    assert np.abs((np.asarray(signed) + 1) * 127.5 - np.asarray(of_floats)).max() < 1e-2
    half = layer.at(index=0)(tf.cast(photos, "float16"))
    assert half.dtype == "float16"


def test_keys_decide_for_any_batch_and_order(photos) -> None:
    layer = compiled(PLAIN)
    together = np.asarray(layer.at(index=10, epoch=2)(photos))
    for i in range(4):
        want = augment.apply(PLAIN, {"image": photos[i]}, index=10 + i, epoch=2)["image"]
        assert_images_close(together[i], want)
        assert_images_close(np.asarray(layer.at(index=10 + i, epoch=2)(photos[i])), want)
    order = np.array([3, 0, 2, 1])
    shuffled = np.asarray(layer.at(index=10 + order, epoch=2)(photos[order]))
    assert np.array_equal(shuffled, together[order])
    by_entry = layer({"images": photos, "index": np.arange(10, 14), "epoch": np.full(4, 2)})
    assert np.array_equal(by_entry["images"], together)
    assert not np.array_equal(layer.at(index=10, epoch=3)(photos), together)


def test_unkeyed_draws_follow_the_seed_of_keras(photos) -> None:
    def twice():
        keras.utils.set_random_seed(12)
        layer = compiled(PLAIN)
        return np.asarray(layer(photos)), np.asarray(layer(photos))

    (first, second), again = twice(), twice()
    assert np.array_equal(first, again[0]) and np.array_equal(second, again[1])
    assert not np.array_equal(first, second)
    same = np.repeat(photos[:1], 4, axis=0)
    out = np.asarray(compiled(PLAIN)(same))
    assert all(not np.array_equal(out[0], out[i]) for i in range(1, 4)), "samples of a batch share their draws"


def test_every_gate_is_drawn_per_sample() -> None:
    flat = np.full((64, 8, 8, 3), 100, np.uint8)
    spec = augment.Pipeline(
        [
            ops.OneOf([ops.Brightness(factor=0.5, weight=3), ops.Invert()], p=0.5),
            ops.Repeat([ops.Brightness(factor=0.9)], times=(0, 3)),
            ops.SomeOf([ops.Brightness(add=0.01), ops.Brightness(add=0.02), ops.Brightness(add=0.04)], n=(0, 3)),
        ],
        seed=9,
    )
    out = np.asarray(compiled(spec).at(index=0)(flat))[:, 0, 0, 0]
    want = [int(augment.apply(spec, {"image": flat[0]}, index=i)["image"][0, 0, 0]) for i in range(64)]
    assert out.tolist() == want and len(set(want)) > 20


def test_detection_batches_keep_their_structure(detection, as_numpy) -> None:
    layer = compiled(augment.Pipeline([ops.RandomCrop(size=40)], seed=1))
    out = as_numpy(layer(detection))
    assert keras.tree.map_structure(lambda x: x.dtype.name, out) == keras.tree.map_structure(lambda x: x.dtype.name, detection)
    assert out["images"].shape == (4, 40, 40, 3) and out["segmentation_masks"].shape == (4, 40, 40)
    one = keras.tree.map_structure(lambda x: x[1], detection)
    single = as_numpy(layer(one))
    assert all(
        np.array_equal(a, b[1]) for a, b in zip(keras.tree.flatten(single), keras.tree.flatten(out), strict=True)
    )  # fmt: skip


@pytest.mark.parametrize("form", ["xyxy", "xywh", "cxcywh", "yolo"])
def test_box_formats_and_policies(form, detection, as_numpy) -> None:
    corners = detection["bounding_boxes"]["boxes"].copy()
    low, high = corners[..., :2], corners[..., 2:]
    boxes = {"xyxy": corners, "xywh": np.concatenate([low, high - low], -1)}
    boxes["cxcywh"] = np.concatenate([(low + high) / 2, high - low], -1)
    boxes["yolo"] = boxes["cxcywh"] / [112, 96, 112, 96]
    target = {"kind": "boxes", "format": form, "min_visibility": 0.5, "carry": ["labels"]}
    spec = augment.Pipeline([ops.Translate(x=(-0.5, 0.5))], seed=1, targets={"image": "image", "boxes": target})
    batch = {"images": detection["images"], "bounding_boxes": {**detection["bounding_boxes"], "boxes": boxes[form]}, "index": 0}
    out = as_numpy(compiled(spec)({**batch, "index": np.arange(4)}))["bounding_boxes"]
    dropped = 0
    for i in range(4):
        labels = detection["bounding_boxes"]["labels"][i][:3]
        want = augment.apply(spec, {"image": detection["images"][i], "boxes": boxes[form][i][:3], "labels": labels}, index=i)
        left = out["labels"][i] >= 0
        assert out["labels"][i][left].tolist() == want["labels"].tolist()
        assert np.abs(out["boxes"][i][left] - want["boxes"]).max(initial=0) < 0.01
        dropped += 3 - left.sum()
    assert dropped, "the policy has dropped nothing, so this test shows nothing"


def test_what_does_not_fit_is_said(photos) -> None:
    layer = compiled(PLAIN)
    with pytest.raises(SampleError, match="bounding_boxes"):
        layer({"images": photos, "bounding_box": np.zeros((4, 1, 4))})
    with pytest.raises(SampleError, match="no image"):
        layer({"labels": np.zeros(4)})
    with pytest.raises(SampleError, match="whole numbers are levels from 0 to 255"):
        layer(photos.astype("int32") * 2)
    with pytest.raises(SampleError, match="channels"):
        compiled(augment.Pipeline([ops.Hue(degrees=10)]))(np.zeros((2, 8, 8, 4), np.uint8))
    with pytest.raises(SampleError, match="does not fit"):
        compiled(augment.Pipeline([ops.RandomCrop(size=200)]))(photos)
    with pytest.raises(SampleError, match="rotate90: draws the size"):
        compiled(augment.Pipeline([ops.Rotate90()]))(photos)
    assert compiled(augment.Pipeline([ops.Rotate90()]))(photos[:, :96, :96]).shape == (4, 96, 96, 3)
    with pytest.raises(SampleError, match="draws the size"):
        compiled(augment.Pipeline([ops.Resize(size=20, p=0.5)]))(photos)
    with pytest.raises(SampleError, match="call the layer on batches"):
        compiled(augment.Pipeline([ops.Mixup(alpha=1.0)]))(photos[0])
    with pytest.raises(SpecError, match="host"):
        augment.compile(PLAIN, "keras", output="torch")


def test_mixing_blends_labels_and_appends_boxes(detection, as_numpy) -> None:
    targets = {"image": "image", "labels": {"kind": "labels", "classes": 5}, "boxes": {"kind": "boxes", "carry": ["labels"]}}
    spec = augment.Pipeline([ops.Mixup(alpha=0.5, p=0.8)], seed=3, targets=targets)
    batch = {key: detection[key] for key in ("images", "bounding_boxes", "index")} | {"labels": np.arange(4)}
    out = as_numpy(compiled(spec)(batch))
    assert out["labels"].shape == (4, 5) and np.allclose(out["labels"].sum(axis=1), 1)
    assert out["bounding_boxes"]["boxes"].shape == (4, 8, 4)
    mixed = (out["labels"] > 0).sum(axis=1) == 2
    assert mixed.sum() > 0 and (mixed == (out["bounding_boxes"]["labels"][:, 4:] >= 0).any(axis=1)).all()
    assert as_numpy(compiled(spec)(batch, training=False))["labels"].tolist() == np.eye(5)[:4].tolist()


def test_over_a_dataset(photos) -> None:
    samples = [{"image": photo, "labels": np.eye(4, dtype=np.float32)[i]} for i, photo in enumerate(photos)]
    over = compiled(augment.Pipeline([*PLAIN, ops.Mixup(alpha=0.5)], seed=2)).over(samples)
    over.set_epoch(3)
    want = augment.compile(over.transform.spec).over(samples)
    want.set_epoch(3)
    assert len(over) == 4
    for i in range(4):
        assert_images_close(over[i]["image"], want[i]["image"])
        assert np.abs(over[i]["labels"] - want[i]["labels"]).max() < 1e-4


def test_channels_first(photos, as_numpy) -> None:
    first = compiled(PLAIN, data_format="channels_first").at(index=0)(np.moveaxis(photos, -1, 1))
    assert np.array_equal(np.moveaxis(as_numpy(first), 1, -1), as_numpy(compiled(PLAIN).at(index=0)(photos)))


def test_wide_images_enter_through_to_float() -> None:
    spec = augment.Pipeline([ops.ToFloat(max=10000), ops.HorizontalFlip(p=1)])
    image = (np.arange(2 * 8 * 8 * 5) * 20 % 10000).reshape(2, 8, 8, 5).astype(np.uint16)
    out = np.asarray(compiled(spec)(image))
    assert out.dtype == np.float32 and np.abs(out - image[:, :, ::-1] / 10000).max() < 1e-6


def test_plain_numbers_key_a_call(photos) -> None:
    layer = augment.compile({"pipeline": [{"rotate": {"degrees": "±90"}}]}, "keras")
    wanted = np.asarray(layer.at(list(range(len(photos))), epoch=2)(photos))
    each = np.arange(len(photos))
    for keys in ({"index": 0, "epoch": 2}, {"index": each, "epoch": 2}, {"index": each.tolist(), "epoch": np.array(2)}):
        out = layer({"images": photos, **keys})
        assert np.array_equal(np.asarray(out["images"]), wanted), keys
        assert int(np.asarray(out["epoch"])) == 2
    assert not np.array_equal(np.asarray(layer({"images": photos, "index": 0, "epoch": 3})["images"]), wanted)


def test_floats_of_another_range_are_told_once(photos) -> None:
    spec = {"pipeline": [{"horizontal_flip": {"p": 1}}]}
    small = photos.astype("float32") / 255
    layer = augment.compile(spec, "keras")
    layer(np.zeros_like(small))  # black in any range: it tells nothing
    with pytest.warns(UserWarning, match=r"floats up to \S+, and value_range is \(0, 255\).*value_range=\(0, 1\)"):
        layer(small)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        layer(small)
        for images in (photos, photos.astype("float32"), np.zeros_like(small)):
            augment.compile(spec, "keras")(images)
        augment.compile(spec, "keras", value_range=(0, 1))(small)
        augment.compile({"pipeline": [{"to_float": {"max": 1}}]}, "keras")(small)
