"""Test-time augmentation: several versions of an image, and one prediction of what was predicted for each of them."""

from __future__ import annotations

from augment.ensemble.fusion import fuse_boxes
from augment.ensemble.versions import Versions
from augment.ensemble.ways import Ways, tta

__all__ = ["Versions", "Ways", "fuse_boxes", "tta"]
