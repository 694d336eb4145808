"""Names in a caption, told by their capitals: 'Red Square' is no square that is red."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from augment.captions.grammar.tokens import POSSESSIVE

WORD = re.compile(r"[^\W\d_]{4,}")
CAPITAL = re.compile(r"\s+[A-Z]")
NAME = re.compile(r"\b[A-Z]\w{3,}\Z")
SHOUTED_BEFORE, SHOUTED_AFTER = re.compile(r"\b[A-Z]{2,}\s\Z"), re.compile(r"\s[A-Z]{2,}\b")
REACH = 60
"""So many characters before a word are looked at."""
TITLED = 0.75
"""In a title, so many of the longer words begin with a capital; capitals tell no names there."""


@lru_cache(maxsize=64)
def is_title(text: str) -> bool:
    """Whether a text is written as titles are: 'Ladies' Cotton Shirt With Red Buttons'."""
    words = WORD.findall(text)
    first = next((c for c in text if c.isalpha()), "a")
    return first.isupper() and len(words) > 1 and sum(word[0].isupper() for word in words) >= TITLED * len(words)


def naming(text: str, start: int, stop: int) -> Literal["name", "perhaps", ""]:
    """Return whether a capital letter makes a word part of a name.

    It does where something is said to be its, and inside a sentence, beside another capital; alone there, before another at the
    beginning, or where words in all capitals stand beside each other among others, perhaps; elsewhere, and in titles, in lower
    case and all capitals, it tells nothing.
    """
    word = text[start:stop]
    if word.isupper() and not text[max(0, start - REACH) : stop + REACH].isupper():
        beside = SHOUTED_AFTER.match(text, stop) or SHOUTED_BEFORE.search(text, max(0, start - REACH), start)
        return "perhaps" if beside else ""
    if not word[:1].isupper() or not word[1:].islower():
        return ""
    if text[stop : stop + 2] in POSSESSIVE:
        return "name"
    if is_title(text):
        return ""
    before, joined = text[max(0, start - REACH) : start].rstrip(), CAPITAL.match(text, stop) is not None
    if before and (before[-1].isalnum() or before[-1] in "'’"):
        return "name" if joined or NAME.search(before) else "perhaps"
    return "perhaps" if joined else ""
