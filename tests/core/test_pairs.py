"""What stands second in a pair is its label, if it can be one: what would have to move with the image is named, or refused."""

import numpy as np
import PIL.Image
import pytest

import augment
from augment.errors import SampleError

pytest.importorskip("torchvision")  # first: TensorFlow cannot stand before it

IMAGE = np.random.default_rng(0).integers(0, 255, (20, 30, 3), np.uint8)
MASK = (IMAGE[..., 0] > 128).astype(np.uint8)
SPEC = {"pipeline": [{"horizontal_flip": {"p": 1}}]}
BACKENDS = ["reference", "opencv", "albumentations", "torchvision", "keras"]
MOVED = {
    "mask": MASK, "mask of layers": np.stack([MASK, MASK], 2), "picture": PIL.Image.fromarray(MASK), "image": IMAGE[::-1],
    "half an image": IMAGE[:10], "boxes": np.array([[1.0, 2.0, 8.0, 9.0]]),
    "listed boxes": [[1, 2, 8, 9]], "points": np.ones((3, 2)),
}  # fmt: skip
LABELS = {
    "number": 3,
    "array": np.int64(3),
    "word": "cat",
    "soft": np.array([0.2, 0.8], np.float32),
    "several": [1, 2],
    "none": None,
}


def done(how, backend, item):
    if how == "apply":
        return augment.apply(SPEC, item, backend=backend)
    compiled = augment.compile(SPEC, backend)
    return compiled.over([item])[0] if how == "over" else compiled(item)


@pytest.mark.parametrize("backend", BACKENDS)
@pytest.mark.parametrize("how", ["apply", "over", "call"])
@pytest.mark.parametrize("second", MOVED.values(), ids=MOVED)
@pytest.mark.parametrize("form", [tuple, list])
def test_what_would_have_to_move_is_no_label(second, form, how, backend):
    if how == "call" and backend in ("albumentations", "keras"):
        return  # are called as their libraries are
    with pytest.raises(SampleError):
        done(how, backend, form((IMAGE, second)))


@pytest.mark.parametrize("how", ["apply", "over"])
@pytest.mark.parametrize("second", LABELS.values(), ids=LABELS)
def test_labels_stay(second, how):
    image, label = done(how, "opencv", (IMAGE, second))
    np.testing.assert_array_equal(image, IMAGE[:, ::-1])
    assert label is second or np.array_equal(label, second)


def test_a_mask_that_is_named_moves():
    _, entries = done("over", "opencv", (IMAGE, {"mask": MASK}))
    np.testing.assert_array_equal(entries["mask"], MASK[:, ::-1])
