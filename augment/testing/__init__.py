"""The test kit of backends and ops: what this project's own backends are held to, for everyone.

A backend is tested by three lines, an op by being in the catalogue:

    from augment.testing import BackendSuite

    class TestMine(BackendSuite):
        backend = "mine"
"""

from augment.testing.examples import examples
from augment.testing.generate import pipelines
from augment.testing.photographs import photographs
from augment.testing.suite import BackendSuite
from augment.testing.text_suite import TextBackendSuite
from augment.testing.tolerance import (
    assert_boxes_close,
    assert_images_close,
    assert_keypoints_close,
    assert_labels_close,
    assert_masks_close,
    assert_samples_close,
)

__all__ = [
    "BackendSuite", "TextBackendSuite", "assert_boxes_close", "assert_images_close", "assert_keypoints_close",
    "assert_labels_close", "assert_masks_close", "assert_samples_close", "examples", "photographs", "pipelines",
]  # fmt: skip
