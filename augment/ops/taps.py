"""Taps of convolutions that several ops are made of."""

import math
from typing import Any

import numpy as np

from augment.ops.kinds import Taps, most_pixels, pixels, shorter
from augment.values import Value


def gaussian(sigma: Value, drawn: Any, size: Any, xp: Any, radius: int | None = None) -> Taps:
    """The taps of a Gaussian of a drawn width, cut off at a radius, or at four times the largest that can be drawn."""
    radius = max(1, math.ceil(4 * most_pixels(sigma, size))) if radius is None else radius
    width = xp.maximum(pixels(sigma, drawn, shorter(size, xp)), 1e-3)
    distance = xp.array(np.arange(-radius, radius + 1, dtype=np.float32))
    weight = xp.exp(-0.5 * (distance / width[..., None]) ** 2)
    weight = weight / xp.sum(weight, axis=-1, keepdims=True)
    return Taps(y=weight, x=weight)
