"""Ops that change the values of pixels and leave them where they are."""

from __future__ import annotations

from typing import Any, ClassVar, NamedTuple

import numpy as np
from pydantic import Field

from augment.ops.kinds.drawn import UNIT, WORD, Array, Draw, Drawn, Size, Values
from augment.ops.kinds.fields import FILLS, Channels, Fill
from augment.ops.kinds.forms import Bend, Form, Linear, Mixture, Scale, Statistic, Stroke, Taps, Turn
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
    heavy: ClassVar[bool] = False
    """Whether it costs more than to run samples one by one: a batch is then spared those to which it is not done."""

    def aim(self, v: Values, size: Size, sight: Sight, xp: Any) -> Array:
        """(H, W): which pixels it hides, of an op that ``reads``; `change` and `change_mask` find it in ``v["hidden"]``."""
        raise NotImplementedError

    def stroke(self, v: Values, xp: Any) -> Stroke:
        """Return what it is as a link of a chain; of ops whose primitive is 'pointwise'."""
        raise NotImplementedError

    def change(self, image: Array, v: Values, context: Context, kernels: Any) -> Array:
        """Return the changed image (or the channels of it that the op is limited to), in the form of the kernel set."""
        raise NotImplementedError

    def change_mask(self, mask: Array, v: Values, context: Context, kernels: Any) -> Array:
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
        return Linear(*self.linear(v, xp)[:4], self.statistic)  # in a third of the time of a _replace

    def changes_hue(self, v):
        return self.rgb and bool(np.max(self.linear(v, np).gray) > FADED)

    def neutral(self, v, size):
        return all(np.allclose(x, y) for x, y in zip(self.linear(v, np)[:4], Linear()[:4], strict=True))


class ChannelMixture(Photometric):
    """A `Mixture` of channels: a matrix, and an offset for each."""

    form: ClassVar[type] = Mixture

    def mixture(self, v: Values, xp: Any) -> Mixture:
        raise NotImplementedError

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
    takes_grey: ClassVar[bool] = False

    @property
    def rgb(self):
        return True

    def turns(self, v: Values, xp: Any) -> Array:
        raise NotImplementedError

    def formed(self, v, xp):
        return Turn(self.turns(v, xp))

    def changes_hue(self, v):
        return True

    def neutral(self, v, size):
        turn = self.formed(v, np)
        return all(abs(part) < 1e-9 for part in ((turn.turns + 0.5) % 1 - 0.5, *turn[1:]))


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


class Cover(Painting):
    """Fills parts of the image: with a colour, the mean of each channel, a colour drawn for the image, or noise."""

    fill: Fill = Field(default=(0.0,), description=f"colour of what is filled, or {', '.join(FILLS)}")
    fill_mask: int | None = Field(default=None, description="label that masks get there; they stay as they are without it")

    primitive: ClassVar[str] = "fill"
    uses: ClassVar[frozenset[str]] = frozenset({"noise"})
    moves: ClassVar[frozenset[str]] = frozenset({"mask"})
    ranged: ClassVar[bool] = False
    covers: ClassVar[bool] = True

    @classmethod
    def primitives(cls):
        return cls.uses | super().primitives()

    @property
    def fill_colour(self):
        return None if isinstance(self.fill, str) else self.fill

    @property
    def fill_label(self):
        return self.fill_mask

    @property
    def noisy(self):
        return self.fill == "noise"

    def draws(self):
        return (*super().draws(), *self.fill_draws())

    def fill_draws(self) -> tuple[Draw, ...]:
        """What it draws to fill with."""
        if self.fill == "noise":
            return tuple(Draw(word, WORD) for word in KEY)
        return (Draw("colour", UNIT, DRAWN_CHANNELS),) if self.fill == "random" else ()

    def covered(self, v: Values, size: Size, xp: Any) -> Array:
        """(..., H, W): whether a pixel is filled."""
        raise NotImplementedError

    def change(self, image, v, context, kernels):
        return kernels.fill(image, self.covered(v, context.size, context.xp), self.filling(image, v, context, kernels))

    def change_mask(self, mask, v, context, kernels):
        if self.fill_mask is None:
            return mask
        return kernels.fill_mask(mask, self.covered(v, context.size, context.xp), self.fill_mask)

    def filling(self, image: Array, v: Values, context: Context, kernels: Any) -> Any:
        """The colour, one number or one for each channel, or an image of what there is to be seen, in the form of the set."""
        if not isinstance(self.fill, str):
            return np.array(context.scale.of(self.fill))
        xp, floats = kernels.xp, kernels.unpack(image)
        if self.fill == "mean":
            return kernels.pack(xp.mean(xp.mean(floats, axis=-2, keepdims=True), axis=-3, keepdims=True) + 0 * floats)
        if self.fill == "noise":
            fractions = Fields(kernels, image, v).field(UNIT)
        else:
            colour = kernels.spread(v["colour"], floats)
            planes = [(0 * floats[..., c, None] + colour[..., c % DRAWN_CHANNELS])[..., 0] for c in range(floats.shape[-1])]
            fractions = xp.stack(planes, axis=-1)
        planes = [
            fractions[..., c] * gain + offset
            for c, (gain, offset) in enumerate(zip(*(_each(n, floats.shape[-1]) for n in context.scale), strict=True))
        ]
        return kernels.pack(xp.stack(planes, axis=-1))


def _each(numbers: tuple[float, ...], count: int) -> tuple[float, ...]:
    return numbers * count if len(numbers) == 1 else numbers


class Erase(Cover):
    """Fills rectangles."""

    primitive: ClassVar[str] = "erase"
    uses: ClassVar[frozenset[str]] = frozenset({"noise", "fill"})

    def rectangles(self, v: Values, size: Size, xp: Any) -> Array:
        """(..., n, 4): y0, x0, y1, x1 in whole pixels, ends excluded; an empty one erases nothing."""
        raise NotImplementedError

    def filled(self, v, size):
        return np.asarray(self.rectangles(v, size, np), float).reshape(-1, 4)

    def covered(self, v, size, xp):
        edges = self.rectangles(v, size, xp) * 1.0
        sides = []
        for axis, extent in enumerate(size):
            at = xp.multiply(xp.arange(extent), 1.0)
            inside = xp.logical_and(at >= edges[..., axis, None], at < edges[..., axis + 2, None])
            sides.append(xp.where(inside, 1.0, 0.0))
        return xp.swapaxes(sides[0], -1, -2) @ sides[1] > 0.5

    def change(self, image, v, context, kernels):
        if self.fill_colour is None:
            return super().change(image, v, context, kernels)
        colour = self.filling(image, v, context, kernels)
        return kernels.erase(image, self.rectangles(v, context.size, context.xp), colour)

    def change_mask(self, mask, v, context, kernels):
        if self.fill_mask is None:
            return mask
        return kernels.erase_mask(mask, self.rectangles(v, context.size, context.xp), self.fill_mask)


class Tail(Painting):
    """Leaves [0, 1], without clipping, and is applied to every image, at inference too."""

    floats: ClassVar[bool] = True
    normalizes: ClassVar[bool] = True

    @property
    def scale(self) -> Scale:
        """What becomes of fractions of full scale; where each image has its own, of one of usual contrast, for looking."""
        raise NotImplementedError

    @property
    def tail(self):
        return self.scale if self.normalizes else None

    def inference(self):
        return self


class Rescaling(Tail):
    """``gain·x + offset``, one for all channels or one for each, the same for every image."""

    primitive: ClassVar[str] = "pointwise"

    def stroke(self, v, xp):
        return Stroke(self.scale)
