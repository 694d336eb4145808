"""Small copies of images, brought back to their size: by a matrix for the rows and one for the columns, on every library."""

from __future__ import annotations

from typing import Any

from augment.ops.lines import MANY, across, bilinear, nearest, per_line, places, resampled
from augment.ops.primitives import Down, Unpacked, Up

Array = Any
KINDS = {"nearest": nearest, "bilinear": bilinear}


def copied(image: Array, scale: Array, down: Down, up: Up, kernels: Any) -> Array:
    """Images in the layout of a kernel set, reduced to a share of their sides, and enlarged again."""
    own, floats = Unpacked(kernels), kernels.unpack(image)
    xp, share = kernels.xp, per_line(kernels.spread(scale, floats), floats)
    lines = zip(places(floats, own), own.size(floats), strict=True)
    rows, columns = (_matrix(at, extent, share, down, up, xp) for at, extent in lines)
    return kernels.pack(resampled(floats, rows, columns, xp))


def _matrix(at: Array, extent: Any, scale: Array, down: Down, up: Up, xp: Any) -> Array:
    """(..., extent, extent): the weight of each pixel of a line in each."""
    count = xp.clip(xp.floor(extent * scale + 0.5), 1, MANY)
    step, other = extent / count, across(at, xp)  # as many pixels as one of the small copy has under it
    back = KINDS[up]((at + 0.5) / step - 0.5, count, other, xp)
    if down != "area":
        return back @ KINDS[down]((at + 0.5) * step - 0.5, extent, other, xp)
    return back @ (xp.clip(xp.minimum((at + 1) * step, other + 1) - xp.maximum(at * step, other), 0, 1) / step)
