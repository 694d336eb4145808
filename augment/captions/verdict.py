"""What is to become of a caption when its image changes: the edits that keep it true, and what is in doubt."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from augment.captions.language import Language
from augment.text.editing import Edit


class Doubt(NamedTuple):
    """A place of a text that may be false afterwards."""

    start: int
    stop: int
    reason: str
    guess: tuple[Edit, ...] = ()
    """What ``on_ambiguous: rewrite`` makes of it."""


@dataclass
class Verdict:
    """Of one text and one change of its image."""

    edits: list[Edit] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)

    def edit(self, start: int, stop: int, new: str) -> None:
        """Plan an edit; one that would overlap another is in doubt."""
        if any(e.start < stop and start < e.stop for e in self.edits):
            self.doubts.append(Doubt(start, stop, "is part of another phrase that changes"))
        else:
            self.edits.append(Edit(start, stop, new))

    def all_edits(self) -> list[Edit]:
        """The edits with the guesses."""
        out = list(self.edits)
        for doubt in self.doubts:
            if not any(e.start < guess.stop and guess.start < e.stop for e in out for guess in doubt.guess):
                out += doubt.guess
        return out


def agreeing(text: str, edits: list[Edit], language: Language) -> list[Edit]:
    """Return edits with those of the articles before them: 'an upper' becomes 'a lower'."""
    if language.articles is None:
        return edits
    out = list(edits)
    for edit in edits:
        before = _ARTICLE.search(text, 0, edit.start)
        old, new = text[edit.start : edit.stop], edit.text
        if before and old and new and before[1].lower() in language.articles and _vowel(old) != _vowel(new):
            article = language.articles[_vowel(new)]
            capital = before[1][0].isupper()
            out.append(Edit(*before.span(1), article.capitalize() if capital else article))
    return out


_ARTICLE = re.compile(r"(?<!\w)(\w+)\s+\Z")


def _vowel(word: str) -> bool:
    return word[0].lower() in "aeiou"
