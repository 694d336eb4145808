"""Entries that no target claims: what cannot be left behind is refused on every backend of single samples, the rest passes."""

import numpy as np
import PIL.Image
import pytest
import torch

import augment
from augment.errors import SampleError

FLIP = {"pipeline": [{"horizontal_flip": {"p": 0.5}}]}
IMAGE = np.arange(6 * 9 * 3, dtype=np.uint8).reshape(6, 9, 3)
LAYER = IMAGE[..., 0]


def ways(spec=FLIP):
    """The sample through each backend of single samples."""
    torchvision = augment.compile(spec, "torchvision")
    compose = augment.compile(spec, "albumentations")
    as_tensor = lambda sample: {**sample, "image": torch.from_numpy(sample["image"]).permute(2, 0, 1)}  # noqa: E731
    return {
        "apply": lambda sample: augment.apply(spec, sample), "reference": augment.compile(spec),
        "albumentations": lambda sample: compose(**sample), "torchvision": lambda sample: torchvision(as_tensor(sample)),
    }  # fmt: skip


@pytest.mark.parametrize("way", ["apply", "reference", "albumentations", "torchvision"])
@pytest.mark.parametrize("key", ["segmentation", "gt", "annotation", "label_map"])
@pytest.mark.parametrize("entry", [LAYER, LAYER > 5, IMAGE, np.stack([LAYER, LAYER]), PIL.Image.fromarray(LAYER)], ids=range(5))
def test_what_has_the_size_of_the_image_is_refused(way, key, entry):
    with pytest.raises(SampleError, match=rf"{key}.*(has the size of the image \(6 x 9\)|nothing says how it moves)"):
        ways()[way]({"image": IMAGE, key: entry})


HOLDING = {
    "mapping": lambda layer: {"near": layer}, "list": lambda layer: [layer, layer], "tuple": lambda layer: (np.ones(2), layer),
    "mappings": lambda layer: {"a": {"b": [{"c": layer}]}}, "rows": lambda layer: [[layer], [layer]],
}  # fmt: skip


@pytest.mark.parametrize("way", ["apply", "apply on keras", "reference", "albumentations", "torchvision"])
@pytest.mark.parametrize(
    "form", [np.asarray, np.atleast_3d, lambda layer: layer[None], torch.from_numpy, PIL.Image.fromarray], ids=range(5)
)
@pytest.mark.parametrize("holding", HOLDING.values(), ids=HOLDING)
def test_what_has_the_size_of_the_image_is_refused_at_any_depth(way, holding, form):
    given = {**ways(), "apply on keras": lambda sample: augment.apply(FLIP, sample, backend="keras")}[way]
    with pytest.raises(SampleError, match=r"extra.*(has the size of the image \(6 x 9\)|nothing says how it moves)"):
        given({"image": IMAGE, "extra": holding(form(LAYER))})


def test_what_has_the_size_of_the_images_is_refused_by_the_layer_at_any_depth():
    layer, images = augment.compile(FLIP, "keras"), np.stack([IMAGE, IMAGE])
    for holding in HOLDING.values():
        with pytest.raises(SampleError, match=r"extra.*has the size of the images \(6 x 9\)"):
            layer({"images": images, "extra": holding(images[..., 0])})
        with pytest.raises(SampleError, match=r"extra.*has the size of the images \(6 x 9\)"):
            layer({"images": IMAGE, "extra": holding(LAYER)})
    out = layer({"images": images, "camera": {"inner": np.ones((2, 3, 3)), "names": np.array([[1, 2], [3, 4]])}})
    assert out["camera"]["inner"].shape == (2, 3, 3)


@pytest.mark.parametrize("batched", [True, False])
def test_sides_that_only_a_graph_knows_count_as_the_same(batched):
    tf = pytest.importorskip("tensorflow")
    layer, outer = augment.compile(FLIP, "keras"), (None,) * batched

    def graph(**shapes):
        given = {name: tf.TensorSpec((*outer, *shape), "uint8") for name, shape in shapes.items()}
        return tf.function(layer, input_signature=[given], autograph=False).get_concrete_function()

    for shape in ((None, None), (None, None, 1)):
        with pytest.raises(SampleError, match="'depth' has the size of the images"):
            graph(images=(None, None, 3), depth=shape)
    graph(images=(None, None, 3), camera=(3, 3), tokens=(None,))


@pytest.mark.parametrize("way", ["apply", "reference", "albumentations", "torchvision"])
@pytest.mark.parametrize("key", ["keypoint", "landmarks", "points", "kps"])
def test_points_under_another_name_are_refused(way, key):
    with pytest.raises(SampleError, match=f"'{key}'; did you mean 'keypoints'"):
        ways()[way]({"image": IMAGE, key: [[1, 2], [3, 4]]})


@pytest.mark.parametrize("way", ["apply", "reference", "albumentations", "torchvision"])
def test_captions_under_another_name_are_refused(way):
    with pytest.raises(SampleError, match="'captions'; did you mean 'caption'"):
        ways()[way]({"image": IMAGE, "captions": ["a dog on the left"]})


@pytest.mark.parametrize("way", ["apply", "reference", "albumentations"])
def test_the_rest_passes(way):
    rest = {"image_id": 7, "path": "a.jpg", "weights": np.ones(9), "camera": np.eye(3), "history": [[1, 2]], "none": None}
    out = ways()[way]({"image": IMAGE, **rest})
    assert all(out[key] is value for key, value in rest.items())


@pytest.mark.parametrize("way", ["apply", "reference", "albumentations", "torchvision"])
def test_what_is_declared_moves_or_stays(way):
    spec = {"targets": {"image": "image", "gt": "mask", "shown": "labels"}, "pipeline": [{"horizontal_flip": {"p": 1}}]}
    out = ways(spec)[way]({"image": IMAGE, "gt": LAYER, "shown": LAYER})
    assert np.array_equal(np.asarray(out["gt"]), LAYER[:, ::-1])
    assert np.array_equal(out["shown"], LAYER)


def test_what_boxes_carry_is_claimed():
    spec = {"targets": {"image": "image", "boxes": {"kind": "boxes", "carry": ["table"]}}, **FLIP}
    sample = {"image": IMAGE, "boxes": np.tile([1.0, 1, 4, 4], (6, 1)), "table": np.zeros((6, 9))}
    assert augment.apply(spec, sample)["table"].shape == (6, 9)
