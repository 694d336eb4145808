"""The texts of a sample on their way through a program, and the spans over them, which stay valid.

A text target holds one text, a list of texts, or the messages of a chat. A span is [start, stop], in characters, or [which,
start, stop] over a list; a row of a spans target is one span or a list of them. Rows that boxes carry are the phrases of those
boxes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np

from augment.errors import SampleError
from augment.sample import Target
from augment.sample.tags import Part, write_tags
from augment.text.document import Document, Span
from augment.text.editing import Edit, apply_edits, in_order
from augment.text.shifting import Shift

Place = tuple[int, int, int]  # which text, start, stop


@dataclass
class Row:
    """A row of a spans target: its spans, and whether it was written as one span or as a list."""

    places: list[Place]
    single: bool
    which: bool
    """Whether its spans say which text they are over."""
    had: bool = True
    """Whether it had a span to begin with."""
    parts: dict[str, Part | None] = field(default_factory=dict)
    """By what it carries: which part of an entity it is, where that is the label of a word."""

    @property
    def lost(self) -> bool:
        """Whether nothing is left of its spans."""
        return self.had and not self.places

    def written(self) -> Any:
        spans = [list(p) if self.which else list(p[1:]) for p in self.places]
        return spans[0] if self.single and spans else spans


class Spans(NamedTuple):
    """A spans target and its rows."""

    target: Target
    rows: list[Row]
    carried: dict[str, Any]
    """The entries with a row for each of its rows."""


@dataclass
class Passage:
    """The texts of one target."""

    name: str
    target: Target
    documents: list[Document]
    form: Callable[[list[str]], Any]
    """Makes what the sample held: one text, a list or a tuple."""
    spans: dict[str, Spans] = field(default_factory=dict)
    """By target."""
    changes: list[dict[str, Any]] = field(default_factory=list)
    joined: bool = False
    """Whether the texts of another sample stand behind its own."""

    def over(self, number: int) -> list[Span]:
        """The spans over one of its texts."""
        places = (place for spans in self.spans.values() for row in spans.rows for place in row.places)
        return [(start, stop) for which, start, stop in places if which == number]

    def edit(self, number: int, edits: Iterable[Edit], reason: Mapping[str, Any]) -> None:
        """Change one of its texts; spans move along, and each change is noted with its reason."""
        ordered = in_order(edits)
        if not ordered:
            return
        before = self.documents[number]
        after = self.documents[number] = Document(apply_edits(before.text, ordered))
        for e in ordered:
            place = {"target": self.name, "text": number, "start": e.start, "stop": e.stop}
            self.changes.append({**reason, **place, "before": before.text[e.start : e.stop], "after": e.text})
        if self.spans:
            self._shift(number, Shift(before, ordered, after))

    def _shift(self, number: int, shift: Shift) -> None:
        for spans in self.spans.values():
            for row in spans.rows:
                moved = [(which, shift((a, b)) if which == number else (a, b)) for which, a, b in row.places]
                row.places = [(which, *span) for which, span in moved if span]

    def apart(self, places: Sequence[Place]) -> list[bool]:
        """Whether each of some places, in their order, begins a text, or has a word between it and the one before."""
        found = []
        for i, (which, start, _) in enumerate(places):
            last, _, stop = places[i - 1] if i else (-1, 0, 0)
            found.append(last != which or any(stop <= a and b <= start for a, b in self.documents[which].words))
        return found

    def join(self, other: Passage, between: str = " ") -> None:
        """Append the texts of another sample, one to one; its spans come along."""
        if len(self.documents) != len(other.documents):
            counts = f"{len(self.documents)} texts in one sample and {len(other.documents)} in the other"
            raise SampleError(f"{self.name} has {counts}")
        if self.spans.keys() != other.spans.keys():
            raise SampleError(f"{', '.join(sorted(self.spans.keys() ^ other.spans.keys()))} is in one of the mixed samples only")
        self.joined, offsets = True, []
        for i, (a, b) in enumerate(zip(self.documents, other.documents, strict=True)):
            gap = between if a.text and b.text else ""
            offsets.append(len(a.text) + len(gap))
            self.documents[i] = Document(a.text + gap + b.text)
        for name, theirs in other.spans.items():
            mine = self.spans[name]
            if missing := mine.carried.keys() ^ theirs.carried.keys():
                raise SampleError(f"{', '.join(sorted(missing))} is carried by the spans of one sample only")
            for row in theirs.rows:
                row.places = [(w, a + offsets[w], b + offsets[w]) for w, a, b in row.places]
            carried = {c: _joined(rows, theirs.carried[c]) for c, rows in mine.carried.items()}
            # a new list: boxes carry the old one, and join theirs to it themselves
            self.spans[name] = Spans(mine.target, [*mine.rows, *theirs.rows], carried)

    def texts(self) -> Any:
        """Its texts in the form that the sample held them."""
        return self.form([document.text for document in self.documents])


def leave_passages(
    passages: Mapping[str, Passage], out: Mapping[str, Any], dropped: dict[str, Any] | None = None
) -> dict[str, Any]:
    """Return the entries of texts and of spans; a span that was lost takes what it carries along. ``out`` is the sample so far,
    ``dropped`` is filled with the lost rows."""
    left: dict[str, Any] = {}
    for name, passage in passages.items():
        left[name] = passage.texts()
        for spans, (target, rows, carried) in passage.spans.items():
            if len(out[spans]) and isinstance(out[spans][0], Row):  # carried by boxes, which may have dropped some
                left[spans] = [row.written() for row in out[spans]]
                continue
            alive = [i for i, row in enumerate(rows) if not row.lost]
            tagged = next((row.parts for row in rows), {})
            moved = bool(tagged) and (passage.joined or bool(passage.changes))
            if moved:  # labels of words are read in the order of the words
                alive.sort(key=lambda i: rows[i].places[0])
            left[spans] = _like(spans, out[spans], [rows[i].written() for i in alive])
            left |= {c: _taken(entries, alive) for c, entries in carried.items()}
            if moved:
                apart = passage.apart([rows[i].places[0] for i in alive])
                for c in tagged:
                    tags = write_tags([rows[i].parts[c] for i in alive], apart)
                    left[c] = _retagged(left[c], tags, dict(target.tags).get(c, ()))
            if dropped is not None and len(alive) < len(rows):
                dropped[spans] = [{"row": i, "reason": "edited away"} for i, row in enumerate(rows) if row.lost]
    return left


def _like(name: str, raw: Any, rows: list[Any]) -> Any:
    """Rows as what the sample held: a list, a tuple, an array of NumPy, or a tensor of torch."""
    if isinstance(raw, list | tuple):
        return type(raw)(rows)
    try:
        if hasattr(raw, "new_tensor"):
            return raw.new_tensor(rows).reshape(len(rows), *raw.shape[1:])
        made = np.asarray(rows, getattr(raw, "dtype", None))
        return made.reshape(len(rows), *np.shape(raw)[1:])
    except (TypeError, ValueError):
        raise SampleError(f"{name}: its rows are not of one length any more, as those of an array are: give lists") from None


def _retagged(rows: Any, tags: Sequence[str], names: Sequence[str]) -> Any:
    """Labels of words as what the sample held, under their numbers where they have names."""
    written = [names.index(tag) for tag in tags] if names else list(tags)
    if isinstance(rows, list | tuple):
        return type(rows)(written)
    for i, tag in enumerate(written):  # a copy, as all that is taken
        rows[i] = tag
    return rows


def _taken(rows: Any, which: Sequence[int]) -> Any:
    """Some of the rows of a list, a tuple, an array or a tensor."""
    return type(rows)(rows[i] for i in which) if isinstance(rows, list | tuple) else rows[np.asarray(which, int)]


def _joined(rows: Any, others: Any) -> Any:
    return type(rows)([*rows, *others]) if isinstance(rows, list | tuple) else np.concatenate([rows, others])
