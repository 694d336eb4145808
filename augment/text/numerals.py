"""Numbers in digits: where they stand in a text, and others of the same form."""

from __future__ import annotations

import re
from collections.abc import Sequence

from augment.text.document import Span

# neither part of a word or a code, nor of a date or a time, nor a keycap
_NUMBER = re.compile(r"(?<![\w.,:/-])\d++(?:[.,]\d++)*+(?![\w:/]|[.,-]\w|\ufe0f?\u20e3)")
LONGEST = 15
"""Digits that a number may have: what is longer names something."""


def numbers(text: str) -> list[Span]:
    """Return the spans of whole and decimal numbers, with their separators."""
    spans = (found.span() for found in _NUMBER.finditer(text))
    return [(start, stop) for start, stop in spans if sum(map(str.isdigit, text[start : min(stop, start + 32)])) <= LONGEST]


class Numbers(Sequence[str]):
    """All other numbers of the same form: as many digits, the same separators, no leading zero that was not there."""

    def __init__(self, number: str):
        self.number = number
        digits = [c for c in number if c.isdigit()]
        self.ascii = number.isascii() and bool(digits) and len(digits) <= LONGEST
        # the first digit of a number of several is no zero, unless it was one: 0.5 stays below 1
        self.fixed = 1 if self.ascii and digits[0] == "0" and len(digits) > 1 else 0
        self.low = 10 ** (len(digits) - 1) if len(digits) > 1 and not self.fixed else 0
        self.value = int("".join(digits)) if self.ascii else 0
        self.high = 10 ** (len(digits) - self.fixed)

    def __len__(self) -> int:
        return self.high - self.low - 1 if self.ascii else 0

    def __getitem__(self, at):
        if isinstance(at, slice):
            return [self[i] for i in range(*at.indices(len(self)))]
        if not 0 <= at < len(self):
            raise IndexError(at)
        value = self.low + at
        value += value >= self.value
        count = sum(map(str.isdigit, self.number))
        digits = iter(str(value).zfill(count))
        return "".join(next(digits) if c.isdigit() else c for c in self.number)
