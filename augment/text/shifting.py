"""Where the spans over a text lie after edits of it; docs/text.md has the rule."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise, takewhile
from operator import itemgetter

from augment.text.document import Document, Span
from augment.text.editing import Edit

_END = itemgetter(1)


class Shift:
    """Where spans of a text lie after edits of it.

    A span keeps its letters and digits, and what replaces them. An edge never comes to lie inside of a word where it did not
    before, unless two words have become one, and blanks and punctuation that a span did not have at its edges stay outside.
    """

    def __init__(self, before: Document, edits: Sequence[Edit], after: Document):
        self.before, self.edits, self.after = before, edits, after
        self.starts = [e.start for e in edits]
        self.stops = [e.stop for e in edits]
        self.offsets = [0]  # of what stands before the i-th edit
        for e in edits:
            self.offsets.append(self.offsets[-1] + len(e.text) - (e.stop - e.start))
        self.places = [e.start + offset for e, offset in zip(edits, self.offsets, strict=False)]
        """Where the text of each edit begins in the new text."""
        self.moving = {i: e.origin for i, e in enumerate(edits) if e.origin and not self._in_one_word(e)}
        """The edits whose text comes from elsewhere; letters that change places inside of a word are a new form of it."""

    def _in_one_word(self, e: Edit) -> bool:
        word = _word(self.before, e.start)
        ends = (e.start, e.stop, *(e.origin or ()))
        return word is not None and word[0] <= min(ends) and max(ends) <= word[1]

    def __call__(self, span: Span) -> Span | None:
        """Return the new place of a span; None where nothing of it is left, or it no longer lies in one piece.

        A replacement inside a span belongs to it, and so does one that covers it exactly. Where one lies across an edge, the edge
        stays at its character if there are as many as before; else the new form of a word is taken whole, and that of several
        words, of which nobody can say which is which, loses the span. Text that moves keeps its span. Insertions at the edges
        stay outside, but for letters that join its words.
        """
        start, stop = span
        if any(a < stop and start < b for a, b in self.moving.values()):
            found = self._moved(span)
            return self._trimmed(span, found) if found else None
        low, high = self._start(start, stop), self._stop(start, stop)
        if low is None or high is None:
            return None
        first = bisect_right(self.stops, start)
        untouched = first == len(self.edits) or self.starts[first] >= stop
        return (low, high) if untouched else self._trimmed(span, (low, high))

    def _start(self, start: int, stop: int) -> int | None:
        i = bisect_right(self.stops, start)
        if i < len(self.edits) and self.starts[i] < start:
            return self._across(i, start, (start, min(stop, self.stops[i])), True)
        at = first = start + self.offsets[i]
        while i and self.starts[i - 1] == start:  # insertions
            i -= 1
            first = self.places[i]
        word, joined = _word(self.before, start), _word(self.after, at)
        return max(first, joined[0]) if word and word[0] == start and joined and joined[0] < at else at

    def _stop(self, start: int, stop: int) -> int | None:
        i = last = bisect_right(self.stops, stop)
        while i and self.starts[i - 1] == stop:  # insertions
            i -= 1
        if i < len(self.edits) and self.starts[i] < stop:
            return self._across(i, stop, (max(start, self.starts[i]), stop), False)
        at, end = stop + self.offsets[i], stop + self.offsets[last]
        word, joined = _word(self.before, stop - 1), _word(self.after, at)
        return min(end, joined[1]) if word and word[1] == stop and joined and joined[0] < at else at

    def _across(self, i: int, at: int, own: Span, begins: bool) -> int | None:
        """The new place of an edge, where a span ``begins`` or ends, across which an edit lies; ``own`` is the span's part."""
        e, low = self.edits[i], self.places[i]
        high = low + len(e.text)
        new = at + self.offsets[i]
        if len(e.text) == e.stop - e.start and (_cuts(self.before, at) or not _cuts(self.after, new)):
            return new
        replaced, first = _has_word(self.before, own), _word(self.before, e.start)
        if e.text and replaced and first and _has_word(self.before, (first[1], e.stop)):
            return None
        # blanks and punctuation are not what the new form of a word stands for
        taken = replaced or not _has_word(self.before, (e.start, e.stop))
        return low if begins == taken else high

    def _trimmed(self, span: Span, found: Span) -> Span | None:
        """The new place without blanks and punctuation at its edges that were not there before."""
        start, stop = span
        text = self.before.text
        first = next((i for i in range(start, stop) if text[i].isalnum()), None)
        low, high = found
        if first is None:
            return found if low < high else None
        behind = next(i for i in range(stop, first, -1) if text[i - 1].isalnum())
        while low < high and self._strange(low, (start, first)):
            low += 1
        while low < high and self._strange(high - 1, (behind, stop)):
            high -= 1
        return (low, high) if low < high and self._holds(low, high) else None

    def _strange(self, at: int, edge: Span) -> bool:
        """Whether a character of the new text is a blank or punctuation that did not stand at an old edge."""
        if self.after.text[at].isalnum() or _has_word(self.after, (at, at + 1)):  # some letters are no word of their own
            return False
        i = bisect_right(self.places, at) - 1
        old = at - self.offsets[i + 1]
        if i >= 0 and at < self.places[i] + len(self.edits[i].text):
            if i not in self.moving:  # a sign that is all or part of the new form of a word, as [MASK], is kept
                return not _has_word(self.before, (self.starts[i], self.stops[i]))
            old = self.moving[i][0] + at - self.places[i]
        return not edge[0] <= old < edge[1]

    def _holds(self, low: int, high: int) -> bool:
        """Whether there is a letter, a digit, or a new form of one, in a part of the new text."""
        if any(map(str.isalnum, self.after.text[low:high])):
            return True
        i = max(bisect_right(self.places, low) - 1, 0)
        changed = takewhile(lambda k: self.places[k] < high, range(i, len(self.edits)))
        return any(
            self.edits[k].text.strip() and low < self.places[k] + len(self.edits[k].text)
            and _has_word(self.before, (self.starts[k], self.stops[k]))
            for k in changed
        )  # fmt: skip

    def _moved(self, span: Span) -> Span | None:
        """Of a span over text that moves: the one piece that it is afterwards."""
        start, stop = span
        pieces: list[Span] = []
        for i, e in enumerate(self.edits):
            at = e.start + self.offsets[i]
            if i in self.moving:
                first, last = self.moving[i]
                if first < stop and start < last:
                    pieces.append((at + max(first, start) - first, at + min(last, stop) - first))
            elif start < e.stop and e.start < stop and e.text:
                pieces.append((at, at + len(e.text)))
        edges = [start, *(x for e in self.edits if e.start < stop and start < e.stop for x in (e.start, e.stop)), stop]
        for a, b in zip(edges[::2], edges[1::2], strict=True):  # what stays between the edits
            if a < b:
                offset = self.offsets[bisect_right(self.stops, a)]
                pieces.append((a + offset, b + offset))
        pieces.sort()
        joined = all(a[1] == b[0] for a, b in pairwise(pieces))
        return (pieces[0][0], pieces[-1][1]) if pieces and joined else None


def _word(document: Document, at: int) -> Span | None:
    """The word that a character belongs to; if it is none of a word, the next one behind it."""
    i = bisect_right(document.words, at, key=_END)
    return document.words[i] if i < len(document.words) else None


def _has_word(document: Document, span: Span) -> bool:
    """Whether a word, or a part of one, lies in a span."""
    word = _word(document, span[0])
    return word is not None and word[0] < span[1]


def _cuts(document: Document, at: int) -> bool:
    """Whether a place is inside of a word."""
    word = _word(document, at)
    return word is not None and word[0] < at
