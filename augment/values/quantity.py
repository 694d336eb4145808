"""The declarations of fields that are drawn: their units and bounds, and how every short form of a value is read and written."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

import numpy as np
from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import core_schema

from augment.values.distributions import (
    DISTRIBUTIONS,
    Beta,
    Choice,
    Constant,
    Integers,
    InverseUniform,
    LogUniform,
    Normal,
    Number,
    OddIntegers,
    Range,
    Uniform,
    Value,
    drawable,
    field_names,
)
from augment.values.notation import LONGEST, NUMBER, per_cent, rewritten

MOST_SIDE, MOST_AREA = 32767, 100_000_000
"""Pixels: the longest side of an image, and so the longest length, and the largest image."""
T = TypeVar("T")

if TYPE_CHECKING:
    Short: TypeAlias = T | Any
else:

    class Short:
        """``Short[T]``: a field that is read as a T, and that constructors take in every short form.

        At run time it is T. Type checkers see ``T | Any``: they accept what is written, whose forms only validators know, and
        still know what is read.
        """

        def __class_getitem__(cls, kind: T) -> T:
            return kind


_TEXT = re.compile(rf"^\s*(?:(?P<centre>{NUMBER})?\s*(?P<pm>±|\+-)\s*)?(?P<number>{NUMBER})\s*(?P<unit>px|°)?\s*$")
LEVELS = "fractions of full scale"


@dataclass(frozen=True)
class Quantity:
    """The declaration of a value field, put in ``Annotated[Short[Value], Quantity(...)]``.

    ``unit`` names it in the docs; ``pixels`` allows '8px' beside fractions, up to ``most_pixels``; ``ge, le, gt`` bound every
    number that can be drawn; ``spread`` is the distribution of a plain two-element range; ``odd`` whole numbers are odd.
    """

    unit: str
    ge: float = -math.inf
    le: float = math.inf
    gt: float = -math.inf
    integer: bool = False
    odd: bool = False
    pixels: bool = False
    most_pixels: float = MOST_SIDE
    spread: type[Range] = Uniform
    hint: str = ""  # what to say when a number is out of bounds

    def read(self, raw: Any) -> Value:
        """Turn any short form into a checked `Value`; raises ValueError with what to write instead."""
        # a ready value goes through its short form too, so that every tree can be written and read back
        value = self._parse(self.write(raw) if isinstance(raw, Value) else raw)
        low, high = value.support
        if value.unit and not self.pixels:
            plain = value.unit == "px" and self.unit.startswith("pixels")
            raise ValueError("is in pixels as it is; leave px out" if plain else f"is in {self.unit}, not in {value.unit}")
        least, most = self.allowed(value.unit)
        if low < least or high > most or low <= self.gt:
            hint = self.hint or self._meant(value, high)
            raise ValueError(f"{value} is out of bounds: must be {self._bounds(value.unit)}{'; ' + hint if hint else ''}")
        if self.integer and any(a != int(a) for a in value.arguments):
            raise ValueError(f"must be whole numbers, not {value}")
        if self.odd and (even := [a for a in value.arguments if a % 2 == 0]):
            raise ValueError(f"must be odd, so that there is a pixel in the middle, not {even[0]:g}")
        return value

    def _meant(self, value: Value, high: Number) -> str:
        """How to write what a number above 1 may stand for."""
        if self.pixels and not value.unit and high > 1:
            return f"pixels are written {high:g}px"
        if self.unit == LEVELS and 1 < high <= 255:
            return f"levels of 255 are divided by it: {high:g} is {high / 255:.3g}"
        return per_cent(high) if self.le == 1 < high <= 100 else ""

    @property
    def bounds(self) -> str:
        """The bounds in words."""
        return self._bounds("")

    def allowed(self, unit: str) -> tuple[float, float]:
        """As a fraction of the image a length has the bounds of its field; in pixels its sign, and a longest length."""
        if not unit:
            return self.ge, self.le
        return (0 if max(self.ge, self.gt) >= 0 else -self.most_pixels), self.most_pixels

    def _bounds(self, unit: str) -> str:
        least, most = self.allowed(unit)
        parts = []
        if self.gt > -math.inf:
            parts.append(f"more than {self.gt:g}{unit}")
        elif least > -math.inf:
            parts.append(f"at least {least:g}{unit}")
        if most < math.inf:
            parts.append(f"at most {most:g}{unit}")
        return " and ".join(parts) or "a number"

    def _parse(self, raw: Any) -> Value:
        match raw:
            case bool() | None:
                raise ValueError(f"must be {self.form}, not {_yaml_word(raw)}")
            case int() | np.integer():
                return Constant(number=drawable(int(raw)))
            case float() | np.floating():
                return Constant(number=drawable(float(raw)))
            case str():
                return self._parse_text(raw)
            case list() | tuple() if len(raw) == 2:
                return self._range(*(self._end(x) for x in raw))
            case [str() | int() | float()]:
                raise ValueError(f"a range has two ends, [low, high], not one number{rewritten(str(raw[0]))}")
            case list() | tuple():
                some = list(raw) if 2 < len(raw) < 9 else "[..]"
                raise ValueError(f"a range has two ends, [low, high], not {len(raw)} numbers; a set is {{choice: {some}}}")
            case dict() if len(raw) == 1:
                return self._distribution(*next(iter(raw.items())))
        raise ValueError(f"must be {self.form}")

    def _parse_text(self, raw: str) -> Value:
        match = _TEXT.match(raw) if len(raw) <= LONGEST else None
        if not match:
            raise ValueError(f"must be {self.form}, not {raw[:LONGEST]!r}{rewritten(raw)}")
        number, unit = _number(match["number"]), "px" if match["unit"] == "px" else ""
        if not match["pm"]:
            return Constant(number=number, unit=unit)
        centre = _number(match["centre"]) if match["centre"] else 0
        if number < 0:
            raise ValueError(f"the number after ± must not be negative, not {number:g}")
        # decimal arithmetic, so that 1±0.2 is [0.8, 1.2] and not [0.8, 1.2000000000000002]
        return self._range((drawable(_round(centre - number)), unit), (drawable(_round(centre + number)), unit))

    def _end(self, raw: Any) -> tuple[Number, str]:
        value = self._parse(raw)
        if not isinstance(value, Constant):
            raise ValueError(f"an end of a range must be a number, not {raw!r}")
        return value.number, value.unit

    def _range(self, low: tuple[Number, str], high: tuple[Number, str]) -> Value:
        if low[1] != high[1] and low[0] and high[0]:
            raise ValueError("both ends of a range must have the same unit")
        if low[0] > high[0]:
            raise ValueError(f"a range goes from low to high: write [{high[0]:g}, {low[0]:g}]")
        unit = low[1] or high[1]
        kind = self.plain
        if kind in (LogUniform, InverseUniform) and low[0] <= 0:
            raise ValueError(f"is drawn {kind.name}, so both ends must be more than 0; {{uniform: [a, b]}} may start at 0")
        return kind(low=low[0], high=high[0], unit=unit)

    def _distribution(self, name: str, arguments: Any) -> Value:
        from augment.errors import suggest

        if name not in DISTRIBUTIONS:
            shown = str(name)[:LONGEST]
            raise ValueError(f"unknown distribution {shown!r}{suggest(shown, DISTRIBUTIONS)}")
        if not isinstance(arguments, list | tuple) or not arguments:
            raise ValueError(f"{name} takes a list of numbers")
        kind = DISTRIBUTIONS[name]
        ends = [self._end(a) for a in arguments]
        numbers, units = [e[0] for e in ends], {e[1] for e in ends if e[0]}
        if len(units) > 1:
            raise ValueError("all numbers must have the same unit")
        unit = units.pop() if units else ""
        if kind is Choice:
            return Choice(options=tuple(numbers), unit=unit)
        if len(numbers) != 2:
            raise ValueError(f"{name} takes two numbers, not {len(numbers)}")
        if self.integer:
            raise ValueError(f"takes whole numbers: a range or {{choice: [..]}}, not {name}")
        first, second = numbers
        if issubclass(kind, Range):
            if first > second:
                raise ValueError(f"a range goes from low to high: write [{second:g}, {first:g}]")
            if kind in (LogUniform, InverseUniform) and first <= 0:
                raise ValueError(f"both ends of {name} must be more than 0")
        if kind is Normal and second < 0:
            raise ValueError("the standard deviation of normal must not be negative")
        if kind is Beta and (first <= 0 or second <= 0):
            raise ValueError("both numbers of beta must be more than 0")
        names = field_names(kind)
        return kind(unit=unit, **dict(zip(names, numbers, strict=True)))

    @property
    def plain(self) -> type[Range]:
        """What a range of two numbers stands for."""
        return (OddIntegers if self.odd else Integers) if self.integer else self.spread

    @property
    def form(self) -> str:
        """What may be written, in words."""
        what = f"{'an odd' if self.odd else 'a'} whole number" if self.integer else "a number"
        return f"{what} or a range in {self.unit}" if self.unit else f"{what} or a range"

    def write(self, value: Value) -> Any:
        """The short form that reads back as this value."""

        if not isinstance(value, Value):  # a field that also takes something else
            return value

        def end(number: Number) -> Any:
            return f"{number!r}px" if value.unit else number

        match value:
            case Constant():
                return end(value.number)
            case Range() if type(value) is self.plain:
                for about, centre in (("", 0), ("1", 1)):  # as people write them, if that is exact
                    # about one only a factor, which stays positive; [-10, 12] is no 1±11
                    if value.high - centre == centre - value.low > 0 and (not centre or value.low >= 0):
                        text = f"{about}±{end(_round(value.high - centre))}"
                        if self._parse_text(text) == value:
                            return text
                return [end(value.low), end(value.high)]
        return {value.name: [end(a) for a in value.arguments]}

    # pydantic's protocol -------------------------------------------------------------------------------------------

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        return core_schema.no_info_plain_validator_function(
            self.read, serialization=core_schema.plain_serializer_function_ser_schema(self.write)
        )

    def __get_pydantic_json_schema__(self, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        number: dict[str, Any] = {"type": "integer" if self.integer else "number"}
        if self.ge > -math.inf:
            number["minimum"] = self.ge
        if self.le < math.inf:
            number["maximum"] = self.le
        if self.gt > -math.inf:
            number["exclusiveMinimum"] = self.gt
        if self.odd:
            number["not"] = {"multipleOf": 2}
        unit = r"\s*(px|°)?\s*$" if self.pixels else r"\s*°?\s*$"
        spread = rf"(({NUMBER})?\s*(±|\+-)\s*)?"
        text = {"type": "string", "pattern": rf"^\s*{spread}{NUMBER}{unit}", "not": {"pattern": r"(±|\+-)\s*-"}}
        one = {"type": "string", "pattern": rf"^\s*{NUMBER}{unit}"}  # an end of a range is none itself
        pair = {"type": "array", "items": {"anyOf": [number, one]}, "minItems": 2, "maxItems": 2}
        some = {"type": "array", "items": {"anyOf": [number, one]}, "minItems": 1}
        shape = {"type": "array", "items": {"anyOf": [{"type": "number"}, one]}, "minItems": 2, "maxItems": 2}
        forms = {"choice": some, "normal": shape, "beta": shape}  # the bounds are not those of what normal and beta draw
        named = {
            "type": "object",
            "properties": {n: forms.get(n, pair) for n in DISTRIBUTIONS},
            "minProperties": 1,
            "maxProperties": 1,
            "additionalProperties": False,
        }
        return {"anyOf": [number, text, pair, named]}


def _number(text: str) -> Number:
    return drawable(int(text) if re.fullmatch(r"[-+]?[0-9]+", text) else float(text))


def _round(x: Number) -> Number:
    return x if isinstance(x, int) else float(f"{x:.12g}")


def _yaml_word(raw: Any) -> str:
    return {True: "true", False: "false", None: "nothing"}[raw]
