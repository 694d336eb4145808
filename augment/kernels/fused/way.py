"""How a walk is taken, which native code finds: by one matrix and the coverage of its canvases, or step by step."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
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
HEAD, STAGE, LEG = 11, 5, 14
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

    def has(self, facts: int) -> bool:
        """Whether all of these were found."""
        return self.found & facts == facts


def way_of(walk: Walk, channels: int) -> Way:
    """Find the way of a walk, and with it those of the walks beside it, with the colours of so many channels."""
    if walk.beside is None:
        return _ways([walk.legs], walk, channels)[0]
    found = walk.beside.found
    if channels not in found:
        found[channels] = _ways(walk.beside.legs, walk, channels)
    return found[channels][walk.number]


def _ways(walks: Sequence[tuple[Leg, ...]], like: Walk, channels: int) -> list[Way]:
    """The ways of walks of as many legs, which end at canvases of one size."""
    count, length = len(like.legs), LEG + channels
    behind = HEAD + count
    room = behind + STAGE + count * length
    out = array("d", bytes(8 * room * len(walks)))
    job = array("q", (len(walks), count, BORDER[like.border], *like.size, channels, out.buffer_info()[0]))
    check(library().way(b"".join([_numbers(leg) for legs in walks for leg in legs]), job.buffer_info()[0]))
    ways = []
    for at, legs in zip(range(0, len(out), room), walks, strict=True):
        own = out[at : at + room]
        kept = int(own[behind + 4])
        bent = [leg.field for leg in reversed(legs) if leg.field is not None]
        fields = tuple([np.ascontiguousarray(field, np.float32) for field in bent]) if bent else ()
        stage = own[behind : behind + STAGE + kept * length]
        ways.append(Way(int(own[0]), own[1:5], own[5:HEAD], own[HEAD : HEAD + kept], stage, fields))
    return ways


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
