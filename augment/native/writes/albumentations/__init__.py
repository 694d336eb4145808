"""Ours as Albumentations 2.0.8."""

from augment.native.writes.albumentations import choices, colour, filters, geometry, sizes
from augment.native.writes.albumentations.style import WRITES

__all__ = ["WRITES", "choices", "colour", "filters", "geometry", "sizes"]
