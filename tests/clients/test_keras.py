"""Keras as keras.io's examples use it: pictures of a folder, segmentation, boxes, and `fit`, on the engine of the tests."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

import augment

tf = pytest.importorskip("tensorflow", reason="needs tensorflow: pip install 'augment-spec[keras]'")
keras = pytest.importorskip("keras", reason="needs keras: pip install 'augment-spec[keras]'")


def test_pictures_of_a_folder(pictures, spec, tmp_path, block):
    """keras.io: image classification from scratch."""
    for i, picture in enumerate(pictures):
        place = tmp_path / str(picture.label)
        place.mkdir(exist_ok=True)
        Image.fromarray(picture.image).save(place / f"{i}.png")
    data = keras.utils.image_dataset_from_directory(
        str(tmp_path), image_size=(64, 64), batch_size=4, shuffle=False, verbose=False
    )
    runs = []
    for _ in range(2):
        keras.utils.set_random_seed(3)
        layer = augment.compile(spec("{image: image}"), "keras")
        runs.append(np.concatenate([images for images, _ in data.map(lambda x, y: (layer(x, training=True), y))]))  # noqa: B023
    np.testing.assert_array_equal(*runs)
    assert runs[0].shape == (8, 56, 56, 3) and len({tuple(block(image)) for image in runs[0]}) > 4
    model = keras.Sequential(
        [layer, keras.layers.Rescaling(1 / 255), keras.layers.GlobalAveragePooling2D(), keras.layers.Dense(3)]
    )
    model.compile("adam", keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    assert np.isfinite(model.fit(data, epochs=1, verbose=0, shuffle=False).history["loss"]).all()


def test_segmentation_with_an_index(pictures, spec, block):
    """keras.io: image segmentation with a U-Net, with the index of each sample, so that draws are keyed."""
    layer = augment.compile(spec("{images: image, segmentation_masks: mask}"), "keras")
    images, masks = np.stack([p.image for p in pictures]), np.stack([p.mask for p in pictures])[..., None]
    data = tf.data.Dataset.from_tensor_slices((images, masks)).enumerate()
    data = data.map(lambda i, pair: {"images": pair[0], "segmentation_masks": pair[1], "index": i})
    for out in data.map(layer, num_parallel_calls=2).batch(8):
        for i, (image, mask) in enumerate(zip(out["images"].numpy(), out["segmentation_masks"].numpy(), strict=True)):
            assert block(image) == block(mask)
            want = augment.apply(layer.spec, {"images": images[i], "segmentation_masks": masks[i]}, index=i)
            assert np.abs(image.astype(int) - want["images"]).max() <= 1
            np.testing.assert_array_equal(mask, want["segmentation_masks"])


@pytest.mark.parametrize("name", ["labels", "classes"], ids=["Keras", "KerasCV"])
def test_padded_boxes(pictures, spec, block, name):
    """keras.io: object detection with padded boxes, under the names of Keras, and those of KerasCV."""
    layer = augment.compile(spec(f"{{image: image, boxes: {{kind: boxes, carry: [{name}]}}}}"), "keras")
    boxes = np.stack([[p.box, [0, 0, 0, 0]] for p in pictures]).astype("float32")
    kinds = np.array([[p.label, -1] for p in pictures], "float32")
    data = {"images": np.stack([p.image for p in pictures]), "bounding_boxes": {"boxes": boxes, name: kinds}}
    data = tf.data.Dataset.from_tensor_slices(data).batch(4).map(lambda batch: layer(batch, training=True))
    at = 0
    for out in data:
        for image, rows, told in zip(out["images"], *out["bounding_boxes"].values(), strict=True):
            np.testing.assert_allclose(rows[0], block(image.numpy()), atol=1e-3)
            assert told.numpy().tolist() == kinds[at].tolist()
            at += 1
    assert at == 8
