"""Shows what became of texts: from the edits that were recorded, and compared word by word where there is no record."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby, zip_longest
from typing import Any

from augment.report.model import Change, Diff, Piece
from augment.sample import Target

_WORDS = re.compile(r"\w+|\s+|[^\w\s]")
_SENTENCES = re.compile(r"[^.!?\n]+[.!?\n]*|[.!?\n]+")
LONG = 20_000
"""Words, gaps and signs that are compared one by one."""
DIFFERENCES = 500
"""How many of them may have gone or come; the time for more grows with the square."""
TEXTS = ("text", "caption")
Row = Mapping[str, Any]


def diff(name: str, before: str, after: str, changes: Sequence[Change] = ()) -> Diff:
    """Compare two texts; words, gaps and signs are what is kept or replaced. The pieces of each side join to that text."""
    return Diff(name, tuple(_pieces(before, after)), tuple(changes))


def diffs_of(
    before: Mapping[str, Any], after: Mapping[str, Any], targets: Mapping[str, Target],
    edits: Mapping[str, Sequence[Row]] | None = None,
) -> tuple[Diff, ...]:
    """Show all texts of a sample and what became of them, by the ``edits`` of each target if they are known."""
    made = []
    for name, target in targets.items():
        if target.kind in TEXTS and name in before and name in after:
            rows = (edits or {}).get(name, ())
            for i, (old, new) in enumerate(zip_longest(_texts(before[name]), _texts(after[name]), fillvalue="")):
                pieces = followed(old, new, [row for row in rows if row["text"] == i]) if edits is not None else None
                made.append(diff(name, old, new) if pieces is None else Diff(name, pieces))
    return tuple(made)


# What was recorded ---------------------------------------------------------------------------------------------------


def followed(before: str, after: str, rows: Iterable[Row]) -> tuple[Piece, ...] | None:
    """Return the pieces that recorded edits make of a text; None if they do not lead from one text to the other.

    Rows are as `Passage.changes` has them: those of one op stand together, in the order of the text, and are measured in what the
    ops before have left.
    """
    pieces = [Piece("same", before)] if before else []
    for own in _steps(rows):
        edited = _edited(pieces, own)
        if edited is None:
            return None
        pieces = edited
    if "".join(piece.text for piece in pieces if piece.how != "gone") != after:
        return None
    return tuple(_joined(pieces))


def _steps(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """The edits of one op after the other: one that stands before the last belongs to another time."""
    for _, same in groupby(rows, key=lambda row: row["op"]):
        step: list[Row] = []
        for row in same:
            if step and row["start"] < step[-1]["stop"]:
                yield step
                step = []
            step.append(row)
        yield step


def _edited(pieces: Iterable[Piece], rows: Iterable[Row]) -> list[Piece] | None:
    """Return the pieces after the edits of one step, in one pass; None if what stands there is not what the edits say."""
    made: list[Piece] = []
    left, at = list(pieces)[::-1], 0

    def upto(end: int) -> Iterator[Piece]:
        """What there is of the text up to a place, with all that has gone before it."""
        nonlocal at
        while left and (left[-1].how == "gone" or at < end):
            piece = left.pop()
            if piece.how != "gone":
                room = end - at
                if len(piece.text) > room:
                    left.append(Piece(piece.how, piece.text[room:]))
                    piece = Piece(piece.how, piece.text[:room])
                at += len(piece.text)
            yield piece

    for row in rows:
        made += upto(row["start"])
        taken = list(upto(row["stop"]))
        if "".join(piece.text for piece in taken if piece.how != "gone") != row["before"]:
            return None
        made += [Piece("gone", piece.text) for piece in taken if piece.how != "new"]
        made += [Piece("new", row["after"])] if row["after"] else []
    return made + left[::-1]


def _joined(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Neighbours of a kind as one piece, what has gone before what has come, and what came back as what was kept."""
    joined: list[Piece] = []
    for same, group in groupby(pieces, key=lambda piece: piece.how == "same"):
        parts = list(group)
        gone, come = ("".join(p.text for p in parts if p.how == how) for how in ("gone", "new"))
        if same or gone == come:
            text = gone if not same else "".join(p.text for p in parts)
            if joined and joined[-1].how == "same":
                text = joined.pop().text + text
            joined.append(Piece("same", text))
        else:
            joined += _replaced(gone, come)
    yield from joined


# What is compared ----------------------------------------------------------------------------------------------------


def _texts(entry: Any) -> list[str]:
    return [entry] if isinstance(entry, str) else [str(text) for text in entry]


def _pieces(before: str, after: str, levels: Sequence[re.Pattern[str]] = ()) -> Iterator[Piece]:
    """Compare word by word; of long texts the sentences first, then what differs, and what is too long for that not at all."""
    this, *finer = levels or (_WORDS,)
    old, new = this.findall(before), this.findall(after)
    kept = common(old, new) if min(len(old), len(new)) <= LONG else None
    if kept is None:
        yield from _pieces(before, after, (_SENTENCES, _WORDS)) if not levels else _replaced(before, after)
        return
    for same, a0, a1, b0, b1 in _stretches(kept, len(old), len(new)):
        gone, come = "".join(old[a0:a1]), "".join(new[b0:b1])
        if same:
            yield Piece("same", gone)
        elif finer and gone and come:
            yield from _pieces(gone, come, finer)
        else:
            yield from _replaced(gone, come)


def common(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]] | None:
    """Return the places of a longest common subsequence of two lists; None where more than `DIFFERENCES` entries differ.

    Myers, "An O(ND) Difference Algorithm and Its Variations", Algorithmica 1, 1986: paths of ever more differences, until one
    reaches the end.
    """
    head = 0
    while head < min(len(old), len(new)) and old[head] == new[head]:
        head += 1
    n, m = len(old) - head, len(new) - head
    ends, trail = {1: 0}, []
    for count in range(min(n + m, DIFFERENCES) + 1):
        trail.append(dict(ends))
        for k in range(-count, count + 1, 2):
            down = k == -count or (k != count and ends[k - 1] < ends[k + 1])
            x = ends[k + 1] if down else ends[k - 1] + 1
            while x < n and x - k < m and old[head + x] == new[head + x - k]:
                x += 1
            ends[k] = x
            if x >= n and x - k >= m:
                return [(i, i) for i in range(head)] + _way_back(trail, n, m, head)
    return None


def _way_back(trail: Sequence[Mapping[int, int]], x: int, y: int, head: int) -> list[tuple[int, int]]:
    found = []
    for count in range(len(trail) - 1, -1, -1):
        ends, k = trail[count], x - y
        down = k == -count or (k != count and ends[k - 1] < ends[k + 1])
        before = k + 1 if down else k - 1
        x0 = ends[before] if count else 0
        y0 = x0 - before if count else 0
        while x > x0 and y > y0:
            x, y = x - 1, y - 1
            found.append((head + x, head + y))
        x, y = x0, y0
    return found[::-1]


def _stretches(kept: Sequence[tuple[int, int]], n: int, m: int) -> Iterator[tuple[bool, int, int, int, int]]:
    """What is kept and what differs, in turn: whether it is kept, and where it begins and ends in either list."""
    a = b = 0
    for _, run in groupby(enumerate(kept), key=lambda item: (item[1][0] - item[0], item[1][1] - item[0])):
        places = [place for _, place in run]
        (i, j), length = places[0], len(places)
        if (a, b) != (i, j):
            yield False, a, i, b, j
        yield True, i, i + length, j, j + length
        a, b = i + length, j + length
    if (a, b) != (n, m):
        yield False, a, n, b, m


def _replaced(gone: str, come: str) -> Iterator[Piece]:
    if gone:
        yield Piece("gone", gone)
    if come:
        yield Piece("new", come)
