"""Walks as stages: by one matrix and the coverage of the canvases, or step by step where fields displace, canvases fold, or a
horizon is in sight. Masks, and images that ask for it, copy the nearest pixels."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from augment.kernels import opencv
from augment.kernels.fused.memory import pointer
from augment.kernels.fused.raster import LONGEST, WALK, Raster, Resized, along, raster, resized, settled
from augment.kernels.fused.weights import placed
from augment.kernels.native.library import check, library
from augment.kernels.opencv import moves
from augment.kernels.opencv.form import levels, wide
from augment.kernels.opencv.warp import Route, route_of
from augment.ops.kinds import Window
from augment.program.walk import Leg, Walk

BORDER = {"constant": 0, "reflect": 1, "reflect101": 2, "replicate": 3, "wrap": 4}
EVERY = 15
"""All four sides."""
Record = list[float]


def resample(image: Any, walk: Walk, fill: Any = None, nearest: bool | None = None) -> Any:
    """Sample an image (H, W, C), or a mask, through a walk. ``fill`` replaces the colours of the legs; for masks."""
    nearest = walk.interpolation == "nearest" if nearest is None else nearest
    if fill is None:
        image = raster(image)
    if moves.whole(walk):
        return _moved(image, walk, fill)
    if nearest:
        return _picked(settled(image), walk, fill)
    if not isinstance(image, Raster):
        return opencv.resample(image, walk, fill, nearest)
    route = route_of(walk)
    if route is not None and _upright(walk, route):
        return _along(image, walk, route)
    if walk.interpolation == "bicubic":
        return raster(opencv.resample(settled(image), walk, fill, nearest))
    way = _way(walk, route)
    if image.waits or (isinstance(image.base, Resized) and way.stepwise):
        image = Raster(image.plain(), image.shape)
    colours = [_colour(walk.legs[i], image.shape[2]) for i in way.legs]
    records = [[*record, *colour] for record, colour in zip(way.records, colours, strict=True)]
    base = image.base
    if isinstance(base, Resized):
        assert route is not None
        base = _seen(base, walk, route, records)
    filled = walk.border == "constant" and any(any(colour) for colour in colours)
    head = [WALK, BORDER[walk.border], way.stepwise, filled, len(records), *[n for record in records for n in record]]
    return Raster(base, (*walk.size, image.shape[2]), head, fields=way.fields)


def resize(image: Any, window: Window, size: tuple[int, int], interpolation: str) -> Any:
    """Resize a window of an image with antialiasing."""
    image = raster(image)
    if not isinstance(image, Raster):
        return opencv.resize(image, window, size, interpolation)
    if (window.height, window.width) == size:
        part = image.plain()[window.y : window.y + window.height, window.x : window.x + window.width]
        return Raster(part, part.shape)
    return resized(image, window, size, "cubic" if interpolation == "bicubic" else "triangle")


# Walks ---------------------------------------------------------------------------------------------------------------


class Way(NamedTuple):
    """A walk as the native code reads it."""

    stepwise: bool
    """Whether each leg starts where the one after it ended, or all at the output."""
    legs: list[int]
    """Those that matter, from the output back."""
    records: list[Record]
    """Of each: its matrix and canvas, without the colour."""
    fields: tuple[np.ndarray, ...]


def _way(walk: Walk, route: Route | None) -> Way:
    legs, records, constant = walk.legs, [], walk.border == "constant"
    backwards = range(len(legs) - 1, -1, -1)
    if route is not None and (constant or all(route.covers[1:])):
        kept = [i for i in backwards if not i or (constant and not route.covers[i])]
        for i in kept:
            leg = legs[i]
            bits = _bits(leg) if constant and not route.covers[i] else 0
            records.append([*_indexed(route.matrices[i], walk.size, leg.size), *leg.size[::-1], bits, -1, walk.fades(leg)])
        folds = walk.border not in ("constant", "replicate") and not route.covers[0]  # taps beyond an edge are those at it
        return Way(folds, kept, records, ())  # what folds is folded in float64
    bent = [i for i in backwards if legs[i].field is not None]
    for i in backwards:
        leg, field = legs[i], bent.index(i) if i in bent else -1
        matrix = _indexed(leg.inverse.tolist(), leg.output, leg.size)
        records.append([*matrix, *leg.size[::-1], _bits(leg), field, walk.fades(leg)])
    return Way(True, [*backwards], records, tuple(np.ascontiguousarray(legs[i].field, np.float32) for i in bent))


def _indexed(matrix: Sequence[Sequence[float]], output: tuple[int, int], size: tuple[int, int]) -> Record:
    """A matrix between centres as one between the indices of pixels."""
    (a, b, c), (d, e, f), (g, h, i) = matrix
    x, y, u, v = (output[1] - 1) / 2, (output[0] - 1) / 2, (size[1] - 1) / 2, (size[0] - 1) / 2
    c, f, i = c - a * x - b * y, f - d * x - e * y, i - g * x - h * y
    return [a + u * g, b + u * h, c + u * i, d + v * g, e + v * h, f + v * i, g, h, i]


def _bits(leg: Leg) -> int:
    if isinstance(leg.sides, tuple):
        return sum(bool(side) << k for k, side in enumerate(leg.sides))
    return EVERY if leg.sides is not False else 0


def _colour(leg: Leg, channels: int) -> Sequence[float]:
    return leg.fill * channels if len(leg.fill) == 1 else leg.fill


def _seen(base: Resized, walk: Walk, route: Route, records: list[Record]) -> Resized:
    """The part of a resized image that the output sees, which then is the source that the records end with."""
    height, width = walk.source
    x0, y0, x1, y1 = route.boxes[0]
    x, y = (width - 1) / 2, (height - 1) / 2
    left, top = max(0, min(width - 2, int(x0 + x) - 1)), max(0, min(height - 2, int(y0 + y) - 1))
    right, bottom = max(left + 1, min(width, int(x1 + x) + 3)), max(top + 1, min(height, int(y1 + y) + 3))
    source = records[-1]
    if source[11]:  # it fades at the edges of the whole
        source = [*source]
        source[11] = 0
        records.append(source)
    for k in range(3):
        source[k] -= left * source[6 + k]
        source[3 + k] -= top * source[6 + k]
    source[9], source[10] = right - left, bottom - top
    return base.of(top, bottom, left, right)


# Along the axes ------------------------------------------------------------------------------------------------------


FAR = 4
"""Columns that are read so far apart are few of those that would be computed, and two taps of each quicker read alone."""


def _upright(walk: Walk, route: Route) -> bool:
    """Whether rows go to rows, columns to columns, and no border is seen: each axis is read by itself, unless that is slower."""
    (a, b, _), (d, _, _), last = route.matrices[0]
    if b or d or last != [0, 0, 1] or walk.border == "wrap" or (walk.interpolation == "bilinear" and abs(a) > FAR):
        return False
    return all(route.covers)


def _along(image: Raster, walk: Walk, route: Route) -> Raster:
    bicubic = walk.interpolation == "bicubic"
    (a, _, c), (_, e, f), _ = route.matrices[0]
    source, size = walk.source, walk.size
    rows, columns = placed(source[0], size[0], e, f, bicubic), placed(source[1], size[1], a, c, bicubic)
    return along(image.plain(), rows, columns, bicubic)


# Whole pixels --------------------------------------------------------------------------------------------------------


def _moved(image: Any, walk: Walk, fill: Any) -> Any:
    """Moves of whole pixels: a view, where all that is seen lies inside."""
    if not isinstance(image, Raster):
        return opencv.resample(image, walk, fill, None)
    if isinstance(image.base, Resized) and not image.waits:
        route = route_of(walk)
        if route is not None and all(leg.inverse[0, 0] == leg.inverse[1, 1] == 1 for leg in walk.legs) and _inside(walk, route):
            left, top = (round(n + (side - 1) / 2) for n, side in zip(route.boxes[0], walk.source[::-1], strict=False))
            part = image.base.of(top, top + walk.size[0], left, left + walk.size[1])
            return Raster(part, (*walk.size, image.shape[2]))
    plain = image.plain()
    if (view := moves.view(plain, walk)) is not None:
        return Raster(view, view.shape)
    return raster(opencv.resample(plain, walk, fill, None))


def _inside(walk: Walk, route: Route) -> bool:
    x, y = (walk.source[1] - 1) / 2 + 0.25, (walk.source[0] - 1) / 2 + 0.25
    x0, y0, x1, y1 = route.boxes[0]
    return all(route.covers) and x0 >= -x and y0 >= -y and x1 <= x and y1 <= y


def _picked(image: np.ndarray, walk: Walk, fill: Any) -> Any:
    """The nearest pixels."""
    mask = fill is not None
    fills = [tuple(leg.fill if fill is None else fill) for leg in walk.legs]
    if not mask and image.dtype == np.uint8:
        grid = [levels(colour) for colour in fills]
        if None in grid:
            image = wide(image)
        else:
            fills = grid  # type: ignore[assignment]
    size = image.itemsize * image.shape[2]
    together = image.strides[2] == image.itemsize or image.shape[2] == 1
    if not together or not 0 < size <= 4096 or max(*image.shape[:2], *walk.size) > LONGEST or image.nbytes >= 2**30:
        return raster(opencv.resample(image, walk, fill, True)) if not mask else opencv.resample(image, walk, fill, True)
    out = pick(image, walk, route_of(walk), fills)
    return out if mask else raster(out)


def pick(image: np.ndarray, walk: Walk, route: Route | None, fills: Sequence[Sequence[Any]]) -> np.ndarray:
    """Copy the nearest pixels of an array of any type."""
    way = _way(walk, route)
    colours = np.empty((len(way.legs), image.shape[2]), image.dtype)
    for row, i in zip(colours, way.legs, strict=True):
        row[:] = fills[i]
    places = array("q", [n for f in way.fields for n in (pointer(f), *f.shape[:2])])
    head = [WALK, BORDER[walk.border], way.stepwise, 0, len(way.records)]
    program = array("d", [*head, *[n for record in way.records for n in record]])
    out = np.empty((*walk.size, image.shape[2]), image.dtype)
    pixel = image.itemsize * image.shape[2]
    job = array("q", (
        pointer(image), *image.strides[:2], 1, *image.shape[:2], pixel, 0, pointer(out), *walk.size, 0, 0, pointer(colours),
        places.buffer_info()[0], len(way.fields), 0, 0,
    ))  # fmt: skip
    check(library().pick(job.buffer_info()[0], program.buffer_info()[0], len(program)))
    return out


__all__ = ["pick", "resample", "resize"]
