"""Floats of another range than the layer's are told, once, where the layer sees values."""

import warnings

import numpy as np
import pytest

import augment

PHOTO = np.linspace(0, 1, 2 * 8 * 9 * 3, dtype=np.float32).reshape(2, 8, 9, 3)
GIVEN = {
    (0, 255): {
        "levels": PHOTO * 255, "overshoot": PHOTO * 280 - 10, "uint16": PHOTO * 65535, "signed": PHOTO * 2 - 1,
        "caffe": PHOTO * 255 - 123,
    },
    (0, 1): {"fractions": PHOTO, "overshoot": PHOTO * 1.1 - 0.05, "levels": PHOTO * 255, "signed": PHOTO * 2 - 1},
    (-1, 1): {"signed": PHOTO * 2 - 1, "fractions": PHOTO, "levels": PHOTO * 255},
}  # fmt: skip
RIGHT = {(0, 255): {"levels", "overshoot"}, (0, 1): {"fractions", "overshoot"}, (-1, 1): {"signed", "fractions"}}
CASES = [(known, name) for known, given in GIVEN.items() for name in given]


@pytest.mark.parametrize(("known", "name"), CASES, ids=str)
@pytest.mark.parametrize("batched", [True, False])
def test_floats_of_another_range_are_told(known, name, batched):
    layer = augment.compile({"pipeline": [{"brightness": 1.0}]}, "keras", value_range=known)
    images = GIVEN[known][name] if batched else GIVEN[known][name][0]
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        layer(images)
        layer(images)
    told = [str(w.message) for w in told if "value_range" in str(w.message)]
    assert len(told) == (name not in RIGHT[known]), told


@pytest.mark.parametrize("first", ["bytes", "ones", "no samples", "right"])
def test_what_a_first_call_cannot_tell_a_later_one_does(first):
    layer = augment.compile({"pipeline": [{"brightness": 1.0}]}, "keras")
    calls = {"bytes": (PHOTO * 255).astype(np.uint8), "ones": np.ones_like(PHOTO), "no samples": PHOTO[:0], "right": PHOTO * 255}
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        layer(calls[first])
    with pytest.warns(UserWarning, match="almost black"):
        layer(PHOTO)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        layer(PHOTO)  # it was told
