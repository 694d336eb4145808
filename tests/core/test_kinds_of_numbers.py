"""Arrays of every kind in every place of a sample: a result as from plain ones, or an error that names the place and the fix."""

from __future__ import annotations

import warnings

import numpy as np
import pytest

import augment
from augment.errors import SampleError

ml_dtypes = pytest.importorskip("ml_dtypes")
torch = pytest.importorskip("torch")
pytest.importorskip("torchvision")
pytest.importorskip("albumentations")

IMAGE = np.arange(20 * 30 * 3, dtype=np.uint8).reshape(20, 30, 3)
FLOATS = IMAGE.astype(np.float32) / 255
MASK = IMAGE[..., 0] % 4
BOXES = np.array([[1.0, 2, 9, 9], [3, 4, 20, 19]])
SPEC = {"pipeline": [{"horizontal_flip": {"p": 1}}]}
KINDS = {
    "truths": (lambda x: x > 2, "is bool"), "complex": (lambda x: x.astype(np.complex64), "is complex64"),
    "texts": (lambda x: x.astype(str), "is a text|real numbers|as many numbers"),
    "objects": (lambda x: np.array([list(row) for row in x] + [[{}]], object), "objects|as many numbers|the shape"),
    "masked": (lambda x: np.ma.masked_array(x, x > 2), r"masked array.*x\.filled"),
    "narrow": (lambda x: x.astype(ml_dtypes.bfloat16), "is bfloat16.*float32|real numbers"),
    "times": (lambda x: x.astype("M8[s]"), "no number|real numbers"),
    "records": (lambda x: np.zeros(x.shape[:2], [("r", "u1"), ("g", "u1")]), "records|real numbers|as many numbers"),
}  # fmt: skip
PLACES = {"image": FLOATS, "mask": MASK, "boxes": BOXES, "keypoints": BOXES[:, :2]}
WAYS = {
    **{name: lambda sample, name=name: augment.apply(SPEC, sample, backend=name) for name in
       ("reference", "opencv", "albumentations", "torchvision", "keras")},
    "a callable": lambda sample: augment.compile(SPEC, "reference")(sample),
    "of albumentations": lambda sample: augment.compile(SPEC, "albumentations")(**sample),
    "of torchvision": lambda sample: augment.compile(SPEC, "torchvision")(sample),
    "of a dataset": lambda sample: augment.compile(SPEC, "torchvision").over([sample])[0],
    "of keras' dataset": lambda sample: augment.compile(SPEC, "keras").over([sample])[0],
}  # fmt: skip
MAY = {("truths", "mask")}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_of_array_is_told_or_taken(kind, place, way):
    of, told = KINDS[kind]
    given = of(PLACES[place])
    sample = {"image": IMAGE, place: given}
    if (kind, place) in MAY:
        np.testing.assert_array_equal(WAYS[way](sample)[place], given[:, ::-1])
        return
    with pytest.raises(SampleError, match=rf"\b{place}\b.*({told})"):
        WAYS[way](sample)


FORMS = {
    "backwards": lambda x: np.ascontiguousarray(x[::-1, ::-1])[::-1, ::-1], "by columns": np.asfortranarray,
    "big-endian": lambda x: x.astype(x.dtype.newbyteorder(">")), "read only": lambda x: _locked(x.copy()),
    "every other": lambda x: np.repeat(x, 2, 1)[:, ::2],
    "half": lambda x: x.astype(np.float16), "double": lambda x: x.astype(np.float64),
    "long": lambda x: x.astype(np.longdouble), "a matrix": lambda x: np.asmatrix(x) if x.ndim == 2 else x,
    "a memory map": lambda x: x.view(np.memmap),
}  # fmt: skip


def _locked(x):
    x.flags.writeable = False
    return x


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("form", FORMS)
def test_arrays_of_every_form_are_what_they_say(form, place, way):
    given = FORMS[form](PLACES[place])
    before = np.array(given)
    out = WAYS[way]({"image": IMAGE, place: given})[place]
    want = np.asarray(augment.apply(SPEC, {"image": IMAGE, place: before})[place])
    assert np.shape(out) == want.shape
    np.testing.assert_allclose(np.asarray(out, float), want.astype(float), atol=2e-3)
    np.testing.assert_array_equal(given, before)
    if place in ("image", "mask"):
        assert out.dtype == given.dtype


def test_masks_in_a_list_are_looked_at_too():
    run = augment.compile(SPEC, "albumentations")
    with pytest.raises(SampleError, match=r"masks\[1\]: is a masked array"):
        run(image=IMAGE, masks=[MASK, np.ma.masked_array(MASK, MASK > 2)])


@pytest.mark.parametrize("way", WAYS)
def test_a_batch_of_gray_images_is_told(way):
    """As one image, all would be moved alike."""
    with pytest.warns(UserWarning, match=r"image: .*\(32, 28, 28\) .* 28 channels.*each by itself"):
        WAYS[way]({"image": np.zeros((32, 28, 28), np.uint8)})
    for shape in ((28, 28), (20, 30, 28), (28, 32, 4), (4, 4, 4), (20, 3, 3)):
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            WAYS[way]({"image": np.zeros(shape, np.uint8)})
