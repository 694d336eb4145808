"""An op with random numbers, which every other kind is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, NamedTuple

from augment.spec.node import Node, Op
from augment.values import Integers, Uniform, Value

Array = Any
Values = Mapping[str, Array]
Size = tuple[Any, Any]  # height, width; numbers, or arrays where the canvas is drawn per sample
UNIT = Uniform(low=0.0, high=1.0)
"""A bare uniform, always in float32, so that integers derived from it by one product and a floor are the same everywhere."""
WORD = Integers(low=0, high=2**24 - 1)
"""24 random bits, for the generator of a noise field."""


class Draw(NamedTuple):
    """A random number that an op needs."""

    field: str
    value: Value
    count: int = 1  # type: ignore[assignment]  # shadows tuple.count, which nothing uses
    """How many; the value's shape is (..., count) if more than one."""
    exact: bool = False
    """Drawn from the quantile table, so that every engine has the same bits: for what integers are derived from."""


class Drawn(Op):
    """An op with random numbers: by default one for each of its value fields."""

    primitive: ClassVar[str]
    """The primitive that it feeds."""
    moves: ClassVar[frozenset[str]] = frozenset()
    """Kinds of targets, beside images, that it changes."""
    disturbs: ClassVar[frozenset[str]] = frozenset()
    """Kinds of targets that no longer fit the image unless it moves them too."""
    instead: ClassVar[str] = "limit it with on, or leave that target out"
    """What to do about a target that it disturbs and cannot move."""
    displaces: ClassVar[bool] = False
    """Whether it bends straight lines: boxes are then followed along their edges, not by their corners alone."""
    recolours: ClassVar[bool] = False
    """Whether it makes another colour of a colour, which words can tell."""
    scattered: ClassVar[frozenset[str]] = frozenset()
    """Its value fields that are distributions within one image, over its pixels or over grains, and not of a number for it."""
    mixes: ClassVar[bool] = False
    """Whether it joins the sample with others."""
    floats: ClassVar[bool] = False
    """Whether its image comes out as floats."""
    normalizes: ClassVar[bool] = False
    """Whether what follows can no longer take values for fractions of full scale."""

    @property
    def noisy(self) -> bool:
        """Whether backends draw pixels of it themselves, and so agree in their distribution alone."""
        return False

    @property
    def full_scale(self) -> float | None:
        """Of the images that it reads, if it is the op that says so."""
        return None

    @property
    def fill_colour(self) -> tuple[float, ...] | None:
        """What it fills with, if it does: one number for all channels, or one for each."""
        return None

    @property
    def fill_label(self) -> int | None:
        """What it fills masks with, if it does, whatever their target says."""
        return None

    def neutral(self, v: Values, size: Size) -> bool:
        """Whether it changes nothing with these values, of one sample on the host."""
        return False

    @classmethod
    def primitives(cls) -> frozenset[str]:
        """What a kernel set must have to run it."""
        return frozenset({cls.primitive} - {"none", "express"})

    def draws(self) -> tuple[Draw, ...]:
        values = ((name, getattr(self, name)) for name in type(self).model_fields)
        return tuple(Draw(name, value) for name, value in values if isinstance(value, Value))

    def inference(self) -> Node | None:
        """What stands for it at inference: itself, another op of equal output size, or nothing."""
        return None
