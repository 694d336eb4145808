"""Where a sample lies on a canvas that is composed of several, and what of it is seen: for rows of every kind."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np

from augment.ops.kinds import Composition, Placement, Size, Window, indices

Edges = tuple[Any, Any, Any, Any]
"""x0, y0, x1, y1."""


class View(NamedTuple):
    """One placement of a sample on a canvas; in a batch, whose numbers are (B, 1) each, of each sample."""

    size: Size
    """Of the canvas."""
    placement: Placement
    over: tuple[Edges, ...] = ()
    """Rectangles that lie over it."""
    shown: Any = None
    """(..., H, W): of which pixels of the canvas it is seen; None: of all."""
    reason: str = "another sample lies there"
    """Why what is not seen is gone."""

    @property
    def edges(self) -> Edges:
        """Of it on the canvas."""
        (height, width), y, x = self.placement.size, self.placement.y, self.placement.x
        return x, y, x + width, y + height

    def moved(self, at: Any, xp: Any = np) -> Any:
        """Take edge coordinates (..., 2) of the sample to the canvas."""
        window, resized = self.placement.window, self.placement.resized
        x, y = at[..., 0] - window.x, at[..., 1] - window.y
        if resized is not None:  # a window of no width has nothing to show
            x, y = x * (resized[1] / xp.maximum(window.width, 1.0)), y * (resized[0] / xp.maximum(window.height, 1.0))
        return xp.stack([x + self.placement.x, y + self.placement.y], axis=-1)

    def sees(self, at: Any, xp: Any = np) -> Any:
        """Whether points (..., 2) of the canvas, in edge coordinates, are of the sample (...)."""
        x, y = at[..., 0], at[..., 1]

        def within(edges: Edges) -> Any:
            x0, y0, x1, y1 = edges
            return (x >= x0) & (x < x1) & (y >= y0) & (y < y1)

        out = within(self.edges)
        for edges in self.over:
            out = out & ~within(edges)
        if self.shown is None:
            return out
        height, width = self.shown.shape[-2:]
        column, row = (indices(xp.clip(xp.floor(n), 0, side - 1), xp) for n, side in ((x, width), (y, height)))
        pixels = xp.reshape(self.shown, (*xp.shape(self.shown)[:-2], height * width))
        return out & xp.take_along_axis(pixels, row * width + column, axis=-1)

    def cut(self, boxes: Any, xp: Any = np) -> tuple[Any, Any, Any]:
        """Return what is seen of boxes (..., 4) of the sample on the canvas, and the areas (...): whole, and of what is seen."""
        moved = xp.concatenate([self.moved(boxes[..., :2], xp), self.moved(boxes[..., 2:], xp)], axis=-1)
        x0, y0, x1, y1 = self.edges
        sides = (xp.minimum(xp.maximum(moved[..., i], low), high) for i, (low, high) in enumerate(2 * ((x0, x1), (y0, y1))))
        left, before = xp.stack([*sides], axis=-1), areas(moved, xp)
        for edges in self.over:
            left = outside(left, edges, xp)
        if self.shown is None:
            return left, before, areas(left, xp)
        left, share = seen(left, self.shown, xp)
        return left, before, before * share


def areas(boxes: Any, xp: Any = np) -> Any:
    """Of boxes (..., 4), x0, y0, x1 and y1 each."""
    return xp.maximum(boxes[..., 2] - boxes[..., 0], 0.0) * xp.maximum(boxes[..., 3] - boxes[..., 1], 0.0)


def views(composition: Composition) -> Iterator[tuple[int, View]]:
    """The views of a composition, each with the number of its source."""
    size, pair = composition.size, composition.pair
    if pair is None:
        for i, placement in enumerate(composition.placements):
            yield placement.source, View(size, placement, edges_over(composition.placements[i + 1 :]))
        return
    first, second = (Placement(source, Window(0, 0, *size), 0, 0) for source in range(2))
    if pair.rectangle is not None:
        y0, x0, y1, x1 = (pair.rectangle[..., i] for i in range(4))
        yield 0, View(size, first, ((x0, y0, x1, y1),))
        yield 1, View(size, Placement(1, Window(y0, x0, y1 - y0, x1 - x0), y0, x0))
        return
    yield 0, View(size, first, shown=None if pair.shown is None else ~pair.shown)
    yield 1, View(size, second, shown=pair.shown)


def paste(canvas: np.ndarray, raster: np.ndarray, placement: Placement) -> None:
    """Write a window of a raster onto a canvas."""
    y, x, height, width, top, left = (int(n) for n in (*placement.window, placement.y, placement.x))
    canvas[top : top + height, left : left + width] = raster[y : y + height, x : x + width]


def edges_over(later: Sequence[Placement]) -> tuple[Edges, ...]:
    """Those of the placements that lie over those before them."""
    return tuple((p.x, p.y, p.x + p.size[1], p.y + p.size[0]) for p in later if p.over)


def outside(boxes: Any, cut: Any, xp: Any) -> Any:
    """The hull of what a cut (x0, y0, x1, y1) leaves of each box (..., 4): smaller only where the cut spans it from side to side.

    The edges of the cut are numbers, or broadcast against (...).
    """
    x0, y0, x1, y1 = cut
    left, top, right, bottom = (boxes[..., i] for i in range(4))

    def shorten(low: Any, high: Any, first: Any, last: Any, spans: Any) -> tuple[Any, Any]:
        begins = xp.logical_and(spans, xp.logical_and(low >= first, low < last))
        ends = xp.logical_and(spans, xp.logical_and(high <= last, high > first))
        start = xp.where(begins, xp.minimum(last, high), low)
        return start, xp.where(ends, xp.maximum(first, start), high)

    tall = xp.logical_and(top >= y0, bottom <= y1)
    wide = xp.logical_and(left >= x0, right <= x1)
    new_left, new_right = shorten(left, right, x0, x1, tall)
    new_top, new_bottom = shorten(top, bottom, y0, y1, wide)
    return xp.stack([new_left, new_top, new_right, new_bottom], axis=-1)


def seen(boxes: Any, shown: Any, xp: Any) -> tuple[Any, Any]:
    """The hull of what is seen of each box (..., n, 4), where pixels (..., H, W) are shown; and how much of it is (..., n).

    A pixel belongs to every box that it overlaps. Of what is not seen the hull has no extent.
    """
    height, width = (float(side) for side in shown.shape[-2:])
    pixels = xp.where(shown, np.float32(1), np.float32(0))
    y, x = (xp.arange(side, dtype="float32") for side in (height, width))
    low, high = xp.floor(boxes[..., :2]), xp.ceil(boxes[..., 2:])

    def within(at: Any, axis: int) -> Any:  # (..., n, extent)
        inside = xp.logical_and(at >= low[..., axis, None], at < high[..., axis, None])
        return xp.where(inside, np.float32(1), np.float32(0))

    rows, columns = within(y, 1), within(x, 0)
    in_rows = xp.matmul(columns, xp.swapaxes(pixels, -1, -2)) * rows  # how many pixels of each row
    in_columns = xp.matmul(rows, pixels) * columns
    edges = []
    for axis, at, count, beyond in ((0, x, in_columns, width), (1, y, in_rows, height)):
        first = xp.amin(xp.where(count > 0, at, beyond), axis=-1)
        last = xp.amax(xp.where(count > 0, at + 1, 0 * at), axis=-1)
        start = xp.maximum(boxes[..., axis], first)
        edges.append((start, xp.maximum(start, xp.minimum(boxes[..., axis + 2], last))))
    (x0, x1), (y0, y1) = edges
    share = xp.sum(in_rows, axis=-1) / xp.maximum(xp.sum(rows, axis=-1) * xp.sum(columns, axis=-1), np.float32(1))
    return xp.stack([x0, y0, x1, y1], axis=-1), share
