"""Zooms into the centre of an image, as walks."""

from __future__ import annotations

from typing import Any

from augment.ops.kinds import Size, matrix
from augment.program.walk import Leg, Walk


def zoomed(size: Size, times: Any, xp: Any) -> Walk:
    """The walk of an image that is enlarged by ``times``, from 1 on, about its centre, and keeps its size."""
    inverse = matrix(xp, (1 / times, 0.0, 0.0), (0.0, 1 / times, 0.0), (0.0, 0.0, 1.0))
    return Walk((Leg(inverse, size, False, (0.0,), output=size, projective=False),), size, "replicate", "bilinear")
