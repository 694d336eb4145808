"""Swaps of neighbours: which of them change places, so that their share is the rate."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from augment.ops.kinds import UnitEdit
from augment.text.document import Document, Span
from augment.text.editing import Edit
from augment.text.protect import Guard
from augment.text.stream import Stream


class Swapping(UnitEdit):
    """Swaps neighbouring units; they are chosen two at a time, and no unit twice."""

    def runs(self, document: Document) -> Iterable[Sequence[Span]]:
        """Units that stand in a row: neighbours are those of one run."""
        raise NotImplementedError

    def units(self, document):
        return [unit for run in self.runs(document) for unit in run]

    def choose(self, document, v, guard, stream):
        """Pairs of neighbours, one after the other. The rate is of all that can change places at once; counts are of pairs."""
        row = _row(self.runs(document), document.text, guard)
        lengths = _lengths(row)
        most = sum(length // 2 for length in lengths)
        count = stream.count(most, float(v["rate"]), self.min_count, self.max_count)
        if not count:
            return []
        firsts = _some(row, count, stream) or _of_most(lengths, most, count, stream)
        return [row[i] for first in firsts for i in (first, first + 1)]

    def change(self, document, chosen, stream):
        text = document.text
        edits = []
        for a, b in zip(chosen[::2], chosen[1::2], strict=True):
            edits.append(Edit(a[0], a[1], text[b[0] : b[1]], b))
            edits.append(Edit(b[0], b[1], text[a[0] : a[1]], a))
        return edits


def _row(runs: Iterable[Sequence[Span]], text: str, guard: Guard) -> list[Span | None]:
    """All units, with a gap between those that cannot change places: of different runs, beside what is protected, or equal."""
    row: list[Span | None] = []
    for run in runs:
        before = ""
        for unit in run:
            if guard and not guard.allows(unit):
                row.append(None)
                before = ""
                continue
            now = text[unit[0] : unit[1]]
            if now == before:
                row.append(None)
            row.append(unit)
            before = now
        row.append(None)
    return row


def _lengths(row: Sequence[Span | None]) -> list[int]:
    """How many units stand together, before each gap."""
    gaps = [-1, *(i for i, unit in enumerate(row) if unit is None)]
    return [b - a - 1 for a, b in pairwise(gaps)]


def _some(row: Sequence[Span | None], count: int, stream: Stream) -> list[int]:
    """The first units of ``count`` pairs, one after the other any that is left; none if so many are not to be had in that way."""
    left = [i for i in range(len(row) - 1) if row[i] and row[i + 1]]
    taken: set[int] = set()
    while left and len(taken) < count:
        at = stream.below(len(left))
        first, left[at] = left[at], left[-1]
        left.pop()
        if first - 1 not in taken and first + 1 not in taken:
            taken.add(first)
    return sorted(taken) if len(taken) == count else []


def _of_most(lengths: Sequence[int], most: int, count: int, stream: Stream) -> list[int]:
    """``count`` of as many pairs as there can be; of an odd number of units any at an even place is left over."""
    firsts: list[int] = []
    start = 0
    for length in lengths:
        left_over = 2 * stream.below(length // 2 + 1) if length % 2 else length
        firsts += range(start, start + left_over, 2)
        firsts += range(start + left_over + 1, start + length, 2)
        start += length + 1
    return [firsts[i] for i in stream.sample(most, count)]
