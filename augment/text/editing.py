"""Edits of a text, and what they make of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import pairwise
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
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
        """Which words, counted from 0."""
        self.forms = forms
        self.origins = origins
        """Which words the forms come from, if they only move there."""

    def __iter__(self) -> Iterator[Edit]:
        spans = self.document.words
        origins = [spans[i] for i in self.origins] if self.origins is not None else [None] * len(self.words)
        for i, form, origin in sorted(zip(self.words, self.forms, origins, strict=True), key=itemgetter(0)):
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
