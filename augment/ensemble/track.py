"""Where the pixels of an image went in one version of it: the maps of its geometric ops, forth and back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from augment.errors import SpecError
from augment.program.lower import Program
from augment.program.walk import Leg, host_walk

EXACT = 1e-6
"""Pixels: what is nearer to a whole pixel lies on it, so that moves of whole pixels are undone to the bit."""


@dataclass(frozen=True)
class Track:
    """The way from an image to a version of it."""

    legs: tuple[Leg, ...]
    source: tuple[int, int]
    """(height, width) of the image."""
    size: tuple[int, int]
    """Of the version."""

    @property
    def mirrored(self) -> bool:
        """Whether left and right changed places."""
        return float(np.linalg.det(self._back[:2, :2])) < 0

    @property
    def _back(self) -> np.ndarray:
        """(3, 3): from the version to the image, both relative to their centres."""
        back = np.eye(3)
        for leg in self.legs:
            back = back @ leg.inverse
        return back

    def back(self, points: np.ndarray) -> np.ndarray:
        """Carry points (..., 2) of the version, x and y in index coordinates, to the image."""
        return _project(self._back, points - _centre(self.size)) + _centre(self.source)

    def forth(self) -> tuple[np.ndarray, np.ndarray]:
        """Where each pixel of the image lies in the version, (height, width, 2), and whether it can be seen there."""
        height, width = self.source
        at = np.stack(np.meshgrid(np.arange(width, dtype=float), np.arange(height, dtype=float)), axis=-1) - _centre(self.source)
        seen = np.ones(self.source, bool)
        for leg in self.legs:
            at = _project(np.linalg.inv(leg.inverse), at)
            limit = np.array(leg.output[::-1]) / 2 + EXACT
            seen &= (np.abs(at) <= limit).all(-1)
        at += _centre(self.size)
        whole = np.round(at)
        return np.where(np.abs(at - whole) < EXACT, whole, at), seen


def track_of(program: Program, values: Mapping[str, Any], size: tuple[int, int]) -> Track:
    """Return the way of an image of this size. Raises `SpecError` on ops that cannot be undone."""
    source = size
    legs: list[Leg] = []
    for step in program.steps:
        leaves = [leaf for leaf in step.leaves if leaf.active(values)]
        if step.primitive not in ("resample", "resize") or not leaves:
            continue
        walk = host_walk(leaves, values, size, *step.border)
        for leaf, leg in zip(leaves, walk.legs, strict=True):
            if leg.field is not None or leg.onward is not None:
                raise SpecError(f"{leaf.path}: bends lines, and what is predicted for it has no way back; leave it out")
        legs += walk.legs
        size = walk.size
    return Track(tuple(legs), source, size)


def _centre(size: tuple[int, int]) -> np.ndarray:
    return (np.array(size[::-1]) - 1) / 2


def _project(matrix: np.ndarray, at: np.ndarray) -> np.ndarray:
    moved = at @ matrix[:2, :2].T + matrix[:2, 2]
    return moved / (at @ matrix[2, :2] + matrix[2, 2])[..., None] if matrix[2, :2].any() else moved


__all__ = ["Track", "track_of"]
