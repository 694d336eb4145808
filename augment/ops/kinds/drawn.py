"""An op with random numbers, which every other kind is."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Literal, NamedTuple

import numpy as np

from augment.spec.node import Node, Op
from augment.values import Integers, Uniform, Value

if TYPE_CHECKING:
    from augment.ops.kinds.forms import Scale

Array = Any
Values = Mapping[str, Array]
Size = tuple[Any, Any]  # height, width; numbers, or arrays where the canvas is drawn per sample
Canvas = Literal["same", "derived", "fixed", "drawn"]
"""Of the output: the input's own, a function of it, fixed by the spec, or drawn per sample."""
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
    relocates: ClassVar[bool] = False
    """Whether it moves pixels from one canvas to another; others leave them where they are."""
    canvas: ClassVar[Canvas] = "same"
    """What becomes of the canvas."""
    upends: ClassVar[bool] = False
    """Whether a canvas that it draws is that of its input, as it is or on its side: of a square, there is nothing to draw."""
    samples: ClassVar[bool] = False
    """Whether it looks at the border or between pixels; one that only moves whole pixels joins a run of any border."""
    torn: ClassVar[bool] = False
    """Whether its field has jumps between pixels, so that it can be a part of no run."""
    resizes: ClassVar[bool] = False
    """Whether it goes from a window of whole pixels to a size."""
    displaces: ClassVar[bool] = False
    """Whether it bends straight lines: boxes are then followed along their edges, not by their corners alone."""
    reads: ClassVar[frozenset[str]] = frozenset()
    """Kinds of targets, beside images, that decide what it does to a sample."""
    ranged: ClassVar[bool] = False
    """Whether it works on values from 0 to 1, and so cannot stand after `normalize`."""
    rounds: ClassVar[bool] = False
    """The image is first rounded to the 8-bit grid: for thresholds."""
    needs_rgb: ClassVar[bool] = False
    """Whether it needs red, green and blue, whatever its fields are (see `rgb`)."""
    takes_grey: ClassVar[bool] = True
    """Whether a single channel will do where it needs red, green and blue."""
    covers: ClassVar[bool] = False
    """Whether it hides a part of the image: `covered` says which."""
    recolours: ClassVar[bool] = False
    """Whether it makes another colour of a colour, which words can tell."""
    scattered: ClassVar[frozenset[str]] = frozenset()
    """Its value fields that are distributions within one image, over its pixels or over grains, and not of a number for it."""
    partnered: ClassVar[bool] = False
    """Whether it needs other samples beside each."""
    mixes: ClassVar[bool] = False
    """Whether it joins the sample with others, so that rows of all are kept."""
    own: ClassVar[bool] = False
    """Whether what it makes of fractions of full scale is another in each image, so that nothing may follow that fills."""
    relabels: ClassVar[bool] = False
    """Whether it changes labels, which then are rows with a share for each class."""
    floats: ClassVar[bool] = False
    """Whether its image comes out as floats."""
    normalizes: ClassVar[bool] = False
    """Whether what follows can no longer take values for fractions of full scale."""

    @property
    def sources(self) -> int:
        """How many samples it joins, the sample itself counted."""
        return 1

    @property
    def fixed_size(self) -> tuple[int, int] | None:
        """The canvas behind it, height and width, if its fields alone say it."""
        return None

    @property
    def least(self) -> tuple[int, int] | None:
        """The smallest canvas that it takes, if it does not take all."""
        return None

    @property
    def separable(self) -> bool:
        """Whether it moves pixels in a step of its own, which joins no run."""
        return False

    @property
    def rgb(self) -> bool:
        """Whether it needs red, green and blue, with these fields."""
        return self.needs_rgb

    @property
    def only(self) -> tuple[int, ...] | None:
        """The channels that it is limited to."""
        return None

    @property
    def tail(self) -> "Scale | None":
        """What fractions of full scale are from there on, of an op that ``normalizes``."""
        return None

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

    def changes_hue(self, v: Values) -> bool:
        """Whether a thing that is called by its colour may be of another with these values."""
        return False

    def filled(self, v: Values, size: Size) -> Array | None:
        """(n, 4): the rectangles that it fills, of one sample on the host: y0, x0, y1, x1 in whole pixels, ends excluded. They
        may be empty or reach over the canvas. None of an op that fills none."""
        return None

    def canvas_after(self, v: Values, size: Size) -> Size:
        """Height and width of the canvas behind it, of one sample on the host. Raises `SampleError` on one that it does not
        take."""
        return size

    @classmethod
    def primitives(cls) -> frozenset[str]:
        """What a kernel set must have to run it."""
        return frozenset({cls.primitive} - {"none", "express", "label"})

    def draws(self) -> tuple[Draw, ...]:
        values = ((name, getattr(self, name)) for name in type(self).model_fields)
        return tuple(Draw(name, value) for name, value in values if isinstance(value, Value))

    def inference(self) -> Node | None:
        """What stands for it at inference: itself, another op of equal output size, or nothing."""
        return None


def indices(numbers: Array, xp: Any) -> Array:
    """Whole numbers, which are reals, as indices."""
    return numbers.astype(np.intp) if isinstance(numbers, np.ndarray) else xp.cast(numbers, "int32")
