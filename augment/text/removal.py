"""Taking units out of a text together with one of the gaps beside them, so that what is left stands as it did."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from augment.text.document import Document, Span
from augment.text.editing import Edit
from augment.text.protect import FREE, Guard

_BLANKS = " \t\u00a0\u3000"


def with_blanks(text: str, span: Span) -> Span:
    """The span and a blank at either side of it."""
    start, stop = span
    return start - (start > 0 and text[start - 1] in _BLANKS), stop + (stop < len(text) and text[stop] in _BLANKS)


def with_gaps(text: str, span: Span) -> Span:
    """The span and all white space at either side of it."""
    start, stop = span
    while start and text[start - 1].isspace():
        start -= 1
    while stop < len(text) and text[stop].isspace():
        stop += 1
    return start, stop


def without_words(text: str, spans: Iterable[Span], guard: Guard = FREE) -> Iterator[Edit]:
    """Take out words, or stretches of them, each with the blank behind it or else the one before, unless that is protected."""
    last = 0
    for run in _runs(text, spans, guard):
        start, stop = run[0][0], run[-1][1]
        behind = stop < len(text) and text[stop] in _BLANKS and guard.allows((stop, stop + 1))
        before = start > last and text[start - 1] in _BLANKS and guard.allows((start - 1, start))
        if behind and (not start or text[start - 1].isspace()):
            ends = [after[0] for after in run[1:]] + [stop + 1]
            edits = [Edit(word[0], end, "") for word, end in zip(run, ends, strict=True)]
        else:
            starts = [start - before] + [word[1] for word in run[:-1]]
            edits = [Edit(at, word[1], "") for at, word in zip(starts, run, strict=True)]
        yield from edits
        last = edits[-1].stop


def _runs(text: str, spans: Iterable[Span], guard: Guard) -> list[list[Span]]:
    """Spans with one blank between them, together: all their blanks go on the same side."""
    runs: list[list[Span]] = []
    for span in spans:
        gap = (runs[-1][-1][1], span[0]) if runs else span
        if gap[1] - gap[0] == 1 and runs and text[gap[0]] in _BLANKS and guard.allows(gap):
            runs[-1].append(span)
        else:
            runs.append([span])
    return runs


def without_sentences(document: Document, chosen: Sequence[Span]) -> Iterator[Edit]:
    """Take out sentences; those that stand together go with one of the gaps around them, rather one without a line break."""
    sentences, gone, text = document.sentences, set(chosen), document.text
    at = 0
    while at < len(sentences):
        if sentences[at] not in gone:
            at += 1
            continue
        end = at
        while end + 1 < len(sentences) and sentences[end + 1] in gone:
            end += 1
        start, stop = sentences[at][0], sentences[end][1]
        before = sentences[at - 1][1] if at else start
        behind = sentences[end + 1][0] if end + 1 < len(sentences) else stop
        first = start > before and (stop == behind or text.count("\n", before, start) < text.count("\n", stop, behind))
        yield Edit(before, stop, "") if first else Edit(start, behind, "")
        at = end + 1
