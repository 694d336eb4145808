"""Fringes of colour: red and blue bent by OpenCV's own lens model, and what Albumentations makes of the same coefficients."""

import cv2
import numpy as np
import pytest
from albumentations.augmentations.pixel.functional import chromatic_aberration
from skimage import data

import augment
from augment import ops
from augment.errors import AugmentError
from augment.program.lower import lower

PHOTO = data.astronaut()[::4, ::4][:100]
FLOATS = PHOTO.astype(np.float32) / 255


def bent(channel, k1, k2):
    """By OpenCV, about the centre of the pixels."""
    height, width = channel.shape
    camera = np.array([[width, 0, (width - 1) / 2], [0, height, (height - 1) / 2], [0, 0, 1]])
    x, y = cv2.initUndistortRectifyMap(camera, np.array([k1, k2, 0, 0]), None, camera, (width, height), cv2.CV_32FC1)
    return cv2.remap(channel, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)


@pytest.mark.parametrize("backend", ["reference", "opencv"])
def test_red_and_blue_are_bent_by_opencvs_lens(backend):
    spec = augment.Pipeline([ops.ChromaticAberration(k1=0.09, k2=0.05, fringe="red_blue")])
    got = augment.apply(spec, {"image": FLOATS}, backend=backend)["image"]
    want = np.stack([bent(FLOATS[..., 0], 0.09, 0.05), FLOATS[..., 1], bent(FLOATS[..., 2], -0.09, -0.05)], axis=-1)
    np.testing.assert_allclose(got, want, atol=0.03 / 255)


def test_it_is_albumentations_but_for_half_a_pixel_of_the_centre():
    spec = augment.Pipeline([ops.ChromaticAberration(k1=-0.08, k2=0.05)])  # k2 takes the sign of k1
    got = augment.apply(spec, {"image": FLOATS})["image"]
    want = chromatic_aberration(FLOATS, -0.08, -0.05, -0.08, -0.05, cv2.INTER_LINEAR)
    changed = np.abs(want - FLOATS).mean()
    assert np.abs(got - want).mean() < 0.05 * changed
    assert changed > 0.01


@pytest.mark.parametrize(("fringe", "same"), [("green_purple", {True}), ("red_blue", {False}), ("any", {True, False})])
def test_the_sides_of_red_and_blue(fringe, same):
    op = ops.ChromaticAberration(k1=(-0.1, 0.1), k2=(-0.1, 0.1), fringe=fringe)
    program, found, signs = lower(augment.Pipeline([op])), set(), set()
    for index in range(60):
        (values,) = program.values(index).values()
        (red, red2), (blue, blue2) = op._bends(values, np)
        assert red * red2 >= 0 and blue * blue2 >= 0
        found.add(bool(red * blue > 0))
        signs.add(bool(red > 0))
    assert found == same and signs == {True, False}


def test_it_needs_three_channels():
    spec = augment.Pipeline([ops.ChromaticAberration(k1=0.05)])
    with pytest.raises(AugmentError, match="channel"):
        augment.apply(spec, {"image": FLOATS[..., :1]})
    with pytest.raises(AugmentError, match="channel"):
        augment.apply(spec, {"image": np.concatenate([FLOATS, FLOATS], axis=-1)})
    named = augment.Pipeline([ops.ChromaticAberration(k1=0.05, channels=[1, 2, 3])])
    out = augment.apply(named, {"image": np.concatenate([FLOATS[..., :1], FLOATS], axis=-1)})["image"]
    np.testing.assert_array_equal(out[..., 1:], augment.apply(spec, {"image": FLOATS})["image"])
    np.testing.assert_array_equal(out[..., 0], FLOATS[..., 0])
