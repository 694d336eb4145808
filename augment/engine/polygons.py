"""Polygons, in edge coordinates: rows of rings, which are followed along their edges and cut at the canvas."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from augment.engine.points import moved
from augment.engine.rows import Rows, Size, check_carried, check_finite, numbers, tell_of_fractions
from augment.engine.visible import Edges, View
from augment.errors import SampleError
from augment.program.walk import Leg
from augment.sample import Target


@dataclass
class Polygons(Rows):
    """A row for each object: a ring (k, 2), or several, of three points or more, x and y; flat ones [x, y, x, y, ...] are COCO's.

    The rings of a row are parts of one object: its area is the sum of theirs.
    """

    rings: list[list[np.ndarray]]
    """Of each row, in edge coordinates."""
    flat: bool = False
    """Whether a ring came as one list of numbers."""
    single: tuple[bool, ...] = ()
    """Of each row that came in: whether it was one ring, and no list of them."""

    def __len__(self) -> int:
        return len(self.rings)

    @classmethod
    def read(cls, name: str, raw: Any, target: Target, size: Size, carried: dict[str, Any], outline: int) -> Polygons:
        """Raises `SampleError` on rings of fewer than three points."""
        if not isinstance(raw, list | tuple) and getattr(raw, "ndim", 0) < 2:
            form = "a list with a ring (k, 2), or a list of rings, for each object"
            raise SampleError(f"{name}: polygons are {form}, not {raw!s:.60}")
        rings, single, flat = [], [], False
        for i, row in enumerate(raw):
            alone = _is_ring(row)
            parts = [_ring(f"{name}[{i}]", ring) for ring in ([row] if alone else row)]
            flat = flat or any(np.ndim(ring) == 1 for ring in ([row] if alone else row))
            rings.append([_followed(ring, max(outline // 4, 1)) for ring in parts])
            single.append(alone)
        every = [ring for parts in rings for ring in parts]
        tell_of_fractions(name, np.concatenate(every) if every else np.zeros(0))
        check_carried(name, len(rings), carried)
        polygons = cls(target, carried, size, rings, flat, tuple(single))
        polygons.drop(polygons.areas() <= 0, "has no area")
        return polygons

    def areas(self) -> np.ndarray:
        """(n,): in square pixels."""
        return np.array([sum(map(area, parts)) for parts in self.rings], float)

    def go(self, leg: Leg) -> None:
        height, width = leg.output
        gone = np.zeros(len(self), bool)
        for i, parts in enumerate(self.rings):
            if not parts:  # of which nothing is left beside a box that is
                gone[i] = True
                continue
            ways = [moved(ring - 0.5, leg) for ring in parts]
            self.rings[i] = [at + 0.5 for at, _ in ways]
            every, seen = np.concatenate(self.rings[i]), all(part.all() for _, part in ways)
            low, high = every.min(axis=0), every.max(axis=0)
            gone[i] = not seen or (high <= 0).any() or (low >= [width, height]).any()
        self.drop(gone, f"left the image at {leg.path}")
        self.size = leg.output

    def settle(self) -> None:
        """Cut at the canvas, and drop by policy."""
        before = self.areas()
        self.rings = [[cut for ring in parts if len(cut := clipped(ring, self.size))] for parts in self.rings]
        self.drop_small(self.areas(), before)

    def show(self, view: View) -> None:
        """What lies over a ring parts it into several, whose edges are those of what does."""
        moved = [[view.moved(ring) for ring in parts] for parts in self.rings]
        self.rings = [[part for ring in parts for part in parted(ring, view)] for parts in moved]
        before = np.array([sum(map(area, parts)) for parts in moved], float)
        self.size = view.size
        self.drop_small(self.areas(), before)

    def write(self, like: Any) -> Any:
        made = isinstance(like, np.ndarray) or any(isinstance(row, np.ndarray) for row in _leaves(like))
        out: list[Any] = []
        for number, parts in zip(self.numbers, self.rings, strict=True):
            rings: list[Any] = [ring.reshape(-1) if self.flat else ring for ring in parts]
            rings = rings if made else [ring.tolist() for ring in rings]
            # what a cut has made two rings of can be one no more
            out.append(rings[0] if self.single[number] and len(rings) == 1 else rings)
        return out

    def _forget(self, alive: np.ndarray) -> None:
        self.rings = [parts for parts, left in zip(self.rings, alive, strict=True) if left]

    def _append(self, others: Sequence[Polygons]) -> None:
        every = (self, *others)
        self.single = tuple(rows.single[number] for rows in every for number in rows.numbers)
        self.rings = [parts for rows in every for parts in rows.rings]


def _leaves(raw: Any) -> list[Any]:
    return [ring for row in raw for ring in (row if isinstance(row, list | tuple) else [row])]


def _is_ring(row: Any) -> bool:
    """Whether it is one ring: numbers, or pairs of them."""
    if getattr(row, "ndim", 0):
        return row.ndim < 3
    return bool(len(row)) and (np.ndim(row[0]) == 0 or (np.ndim(row[0]) == 1 and len(row[0]) == 2 and np.ndim(row[0][0]) == 0))


def _ring(name: str, raw: Any) -> np.ndarray:
    ring = numbers(name, raw if np.ndim(raw) != 1 else [raw])
    ring = ring.reshape(-1, 2) if np.ndim(raw) == 1 and ring.size % 2 == 0 else ring
    if ring.ndim != 2 or ring.shape[1] != 2 or len(ring) < 3:
        raise SampleError(f"{name}: a ring has the shape (k, 2), x and y of three points or more, not {np.shape(raw)}")
    check_finite(name, ring)
    return ring


def _followed(ring: np.ndarray, steps: int) -> np.ndarray:
    """A ring with each edge in so many steps: for maps that bend it."""
    if steps == 1:
        return ring
    t = (np.arange(steps) / steps)[None, :, None]
    return ((1 - t) * ring[:, None] + t * np.roll(ring, -1, axis=0)[:, None]).reshape(-1, 2)


def area(ring: np.ndarray) -> float:
    """Of a ring (k, 2), by the shoelace formula."""
    x, y = ring[:, 0], ring[:, 1]
    return abs(float(x @ np.roll(y, -1) - y @ np.roll(x, -1))) / 2


def clipped(ring: np.ndarray, size: Size) -> np.ndarray:
    """A ring cut at a canvas; (0, 2) where nothing is left."""
    height, width = size
    return _cut(ring, *_inside((0.0, 0.0, float(width), float(height))))


def parted(ring: np.ndarray, view: View) -> list[np.ndarray]:
    """What is seen of a ring on a canvas that is composed: nothing, itself, or the parts beside what lies over it."""
    rings = [_cut(ring, *_inside(view.edges))]
    for edges in view.over:
        rings = [part for one in rings for part in _beside(one, edges)]
    return [part for part in rings if len(part)]


def _beside(ring: np.ndarray, edges: Edges) -> list[np.ndarray]:
    """The parts of a ring to the left, to the right, above and below a rectangle; itself, where they do not meet."""
    x0, y0, x1, y1 = edges
    if not len(ring) or (ring.min(axis=0) >= [x1, y1]).any() or (ring.max(axis=0) <= [x0, y0]).any():
        return [ring]
    across: tuple[Side, ...] = (0, x0, 1), (0, x1, -1)
    return [_cut(ring, *sides) for sides in (((0, x0, -1),), ((0, x1, 1),), (*across, (1, y0, -1)), (*across, (1, y1, 1)))]


Side = tuple[int, float, int]
"""Axis, where it is crossed, and 1 or -1: what lies beyond or before is left."""


def _inside(edges: Edges) -> tuple[Side, ...]:
    x0, y0, x1, y1 = edges
    return (0, x0, 1), (0, x1, -1), (1, y0, 1), (1, y1, -1)


def _cut(ring: np.ndarray, *sides: Side) -> np.ndarray:
    """A ring cut side by side (Sutherland and Hodgman 1974); what lies apart stays joined along the side.

    Returns (0, 2) where nothing is left.
    """
    for axis, bound, sign in sides:
        if not len(ring):
            break
        inside = sign * (ring[:, axis] - bound) >= 0
        if inside.all():
            continue
        out: list[np.ndarray] = []
        for point, after, here, there in zip(ring, np.roll(ring, -1, axis=0), inside, np.roll(inside, -1), strict=True):
            if here:
                out.append(point)
            if here != there:
                crossing = point + (after - point) * (bound - point[axis]) / (after[axis] - point[axis])
                crossing[axis] = bound
                out.append(crossing)
        ring = np.array(out).reshape(-1, 2)
    return ring if len(ring) >= 3 and area(ring) > 0 else ring[:0]
