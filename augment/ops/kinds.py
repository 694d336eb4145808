"""The kinds of ops: what an op must say about itself so that every backend can run it.

The kind decides which targets move and which primitive the op feeds; passes and kernels ask the kind, never the name.
Parameter mathematics takes ``v`` (the op's drawn values by field, each of shape (...) or (..., count)), the size (height,
width) of the canvas, and ``xp`` (numpy or keras.ops); it works with any number of leading batch dimensions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, Literal, NamedTuple, get_args

from pydantic import BeforeValidator, Field, model_validator

from augment.errors import SampleError
from augment.spec.node import Modality, Node, Op
from augment.text.document import Document, Span
from augment.text.editing import Edit, NewForms, edit_of
from augment.text.protect import Guard, Protect
from augment.text.resources import Resource
from augment.text.stream import Stream
from augment.values import Integers, Quantity, Sensible, Short, Uniform, Value

Array = Any
Values = Mapping[str, Array]
Size = tuple[Any, Any]  # height, width; numbers, or arrays where the canvas is drawn per sample
UNIT = Uniform(low=0.0, high=1.0)
"""A bare uniform, always in float32, so that integers derived from it by one product and a floor are the same everywhere."""
WORD = Integers(low=0, high=2**24 - 1)
"""24 random bits, for the generator of a noise field."""

Canvas = Literal["same", "derived", "fixed", "drawn"]
"""Of the output: the input's own, a function of it, fixed by the spec, or drawn per sample."""
Border = Literal["constant", "reflect", "reflect101", "replicate", "wrap"]


class Draw(NamedTuple):
    """A random number that an op needs."""

    field: str
    value: Value
    count: int = 1  # type: ignore[assignment]  # shadows tuple.count, which nothing uses
    """How many; the value's shape is (..., count) if more than one."""
    exact: bool = False
    """Drawn from the quantile table, so that every engine has the same bits: for what integers are derived from."""


class Move(NamedTuple):
    """What a geometric op does with one canvas."""

    inverse: Array
    """(..., 3, 3): output to input, in pixels relative to the centres of the two canvases."""
    size: Size
    """Of the output canvas."""
    sides: Any = True
    """Whether the input canvas fades out at its left, top, right and bottom side (one for all, or four): no for moves of whole
    pixels, yes for what interpolates or looks beyond the edge."""
    field: Array | None = None
    """(..., h, w, 2): displacement (x, y) in pixels, added to the output's coordinates before ``inverse``."""


class Window(NamedTuple):
    """A window of whole pixels."""

    y: Any
    x: Any
    height: Any
    width: Any


GREY = (0.299, 0.587, 0.114)
"""How much red, green and blue count for the grey image."""


class Linear(NamedTuple):
    """``clip(gain·x + gray·grey(x) + offset + mean·statistic(x))``, the statistic being a mean of the image."""

    gain: Array = 1.0
    gray: Array = 0.0
    offset: Array = 0.0
    mean: Array = 0.0


class Taps(NamedTuple):
    """A convolution with reflect101 borders: separable (rows (..., t) and columns (..., t)) or one (..., t, t) kernel."""

    y: Array | None = None
    x: Array | None = None
    kernel: Array | None = None


# Colours and sizes ---------------------------------------------------------------------------------------------------


def _read_colour(raw: Any) -> Any:
    if raw is None:
        raise ValueError("is empty; an unquoted #rrggbb is a comment in YAML: write '#rrggbb' in quotes")
    if isinstance(raw, str):
        digits = raw.removeprefix("#")
        if len(digits) != 6 or not raw.startswith("#") or any(d not in "0123456789abcdefABCDEF" for d in digits):
            raise ValueError(f"must be a fraction of full scale, a list of them, or '#rrggbb', not {raw!r}")
        colour = tuple(int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4))
        return colour[:1] if len(set(colour)) == 1 else colour
    numbers = raw if isinstance(raw, list | tuple) else (raw,)
    if not numbers or any(isinstance(n, bool) or not isinstance(n, int | float) for n in numbers):
        raise ValueError("must be a fraction of full scale, a list of them, or '#rrggbb'")
    for n in numbers:
        if not 0 <= n <= 1:
            offer = f"; for {n:g} of 255 write {n / 255:.3f}" if 1 < n <= 255 else ""
            raise ValueError(f"is a fraction of full scale, 0 to 1, not {n:g}{offer}")
    return tuple(map(float, numbers))


_Level = Annotated[float, Field(ge=0, le=1)]
_Hex = Annotated[str, Field(pattern="^#[0-9a-fA-F]{6}$")]
Colour = Annotated[
    Short[tuple[float, ...]],
    BeforeValidator(_read_colour, json_schema_input_type=_Level | Annotated[list[_Level], Field(min_length=1)] | _Hex),
]
"""A fraction of full scale for all channels, one for each, or '#rrggbb'; a grey one is one number, for any channels."""


def _read_size(raw: Any) -> Any:
    pair = raw if isinstance(raw, list | tuple) else (raw, raw)
    if len(pair) != 2 or any(isinstance(n, bool) or not isinstance(n, int) for n in pair):
        raise ValueError("must be [height, width] or one whole number for a square, in pixels")
    if not all(0 < n <= 32767 for n in pair):
        raise ValueError("must be between 1 and 32767 pixels")
    return tuple(pair)


_Side = Annotated[int, Field(ge=1, le=32767)]
Pixels = Annotated[Short[tuple[int, int]], BeforeValidator(_read_size, json_schema_input_type=_Side | tuple[_Side, _Side])]
"""[height, width], or one number for a square, in pixels."""


def _read_channels(raw: Any) -> Any:
    numbers = raw if isinstance(raw, list | tuple) else (raw,)
    if not numbers or any(isinstance(n, bool) or not isinstance(n, int) or n < 0 for n in numbers):
        raise ValueError("must be channel numbers, counted from 0, such as [0, 1, 2]")
    if len(set(numbers)) < len(numbers):
        raise ValueError(f"names a channel twice: {list(numbers)}")
    return tuple(numbers)


_Channel = Annotated[int, Field(ge=0)]
Channels = Annotated[
    Short[tuple[int, ...]],
    BeforeValidator(_read_channels, json_schema_input_type=_Channel | Annotated[list[_Channel], Field(min_length=1)]),
]
"""Numbers of channels, counted from 0."""


def pixels(value: Value, drawn: Array, extent: Any) -> Array:
    """Return a drawn length in pixels: fractions are of ``extent``."""
    return drawn if value.unit == "px" else drawn * extent


def shorter(size: Size, xp: Any) -> Any:
    """The shorter side, of which isotropic lengths (sigma, length, alpha) are fractions."""
    height, width = size
    return min(height, width) if isinstance(height, int) and isinstance(width, int) else xp.minimum(height, width)


def most_pixels(value: Value, size: Size) -> float:
    """The largest length in pixels that can be drawn, for what needs a static width."""
    high = value.support[1]
    if value.unit == "px":
        return high
    if not all(isinstance(side, int) for side in size):
        raise SampleError("a length as a fraction needs a known height and width: resize or crop before it, or give it in px")
    return high * min(size)


def matrix(xp: Any, *rows: tuple[Any, Any, Any]) -> Array:
    """Stack nine numbers or arrays of one shape to (..., 3, 3)."""
    if xp.__name__ == "numpy" and xp.ndarray not in map(type, (*rows[0], *rows[1], *rows[2])):
        return xp.array(rows, float)
    zero = sum([e for row in rows for e in row if not isinstance(e, (int, float))]) * 0.0
    if isinstance(zero, float):
        return xp.array(rows, float)
    return xp.stack([xp.stack([zero + e for e in row], axis=-1) for row in rows], axis=-2)


# The kinds -----------------------------------------------------------------------------------------------------------


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

    def draws(self) -> tuple[Draw, ...]:
        values = ((name, getattr(self, name)) for name in type(self).model_fields)
        return tuple(Draw(name, value) for name, value in values if isinstance(value, Value))

    def inference(self) -> Node | None:
        """What stands for it at inference: itself, another op of equal output size, or nothing."""
        return None


RASTERS_AND_POINTS = frozenset({"mask", "boxes", "keypoints"})


class Geometric(Drawn):
    """Moves pixels: by a matrix or a displacement field, from one canvas to another."""

    border: Border = Field(default="constant", description="what lies outside the image")
    fill: Colour = Field(default=(0.0,), description="colour of the constant border")
    interpolation: Literal["bilinear", "nearest"] = Field(default="bilinear", description="of images; masks are always nearest")

    primitive: ClassVar[str] = "resample"
    moves: ClassVar[frozenset[str]] = RASTERS_AND_POINTS
    disturbs: ClassVar[frozenset[str]] = RASTERS_AND_POINTS
    canvas: ClassVar[Canvas] = "same"
    samples: ClassVar[bool] = True
    """Whether it looks at the border or between pixels; one that only moves whole pixels joins a run of any border."""

    projective: ClassVar[bool] = False
    """Whether the last row of its inverse may differ from 0, 0, 1; where none does, a division is spared for each pixel."""
    displaces: ClassVar[bool] = False
    """Whether it bends straight lines: boxes are then followed along their edges, not by their corners alone."""

    def move(self, v: Values, size: Size, xp: Any) -> Move:
        raise NotImplementedError


class Resizing(Geometric):
    """Goes from a window of whole pixels to a size, antialiased in a step of its own (or else as a canvas of the run)."""

    antialias: bool = Field(default=True, description="weigh all pixels that fall under an output pixel")
    interpolation: Literal["bilinear", "bicubic", "nearest"] = Field(  # type: ignore[assignment]  # weights can be bicubic
        default="bilinear", description="of images; masks are always nearest"
    )

    canvas: ClassVar[Canvas] = "fixed"

    @model_validator(mode="after")
    def _bicubic_has_weights(self):
        if self.interpolation == "bicubic" and not self.antialias:
            raise ValueError("bicubic needs antialias: true; a warp is bilinear or nearest")
        return self

    @property
    def separable(self) -> bool:
        """Whether it is a step of its own."""
        return self.antialias and self.interpolation != "nearest"

    def window(self, v: Values, size: Size, xp: Any) -> Window:
        return Window(0, 0, *size)

    def output(self, size: Size, xp: Any) -> Size:
        raise NotImplementedError

    def move(self, v, size, xp):
        height, width = self.output(size, xp)
        window = self.window(v, size, xp)
        sy, sx = window.height / height, window.width / width
        cy = window.y + (window.height - size[0]) * 0.5
        cx = window.x + (window.width - size[1]) * 0.5
        # the canvas is enlarged as a whole and the window cut out of it: beyond the window lies the image, not a border
        return Move(matrix(xp, (sx, 0, cx), (0, sy, cy), (0, 0, 1)), (height, width), sides=False)


class Valued(Drawn):
    """Changes the values of pixels and leaves them where they are."""

    channels: Channels | None = Field(default=None, description="the channels that it is limited to, counted from 0")


class Photometric(Valued):
    """Changes colours, pixel by pixel, and clips to [0, 1]."""

    primitive: ClassVar[str] = "pointwise"
    rounds: ClassVar[bool] = False
    """The image is first rounded to the 8-bit grid: for thresholds."""

    @property
    def rgb(self) -> bool:
        """Whether it needs red, green and blue."""
        return False


class LinearColour(Photometric):
    """A `Linear` function of a pixel."""

    @property
    def statistic(self) -> Literal["gray_mean", "channel_mean"] | None:
        """The mean that it needs of the image at that point."""
        return None

    def linear(self, v: Values, xp: Any) -> Linear:
        raise NotImplementedError


class Curve(Photometric):
    """A function of each channel's value alone."""

    def curve(self, x: Array, v: Values, xp: Any) -> Array:
        """Map ``x`` in [0, 1]; the drawn values broadcast against it."""
        raise NotImplementedError

    def exponent(self, v: Values) -> Array | None:
        """The exponent, if the curve is a power: for which some kernels have a quick way."""
        return None


class HueShift(Photometric):
    """A turn of the hue in HSV."""

    @property
    def rgb(self):
        return True

    def turns(self, v: Values, xp: Any) -> Array:
        raise NotImplementedError


class Filter(Valued):
    """A convolution."""

    primitive: ClassVar[str] = "convolve"

    def taps(self, v: Values, size: Size, xp: Any) -> Taps:
        raise NotImplementedError


class Noise(Valued):
    """Adds normal noise, drawn per value by the backend from two words of the sample's key, and clips to [0, 1]."""

    primitive: ClassVar[str] = "noise"

    def draws(self):
        return (*super().draws(), *(Draw(word, WORD) for word in ("key0", "key1")))

    def deviation(self, v: Values, xp: Any) -> Array:
        """Standard deviation as a fraction of full scale."""
        raise NotImplementedError


class Erase(Drawn):
    """Fills rectangles with a colour."""

    fill: Colour = Field(default=(0.0,), description="colour of the rectangles")
    fill_mask: int | None = Field(default=None, description="label that masks get there; they stay as they are without it")

    primitive: ClassVar[str] = "erase"
    moves: ClassVar[frozenset[str]] = frozenset({"mask"})

    def rectangles(self, v: Values, size: Size, xp: Any) -> Array:
        """(..., n, 4): y0, x0, y1, x1 in whole pixels, ends excluded; an empty one erases nothing."""
        raise NotImplementedError


class Mix(Drawn):
    """Joins a sample with another."""

    primitive: ClassVar[str] = "mix"
    moves: ClassVar[frozenset[str]] = frozenset({"mask", "boxes", "labels"})
    disturbs: ClassVar[frozenset[str]] = RASTERS_AND_POINTS | {"labels", "text", "caption"}
    instead: ClassVar[str] = "limit it with on, or leave that target out; texts are joined by mixgen"

    def blend(self, v: Values, size: Size, xp: Any) -> tuple[Array, Array | None]:
        """Return the weight of the first sample (...), and the rectangle (..., 4) that comes from the other, or None: all of it
        is blended."""
        raise NotImplementedError


class Tail(Drawn):
    """Leaves [0, 1]: ``gain·x + offset`` for each channel, without clipping."""

    primitive: ClassVar[str] = "pointwise"

    def affine(self) -> tuple[tuple[float, ...], tuple[float, ...]]:
        """Gain and offset, one for all channels or one for each."""
        raise NotImplementedError

    def inference(self):
        return self


class Text(Drawn):
    """Edits spans of a text; what it does not edit stays byte for byte."""

    protect: Protect = Field(
        default=(),
        description="never edited, beside urls and placeholders (unless only is listed): groups (negations, entities, numbers, "
        "hashtags, spans), words, {regex}",
    )

    primitive: ClassVar[str] = "edit"
    modality: ClassVar[Modality] = "text"
    moves: ClassVar[frozenset[str]] = frozenset({"text", "caption", "spans"})

    def needs(self) -> tuple[Resource, ...]:
        """The word lists, taggers and models without which it cannot run."""
        return ()

    def draws(self):
        return (*super().draws(), *(Draw(word, WORD) for word in ("key0", "key1")))

    def edits(self, document: Document, v: Values, guard: Guard, stream: Stream) -> Iterable[Edit]:
        """What it does to one text: edits that do not overlap, none of which touches what is guarded."""
        raise NotImplementedError


class UnitEdit(Text):
    """Edits a share of the units of a text: of its words, its characters, its sentences."""

    rate: Annotated[
        Short[Value], Quantity("share of the units that can be edited", ge=0, le=1),
        Sensible(high=0.5, why="most of the text is another, and its label may be too"),
    ] = Field(
        kw_only=False, description="share of the units that are edited, of those that can be"
    )
    min_count: int = Field(default=0, ge=0, description="at least so many units, if there are so many")
    max_count: int | None = Field(default=None, ge=0, description="at most so many units")

    def units(self, document: Document) -> Sequence[Any]:
        """The units that it can edit, in order: those for which it would find another form."""
        return document.words

    def span(self, document: Document, unit: Any) -> Span:
        """Where a unit lies; units are spans themselves, unless an op says otherwise."""
        return unit

    def reach(self, document: Document, unit: Any) -> Span:
        """What an edit of a unit may change beside it: all of that must be free of what is protected."""
        return self.span(document, unit)

    def free(self, document: Document, guard: Guard) -> Sequence[Any]:
        """The units that may be edited."""
        units = self.units(document)
        return [unit for unit in units if guard.allows(self.reach(document, unit))] if guard else units

    def choose(self, document: Document, v: Values, guard: Guard, stream: Stream) -> Sequence[Any]:
        """The units that are edited this time: ``rate`` of those that can be, on average exactly."""
        units = self.free(document, guard)
        count = stream.count(len(units), float(v["rate"]), self.min_count, self.max_count)
        if count == len(units):
            return units
        return [units[i] for i in stream.sample(len(units), count)] if count else []

    def change(self, document: Document, chosen: Sequence[Any], stream: Stream) -> Iterable[Edit]:
        """The edits of the chosen units."""
        raise NotImplementedError

    def edits(self, document, v, guard, stream):
        if v["rate"] == 0 and not self.min_count:
            return []
        return self.change(document, self.choose(document, v, guard, stream), stream)

    @model_validator(mode="after")
    def _counts_have_an_order(self):
        if self.max_count is not None and self.max_count < self.min_count:
            raise ValueError(f"max_count is {self.max_count}, less than min_count, {self.min_count}")
        return self


class Replacing(UnitEdit):
    """Replaces each chosen word by one of its candidates; its units are the words' numbers."""

    def candidates(self, unit: str) -> Sequence[str]:
        """What may stand for a unit, equally likely, in an order that never changes, and never the unit itself."""
        raise NotImplementedError

    @property
    def lookup(self) -> Callable[[str], Sequence[str]]:
        """What finds the candidates of a unit that has some: a table's own look-up is quicker."""
        return self.candidates

    def units(self, document):
        candidates = self.candidates
        return [i for i, word in enumerate(document.written) if candidates(word)]

    def span(self, document, unit):
        return document.words[unit]

    def change(self, document, chosen, stream):
        words, candidates, forms = document.pieces, self.lookup, []
        for i, uniform in zip(chosen, stream.uniforms(len(chosen)), strict=True):
            options = candidates(words[2 * i + 1])
            forms.append(options[int(uniform * len(options))])
        return NewForms(document, chosen, forms)


class ReplacingSpans(Replacing):
    """Replaces other units than words, or stretches of them."""

    def spans(self, document: Document) -> Sequence[Span]:
        """Of all the units that it looks at, those without candidates included."""
        return document.words

    def units(self, document):
        text, candidates = document.text, self.candidates
        return [span for span in self.spans(document) if candidates(text[span[0] : span[1]])]

    def span(self, document, unit):
        return unit

    def change(self, document, chosen, stream):
        text, candidates, edits = document.text, self.lookup, []
        for (start, stop), uniform in zip(chosen, stream.uniforms(len(chosen)), strict=True):
            options = candidates(text[start:stop])
            edits.append(edit_of((start, stop, options[int(uniform * len(options))], None)))
        return edits


class Inserting(ReplacingSpans):
    """Inserts one of the candidates before each chosen unit, which stays."""

    def change(self, document, chosen, stream):
        text, candidates, choice = document.text, self.lookup, stream.choice
        return [Edit(start, start, choice(candidates(text[start:stop]))) for start, stop in chosen]


class Policy(Op):
    """Stands for several ops: the program sees what `expand` says, never the policy itself."""

    def draws(self) -> tuple[Draw, ...]:
        return ()

    def expand(self) -> tuple[Expansion, ...]:
        raise NotImplementedError

    def inference(self) -> Node | None:
        return None


@dataclass(frozen=True)
class Expansion:
    """One op of a policy, in order: its part of the address, and when it is applied (by the drawn integer ``draw``)."""

    part: str
    op: Op
    draw: str | None = None
    when: tuple[bool, ...] = ()


BORDERS = get_args(Border)
