"""Bounds: how they are read, and what they let pass."""

import numpy as np
import pytest

from augment.testing import tolerance


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("4 levels", tolerance.Bound(4, 0.001)), ("1 level", tolerance.Bound(1, 0.001)),
        ("2.5 levels but on 2 %", tolerance.Bound(2.5, 0.02)),
    ],
)
def test_bounds_are_read(text, bound):
    assert tolerance.declared_bound(text) == bound
    with pytest.raises(AssertionError, match="is '4 levels' or"):
        tolerance.declared_bound("about right")


def test_the_bounds_are_those_of_the_docs():
    """Exactly at the bound passes; just beyond fails."""
    want = np.full((100, 100, 3), 100, np.uint8)
    stray = want.copy()
    stray.reshape(-1, 3)[:10] += 9
    tolerance.assert_images_close(stray, want)
    stray.reshape(-1, 3)[10] += 9
    with pytest.raises(AssertionError, match=r"0.110% of the pixels"):
        tolerance.assert_images_close(stray, want)
    third = want.copy()
    third[..., 0] += 1
    tolerance.assert_images_close(third, want)
    with pytest.raises(AssertionError, match="mean difference"):
        tolerance.assert_images_close(want + 1, want)
    flat = np.full((1024, 8, 1), 0.5, np.float32)
    tolerance.assert_images_close(flat + np.float32(0.059 / 255), flat)
    with pytest.raises(AssertionError):
        tolerance.assert_images_close(flat + np.float32(0.061 / 255), flat)
    with pytest.raises(AssertionError, match="not finite"):
        tolerance.assert_images_close(flat * np.nan, flat)
    with pytest.raises(AssertionError, match="the type is"):
        tolerance.assert_images_close(flat, want)
    labels = np.zeros((100, 100), np.int64)
    few = labels.copy()
    few.ravel()[:5] = 1
    tolerance.assert_masks_close(few, labels)
    few.ravel()[5] = 1
    with pytest.raises(AssertionError, match="of the labels differ"):
        tolerance.assert_masks_close(few, labels)
    boxes = np.array([[1.0, 2, 3, 4]])
    tolerance.assert_boxes_close(boxes + 0.009, boxes)
    for wrong in (boxes + 0.011, boxes[:0]):
        with pytest.raises(AssertionError):
            tolerance.assert_boxes_close(wrong, boxes)
