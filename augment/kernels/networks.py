"""Medians of square neighbourhoods as networks of minima and maxima, for every library whose arrays can be sliced.

Each column of a window is sorted once for all windows that hold it; so is each pair of columns, and of those each pair. Lists
are merged by Batcher's odd-even merge (1968), and of two of them the median is taken without merging. What does not lead to
the median is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from itertools import count
from typing import Any, NamedTuple

from augment.kernels.windows import without

Array = Any
Pick = Callable[[Array, Array], Array]


class Turn(NamedTuple):
    """A step of a network: "row", a line of the column; "shift", a value without ``one`` and ``two`` columns at its ends; "low"
    and "high", of two values. Values are told by the numbers of their steps."""

    does: str
    source: int
    one: int
    two: int = 0


@cache
def network(size: int) -> tuple[tuple[int, Turn, tuple[int, ...]], ...]:
    """The steps to the median of size x size values, in order: the number of each, and which values nobody needs after it."""
    turns: dict[Turn, int] = {}
    numbers = count()

    def add(*turn: Any) -> int:
        key = Turn(*turn)
        if key not in turns:
            turns[key] = next(numbers)
        return turns[key]

    def merge(a: Sequence[int], b: Sequence[int]) -> list[int]:
        if not a or not b:
            return [*a, *b]
        if len(a) == len(b) == 1:
            return [add("low", a[0], b[0]), add("high", a[0], b[0])]
        even, odd = merge(a[::2], b[::2]), merge(a[1::2], b[1::2])
        out, paired = even[:1], min(len(even) - 1, len(odd))
        for i in range(paired):
            out += [add("low", odd[i], even[i + 1]), add("high", odd[i], even[i + 1])]
        return [*out, *even[paired + 1 :], *odd[paired:]]

    def ordered(values: Sequence[int]) -> list[int]:
        half = len(values) // 2
        return merge(ordered(values[:half]), ordered(values[half:])) if half else list(values)

    def at(column: Sequence[int], first: int, last: int) -> list[int]:
        return [add("shift", value, first, last) if first or last else value for value in column]

    def window(columns: int, first: int, last: int) -> list[int]:
        """So many columns in order, as values that lack so many at their ends."""
        if columns == 1:
            return at(column, first, last)
        left = 1 << (columns - 1).bit_length() - 1
        if columns == 2 * left:  # once for all
            return at(merge(window(left, 0, left), window(left, left, 0)), first, last)
        return merge(window(left, first, last + columns - left), window(columns - left, first + left, last))

    column = ordered([add("row", 0, i) for i in range(size)])
    left = 1 << size.bit_length() - 1 if size > 1 else 0
    if not left:
        median = column[0]
    else:
        a, b = window(left, 0, size - left), window(size - left, left, 0)
        rank = size * size // 2 + 1
        # the smallest of what is at least as large as so many of both
        ends = []
        for i in range(max(0, rank - len(b)), min(rank, len(a)) + 1):
            ends.append(a[i - 1] if i == rank else b[rank - 1] if i == 0 else add("high", a[i - 1], b[rank - i - 1]))
        while len(ends) > 1:
            ends = [*(add("low", *pair) for pair in zip(ends[::2], ends[1::2], strict=False)), *ends[len(ends) // 2 * 2 :]]
        median = ends[0]
    return _needed({number: turn for turn, number in turns.items()}, median)


def _sources(turn: Turn) -> tuple[int, ...]:
    return () if turn.does == "row" else (turn.source,) if turn.does == "shift" else (turn.source, turn.one)


def _needed(turns: dict[int, Turn], goal: int) -> tuple[tuple[int, Turn, tuple[int, ...]], ...]:
    needed, open_ = {goal}, [goal]
    while open_:
        new = [source for source in _sources(turns[open_.pop()]) if source not in needed]
        needed.update(new)
        open_ += new
    order = sorted(needed)
    last: dict[int, int] = {}
    for number in order:
        last |= dict.fromkeys(_sources(turns[number]), number)
    return tuple((n, turns[n], tuple(source for source in dict.fromkeys(_sources(turns[n])) if last[source] == n)) for n in order)


def median_of(wide: Array, size: int, axes: tuple[int, int], low: Pick, high: Pick) -> Array:
    """The median of the neighbourhood of each pixel, of images that were widened by ``size // 2`` at all sides."""
    y, x = axes
    values: dict[int, Array] = {}
    number = 0
    for number, (does, source, one, two), done in network(size):
        match does:
            case "row":
                values[number] = without(wide, y, one, size - 1 - one)
            case "shift":
                values[number] = without(values[source], x, one, two)
            case _:
                values[number] = (low if does == "low" else high)(values[source], values[one])
        for spent in done:
            del values[spent]
    return values[number]
