"""Gray images without an axis of channels are told, and not taken for something else."""

import keras
import numpy as np
import pytest

import augment
from augment.errors import SampleError

SHAPES = {"digits": (12, 28, 28), "one digit": (1, 28, 28), "small": (12, 8, 8), "wide": (12, 20, 30), "large": (2, 300, 400)}
SPEC = {"pipeline": [{"rotate": "±10"}]}


def grays(how, shape):
    images = np.zeros(shape, np.uint8)
    layer = augment.compile(SPEC, "keras", data_format="channels_last")
    match how:
        case "call":
            layer(images)
        case "at":
            layer.at(3)(images)
        case "mapping":
            layer({"images": images, "segmentation_masks": images[..., 0]})
        case "input":
            keras.Sequential([keras.Input(shape[1:]), layer])
        case "fit":
            model = keras.Sequential([layer, keras.layers.Flatten(), keras.layers.Dense(2)])
            model.compile("sgd", "mse")
            model.fit(images, np.zeros((len(images), 2)), verbose=0)
        case "tf.data":
            tf = pytest.importorskip("tensorflow")
            tf.data.Dataset.from_tensor_slices(images).batch(4).map(layer)


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
@pytest.mark.parametrize("how", ["call", "at", "mapping", "input", "fit", "tf.data"])
def test_a_batch_of_gray_images_is_no_image_of_many_channels(how, shape):
    """As one image, its rows would be turned among the samples, and digits stand beside the labels of others."""
    with pytest.raises(Exception, match=r"three axes|looks like"):
        grays(how, shape)


@pytest.mark.parametrize("shape", [(32, 28, 28), (17, 20, 30)])
def test_nor_with_the_channels_first(shape):
    with pytest.raises(SampleError, match="three axes"):
        augment.compile(SPEC, "keras", data_format="channels_first")(np.zeros(shape, np.uint8))


@pytest.mark.parametrize("channels", [1, 3, 4, 13])
def test_one_image_of_few_channels_needs_no_batch(channels):
    layer = augment.compile({"pipeline": [{"horizontal_flip": {"p": 1}}]}, "keras")
    image = np.random.default_rng(0).integers(0, 255, (20, 30, channels), np.uint8)
    np.testing.assert_array_equal(np.asarray(layer(image)), image[:, ::-1])
    many = np.repeat(image, 24, 2)
    np.testing.assert_array_equal(np.asarray(layer(many[None])), many[None, :, ::-1])
    with pytest.raises(SampleError, match=r"images\[None\]"):
        layer(many)
