"""JPEG as libjpeg has it, bit for bit, in 32-bit integers: one definition for every library of arrays.

An image is taken to YCbCr, its colours to half the size (4:2:0), each 8 x 8 block to its cosines by the slow integer transform
(Loeffler, Ligtenberg and Moschytz 1989), quantised by the tables of the standard (ITU-T T.81, annex K) under libjpeg's scale of
quality, and all the way back, with its triangular ("fancy") upsampling. What is coded without loss is left out.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

Array = Any
Size = tuple[Any, Any]
LUMA = np.array([
    [16, 11, 10, 16, 24, 40, 51, 61], [12, 12, 14, 19, 26, 58, 60, 55], [14, 13, 16, 24, 40, 57, 69, 56],
    [14, 17, 22, 29, 51, 87, 80, 62], [18, 22, 37, 56, 68, 109, 103, 77], [24, 35, 55, 64, 81, 104, 113, 92],
    [49, 64, 78, 87, 103, 121, 120, 101], [72, 92, 95, 98, 112, 100, 103, 99],
], np.int32)  # fmt: skip
CHROMA = np.full((8, 8), 99, np.int32)
CHROMA[:4, :4] = [[17, 18, 24, 47], [18, 21, 26, 66], [24, 26, 56, 99], [47, 66, 99, 99]]
BITS, FINER = 13, 2
"""Of the constants, and of what the first pass keeps."""
SMALL = 2
"""Colour columns up to which libjpeg repeats instead of weighing."""


def _fix(number: float, bits: int = BITS) -> int:
    return int(number * (1 << bits) + 0.5)


F0298, F0390, F0541, F0765 = map(_fix, (0.298631336, 0.390180644, 0.541196100, 0.765366865))
F0899, F1175, F1501, F1847 = map(_fix, (0.899976223, 1.175875602, 1.501321110, 1.847759065))
F1961, F2053, F2562, F3072 = map(_fix, (1.961570560, 2.053119869, 2.562915447, 3.072711026))


def jpeg(levels: Array, quality: Array, size: Size, xp: Any) -> Array:
    """What becomes of levels (..., H, W, 1 or 3), int32, under a quality from 1 to 100, int32, () or (B,)."""
    if levels.shape[-1] == 1:
        return _plane(levels[..., 0], _table(LUMA, quality, xp), size, xp)[..., None]
    y, cb, cr = _to_ycc(levels[..., 0], levels[..., 1], levels[..., 2], xp)
    luma, chroma = (_table(base, quality, xp) for base in (LUMA, CHROMA))
    # blocks are filled up to the right before they are halved, and below after it
    half = (size[0] + 1) // 2, (size[1] + 15) // 16 * 8
    y = _plane(y, luma, size, xp)
    cb, cr = (_larger(_plane(_smaller(c, size, xp), chroma, half, xp), size, xp) for c in (cb, cr))
    return xp.stack(_to_rgb(y, cb, cr, xp), axis=-1)


def _shift(x: Array, bits: int, xp: Any) -> Array:
    return xp.bitwise_right_shift(x, bits)


def _rounded(x: Array, bits: int, xp: Any) -> Array:
    return _shift(x + (1 << bits - 1), bits, xp)


def _table(base: np.ndarray, quality: Array, xp: Any) -> Array:
    """The divisors (..., 1, 8, 1, 8) of blocks (..., h, 8, w, 8)."""
    scale = xp.where(quality < 50, 5000 // quality, 200 - 2 * quality)
    rows = [[xp.clip((int(n) * scale + 50) // 100, 1, 255) for n in row] for row in base]
    table = xp.stack([xp.stack(row, axis=-1) for row in rows], axis=-2)
    return table[..., None, :, None, :]


# Colours -------------------------------------------------------------------------------------------------------------


def _to_ycc(r: Array, g: Array, b: Array, xp: Any) -> tuple[Array, Array, Array]:
    def f(number: float) -> int:
        return _fix(number, 16)

    half, centre = 1 << 15, (128 << 16) + (1 << 15) - 1
    return (
        _shift(f(0.299) * r + f(0.587) * g + f(0.114) * b + half, 16, xp),
        _shift(-f(0.16874) * r - f(0.33126) * g + f(0.5) * b + centre, 16, xp),
        _shift(f(0.5) * r - f(0.41869) * g - f(0.08131) * b + centre, 16, xp),
    )


def _to_rgb(y: Array, cb: Array, cr: Array, xp: Any) -> list[Array]:
    def f(number: float) -> int:
        return _fix(number, 16)

    cb, cr = cb - 128, cr - 128
    red = _rounded(f(1.402) * cr, 16, xp)
    green = _rounded(-f(0.34414) * cb - f(0.71414) * cr, 16, xp)
    blue = _rounded(f(1.772) * cb, 16, xp)
    return [xp.clip(y + part, 0, 255) for part in (red, green, blue)]


def _smaller(plane: Array, size: Size, xp: Any) -> Array:
    """Half of a plane: the mean of four, which is rounded down and up in turns."""
    plane = _widened(_widened(plane, -1, size[1], 16, xp), -2, size[0], 2, xp)
    total = plane[..., ::2, ::2] + plane[..., ::2, 1::2] + plane[..., 1::2, ::2] + plane[..., 1::2, 1::2]
    turns = xp.cumsum(xp.ones_like(total[..., :1, :]), axis=-1)  # 1, 2, 3, ..., of the columns
    return _shift(total + 2 - turns % 2, 2, xp)


def _larger(plane: Array, size: Size, xp: Any) -> Array:
    """Twice a plane: three parts of the nearest and one of the next, in both directions."""
    height, width = ((extent + 1) // 2 for extent in size)
    plane = plane[..., :width]
    if isinstance(width, int) and width <= SMALL:
        tall = xp.reshape(xp.stack([plane, plane], axis=-2), (*_lead(plane), height * 2, width))
        wide = xp.stack([tall, tall], axis=-1)
    else:
        above = xp.concatenate([plane[..., :1, :], plane[..., :-1, :]], axis=-2)
        below = xp.concatenate([plane[..., 1:, :], plane[..., -1:, :]], axis=-2)
        rows = xp.stack([plane * 3 + above, plane * 3 + below], axis=-2)
        tall = xp.reshape(rows, (*_lead(plane), height * 2, width))
        left = xp.concatenate([tall[..., :1], tall[..., :-1]], axis=-1)
        right = xp.concatenate([tall[..., 1:], tall[..., -1:]], axis=-1)
        wide = xp.stack([_shift(tall * 3 + left + 8, 4, xp), _shift(tall * 3 + right + 7, 4, xp)], axis=-1)
    return xp.reshape(wide, (*_lead(plane), height * 2, width * 2))[..., : size[0], : size[1]]


# Blocks --------------------------------------------------------------------------------------------------------------


def _lead(plane: Array) -> tuple[int, ...]:
    """What stands before height and width: nothing, or the batch."""
    return (-1,) if len(plane.shape) == 3 else ()


def _widened(plane: Array, axis: int, extent: Any, step: int, xp: Any) -> Array:
    """A plane whose extent is a multiple of a step: its last line is repeated."""
    wanted = (extent + step - 1) // step * step
    if isinstance(extent, int) and wanted == extent:
        return plane
    edge = plane[..., -1:] if axis == -1 else plane[..., -1:, :]
    plane = xp.concatenate([plane, *[edge] * (step - 1)], axis=axis)
    return plane[..., :wanted] if axis == -1 else plane[..., :wanted, :]


def _plane(plane: Array, table: Array, size: Size, xp: Any) -> Array:
    """A plane through the cosines of its blocks, which are divided and rounded."""
    plane = _widened(_widened(plane, -1, size[1], 8, xp), -2, size[0], 8, xp)
    height, width = ((extent + 7) // 8 for extent in size)
    blocks = xp.reshape(plane, (*_lead(plane), height, 8, width, 8)) - 128
    cosines = _along(_along(blocks, -1, _forward, FINER, xp), -3, _forward, -FINER, xp)
    divisor = table * 8
    whole = (xp.abs(cosines) + divisor // 2) // divisor
    cosines = xp.where(cosines < 0, -whole, whole) * table
    blocks = _along(_along(cosines, -3, _backward, BITS - FINER, xp), -1, _backward, BITS + FINER + 3, xp)
    out = xp.clip(xp.reshape(blocks, (*_lead(plane), height * 8, width * 8)) + 128, 0, 255)
    return out[..., : size[0], : size[1]]


def _along(blocks: Array, axis: int, transform: Callable[..., list[Array]], bits: int, xp: Any) -> Array:
    lines = [blocks[..., i] if axis == -1 else blocks[..., i, :, :] for i in range(8)]
    return xp.stack(transform(lines, bits, xp), axis=axis)


def _odd(a: Array, b: Array, c: Array, d: Array) -> tuple[Array, Array, Array, Array]:
    """The odd part, which both ways share."""
    z1, z2, z3, z4 = a + d, b + c, a + c, b + d
    z5 = (z3 + z4) * F1175
    z1, z2, z3, z4 = z1 * -F0899, z2 * -F2562, z3 * -F1961 + z5, z4 * -F0390 + z5
    return a * F0298 + z1 + z3, b * F2053 + z2 + z4, c * F3072 + z2 + z3, d * F1501 + z1 + z4


def _forward(d: list[Array], finer: int, xp: Any) -> list[Array]:
    """``finer`` bits more are kept, or fewer if it is negative."""
    sums, parts = [d[i] + d[7 - i] for i in range(4)], [d[i] - d[7 - i] for i in range(4)]
    t10, t13, t11, t12 = sums[0] + sums[3], sums[0] - sums[3], sums[1] + sums[2], sums[1] - sums[2]
    z1 = (t12 + t13) * F0541
    seven, five, three, one = _odd(parts[3], parts[2], parts[1], parts[0])

    def plain(x: Array) -> Array:
        return x * (1 << finer) if finer > 0 else _rounded(x, -finer, xp)

    two, six = z1 + t13 * F0765, z1 - t12 * F1847
    one, two, three, five, six, seven = (_rounded(x, BITS - finer, xp) for x in (one, two, three, five, six, seven))
    return [plain(t10 + t11), one, two, three, plain(t10 - t11), five, six, seven]


def _backward(d: list[Array], bits: int, xp: Any) -> list[Array]:
    z1 = (d[2] + d[6]) * F0541
    low, high = z1 - d[6] * F1847, z1 + d[2] * F0765
    plus, minus = (d[0] + d[4]) * (1 << BITS), (d[0] - d[4]) * (1 << BITS)
    even = plus + high, minus + low, minus - low, plus - high
    odd = _odd(d[7], d[5], d[3], d[1])[::-1]
    ends = [a + b for a, b in zip(even, odd, strict=True)] + [a - b for a, b in zip(even[::-1], odd[::-1], strict=True)]
    return [_rounded(x, bits, xp) for x in ends]
