"""Edits of a text: what they make of it, and where the spans over it lie afterwards."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import pairwise
from typing import NamedTuple

from augment.text.document import Document, Span


class Edit(NamedTuple):
    """``text`` instead of what stands between two places; an insertion where they are one."""

    start: int
    stop: int
    text: str
    origin: Span | None = None
    """Where the text comes from, if it only moves there: spans over it move along. Without it, it is new."""


edit_of = partial(tuple.__new__, Edit)
"""Makes an edit of a tuple of all four, in half the time."""


class NewForms:
    """Edits that give words of a text other forms. Where they lie is only found out if somebody goes through them."""

    __slots__ = ("document", "forms", "origins", "words")

    def __init__(self, document: Document, words: Sequence[int], forms: Sequence[str], origins: Sequence[int] | None = None):
        self.document = document
        self.words = words
        """Which words, in order, counted from 0."""
        self.forms = forms
        self.origins = origins
        """Which words the forms come from, if they only move there."""

    def __iter__(self) -> Iterator[Edit]:
        spans = self.document.words
        origins = [spans[i] for i in self.origins] if self.origins is not None else [None] * len(self.words)
        for i, form, origin in zip(self.words, self.forms, origins, strict=True):
            start, stop = spans[i]
            yield edit_of((start, stop, form, origin))

    def applied(self) -> str:
        """The text after them."""
        pieces = self.document.pieces.copy()
        for i, form in zip(self.words, self.forms, strict=True):
            pieces[2 * i + 1] = form
        return "".join(pieces)


def apply_edits(text: str, edits: Iterable[Edit]) -> str:
    """Return the text after edits; everything else stays byte for byte. Raises ValueError where two overlap."""
    if isinstance(edits, NewForms):
        return edits.applied()
    edits = edits if isinstance(edits, list) else list(edits)
    parts, at = [], 0
    for start, stop, new, _ in edits:
        if start < at:
            return apply_edits(text, in_order(edits))
        parts.append(text[at:start])
        parts.append(new)
        at = stop
    parts.append(text[at:])
    return "".join(parts)


def in_order(edits: Iterable[Edit]) -> list[Edit]:
    """Return edits in the order of the text; insertions at one place keep theirs. Raises ValueError where two overlap."""
    ordered, end = edits if isinstance(edits, list) else list(edits), 0
    for e in ordered:
        if e[0] < end:
            break
        end = e[1]
    else:
        return ordered
    ordered = sorted(ordered, key=lambda e: (e.start, e.stop))
    for before, after in pairwise(ordered):
        if after.start < before.stop:
            raise ValueError(f"edits overlap: {before} and {after}")
    return ordered


class Shift:
    """Where spans of the old text lie in the new one."""

    def __init__(self, edits: Sequence[Edit]):
        self.edits = edits
        self.starts = [e.start for e in edits]
        self.stops = [e.stop for e in edits]
        self.offsets = [0]  # of what stands before the i-th edit
        for e in edits:
            self.offsets.append(self.offsets[-1] + len(e.text) - (e.stop - e.start))

    def __call__(self, span: Span) -> Span | None:
        """Return the new place of a span; None where nothing of it is left, or it no longer lies in one piece.

        A replacement inside a span belongs to it, and so does one that covers it exactly. Text that moves keeps its span. What an
        edit takes across the edge of a span is lost to it; insertions at its edges stay outside.
        """
        start, stop = span
        moved = [i for i, e in enumerate(self.edits) if e.origin and e.origin[0] < stop and start < e.origin[1]]
        if moved:
            return self._moved(span, moved)
        low, high = self._edge(start, behind=True), self._edge(stop, behind=False)
        return (low, high) if low < high else None

    def _edge(self, at: int, behind: bool) -> int:
        """The new place of one edge; ``behind``: of what an edit puts there, or across it, the end."""
        i = bisect_right(self.stops, at)
        while not behind and i and self.starts[i - 1] == at:  # insertions at the end of a span
            i -= 1
        if i < len(self.edits) and self.starts[i] < at < self.stops[i]:
            return self.stops[i] + self.offsets[i + 1] if behind else self.starts[i] + self.offsets[i]
        return at + self.offsets[i]

    def _moved(self, span: Span, moved: list[int]) -> Span | None:
        """Of a span over text that moves: the one piece that it is afterwards."""
        start, stop = span
        pieces: list[Span] = []
        for i, e in enumerate(self.edits):
            at = e.start + self.offsets[i]
            if i in moved and e.origin:
                a, b = max(e.origin[0], start) - e.origin[0], min(e.origin[1], stop) - e.origin[0]
                pieces.append((at + a, at + b))
            elif e.origin is None and start < e.stop and e.start < stop and e.text:
                pieces.append((at, at + len(e.text)))
        edges = [start, *(x for e in self.edits if e.start < stop and start < e.stop for x in (e.start, e.stop)), stop]
        for a, b in zip(edges[::2], edges[1::2], strict=True):  # what stays between the edits
            if a < b:
                offset = self.offsets[bisect_right(self.stops, a)]
                pieces.append((a + offset, b + offset))
        pieces.sort()
        joined = all(a[1] == b[0] for a, b in pairwise(pieces))
        return (pieces[0][0], pieces[-1][1]) if pieces and joined else None
