"""What pointwise ops and filters come to with their drawn values: all that a kernel set has to know to run or to join them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import repeat
from typing import Any, Literal, NamedTuple

import numpy as np

from augment.ops.kinds.drawn import Array, Values

Statistic = Literal["gray_mean", "channel_mean", "mean"]
"""A mean of the image: of its grey image, of each channel, or of all channels together."""


class Linear(NamedTuple):
    """``clip(gain·x + gray·grey(x) + offset + mean·statistic(x))``, the statistic being a mean of the image at that point."""

    gain: Array = 1.0
    gray: Array = 0.0
    offset: Array = 0.0
    mean: Array = 0.0
    statistic: Statistic | None = None


class Bend(NamedTuple):
    """``clip(curve(x, values, xp))`` of each channel's value alone; the drawn values broadcast against ``x``."""

    curve: Callable[[Array, Values, Any], Array]
    values: Values
    exponent: Array | None = None
    """If the curve is a power, for which some kernels have a quick way."""


class Mixture(NamedTuple):
    """``clip(rows·x + offset)``: each channel is a mixture of all. Rows are (..., n, n), and offsets (..., n)."""

    rows: Array
    offset: Array


class Turn(NamedTuple):
    """A turn of the hue in HSV, by a share of the circle; what is added to saturation and value there, which end at 0 and 1.

    Greys have no hue, and stay greys.
    """

    turns: Array
    saturation: Array = 0.0
    value: Array = 0.0

    @property
    def pure(self) -> bool:
        """Whether it only turns: saturation and value are numbers, not drawn, that add nothing."""
        return all(isinstance(part, float) and part == 0 for part in self[1:])


class Scale(NamedTuple):
    """``gain·x + offset``, one for all channels or one for each, without clipping: it leaves [0, 1]."""

    gain: tuple[float, ...] = (1.0,)
    offset: tuple[float, ...] = (0.0,)

    def of(self, colour: Sequence[float]) -> tuple[float, ...]:
        """A colour, one number or one for each channel, after it."""
        return _scaled(self, tuple(colour))


@lru_cache(maxsize=256)
def _scaled(scale: Scale, colour: tuple[float, ...]) -> tuple[float, ...]:
    return tuple((np.array(colour) * scale.gain + scale.offset).tolist())


Form = Linear | Mixture | Bend | Turn | Scale
"""What a pointwise op is, with its drawn values: all that a kernel set has to know to run it, or to join it with another."""


class Stroke(NamedTuple):
    """One link of a chain of pointwise ops."""

    form: Form
    channels: tuple[int, ...] | None = None
    """The channels that it is limited to."""
    rounds: bool = False
    """Whether the image is first rounded to the 8-bit grid: for thresholds."""


def apart(form: Form, count: int) -> Iterable[Any]:
    """A form of several samples, whose numbers may have an axis of them, as one of each."""
    return map(type(form), *(_each(part, count) for part in form))


def _each(part: Any, count: int) -> Iterable[Any]:
    if isinstance(part, Mapping) and part:
        return [dict(zip(part, own, strict=True)) for own in zip(*part.values(), strict=True)]
    return part if isinstance(part, np.ndarray) else repeat(part, count)


class Taps(NamedTuple):
    """A convolution with reflect101 borders: separable (rows (..., t) and columns (..., t)) or one (..., t, t) kernel."""

    y: Array | None = None
    x: Array | None = None
    kernel: Array | None = None

    @property
    def single(self) -> bool:
        """Whether only the middle tap of each part weighs anything; on the host."""
        parts = [np.asarray(part) for part in self if part is not None]
        return all(
            np.isclose(part[tuple(n // 2 for n in part.shape)], part.sum(), atol=1e-6)
            and np.isclose(np.abs(part).sum(), part.sum(), atol=1e-6)
            for part in parts
        )
