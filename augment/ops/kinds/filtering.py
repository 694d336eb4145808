"""Ops on pixels and those around them, and noise."""

from typing import Any, ClassVar

import numpy as np

from augment.ops.kinds.drawn import WORD, Array, Draw, Size, Values
from augment.ops.kinds.forms import Taps
from augment.ops.kinds.painting import KEY, Fields, Valued
from augment.ops.primitives import Unpacked


class Filter(Valued):
    """A convolution."""

    primitive: ClassVar[str] = "convolve"
    overshoots: ClassVar[bool] = False
    """Whether its taps may be negative: what leaves [0, 1] is then clipped."""

    def taps(self, v: Values, size: Size, xp: Any) -> Taps:
        raise NotImplementedError

    def change(self, image, v, context, kernels):
        out = kernels.convolve(image, self.taps(v, context.size, context.xp))
        return kernels.pack(kernels.xp.clip(kernels.unpack(out), 0, 1)) if self.overshoots else out

    def neutral(self, v, size):
        return self.taps(v, size, np).single


class Expression(Valued):
    """Any other change of values, as an expression over the kernel set, for one image and for a batch alike, graphs included.

    The image has the shape (..., H, W, C), with values in [0, 1], and what is drawn broadcasts against it. What comes out is
    clipped to [0, 1]. Nothing but the functions of ``kernels.xp`` that all libraries share
    (`augment.ops.primitives.ARRAY_FUNCTIONS`) and the primitives that the op ``uses`` may be called.
    """

    primitive: ClassVar[str] = "express"
    uses: ClassVar[frozenset[str]] = frozenset()
    """Primitives of the kernel set that it calls, ``kernels.median(image, ...)``; backends without one of them refuse the op."""

    @classmethod
    def primitives(cls):
        return cls.uses

    def express(self, image: Array, v: Values, kernels: Any) -> Array:
        """Return the changed image."""
        raise NotImplementedError

    def change(self, image, v, context, kernels):
        return self._expressed(image, v, Unpacked(kernels))

    def _expressed(self, image: Array, v: Values, unpacked: Unpacked) -> Array:
        kernels = unpacked.kernels
        floats = kernels.unpack(image)
        values = {name: kernels.spread(drawn, floats) for name, drawn in v.items()}
        return kernels.pack(kernels.xp.clip(self.express(floats, values, unpacked), 0, 1))


class Noise(Expression):
    """A change by random numbers of each pixel, or of each value, clipped to [0, 1].

    Backends draw these fields themselves, from two words of the sample's key: they agree in distribution, not in pixels.
    """

    primitive: ClassVar[str] = "noise"
    uses: ClassVar[frozenset[str]] = frozenset({"noise"})

    @property
    def noisy(self):
        return True

    def draws(self):
        own = (draw for draw in super().draws() if draw.field not in self.scattered)  # which are drawn for each pixel
        return (*own, *(Draw(word, WORD) for word in KEY))

    def express(self, image: Array, v: Values, kernels: Fields) -> Array:
        """Return the changed image; ``kernels.field(NORMAL)`` draws."""
        raise NotImplementedError

    def change(self, image, v, context, kernels):
        drawn = {name: number for name, number in v.items() if name not in KEY}
        return self._expressed(image, drawn, Fields(kernels, image, v))
