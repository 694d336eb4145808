"""Ops that change the values of pixels and leave them where they are."""

from collections.abc import Iterable
from typing import Any, ClassVar, NamedTuple

import numpy as np
from pydantic import Field

from augment.ops.kinds.drawn import Array, Drawn, Size, Values
from augment.ops.kinds.fields import Channels
from augment.ops.kinds.forms import Scale, Stroke
from augment.ops.kinds.geometric import Sight
from augment.ops.primitives import Unpacked
from augment.values import Normal, Value

KEY = ("key0", "key1")
"""The draws that are the words of a key, under which backends draw noise."""


LEVELS = np.arange(256) / 255


NORMAL = Normal(mean=0.0, std=1.0)


DRAWN_CHANNELS = 4
"""A drawn colour has so many channels, which an image of more has again and again."""


FADED = 0.7
"""So much of the grey image and more, and no colour can be told by its name any more."""


HALF_UP = 0.51
"""Levels are rounded to the 8-bit grid by floor(level + this). Halves are common (the mean of two pixels, or of four), and
float32 decides them one way here and another there; 0.49 is no level that averages of pixels often have."""


GREY = (0.299, 0.587, 0.114)
"""How much red, green and blue count for the grey image."""


class Painting(Drawn):
    """Changes the values of pixels and leaves them where they are.

    Either it is a link of a chain of pointwise ops (`stroke`), which kernel sets fuse, or it says how it is done with a kernel
    set (`change`), for one image and for a batch alike.
    """

    ranged: ClassVar[bool] = True
    values_suffice: ClassVar[bool] = False
    """Whether it asks its value fields for no more than the numbers that are drawn of them (and no largest one, say), so that
    a batch can do several that exclude each other at once."""

    @property
    def heavy(self) -> bool:
        """Whether it reads or draws more than one number for each it writes: a batch is then spared those samples to which it is
        not done. What is done to values one by one costs less than to pick the samples."""
        return bool(self.primitives() - {"pointwise"})

    def aim(self, v: Values, size: Size, sight: Sight, xp: Any) -> Array:
        """(H, W): which pixels it hides, of an op that ``reads``; `change` and `change_mask` find it in ``v["hidden"]``."""
        raise NotImplementedError

    def stroke(self, v: Values, xp: Any) -> Stroke:
        """Return what it is as a link of a chain; of ops whose primitive is 'pointwise'."""
        raise NotImplementedError

    def strokes(self, v: Values, count: int) -> Iterable[Stroke]:
        """What `stroke` returns for each of several samples, whose values have an axis of them; on the host."""
        return [self.stroke({name: column[i] for name, column in v.items()}, np) for i in range(count)]

    foresees: ClassVar[bool] = False
    """Whether there is something that follows from its draws and the size of the canvas alone."""

    def foreseen(self, v: Values, size: Size) -> Iterable[Values]:
        """What follows from the draws of several samples, which have an axis of them, and their size: for each of them, what
        `change` and `change_mask` find in ``v``, where it was foreseen; on the host."""
        return ()

    def change(self, image: Array, v: Values, context: "Context", kernels: Any) -> Array:
        """Return the changed image (or the channels of it that the op is limited to), in the form of the kernel set."""
        raise NotImplementedError

    def change_mask(self, mask: Array, v: Values, context: "Context", kernels: Any) -> Array:
        """Return the changed mask; of ops that move masks."""
        return mask


class Fields(Unpacked):
    """A kernel set for noise: it draws fields of random numbers beside a raster, under the words of a key."""

    def __init__(self, kernels: Any, raster: Array, v: Values):
        super().__init__(kernels)
        self._raster, self._key = raster, tuple(v[word] for word in KEY)

    def field(self, value: Value, number: int = 0, pixel: bool = False) -> Array:
        """(..., H, W, C): a number of a distribution for each value; or (..., H, W, 1), for each pixel.

        Several ``number``s give fields that are independent; the same one gives rasters of one size the same field of pixels.
        """
        return self.kernels.unpack(self.kernels.noise(self._raster, value, self._key, number, pixel))


class Context(NamedTuple):
    """Where an image stands when an op changes its values."""

    size: Size
    """Height and width: numbers, or arrays where they are drawn per sample."""
    xp: Any
    """The array functions of what is drawn."""
    scale: Scale = Scale()
    """What `normalize` has made of fractions of full scale: colours that are given as such go through it."""


class Valued(Painting):
    """Changes all channels of an image, or those that it is limited to."""

    channels: Channels | None = Field(default=None, description="the channels that it is limited to, counted from 0")

    @property
    def only(self):
        return self.channels

    def levels_of(self, colour: tuple[float, ...]) -> tuple[float, ...]:
        """What the channels that it is limited to have of a colour of the image."""
        return tuple(colour[c] for c in self.channels) if self.channels and len(colour) > 1 else colour
