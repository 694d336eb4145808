"""An image of the fused kernels: a source, and the stages that wait for someone who needs the pixels.

Nothing writes to a raster or to what it stands on; a stage more makes a new one.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from typing import Any, NamedTuple

import numpy as np

from augment.kernels.fused.memory import pointer
from augment.kernels.fused.weights import Weights, weights
from augment.kernels.native.library import check, library
from augment.kernels.opencv.form import interleaved
from augment.ops.kinds import Window

END, WALK, COPY, ALONG, LINEAR, POWER, HUE, TABLE, ROUND, TAIL, ERASE, SELECT, CONVOLVE, MIX = range(14)
PLANES, PIXELS, BYTES, BYTE_PLANES, FOURS = range(5)
MOST = 8
"""Channels: images of more are left to OpenCV."""
MOST_TAPS = 63
"""Of a convolution."""
LONGEST = 2**24
ELEMENTS = 2**30
"""A side, and the reach of an image in memory, up to which the native code counts."""
KINDS = {"B": 0, "f": 1}


class Resized(NamedTuple):
    """A source resampled along each axis, which waits to hear which part of it is seen."""

    source: np.ndarray
    rows: Weights
    columns: Weights
    clips: bool
    """Whether it may leave [0, 1], and is clipped there."""
    part: tuple[int, int, int, int]
    """top, bottom, left and right of what is wanted."""

    def of(self, top: int, bottom: int, left: int, right: int) -> Resized:
        """A part of this part."""
        y, x = self.part[0], self.part[2]
        return self._replace(part=(y + top, y + bottom, x + left, x + right))

    @property
    def shape(self) -> tuple[int, int, int]:
        top, bottom, left, right = self.part
        return bottom - top, right - left, self.source.shape[2]

    def ordered(self) -> np.ndarray:
        """The source, in planes or with pixels in order."""
        _, across, beside = self.source.strides
        size = self.source.itemsize
        in_order = across == size or (beside == size and across >= size * self.source.shape[2])
        return self.source if in_order else np.ascontiguousarray(self.source)

    @property
    def job(self) -> array:
        """As the native code reads it."""
        return array("q", (*self.rows.job, *self.columns.job, self.part[0], self.part[2], self.clips))


class Raster:
    """(H, W, C): uint8 or float32 in memory, or what stages make of that."""

    __slots__ = ("base", "fields", "head", "shape", "stages", "tables")

    def __init__(
        self, base: np.ndarray | Resized, shape: tuple[int, int, int], head: array | None = None,
        stages: list[float] | None = None, tables: tuple[np.ndarray, ...] = (), fields: tuple[np.ndarray, ...] = (),
    ):  # fmt: skip
        self.base, self.shape, self.head, self.stages = base, shape, head, stages or []
        self.tables, self.fields = tables, fields

    @property
    def dtype(self) -> np.dtype:
        return self.base.dtype if isinstance(self.base, np.ndarray) and not self.waits else np.dtype(np.float32)

    @property
    def waits(self) -> bool:
        """Whether a stage waits."""
        return self.head is not None or bool(self.stages)

    def copy(self) -> Raster:
        """One that nothing that is done to this one can change: kernels of OpenCV may overwrite what is not a sample's own."""
        base = self.base
        base = base._replace(source=_apart(base.source)) if isinstance(base, Resized) else _apart(base)
        return Raster(base, self.shape, self.head, self.stages, self.tables, self.fields)

    def then(self, stages: Iterable[float], tables: Iterable[np.ndarray] = ()) -> Raster:
        """With more stages, and the tables that they look up."""
        return Raster(self.base, self.shape, self.head, [*self.stages, *stages], (*self.tables, *tables), self.fields)

    def settled(self) -> np.ndarray:
        """The pixels, (H, W, C) in order: uint8 if that is what they still are, else float32. Those of a sample are read-only."""
        if isinstance(self.base, np.ndarray) and not self.waits:
            return interleaved(self.base)
        return self.run(PIXELS)

    def plain(self) -> np.ndarray:
        """As `settled`, but for the order in memory."""
        if isinstance(self.base, np.ndarray) and not self.waits:
            return self.base
        return self.run(FOURS)[..., :3] if self.shape[2] == 3 else self.run(PIXELS)

    def run(self, layout: int) -> np.ndarray:
        """Run all stages in one pass, and write the pixels in a layout."""
        base, head, axes = self.base, self.head or (COPY,), None
        if isinstance(base, Resized):
            if self.head is None:
                head, axes = (ALONG,), base.job
                base = base.ordered()
            else:  # of which a walk sees more than a tile
                base = Raster(base, base.shape).plain()
        height, width, channels = self.shape
        out = _empty(layout, height, width, channels)
        program = array("d", head)
        program.extend(self.stages)
        program.append(END)
        size, own = base.itemsize, library()
        sy, sx, sc = base.strides
        tables = np.concatenate(self.tables) if self.tables else None
        fields = array("q", [n for f in self.fields for n in (pointer(f), *f.shape[:2])]) if self.fields else None
        job = array("q", (
            pointer(base), sy // size, sx // size, sc // size, *base.shape, KINDS[base.dtype.char],
            pointer(out), height, width, layout, own.tile, 0 if tables is None else pointer(tables),
            0 if fields is None else fields.buffer_info()[0], len(self.fields), len(self.tables),
            0 if axes is None else axes.buffer_info()[0],
        ))  # fmt: skip
        check(own.run(job.buffer_info()[0], program.buffer_info()[0], len(program)))
        return out


def _apart(array: np.ndarray) -> np.ndarray:
    return array.copy() if array.flags.writeable else array


def _empty(layout: int, height: int, width: int, channels: int) -> np.ndarray:
    kind = np.uint8 if layout in (BYTES, BYTE_PLANES) else np.float32
    if layout in (PLANES, BYTE_PLANES):
        return np.empty((channels, height, width), kind)
    return np.empty((height, width, 4 if layout == FOURS else channels), kind)


def fits(image: np.ndarray) -> bool:
    """Whether the native code takes an image as it lies in memory."""
    (height, width, channels), (down, across, beside), size = image.shape, image.strides, image.itemsize
    if image.dtype.char not in KINDS or channels > MOST or height > LONGEST or width > LONGEST:
        return False
    if down % size or across % size or beside % size or not image.flags.aligned:
        return False
    return (height - 1) * abs(down) + (width - 1) * abs(across) + (channels - 1) * abs(beside) < ELEMENTS * size


def raster(image: Any) -> Any:
    """An array as a raster, if the native code takes it."""
    return Raster(image, image.shape) if isinstance(image, np.ndarray) and fits(image) else image


def settled(image: Any) -> Any:
    """An array, if it is a raster."""
    return image.settled() if isinstance(image, Raster) else image


def resized(image: Raster, window: Window, size: tuple[int, int], kind: str) -> Raster:
    """A resize that waits."""
    whole = image.plain()
    part = whole[window.y : window.y + window.height, window.x : window.x + window.width]
    return along(part, weights(window.height, size[0], kind), weights(window.width, size[1], kind), kind == "cubic")


def along(source: np.ndarray, rows: Weights, columns: Weights, clips: bool) -> Raster:
    """A source resampled along each axis, once it is known what is seen."""
    size = len(rows.first), len(columns.first)
    return Raster(Resized(source, rows, columns, clips, (0, size[0], 0, size[1])), (*size, source.shape[2]))
