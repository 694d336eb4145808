"""How a walk is taken, which native code finds: by one matrix and the coverage of its canvases, or step by step."""

from __future__ import annotations

from array import array
from functools import lru_cache
from struct import pack
from typing import Any, NamedTuple

import numpy as np

from augment.kernels.fused.raster import MOST
from augment.kernels.native.library import check, library
from augment.ops.kinds import Size
from augment.program.walk import Leg, Walk

BORDER = {"constant": 0, "reflect": 1, "reflect101": 2, "replicate": 3, "wrap": 4}
KEPT, ROUTED, UPRIGHT, INSIDE, SHIFTED = (1 << k for k in range(5))
"""Whether pixels go to pixels; whether one matrix does; whether rows go to rows and columns to columns; whether the output lies
inside every canvas; whether no leg scales or turns."""
HEAD, STAGE, LEG = 10, 5, 14
"""How many numbers there are before the legs that matter, before those of the stage, and of each leg, without its colour."""


class Way(NamedTuple):
    """A walk as the native code reads it, and what it has found about it."""

    found: int
    box: array
    """Which part of the source the output sees: x0, y0, x1, y1 from its centre; where one matrix does."""
    matrix: array
    """Its first two rows."""
    legs: array
    """Those that matter, from the output back."""
    stage: array
    """The walk, with the colours of its legs."""
    fields: tuple[np.ndarray, ...]

    def has(self, *facts: int) -> bool:
        return all(self.found & fact for fact in facts)


def way_of(walk: Walk, channels: int) -> Way:
    """Find the way of a walk, with the colours of so many channels."""
    legs, length = walk.legs, LEG + channels
    behind = HEAD + len(legs)
    out = array("d", bytes(8 * (behind + STAGE + len(legs) * length)))
    job = array("q", (len(legs), BORDER[walk.border], *walk.size, channels, out.buffer_info()[0]))
    found = library().way(b"".join([_numbers(leg) for leg in legs]), job.buffer_info()[0])
    if found < 0:
        check(found)
    count = int(out[behind + 4])
    bent = [leg.field for leg in reversed(legs) if leg.field is not None]
    fields = tuple([np.ascontiguousarray(field, np.float32) for field in bent]) if bent else ()
    stage = out[behind : behind + STAGE + count * length]
    return Way(found, out[:4], out[4:HEAD], out[HEAD : HEAD + count], stage, fields)


def _numbers(leg: Leg) -> bytes:
    """A leg as the native code reads it."""
    known = leg.known.get(leg.fill)
    if known is None:
        known = _beside(leg.size, leg.output, leg.sides, leg.projective, leg.field is not None, leg.fill)
        leg.known[leg.fill] = known
    inverse = leg.inverse if leg.inverse.dtype.char == "d" else leg.inverse.astype(np.float64)
    return inverse.tobytes() + known


@lru_cache(maxsize=256)
def _beside(size: Size, output: Size, sides: Any, projective: bool, bent: bool, fill: tuple[float, ...]) -> bytes:
    """What there is of a leg beside its matrix."""
    four = sides if isinstance(sides, tuple) else (sides,) * 4
    bits = sum(bool(side) << k for k, side in enumerate(four))
    colour = (fill * MOST if len(fill) == 1 else fill)[:MOST]
    return pack(f"{7 + MOST}d", *size[::-1], *output[::-1], bits, projective, bent, *colour, *(0.0,) * (MOST - len(colour)))


__all__ = ["Way", "way_of"]
