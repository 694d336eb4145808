"""A text and its units: words, characters as people see them, sentences, all as spans of the original string.

Nothing is normalised: a unit is a pair (start, stop), and what stands between units is never looked at.
"""

from __future__ import annotations

import re
from functools import cached_property

from augment.text.clusters import cluster_pattern, marks

Span = tuple[int, int]

_NUMBER = r"\d+(?:[.,:/]\d+)+"
# letters, digits and marks, joined by single apostrophes and hyphens: isn't, e-mail, l'école
_ASCII_WORD = re.compile(rf"{_NUMBER}|\w+(?:['-]\w+)*")
_WORDS: list[re.Pattern[str]] = []  # that of other texts, once one was seen: its marks take a while to collect
# possessive, and never begun inside of a run: else a long row of dots would be looked at from each of them
_SENTENCE_END = re.compile(
    r"""(?<![.!?…])[.!?…]++["'”’)\]]*+(?=\s|$)|(?<![。！？])[。！？]++["'”’」』）)\]]*+|\n[^\S\n]*+\n""",
)
_NO_END = frozenset(
    ("mr", "mrs", "ms", "dr", "prof", "st", "vs", "etc", "e.g", "i.e", "cf", "fig", "no", "vol", "al", "inc", "ltd", "jr", "sr",
     "approx", "dept", "est", "gen", "col")
)  # fmt: skip
_LONGEST_NO_END = max(map(len, _NO_END)) + 3
_SINGLES: list[Span] = [(i, i + 1) for i in range(1024)]
"""The spans of single characters, made once: most texts are not longer."""


class Document:
    """A text with its units, each found once."""

    def __init__(self, text: str):
        self.text = text

    @cached_property
    def words(self) -> list[Span]:
        """Spans of words, in order. Languages that are written without spaces have none inside a run of letters."""
        pattern = _ASCII_WORD if self.text.isascii() else word_pattern()
        return [found.span() for found in pattern.finditer(self.text)]

    @cached_property
    def sentences(self) -> list[Span]:
        """Spans of sentences, without the white space between them."""
        text = self.text
        found, start = [], 0
        for end in _SENTENCE_END.finditer(text):
            if end[0] == "." and _abbreviated(text[max(start, end.start() - _LONGEST_NO_END) : end.start()]):
                continue
            found.append((start, end.start() if end[0][0] == "\n" else end.end()))
            start = end.end()
        found.append((start, len(text)))
        return [span for span in (self.stripped(*span) for span in found) if span[0] < span[1]]

    @cached_property
    def characters(self) -> list[Span]:
        """Spans of the characters of all words, as people see them: a letter with its accents, an emoji with its modifiers."""
        return [span for word in self.words for span in self.characters_of(*word)]

    def characters_of(self, start: int, stop: int) -> list[Span]:
        """Spans of the characters between two places."""
        if self.text.isascii():
            return self.singles[start:stop]
        return [found.span() for found in cluster_pattern().finditer(self.text, start, stop)]

    @property
    def singles(self) -> list[Span]:
        """Spans of the code points."""
        return _SINGLES if len(self.text) <= len(_SINGLES) else self._all_singles

    @cached_property
    def _all_singles(self) -> list[Span]:
        return [(i, i + 1) for i in range(len(self.text))]

    def stripped(self, start: int, stop: int) -> Span:
        """The span without white space at its ends."""
        part = self.text[start:stop]
        return start + len(part) - len(part.lstrip()), start + len(part.rstrip())

    def __getitem__(self, span: Span) -> str:
        return self.text[span[0] : span[1]]


def _abbreviated(before: str) -> bool:
    """Whether a full stop behind these characters belongs to an abbreviation or an initial."""
    words = before.rsplit(None, 1)
    last = words[-1].lower().lstrip("(\"'") if words and not before[-1].isspace() else ""
    return last in _NO_END or (len(last) == 1 and last.isalpha() and last != "i")


def word_pattern() -> re.Pattern[str]:
    """What a word is in any script."""
    if not _WORDS:
        # \u200c and \u200d join letters in Persian and in Indic scripts
        letters = rf"\w[\w{marks()}\u200c\u200d]*"
        _WORDS.append(re.compile(rf"{_NUMBER}|{letters}(?:['’\-‐]{letters})*"))
    return _WORDS[0]
