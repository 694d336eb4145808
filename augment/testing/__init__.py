"""The test kit of backends and ops: what this project's own backends are held to, for everyone.

A backend is tested by three lines, an op by being in the catalogue:

    from augment.testing import BackendSuite

    class TestMine(BackendSuite):
        backend = "mine"

The suites are loaded on first use, since they need pytest; `augment.testing.specs` makes odd specs of all ops, by hypothesis.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from augment.testing.examples import examples
from augment.testing.generate import pipelines
from augment.testing.photographs import photographs
from augment.testing.tolerance import (
    assert_boxes_close,
    assert_images_close,
    assert_keypoints_close,
    assert_labels_close,
    assert_masks_close,
    assert_samples_close,
)

if TYPE_CHECKING:
    from augment.testing.suite import BackendSuite
    from augment.testing.text_suite import TextBackendSuite

_SUITES = {"BackendSuite": "suite", "TextBackendSuite": "text_suite"}


def __getattr__(name: str) -> Any:
    if name not in _SUITES:
        raise AttributeError(f"module 'augment.testing' has no attribute {name!r}")
    return getattr(import_module(f"augment.testing.{_SUITES[name]}"), name)


__all__ = [
    "BackendSuite", "TextBackendSuite", "assert_boxes_close", "assert_images_close", "assert_keypoints_close",
    "assert_labels_close", "assert_masks_close", "assert_samples_close", "examples", "photographs", "pipelines",
]  # fmt: skip
