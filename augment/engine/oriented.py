"""Oriented boxes, in edge coordinates: four corners, or centre, size and angle."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from augment.engine.boxes import outlined
from augment.engine.points import Points
from augment.engine.polygons import area, clipped, parted
from augment.engine.rows import Size, alike, check_canvas, check_carried, check_finite, numbers, tell_of_fractions
from augment.engine.visible import View
from augment.errors import SampleError
from augment.sample import Target


@dataclass
class OrientedBoxes(Points):
    """Rows of four corners (n, 4, 2) or (n, 8), or of centre, size and angle (n, 5), in degrees counter-clockwise as displayed.

    They move whole: what a canvas cuts off counts for the policies of areas, and the box stays a box. Corners come out as they
    have moved; of centre, size and angle the smallest box that holds what has become of the outline.
    """

    ndim: int
    """Of the array that came in."""

    @classmethod
    def read(cls, name: str, raw: Any, target: Target, size: Size, carried: dict[str, Any], outline: int) -> OrientedBoxes:
        """Raises `SampleError` on negative extents."""
        rows = numbers(name, raw)
        ndim = max(rows.ndim, 2)
        width = 8 if target.format == "corners" else 5
        rows = rows.reshape(0, width) if rows.size == 0 else rows.reshape(len(rows), -1)
        if rows.shape[1] != width:
            form = "(n, 4, 2) or (n, 8)" if width == 8 else "(n, 5): centre x and y, width, height, angle in degrees"
            raise SampleError(f"{name}: oriented boxes have the shape {form}, not {np.shape(raw)}")
        check_canvas(name, raw, size)
        check_finite(name, rows)
        tell_of_fractions(name, rows[:, :8] if width == 8 else rows[:, :4])
        check_carried(name, len(rows), carried)
        if width == 5 and (rows[:, 2:4] < 0).any():
            wrong = int(np.flatnonzero((rows[:, 2:4] < 0).any(axis=1))[0])
            raise SampleError(f"{name}[{wrong}]: {rows[wrong].tolist()} has a negative width or height")
        corners = rows.reshape(-1, 4, 2) if width == 8 else turned(rows)
        boxes = cls(target, carried, size, _between(corners, max(outline // 4, 1)) - 0.5, ndim)
        boxes.drop(np.array([area(ring) for ring in corners]) <= 0 if len(corners) else np.zeros(0, bool), "has no area")
        return boxes

    def settle(self) -> None:
        """Drop by policy: what is left is the part of the outline on the canvas."""
        outlines = self.at + 0.5
        left = [area(cut) if len(cut := clipped(ring, self.size)) else 0.0 for ring in outlines]
        self.drop_small(np.array(left, float), np.array([area(ring) for ring in outlines], float))

    def show(self, view: View) -> None:
        """What is not seen counts for the policies of areas."""
        outlines = view.moved(self.at + 0.5)
        self.at, self.size = outlines - 0.5, view.size
        left = [sum(area(part) for part in parted(ring, view)) for ring in outlines]
        self.drop_small(np.array(left, float), np.array([area(ring) for ring in outlines], float))

    def write(self, like: Any) -> Any:
        outlines = self.at + 0.5
        if self.target.format == "corners":
            corners = outlines[:, :: outlines.shape[1] // 4]
            return alike(corners if self.ndim == 3 else corners.reshape(-1, 8), like)
        return alike(np.array([smallest(ring) for ring in outlines]).reshape(-1, 5), like)


def turned(rows: np.ndarray) -> np.ndarray:
    """The corners (n, 4, 2) of centre, size and angle (n, 5): from the top left one, clockwise, of the box that is not turned."""
    upright = outlined(np.concatenate([-rows[:, 2:4] / 2, rows[:, 2:4] / 2], axis=1), 4) + 0.5
    angle = np.deg2rad(rows[:, 4])
    cos, sin = np.cos(angle)[:, None], np.sin(angle)[:, None]
    x, y = upright[..., 0], upright[..., 1]
    return np.stack([x * cos + y * sin, y * cos - x * sin], axis=-1) + rows[:, None, :2]


def _between(corners: np.ndarray, steps: int) -> np.ndarray:
    t = (np.arange(steps) / steps)[None, None, :, None]
    edges = (1 - t) * corners[:, :, None] + t * np.roll(corners, -1, axis=1)[:, :, None]
    return edges.reshape(len(corners), 4 * steps, 2)


def smallest(ring: np.ndarray) -> tuple[float, float, float, float, float]:
    """Centre, size and angle of the smallest box around points (4·m, 2) whose corners are every m-th, from the top left one.

    A side of the smallest box lies along an edge of the hull (Freeman and Shapira 1975); of boxes of one size that counts which
    lies along the first edge, so that what was a box is the same box, whose width is its width.
    """
    found: tuple[float, ...] | None = None
    least = np.inf
    hull = _hull(ring)
    ways = [ring[len(ring) // 4] - ring[0], *(np.roll(hull, -1, axis=0) - hull)]
    first = ways[0]
    for way in ways:
        length = float(np.hypot(*way))
        if length == 0:
            continue
        along = way / length
        if abs(along @ first) < abs(along[0] * first[1] - along[1] * first[0]):  # the side that was the height
            along = np.array([along[1], -along[0]])
        along = along if along @ first >= 0 else -along
        across = np.array([-along[1], along[0]])
        u, v = ring @ along, ring @ across
        width, height = np.ptp(u), np.ptp(v)
        if width * height < least * (1 - 1e-9):
            least = width * height
            middle = along * (u.min() + u.max()) / 2 + across * (v.min() + v.max()) / 2
            found = (*middle.tolist(), float(width), float(height), float(-np.rad2deg(np.arctan2(along[1], along[0]))))
    assert found is not None, "a box without extent was dropped"
    return found  # type: ignore[return-value]


def _hull(points: np.ndarray) -> np.ndarray:
    """The convex hull, by monotone chains (Andrew 1979)."""
    order = points[np.lexsort((points[:, 1], points[:, 0]))]

    def chain(points: np.ndarray) -> list[np.ndarray]:
        out: list[np.ndarray] = []
        for p in points:
            while len(out) > 1 and _left(out[-2], out[-1], p) <= 0:
                out.pop()
            out.append(p)
        return out[:-1]

    return np.array(chain(order) + chain(order[::-1]))


def _left(a: np.ndarray, b: np.ndarray, p: np.ndarray) -> float:
    """Twice the area of a triangle: positive where p lies on one side of the line from a to b, negative on the other."""
    return float((b[0] - a[0]) * (p[1] - a[1]) - (b[1] - a[1]) * (p[0] - a[0]))
