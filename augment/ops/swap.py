"""Swaps of neighbours: which of them change places, so that their share is the rate."""

from collections.abc import Iterable, Sequence
from itertools import chain, islice
from operator import eq
from typing import Any

from augment.ops.kinds import UnitEdit
from augment.text.document import Document
from augment.text.editing import Edit, edit_of
from augment.text.protect import Guard
from augment.text.stream import Stream

_TRIES = 16


class Swapping(UnitEdit):
    """Swaps neighbouring units; they are chosen two at a time, and no unit twice."""

    def runs(self, document: Document) -> Iterable[tuple[Sequence[Any], Sequence[str]]]:
        """Units that stand in a row, and how they are written: neighbours are those of one run."""
        raise NotImplementedError

    def units(self, document):
        return [unit for run, _ in self.runs(document) for unit in run]

    def choose(self, document, v, guard, stream):
        """Pairs of neighbours, one after the other. The rate is of all that can change places at once; counts are of pairs."""
        row, lengths = self._row(document, guard)
        most = sum([length // 2 for length in lengths])
        count = stream.count(most, float(v["rate"]), self.min_count, self.max_count)
        if not count:
            return []
        chosen: list[Any] = []
        for first in _some(lengths, count, stream) or _of_most(lengths, most, count, stream):
            chosen += row[first : first + 2]
        return chosen

    def change(self, document, chosen, stream):
        text = document.text
        edits: list[Edit] = []
        units = iter(chosen)
        for a, b in zip(units, units, strict=True):
            (start, stop), (at, end) = a, b
            edits += edit_of((start, stop, text[at:end], b)), edit_of((at, end, text[start:stop], a))
        return edits

    def _row(self, document: Document, guard: Guard) -> tuple[list[Any], list[int]]:
        """All units, with a gap behind those that stand together and can change places, and how many these are.

        They cannot across what is protected, nor with their like.
        """
        row: list[Any] = []
        lengths = []
        for run, texts in self.runs(document):
            parts = self._parts(document, run, texts, guard) if guard or any(map(eq, texts, texts[1:])) else [run]
            for part in parts:
                row += part
                row.append(None)
                lengths.append(len(part))
        return row, lengths

    def _parts(self, document: Document, run: Sequence[Any], texts: Sequence[str], guard: Guard) -> list[list[Any]]:
        parts: list[list[Any]] = [[]]
        before = ""
        for unit, text in zip(run, texts, strict=True):
            free = not guard or guard.allows(self.span(document, unit))
            if not free or text == before:
                parts.append([])
            if free:
                parts[-1].append(unit)
            before = text if free else ""
        return parts


def _some(lengths: Sequence[int], count: int, stream: Stream) -> list[int]:
    """The first units of ``count`` pairs, one after the other any that is left; none if that does not succeed soon."""
    # of each place of the row, whether a pair can begin there; the last is a gap, so what stands before the first is none
    begins = bytearray()
    for length in lengths:
        begins += b"\1" * (length - 1) + (b"\0\0" if length else b"\0")
    end = len(begins) - 1
    firsts: list[int] = []
    for uniform in chain(stream.uniforms(2 * count), islice(iter(stream.uniform, None), 2 * count + _TRIES)):
        i = int(uniform * end)
        if begins[i]:
            begins[i - 1] = begins[i] = begins[i + 1] = 0
            firsts.append(i)
            if len(firsts) == count:
                return sorted(firsts)
    return []


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
