"""What other libraries give a kernel, an axis or a side of its own: by NumPy's own words."""

import numpy as np
import pytest

import augment
from augment.errors import SpecError

IMAGE = np.random.default_rng(0).integers(0, 256, (17, 23, 3)).astype(np.uint8)


def done(steps):
    return augment.apply(augment.loads(f"pipeline: [{steps}]"), {"image": IMAGE})["image"]


@pytest.mark.parametrize(("sigma", "size"), [(2, 3), (0.6, 5), (4, 9)])
def test_a_kernel_of_a_size_cuts_the_gaussian_off(sigma, size):
    reach = size // 2
    taps = np.exp(-0.5 * (np.arange(-reach, reach + 1) / sigma) ** 2)
    taps /= taps.sum()
    want = np.pad(IMAGE.astype(float), ((reach, reach), (reach, reach), (0, 0)), "reflect")
    for axis in (0, 1):
        want = np.apply_along_axis(lambda line: np.convolve(line, taps, "valid"), axis, want)
    assert np.abs(done(f"gaussian_blur: {{sigma: {sigma}px, size: {size}}}") - want).max() <= 0.51


def test_axes_of_a_map_are_scaled_apart():
    both = done("affine: {scale_x: 1.3, scale_y: 0.8}")
    assert np.abs(both.astype(int) - done("scale: {x: 1.3, y: 0.8}")).max() <= 1
    turned = done("affine: {rotate: 90, scale_x: 0.5}").astype(int)  # first scaled, then turned
    assert np.abs(turned - done("scale: {x: 0.5}, rotate: 90")).max() <= 1
    assert np.abs(turned - done("rotate: 90, scale: {x: 0.5}")).max() > 50


@pytest.mark.parametrize(
    ("said", "sides"),
    [
        ("left: 4, top: 2, right: 1", ((2, 0), (4, 1))), ("bottom: 3", ((0, 3), (0, 0))),
        ("size: [20, 30], at: top_left", ((0, 3), (0, 7))), ("size: [20, 30], at: bottom_right", ((3, 0), (7, 0))),
        ("multiple: 8, at: top_right", ((0, 7), (1, 0))), ("size: [20, 30]", ((1, 2), (3, 4))),
    ],
)  # fmt: skip
def test_sides_of_a_pad(said, sides):
    assert np.array_equal(done(f"pad: {{{said}}}"), np.pad(IMAGE, (*sides, (0, 0))))


@pytest.mark.parametrize(
    ("steps", "words"),
    [
        ("pad: {left: 0}", "needs one of size"), ("pad: {size: 30, top: 2}", "needs one of size"),
        ("pad: {top: 2, at: top_left}", "say it already"), ("gaussian_blur: {sigma: 1px, size: 4}", "must be odd"),
        ("affine: {scale: 1.2, scale_y: 0.9}", "needs scale"),
    ],
)  # fmt: skip
def test_what_says_it_twice_is_refused(steps, words):
    with pytest.raises(SpecError, match=words):
        augment.loads(f"pipeline: [{steps}]")
