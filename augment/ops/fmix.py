"""FMix: two samples cut along the outlines of smooth random shapes, which are the same pixels on every engine."""

from functools import lru_cache
from typing import Any, ClassVar

import numpy as np
from pydantic import Field

from augment.errors import SampleError
from augment.ops.kinds import Composition, Draw, Pair
from augment.ops.mix import Weighed
from augment.values import Normal

Array = Any
WAVES = 10
"""How many periods along a side the finest wave has."""
LEVELS = 2**9
"""Of which a wave consists, to either side of zero; as many of a sum along one side are one for the other."""
BITS = 24
"""Up to which float32 has every whole number."""
REACH = 4
"""Standard deviations beyond which no normal number is drawn."""


class Fmix(Weighed):
    """Show another sample inside smooth random shapes; labels count by area (FMix: Harris et al. 2020).

    The shapes are where a sum of waves with normal amplitudes is lowest: sines and cosines of 1 to 10 periods along each side,
    whose amplitudes fall with the power `decay` of the frequency in pixels. The authors sum all frequencies that the image has;
    those beyond hold less than a ten-thousandth of the power where `decay` is 3, as theirs. Waves and amplitudes are rounded to
    whole numbers that float32 has exactly, also of every sum, so that the shapes of a key are the same pixels on every backend.
    As many of the lowest pixels are shown of the other sample as the weight leaves, up to ties; the labels count those that
    there are.
    """

    decay: float = Field(
        default=3.0, ge=1, le=6, description="power of the frequency by which waves get weaker; large makes large shapes"
    )

    primitive: ClassVar[str] = "fill"
    moves: ClassVar[frozenset[str]] = Weighed.moves - {"polygons", "oriented_boxes"}
    examples: ClassVar[tuple[dict[str, Any], ...]] = ({"alpha": 1.0}, {"alpha": 0.8, "decay": 2.0})

    def draws(self):
        return (*super().draws(), Draw("waves", Normal(mean=0.0, std=1.0), (2 * WAVES + 1) ** 2, exact=True))

    def compose(self, v, sizes, xp):
        height, width = size = sizes[0]
        if not all(isinstance(side, int) for side in size):
            raise SampleError("needs a known height and width: resize or crop before it")
        field = field_of(v["waves"], amplitudes(size, self.decay), waves(height), waves(width), xp)
        count = xp.floor((1 - v["weight"]) * float(height * width))
        shown = field < lowest(field, count, xp)[..., None, None]
        share = _count(shown, xp) / float(height * width)
        return Composition(size, (1 - share, share), Pair(shown=shown))


@lru_cache(maxsize=64)
def waves(extent: int) -> np.ndarray:
    """(2·WAVES + 1, extent): a constant, cosines and sines along a side, in whole numbers up to `LEVELS`; read only."""
    turns = 2 * np.pi * np.arange(1, WAVES + 1)[:, None] * (np.arange(extent) + 0.5) / extent
    lines = np.concatenate([np.ones((1, extent)), np.cos(turns), np.sin(turns)])
    return _frozen(np.rint(LEVELS * lines))


@lru_cache(maxsize=64)
def amplitudes(size: tuple[int, int], decay: float) -> np.ndarray:
    """(2·WAVES + 1, 2·WAVES + 1): what the amplitude of each product of a wave along y and one along x is a multiple of, scaled
    by a power of two so that no sum of them leaves float32; read only.

    Of a frequency along both sides there are two waves, which share the power of four products.
    """
    periods = np.concatenate([np.zeros(1), np.tile(np.arange(1, WAVES + 1), 2)])
    y, x = periods[:, None] / size[0], periods[None, :] / size[1]
    frequency = np.hypot(y, x) * max(size)
    weight = np.where(frequency > 0, np.maximum(frequency, 1e-9) ** -decay, 0) * np.where((y > 0) & (x > 0), np.sqrt(2), 1)
    finest = np.maximum(periods[:, None] * 2 / size[0], periods[None, :] * 2 / size[1])
    weight = np.where(finest <= 1, weight, 0)  # a wave of less than two pixels is another one
    scale = 2.0 ** np.floor(np.log2(2.0**BITS / (REACH * LEVELS * weight.sum())))
    return _frozen(weight * scale)


def _frozen(table: np.ndarray) -> np.ndarray:
    table = table.astype(np.float32)
    table.setflags(write=False)
    return table


def field_of(drawn: Array, weight: np.ndarray, down: np.ndarray, along: np.ndarray, xp: Any) -> Array:
    """(..., H, W): the sum of all waves, in whole numbers."""
    count = 2 * WAVES + 1
    grid = xp.reshape(drawn, (*xp.shape(drawn)[:-1], count, count))
    rows = xp.floor(_product(xp.round(grid * xp.array(weight)), along, xp) * (1 / LEVELS))
    return xp.moveaxis(_product(xp.moveaxis(rows, -1, -2), down, xp), -1, -2)


def _product(numbers: Array, lines: np.ndarray, xp: Any) -> Array:
    """(..., m, n) by (n, extent): a product of matrices, which devices would round to fewer bits than these have."""
    if xp is np:
        return numbers @ lines
    total: Any = 0.0
    for i, line in enumerate(lines):
        total = total + numbers[..., i : i + 1] * xp.array(line)
    return total


def lowest(field: Array, count: Array, xp: Any) -> Array:
    """(...): the largest whole number that at most ``count`` (...) of the whole numbers (..., H, W) are below, bit by bit."""
    bound = 0 * count - 2.0**BITS
    for bit in range(BITS, -1, -1):
        higher = bound + 2.0**bit
        below = _count(field < higher[..., None, None], xp)
        bound = xp.where(below <= count, higher, bound)
    return bound


def _count(where: Array, xp: Any) -> Array:
    return xp.sum(xp.where(where, np.float32(1), np.float32(0)), axis=(-2, -1))
