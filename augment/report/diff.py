"""Compares texts word by word."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import Any

from augment.report.model import Change, Diff, Piece
from augment.sample import Target

_WORDS = re.compile(r"\w+|\s+|[^\w\s]", re.UNICODE)
TEXTS = ("text", "caption")


def diff(name: str, before: str, after: str, changes: Sequence[Change] = ()) -> Diff:
    """Compare two texts; words, gaps and signs are what is kept or replaced. The pieces of each side join to that text."""
    return Diff(name, tuple(_pieces(_WORDS.findall(before), _WORDS.findall(after))), tuple(changes))


def diffs_of(before: Mapping[str, Any], after: Mapping[str, Any], targets: Mapping[str, Target]) -> tuple[Diff, ...]:
    """Compare all texts of a sample with what became of them."""
    return tuple(
        diff(name, old, new)
        for name, target in targets.items() if target.kind in TEXTS and name in before and name in after
        for old, new in zip_longest(_texts(before[name]), _texts(after[name]), fillvalue="")
    )  # fmt: skip


def _texts(entry: Any) -> list[str]:
    return [entry] if isinstance(entry, str) else [str(text) for text in entry]


def _pieces(before: list[str], after: list[str]) -> Iterator[Piece]:
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    for how, a0, a1, b0, b1 in matcher.get_opcodes():
        if how == "equal":
            yield Piece("same", "".join(before[a0:a1]))
        else:
            if a1 > a0:
                yield Piece("gone", "".join(before[a0:a1]))
            if b1 > b0:
                yield Piece("new", "".join(after[b0:b1]))
