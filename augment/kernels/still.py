"""Walks of images that keep their canvas, beyond whose edge lies its copy: zooms into the centre, and displacements."""

from __future__ import annotations

from typing import Any

from augment.ops.kinds import Array, Size, matrix
from augment.program.walk import Leg, Walk


def zoomed(size: Size, times: Any, xp: Any) -> Walk:
    """The walk of an image that is enlarged by ``times``, from 1 on, about its centre, and keeps its size."""
    return _still(size, matrix(xp, (1 / times, 0.0, 0.0), (0.0, 1 / times, 0.0), (0.0, 0.0, 1.0)))


def displaced(size: Size, field: Array, xp: Any) -> Walk:
    """The walk of an image each of whose pixels is read so far from its place, x and y in pixels: (..., h, w, 2)."""
    return _still(size, matrix(xp, (1, 0, 0), (0, 1, 0), (0, 0, 1)), field)


def _still(size: Size, inverse: Array, field: Array | None = None) -> Walk:
    leg = Leg(inverse, size, False, (0.0,), field, output=size, projective=False)
    return Walk((leg,), size, "replicate", "bilinear")
