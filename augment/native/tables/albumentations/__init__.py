"""Albumentations: 2.x as 2.0.8 has it, and 0.x and 1.x as they were."""

from augment.native.tables.albumentations import (
    adaptation,
    choices,
    colour,
    crops,
    filters,
    geometry,
    holes,
    noise,
    warps,
    weather,
)
from augment.native.tables.albumentations.table import TABLE

__all__ = ["TABLE", "adaptation", "choices", "colour", "crops", "filters", "geometry", "holes", "noise", "warps", "weather"]
