"""A caption as a sentence: its words and marks in order, each with what it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

PIECE = re.compile(r"\w+(?:['’]\w+)*['’]?|\n|[^\w\s]")
ELIDED = re.compile(r"\w+['’]?|\n|[^\w\s]")
"""The same where an apostrophe ends a word: l'image."""
STOPS = frozenset('.;!?:\n"“”')
"""Marks at which a clause ends, and another begins."""
PAUSES = STOPS | frozenset(",()[]-–—")
"""Marks at which a phrase ends."""

POSSESSIVE = ("'s", "’s")
"""What a word may be followed by and be read all the same: 'the man on the left's hat'."""
NAMES = {"(": "OPEN", "[": "OPEN", ")": "CLOSE", "]": "CLOSE", "&": "PLUS", "|": "BAR"}
"""Of marks that mean something in patterns."""


class Token(NamedTuple):
    """A word or a mark at its place. Its tags are the word in lower case, its classes, and how it is written."""

    start: int
    stop: int
    tags: frozenset[str]


@dataclass(frozen=True, eq=False)
class Lexicon:
    """The words of a language by their classes, and the classes of all others by their endings."""

    classes: Mapping[str, Iterable[str]]
    """Words in lower case by the name of their class; a word may be of several. 'haar*' are all that begin so."""
    kinds: Mapping[str, Iterable[str]] = field(default_factory=dict)
    """Classes that are of another: what is ``BODY`` is a ``NOUN``."""
    endings: tuple[tuple[str, str], ...] = ()
    """Endings, and the class of a word that has one and is not of ``default``: the first that fits."""
    loose: frozenset[str] = frozenset()
    """Classes that do not tell what else a word is: what can 'stream' is a thing as well."""
    small: frozenset[str] = frozenset()
    """Classes of small words; all other words are ``PLAIN``."""
    elides: bool = False
    """Whether an apostrophe ends a word, as in French."""
    default: str = "NOUN"
    """The class of a word of no other."""

    @cached_property
    def of_word(self) -> dict[str, frozenset[str]]:
        """The classes of each word that has some."""
        found: dict[str, set[str]] = {}
        above = {name: kind for kind, names in self.kinds.items() for name in names}
        for name, words in self.classes.items():
            for word in words:
                found.setdefault(word, set()).update({name, above.get(name, name)})
        return {word: frozenset(names) for word, names in found.items()}

    @cached_property
    def of_part(self) -> tuple[tuple[str, str, frozenset[str]], ...]:
        """How words of classes begin and end, where these say so."""
        return tuple((*word.split("*"), names) for word, names in self.of_word.items() if "*" in word)  # type: ignore[misc]

    def tags(self, word: str) -> frozenset[str]:
        """Return the word in lower case with its classes, and ``Cap`` or ``CAPS`` by its letters."""
        low = word.lower().replace("’", "'")
        written = ("CAPS", "Cap") if word.isupper() and len(word) > 1 else ("Cap",) if word[0].isupper() else ()
        classes = self._classes(low)
        return classes | {low, "WORD", *written, *(("PLAIN",) if classes.isdisjoint(self.small) else ())}

    def _classes(self, low: str) -> frozenset[str]:
        if low.isdigit():
            return frozenset(("NUM", "DIGITS"))
        classes = self.of_word.get(low, frozenset())
        for begins, ends, names in self.of_part:
            if low.startswith(begins) and low.endswith(ends):
                classes |= names
        if not classes and low.endswith(("'s", "s'")):
            stem = low.removesuffix("'").removesuffix("'s")
            return self._classes(stem) | {"POSS", stem}
        if self.default not in classes:
            ended = next((name for end, name in self.endings if low.endswith(end) and len(low) > len(end) + 1), None)
            classes |= {ended} if ended else frozenset() if classes - self.loose else {self.default}
        return classes


def sentence(text: str, lexicon: Lexicon) -> list[Token]:
    """Return the tokens of a text, between one at its beginning and one at its end.

    The first is ``^`` and ``BEGIN``, the last ``$`` and ``END``; a mark at which a clause ends is both ``^`` and ``$``, one at
    which a phrase ends ``$``. A hyphen between words is no token: the word after it is ``GLUED``, the one before it ``GLUING``.
    """
    tokens = [Token(0, 0, frozenset(("^", "BEGIN")))]
    pieces = list((ELIDED if lexicon.elides else PIECE).finditer(text))
    for i, m in enumerate(pieces):
        word, glued = m[0], i > 0 and pieces[i - 1][0] == "-" and pieces[i - 1].end() == m.start()
        if not word[0].isalnum():
            if word == "-" and i and pieces[i - 1].end() == m.start() and text[m.end() : m.end() + 1].isalnum():
                continue
            tags = {NAMES.get(word, word)} | ({"^"} if word in STOPS else set()) | ({"$"} if word in PAUSES else set())
            tokens.append(Token(*m.span(), frozenset(tags)))
            continue
        gluing = text[m.end() : m.end() + 1] == "-" and text[m.end() + 1 : m.end() + 2].isalnum()
        marks = ({"GLUED"} if glued else set()) | ({"GLUING"} if gluing else set())
        tokens.append(Token(*m.span(), lexicon.tags(word) | marks))
    return [*tokens, Token(len(text), len(text), frozenset(("$", "^", "END")))]
