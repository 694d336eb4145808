"""Ops on the colour of each pixel by itself: links of a chain that kernel sets fuse."""

from itertools import repeat
from typing import Any, ClassVar

import numpy as np

from augment.ops.kinds.drawn import Array, Values
from augment.ops.kinds.forms import Bend, Form, Linear, Mixture, Statistic, Stroke, Turn, apart
from augment.ops.kinds.painting import FADED, LEVELS, Painting, Valued


class Photometric(Valued):
    """Changes colours, pixel by pixel, and clips to [0, 1]."""

    primitive: ClassVar[str] = "pointwise"
    recolours: ClassVar[bool] = True
    values_suffice: ClassVar[bool] = True
    form: ClassVar[type]
    """The class of its forms."""

    def formed(self, v: Values, xp: Any) -> Form:
        """Return its form with drawn values."""
        raise NotImplementedError

    def stroke(self, v, xp):
        return Stroke(self.formed(v, xp), self.channels, self.rounds)

    def strokes(self, v, count):
        return map(Stroke, apart(self.formed(v, np), count), repeat(self.channels), repeat(self.rounds))


class LinearColour(Photometric):
    """A `Linear` function of a pixel."""

    form: ClassVar[type] = Linear

    @property
    def statistic(self) -> Statistic | None:
        """The mean that it needs of the image at that point."""
        return None

    def linear(self, v: Values, xp: Any) -> Linear:
        raise NotImplementedError

    def formed(self, v, xp):
        linear, statistic = self.linear(v, xp), self.statistic
        return linear if linear.statistic == statistic else Linear(*linear[:4], statistic)  # in a third of the time of a _replace

    def changes_hue(self, v):
        return self.rgb and bool(np.max(self.linear(v, np).gray) > FADED)

    def neutral(self, v, size):
        return all(np.allclose(x, y) for x, y in zip(self.linear(v, np)[:4], Linear()[:4], strict=True))


class ChannelMixture(Photometric):
    """A `Mixture` of channels: a matrix, and an offset for each."""

    form: ClassVar[type] = Mixture

    def mixture(self, v: Values, xp: Any) -> Mixture:
        raise NotImplementedError

    def strokes(self, v, count):
        return Painting.strokes(self, v, count)  # one by one: its rows may be the same for all

    def formed(self, v, xp):
        return self.mixture(v, xp)

    def changes_hue(self, v):
        rows = self.mixture(v, np).rows
        return bool(np.abs(rows - np.eye(len(rows))).max() > 0.5)

    def neutral(self, v, size):
        rows, offset = self.mixture(v, np)
        return bool(np.allclose(rows, np.eye(len(rows))) and np.allclose(offset, 0))


class Curve(Photometric):
    """A function of each channel's value alone."""

    form: ClassVar[type] = Bend

    def curve(self, x: Array, v: Values, xp: Any) -> Array:
        """Map ``x`` in [0, 1]; the drawn values broadcast against it."""
        raise NotImplementedError

    def exponent(self, v: Values) -> Array | None:
        """The exponent, if the curve is a power: for which some kernels have a quick way."""
        return None

    def formed(self, v, xp):
        return Bend(self.curve, v, self.exponent(v))

    def neutral(self, v, size):
        return np.allclose(self.curve(LEVELS, v, np), LEVELS, atol=1e-6)


class HueShift(Photometric):
    """A turn of the hue in HSV."""

    form: ClassVar[type] = Turn
    needs_rgb: ClassVar[bool] = True
    takes_grey: ClassVar[bool] = False

    def turns(self, v: Values, xp: Any) -> Array:
        raise NotImplementedError

    def formed(self, v, xp):
        return Turn(self.turns(v, xp))

    def changes_hue(self, v):
        return True

    def neutral(self, v, size):
        turn = self.formed(v, np)
        return all(abs(part) < 1e-9 for part in ((turn.turns + 0.5) % 1 - 0.5, *turn[1:]))
