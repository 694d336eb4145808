"""Where ops jump, a shade in another kernel is no fault; what is more than a shade is one."""

import numpy as np
import pytest

import augment
from augment.testing.photographs import photographs
from augment.testing.tolerance import assert_images_close, nudged

IMAGE = (photographs()[0] / 255).astype(np.float32)
JUMPS = {
    op.name(): augment.Pipeline([augment.ops.GaussianBlur(sigma="2px"), op, augment.ops.Rotate(degrees=9)])
    for op in (augment.ops.Equalize(p=1), augment.ops.Posterize(bits=3))
}


def made(spec, image):
    return augment.apply(spec, {"image": image}, index=0)["image"]


@pytest.mark.parametrize("name", JUMPS)
def test_a_shade_before_a_jump_is_no_difference(name):
    spec = JUMPS[name]
    noise = np.random.default_rng(3).uniform(-0.002 / 255, 0.002 / 255, IMAGE.shape).astype(np.float32)
    other = made(spec, np.clip(IMAGE + noise, 0, 1))
    assert_images_close(other, made(spec, IMAGE), again=lambda: [made(spec, shade) for shade in nudged(IMAGE)])


@pytest.mark.parametrize("name", JUMPS)
def test_more_than_a_shade_is_a_difference(name):
    spec = JUMPS[name]
    noise = np.random.default_rng(3).uniform(-0.5 / 255, 0.5 / 255, IMAGE.shape).astype(np.float32)
    other = made(spec, np.clip(IMAGE + noise, 0, 1))
    with pytest.raises(AssertionError, match="pixels differ by more than"):
        assert_images_close(other, made(spec, IMAGE), again=lambda: [made(spec, shade) for shade in nudged(IMAGE)])


def test_a_result_that_turns_over_as_a_whole_cannot_be_compared():
    image = np.full((20, 20, 3), 0.5, np.float32)
    with pytest.raises(AssertionError, match="nothing can be compared"):
        assert_images_close(image + 0.1, image, again=lambda: [image * 0, image])
