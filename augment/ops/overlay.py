"""A colour over coordinates, and what such overlays are made of."""

import math
from typing import Annotated, Any, ClassVar, NamedTuple

from pydantic import Field

from augment.ops.kinds import Colour, Size, Valued, Values, indices
from augment.values import Quantity, Short, Value

Array = Any
RADIANS = math.pi / 180
SIDE = Quantity("fractions of the shorter side, or px", ge=0, le=1, pixels=True)
Length = Annotated[Short[Value], SIDE]
Opacity = Annotated[Short[Value], Quantity("share", ge=0, le=1)]
Place = Annotated[Short[Value], Quantity("fractions of the side", ge=0, le=1)]
PLACE = Quantity("").read([0, 1])


class Overlay(Valued):
    """A colour over coordinates: ``image·(1 − alpha) + colour·alpha``."""

    colour: Colour = Field(default=(1.0,), description="what lies over the image")

    primitive: ClassVar[str] = "blend"

    @property
    def fill_colour(self):
        return self.colour

    def alpha(self, v: Values, size: Size, xp: Any) -> Array:
        """(..., H, W): how much of the colour there is, 0 to 1."""
        raise NotImplementedError

    def change(self, image, v, context, kernels):
        return kernels.blend(image, self.levels_of(self.colour), self.alpha(v, context.size, context.xp))


class Axis(NamedTuple):
    """The pixels along a side of an image."""

    at: Array
    """(extent,): their coordinates, from 0."""
    extent: Any
    """How many, as a real number."""

    def wrapped(self, at: Array, xp: Any) -> Array:
        """Whole numbers, as indices that go around."""
        return indices(at - self.extent * xp.floor((at + 0.5) / self.extent), xp)


def axis(extent: Any, xp: Any) -> Axis:
    """The axis of a side, whose length a graph may know only when it runs."""
    return Axis(xp.multiply(xp.arange(extent), 1.0), float(extent) if isinstance(extent, int) else xp.multiply(extent, 1.0))


def several(drawn: Array, number: Value) -> Array:
    """(..., n) of numbers of which there may be one alone, which has no axis of its own."""
    return drawn[..., None] if int(number.support[1]) <= 1 else drawn


def used(number: Array, drawn: Array, xp: Any) -> Array:
    """(..., n): 1 for the first ``number`` of n that are drawn, 0 for the others."""
    return xp.where(xp.less(xp.arange(drawn.shape[-1]), number[..., None]), 1.0, 0.0)
