"""Compares texts word by word."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import Any

from augment.report.model import Change, Diff, Piece
from augment.sample import Target

_WORDS = re.compile(r"\w+|\s+|[^\w\s]")
_SENTENCES = re.compile(r"[^.!?\n]+[.!?\n]*|[.!?\n]+")
LONG = 4000
"""Words, gaps and signs that are compared one by one; the time for more grows too fast."""
TEXTS = ("text", "caption")


def diff(name: str, before: str, after: str, changes: Sequence[Change] = ()) -> Diff:
    """Compare two texts; words, gaps and signs are what is kept or replaced. The pieces of each side join to that text."""
    return Diff(name, tuple(_pieces(before, after)), tuple(changes))


def diffs_of(before: Mapping[str, Any], after: Mapping[str, Any], targets: Mapping[str, Target]) -> tuple[Diff, ...]:
    """Compare all texts of a sample with what became of them."""
    return tuple(
        diff(name, old, new)
        for name, target in targets.items() if target.kind in TEXTS and name in before and name in after
        for old, new in zip_longest(_texts(before[name]), _texts(after[name]), fillvalue="")
    )  # fmt: skip


def _texts(entry: Any) -> list[str]:
    return [entry] if isinstance(entry, str) else [str(text) for text in entry]


def _pieces(before: str, after: str, levels: Sequence[re.Pattern[str]] = ()) -> Iterator[Piece]:
    """Compare word by word; of long texts the sentences first, then what differs, and what is too long for that not at all."""
    this, *finer = levels or (_WORDS,)
    old, new = this.findall(before), this.findall(after)
    if min(len(old), len(new)) > LONG:
        yield from _pieces(before, after, (_SENTENCES, _WORDS)) if not levels else _replaced(before, after)
        return
    for how, a0, a1, b0, b1 in difflib.SequenceMatcher(None, old, new).get_opcodes():
        gone, come = "".join(old[a0:a1]), "".join(new[b0:b1])
        if how == "equal":
            yield Piece("same", gone)
        elif finer and gone and come:
            yield from _pieces(gone, come, finer)
        else:
            yield from _replaced(gone, come)


def _replaced(gone: str, come: str) -> Iterator[Piece]:
    if gone:
        yield Piece("gone", gone)
    if come:
        yield Piece("new", come)
