"""Walks as stages: by one matrix and the coverage of the canvases, or step by step where fields displace, canvases fold, or a
horizon is in sight. Masks, and images that ask for it, copy the nearest pixels."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import Any

import numpy as np

from augment.kernels import opencv
from augment.kernels.fused.memory import pointer
from augment.kernels.fused.raster import LONGEST, Raster, Resized, along, raster, resized, settled
from augment.kernels.fused.way import INSIDE, KEPT, ROUTED, SHIFTED, STAGE, UPRIGHT, Way, way_of
from augment.kernels.fused.weights import placed
from augment.kernels.native.library import check, library
from augment.kernels.opencv import moves
from augment.kernels.opencv.form import levels, wide
from augment.ops.kinds import Window
from augment.program.walk import Walk


def resample(image: Any, walk: Walk, fill: Any = None, nearest: bool | None = None) -> Any:
    """Sample an image (H, W, C), or a mask, through a walk. ``fill`` replaces the colours of the legs; for masks."""
    nearest = walk.interpolation == "nearest" if nearest is None else nearest
    if fill is None:
        image = raster(image)
    own = isinstance(image, Raster)
    way = way_of(walk, image.shape[2] if own and not nearest else 0)
    if way.found & KEPT:
        return _moved(image, walk, way, fill)
    if nearest:
        return _picked(settled(image), walk, way, fill)
    if not own:
        return opencv.resample(image, walk, fill, nearest)
    if way.has(ROUTED | UPRIGHT | INSIDE) and not _quicker_alone(walk, way):
        return _along(image, walk, way)
    if walk.interpolation == "bicubic":
        return raster(opencv.resample(settled(image), walk, fill, nearest))
    if image.waits or (isinstance(image.base, Resized) and way.stage[2]):
        image = Raster(image.plain(), image.shape)
    base, stage = image.base, way.stage
    if isinstance(base, Resized):
        base, stage = _seen(base, walk, way)
    return Raster(base, (*walk.size, image.shape[2]), stage, fields=way.fields)


def resize(image: Any, window: Window, size: tuple[int, int], interpolation: str) -> Any:
    """Resize a window of an image with antialiasing."""
    image = raster(image)
    if not isinstance(image, Raster):
        return opencv.resize(image, window, size, interpolation)
    if (window.height, window.width) == size:
        part = image.plain()[window.y : window.y + window.height, window.x : window.x + window.width]
        return Raster(part, part.shape)
    return resized(image, window, size, "cubic" if interpolation == "bicubic" else "triangle")


def _seen(base: Resized, walk: Walk, way: Way) -> tuple[Resized, array]:
    """The part of a resized image that the output sees, and the stage of the way, which ends with that source."""
    height, width = walk.source
    x0, y0, x1, y1 = way.box
    x, y = (width - 1) / 2, (height - 1) / 2
    left, top = max(0, min(width - 2, int(x0 + x) - 1)), max(0, min(height - 2, int(y0 + y) - 1))
    right, bottom = max(left + 1, min(width, int(x1 + x) + 3)), max(top + 1, min(height, int(y1 + y) + 3))
    stage = way.stage[:]
    source = stage[-((len(stage) - STAGE) // len(way.legs)) :]
    if source[11]:  # it fades at the edges of the whole
        source[11] = 0
        stage[4] += 1
    else:
        del stage[-len(source) :]
    for k in range(3):
        source[k] -= left * source[6 + k]
        source[3 + k] -= top * source[6 + k]
    source[9], source[10] = right - left, bottom - top
    stage.extend(source)
    return base.of(top, bottom, left, right), stage


# Along the axes ------------------------------------------------------------------------------------------------------


FAR = 4
"""Columns that are read so far apart are few of those that would be computed, and two taps of each quicker read alone."""


def _quicker_alone(walk: Walk, way: Way) -> bool:
    """Whether pixels of an upright walk are read by themselves, and not along the axes."""
    return walk.border == "wrap" or (walk.interpolation == "bilinear" and abs(way.matrix[0]) > FAR)


def _along(image: Raster, walk: Walk, way: Way) -> Raster:
    bicubic = walk.interpolation == "bicubic"
    a, _, c, _, e, f = way.matrix
    source, size = walk.source, walk.size
    rows, columns = placed(source[0], size[0], e, f, bicubic), placed(source[1], size[1], a, c, bicubic)
    return along(image.plain(), rows, columns, bicubic)


# Whole pixels --------------------------------------------------------------------------------------------------------


def _moved(image: Any, walk: Walk, way: Way, fill: Any) -> Any:
    """Moves of whole pixels: a view, where all that is seen lies inside."""
    if not isinstance(image, Raster):
        return opencv.resample(image, walk, fill, None)
    if isinstance(image.base, Resized) and not image.waits and way.has(ROUTED | INSIDE | SHIFTED) and _inside(walk, way):
        left, top = (round(n + (side - 1) / 2) for n, side in zip(way.box, walk.source[::-1], strict=False))
        part = image.base.of(top, top + walk.size[0], left, left + walk.size[1])
        return Raster(part, (*walk.size, image.shape[2]))
    plain = image.plain()
    if (view := moves.view(plain, walk)) is not None:
        return Raster(view, view.shape)
    return raster(opencv.resample(plain, walk, fill, None))


def _inside(walk: Walk, way: Way) -> bool:
    x, y = (walk.source[1] - 1) / 2 + 0.25, (walk.source[0] - 1) / 2 + 0.25
    x0, y0, x1, y1 = way.box
    return x0 >= -x and y0 >= -y and x1 <= x and y1 <= y


def _picked(image: np.ndarray, walk: Walk, way: Way, fill: Any) -> Any:
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
    out = pick(image, walk, way, fills)
    return out if mask else raster(out)


def pick(image: np.ndarray, walk: Walk, way: Way, fills: Sequence[Sequence[Any]]) -> np.ndarray:
    """Copy the nearest pixels of an array of any type, by a way without colours."""
    colours = np.empty((len(way.legs), image.shape[2]), image.dtype)
    for row, i in zip(colours, way.legs, strict=True):
        row[:] = fills[int(i)]
    places = array("q", [n for f in way.fields for n in (pointer(f), *f.shape[:2])])
    out = np.empty((*walk.size, image.shape[2]), image.dtype)
    pixel = image.itemsize * image.shape[2]
    job = array("q", (
        pointer(image), *image.strides[:2], 1, *image.shape[:2], pixel, 0, pointer(out), *walk.size, 0, 0, pointer(colours),
        places.buffer_info()[0], len(way.fields), 0, 0,
    ))  # fmt: skip
    check(library().pick(job.buffer_info()[0], way.stage.buffer_info()[0], len(way.stage)))
    return out


__all__ = ["pick", "resample", "resize"]
