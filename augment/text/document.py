"""A text and its units: words, characters as people see them, sentences, all as spans of the original string.

Nothing is normalised: a unit is a pair (start, stop), and what stands between units is never looked at.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from functools import cached_property, lru_cache

Span = tuple[int, int]

_NUMBER = r"\d+(?:[.,:/]\d+)+"
# letters, digits and marks, joined by single apostrophes and hyphens: isn't, e-mail, l'école
_ASCII_WORD = re.compile(rf"{_NUMBER}|\w+(?:['-]\w+)*")
_SENTENCE_END = re.compile(r"""[.!?…。！？]+["'”’)\]]*(?=\s|$)|\n\s*\n""")
_NO_END = frozenset(
    ("mr", "mrs", "ms", "dr", "prof", "st", "vs", "etc", "e.g", "i.e", "cf", "fig", "no", "vol", "al", "inc", "ltd", "jr", "sr",
     "approx", "dept", "est", "gen", "col")
)  # fmt: skip


class Document:
    """A text with its units, each found once."""

    def __init__(self, text: str):
        self.text = text

    @cached_property
    def words(self) -> list[Span]:
        """Spans of words, in order. Languages that are written without spaces have none inside a run of letters."""
        pattern = _ASCII_WORD if self.text.isascii() else _word_pattern()
        return [found.span() for found in pattern.finditer(self.text)]

    @cached_property
    def sentences(self) -> list[Span]:
        """Spans of sentences, without the white space between them."""
        found, start = [], 0
        for end in _SENTENCE_END.finditer(self.text):
            before = self.text[start : end.start()].rsplit(None, 1)
            last = before[-1].lower().lstrip("(\"'") if before else ""
            if end[0] == "." and (last in _NO_END or (len(last) == 1 and last.isalpha() and last != "i")):
                continue
            found.append((start, end.start() if end[0][0] == "\n" else end.end()))
            start = end.end()
        found.append((start, len(self.text)))
        return [span for span in (self._stripped(*span) for span in found) if span[0] < span[1]]

    @cached_property
    def characters(self) -> list[Span]:
        """Spans of the characters of all words, as people see them: a letter with its accents, an emoji with its modifiers."""
        return [span for word in self.words for span in self.characters_of(*word)]

    def characters_of(self, start: int, stop: int) -> list[Span]:
        """Spans of the characters between two places."""
        if self.text.isascii():
            return [(i, i + 1) for i in range(start, stop)]
        return [found.span() for found in _cluster_pattern().finditer(self.text, start, stop)]

    def _stripped(self, start: int, stop: int) -> Span:
        part = self.text[start:stop]
        return start + len(part) - len(part.lstrip()), start + len(part.rstrip())

    def __getitem__(self, span: Span) -> str:
        return self.text[span[0] : span[1]]


@lru_cache(maxsize=1)
def _marks() -> str:
    """All combining marks as the inside of a character class; Python's re has no name for them."""
    marks = [i for i in range(0x300, min(sys.maxunicode, 0x1FFFF)) if unicodedata.category(chr(i)).startswith("M")]
    runs: list[list[int]] = []
    for i in marks:
        if runs and runs[-1][1] == i - 1:
            runs[-1][1] = i
        else:
            runs.append([i, i])
    return "".join(f"{chr(a)}-{chr(b)}" for a, b in runs)


@lru_cache(maxsize=1)
def _word_pattern() -> re.Pattern[str]:
    # \u200c and \u200d join letters in Persian and in Indic scripts
    letters = rf"\w[\w{_marks()}\u200c\u200d]*"
    return re.compile(rf"{_NUMBER}|{letters}(?:['’\-‐]{letters})*")


@lru_cache(maxsize=1)
def _cluster_pattern() -> re.Pattern[str]:
    """A base with all that attaches to it, a pair of regional indicators (flags), or a joined sequence (families, professions).

    A subset of the extended grapheme clusters of UAX #29: Hangul syllables are taken as they are composed.
    """
    extend = rf"[{_marks()}\u200c\ufe0f\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]"
    return re.compile(rf"\r\n|[\U0001f1e6-\U0001f1ff]{{2}}|.{extend}*(?:\u200d(?:.{extend}*)?)*", re.DOTALL)
