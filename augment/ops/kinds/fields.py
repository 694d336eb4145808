"""Types of fields that ops of several kinds have: colours, sizes in pixels, numbers of channels, lengths."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from augment.errors import SampleError, suggest
from augment.ops.kinds.drawn import Array, Size
from augment.values import MOST_AREA, MOST_SIDE, Choice, Quantity, Short, Value, rewritten


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


ANGLE = Quantity("degrees", ge=-3600, le=3600)  # beyond ten turns float32 holds no fraction of a degree that all engines agree on
Label = Annotated[int, Field(ge=-(2**31), lt=2**31)]
"""Of a class, in a mask."""

_Level = Annotated[float, Field(ge=0, le=1)]
_Hex = Annotated[str, Field(pattern="^#[0-9a-fA-F]{6}$")]
Colour = Annotated[
    Short[tuple[float, ...]],
    BeforeValidator(_read_colour, json_schema_input_type=_Level | Annotated[list[_Level], Field(min_length=1)] | _Hex),
]
"""A fraction of full scale for all channels, one for each, or '#rrggbb'; a grey one is one number, for any channels."""


FILLS = ("mean", "random", "noise")
"""What may fill a part of an image instead of a colour: the mean of each channel, a colour that is drawn for the image (uniform
for each channel), a number that is drawn for each value (uniform)."""


def _read_fill(raw: Any) -> Any:
    if isinstance(raw, str) and not raw.startswith("#"):
        if raw not in FILLS:
            raise ValueError(f"must be a colour, or one of {', '.join(FILLS)}, not {raw[:40]!r}{suggest(raw[:40], FILLS)}")
        return raw
    return _read_colour(raw)


Fill = Annotated[
    Short[tuple[float, ...] | Literal["mean", "random", "noise"]],
    BeforeValidator(
        _read_fill,
        json_schema_input_type=_Level | Annotated[list[_Level], Field(min_length=1)] | _Hex | Literal["mean", "random", "noise"],
    ),
]
"""A colour, or one of `FILLS`."""


def _read_size(raw: Any) -> Any:
    pair = raw if isinstance(raw, list | tuple) else (raw, raw)
    if len(pair) != 2 or any(isinstance(n, bool) or not isinstance(n, int) for n in pair):
        meant = rewritten(raw) if isinstance(raw, str) else ""
        raise ValueError(f"must be [height, width] or one whole number for a square, in pixels{meant}")
    if not all(0 < n <= MOST_SIDE for n in pair):
        raise ValueError(f"must be between 1 and {MOST_SIDE} pixels")
    if pair[0] * pair[1] > MOST_AREA:
        raise ValueError(f"is {pair[0] * pair[1]:,} pixels, and an image has at most {MOST_AREA:,}")
    return tuple(pair)


_Side = Annotated[int, Field(ge=1, le=MOST_SIDE)]
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


MOST_BLUR = 1024
"""Pixels: the longest length of a blur, so that a kernel of two sides has a million taps and a row eight thousand."""
LENGTH = Quantity("fractions of the shorter side, or px", ge=0, le=1, pixels=True, most_pixels=MOST_BLUR)


def most_pixels(value: Value, size: Size) -> float:
    """The largest length in pixels that can be drawn, for what needs a static width; raises `SampleError` above `MOST_BLUR`."""
    high = value.support[1]
    if value.unit == "px":
        return high
    if not all(isinstance(side, int) for side in size):
        raise SampleError("a length as a fraction needs a known height and width: resize or crop before it, or give it in px")
    if high * min(size) > MOST_BLUR:
        text = f"{high:g} of an image of {size[0]} x {size[1]} (height x width) are {high * min(size):.0f} pixels"
        raise SampleError(f"{text}, and a blur reaches over {MOST_BLUR} at most; resize before it, or write a shorter length")
    return high * min(size)


def odd_sizes(size: Value) -> tuple[int, ...]:
    """The sizes of a neighbourhood that can be drawn, the smallest first."""
    low, high = map(int, size.support)
    return tuple(sorted({int(n) for n in size.options} if isinstance(size, Choice) else range(low, high + 1, 2)))
