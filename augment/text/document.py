"""A text and its units: words, characters as people see them, sentences, all as spans of the original string.

Nothing is normalised: a unit is a pair (start, stop), and what stands between units is never looked at. Where words only change
their form, the text is taken apart into words and gaps instead, which is quicker.
"""

from __future__ import annotations

import re
from functools import lru_cache

from augment.text.clusters import KEYCAP, PREPENDED, cluster_pattern, extending

Span = tuple[int, int]

# letters, digits and marks, joined by single apostrophes and hyphens, by what joins digits, and by the full stops of initials, of
# which the last belongs to them as well: isn't, e-mail, l'école, 12:30, U.S.A.
_IN_NUMBERS = r"(?<=\d)[.,:/](?=\d)"
_INITIAL = r"[^\W\d_]"
_BETWEEN_INITIALS = rf"\.(?<=\b{_INITIAL}\.)(?={_INITIAL}\b)"
_LAST_OF_INITIALS = rf"(?:\.(?<=\b{_INITIAL}\.{_INITIAL}\.)(?!\w))?+"
_ASCII_WORD = re.compile(
    rf"(\w++(?:(?:['.,:/-](?:(?<=['-])|(?<=\d.)(?=\d))|{_BETWEEN_INITIALS})\w++)*+{_LAST_OF_INITIALS})", re.ASCII
)
# begins with a set, which is what a search is quickest for; possessive, and never begun inside of a run: else a long row of dots
# would be looked at from each of them
_SENTENCE_END = re.compile(
    r"""[.!?…。！？\n](?:(?<=[.!?…])(?<![.!?…]{2})[.!?…]*+["'”’)\]]*+(?=\s|$)"""
    r"""|(?<=[。！？])(?<![。！？]{2})[。！？]*+["'”’」』）)\]]*+|(?<=\n)[^\S\n]*+\n)"""
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

    __slots__ = ("_pieces", "_sentences", "_singles", "_words", "text")

    def __init__(self, text: str):
        self.text = text
        # not cached_property, whose lock takes longer than what it guards
        self._words: list[Span] | None = None
        self._pieces: list[str] | None = None
        self._sentences: list[Span] | None = None
        self._singles: list[Span] | None = None

    @property
    def words(self) -> list[Span]:
        """Spans of words, in order. Languages that are written without spaces have none inside a run of letters."""
        if self._words is None:
            self._words = list(map(re.Match.span, self._word.finditer(self.text)))
        return self._words

    @property
    def pieces(self) -> list[str]:
        """A gap, a word, a gap, and so on to the last gap, which make up the text; a gap at its ends may be empty."""
        if self._pieces is None:
            self._pieces = self._word.split(self.text)
        return self._pieces

    @property
    def written(self) -> list[str]:
        """The words as they stand in the text."""
        return self.pieces[1::2]

    @property
    def _word(self) -> re.Pattern[str]:
        return _ASCII_WORD if self.text.isascii() else word_pattern("\u20e3" in self.text)

    @property
    def sentences(self) -> list[Span]:
        """Spans of sentences, without the white space between them."""
        if self._sentences is None:
            self._sentences = self._find_sentences()
        return self._sentences

    def _find_sentences(self) -> list[Span]:
        text = self.text
        found: list[Span] = []
        start = 0
        first = _SENTENCE_END.search(text)
        if (first is None or first.end() == len(text)) and text and not (text[0].isspace() or text[-1].isspace()):
            return [(0, len(text))]  # most texts, sooner
        for end in _SENTENCE_END.finditer(text):
            if end.end() == len(text):
                break
            if end[0] == "." and _abbreviated(text[max(start, end.start() - _LONGEST_NO_END) : end.start()]):
                continue
            found.append((start, end.start() if end[0][0] == "\n" else end.end()))
            start = end.end()
        found.append((start, len(text)))
        return [span for span in (self.stripped(*span) for span in found) if span[0] < span[1]]

    @property
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
        """Spans of the code points, or of more than there are."""
        if len(self.text) <= len(_SINGLES):
            return _SINGLES
        if self._singles is None:
            self._singles = [(i, i + 1) for i in range(len(self.text))]
        return self._singles

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


@lru_cache(maxsize=2)
def word_pattern(keycaps: bool = False) -> re.Pattern[str]:
    """What a word is in any script; its one group is all of it. With ``keycaps`` it is looked out for those, which are emoji."""
    no_key = rf"(?!{KEYCAP})" if keycaps else ""
    # joiners stand inside of words in Persian and in Indic scripts
    within = rf"[\w{extending()}\u200d]"
    run = rf"(?:{no_key}{within})*+" if keycaps else rf"{within}*+"
    # never begun inside of a run of signs: else a long one would be looked at from each of them
    letters = rf"(?<![{PREPENDED}])[{PREPENDED}]*+(?![{extending()}]){no_key}\w{run}(?:[{PREPENDED}]++{no_key}\w{run})*+"
    return re.compile(rf"({letters}(?:(?:['’\-‐]|{_IN_NUMBERS}|{_BETWEEN_INITIALS}){letters})*+{_LAST_OF_INITIALS})")
