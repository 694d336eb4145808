"""Ops on characters, as people see them: mistakes of typing and of reading, noise, and what deceives the eye."""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache, partial
from itertools import compress
from typing import Any, ClassVar

from pydantic import Field

from augment.ops.kinds import Inserting, ReplacingSpans, UnitEdit
from augment.ops.swap import Swapping
from augment.text.alphabets import kin
from augment.text.document import Document, Span
from augment.text.editing import Edit
from augment.text.tables import Layout, shapes, table


class _OfWords(UnitEdit):
    """Edits characters of words."""

    protect_edges: bool = Field(default=False, description="spare the first and the last character of every word")
    min_length: int = Field(default=1, ge=1, description="leave words with fewer characters alone")

    def characters(self, document: Document) -> list[list[Span]]:
        """The characters that it looks at, word by word."""
        edge, least = int(self.protect_edges), max(self.min_length, 1 + 2 * self.protect_edges)
        if document.text.isascii():
            singles = document.singles
            return [singles[start + edge : stop - edge] for start, stop in document.words if stop - start >= least]
        found = (document.characters_of(*word) for word in document.words)
        return [characters[edge : len(characters) - edge] for characters in found if len(characters) >= least]

    def units(self, document):
        return [span for word in self.characters(document) for span in word]


class _Replaced(_OfWords, ReplacingSpans):
    """Replaces characters of words by their candidates."""

    @property
    def fits(self) -> Callable[[str], Any]:
        """Says whether a character has candidates."""
        return self.candidates

    def units(self, document):
        text = document.text
        if text.isascii() and self.min_length == 1 and not self.protect_edges:  # then every letter is one of a word, and a unit
            return list(compress(document.singles, map(self.fits, text)))
        fits = self.fits
        return [span for word in self.characters(document) for span in word if fits(text[span[0] : span[1]])]


class _FromTable(_Replaced):
    @property
    def entries(self) -> Mapping[str, Sequence[str]]:
        """What may stand for a character."""
        raise NotImplementedError

    @property
    def fits(self):
        return self.entries.__contains__

    @property
    def lookup(self):
        return self.entries.__getitem__

    def candidates(self, unit):
        return self.entries.get(unit, ())


class TypoCharacters(_FromTable):
    """Replace characters by those of a neighbouring key: letters by letters, digits by digits, in the same case."""

    layout: Layout = Field(default="en", description="of the keyboard: de, en, es, fr, he, it, nl, pl, th, tr, uk")

    examples: ClassVar = ({"rate": [0.05, 0.3]}, {"rate": 0.1, "layout": "de", "protect_edges": True, "min_length": 4})

    @property
    def entries(self):
        return table("keyboards", self.layout)


class OcrCharacters(_FromTable):
    """Replace characters by what a text recogniser takes them for: 0 and O, 1 and l, rn for m; of Latin script."""

    @property
    def entries(self):
        return shapes.misread()


class ReplaceHomoglyphs(_FromTable):
    """Replace Latin letters by those of other scripts that look the same, and these by Latin ones."""

    @property
    def entries(self):
        return shapes.alike()


class _Kin(_Replaced):
    alphabet: str | None = Field(
        default=None, min_length=1, description="the characters that may come; without it, those of the same script and case"
    )

    def candidates(self, unit):
        return _kin(self.alphabet, unit)

    @property
    def fits(self):
        return partial(_kin, self.alphabet)

    lookup = fits


class SubstituteCharacters(_Kin):
    """Replace letters and digits by others of the same kind and case."""

    def candidates(self, unit):
        return _others(self.alphabet, unit)

    @property
    def fits(self):
        return partial(_others, self.alphabet)

    lookup = fits


class InsertCharacters(_Kin, Inserting):
    """Insert letters before letters, and digits before digits, of the same kind and case."""


@lru_cache(maxsize=4096)
def _kin(alphabet: str | None, unit: str) -> tuple[str, ...]:
    if alphabet is None:
        return kin(unit[0])
    spans = Document(alphabet).characters_of(0, len(alphabet)) if unit[0].isalnum() else ()
    return tuple(dict.fromkeys(alphabet[a:b] for a, b in spans))


@lru_cache(maxsize=4096)
def _others(alphabet: str | None, unit: str) -> tuple[str, ...]:
    return tuple(c for c in _kin(alphabet, unit) if c != unit)


class SwapCharacters(_OfWords, Swapping):
    """Swap neighbouring characters of a word; the rate is of the characters that can change places, two at a time."""

    def runs(self, document):
        text = document.text
        if text.isascii():
            return [(word, text[word[0][0] : word[-1][1]]) for word in self.characters(document) if word]
        return [(word, [text[start:stop] for start, stop in word]) for word in self.characters(document)]


class DeleteCharacters(_OfWords):
    """Delete characters of words; one that has a single character keeps it, unless min_length is 1."""

    min_length: int = Field(default=2, ge=1, description="leave words with fewer characters alone")

    def change(self, document, chosen, stream):
        return [Edit(start, stop, "") for start, stop in chosen]


class InsertZeroWidth(_OfWords, Inserting):
    """Insert characters that cannot be seen before characters of words: U+200B, U+2060, U+FEFF."""

    def candidates(self, unit):
        return ("\u200b", "\u2060", "\ufeff")


class RecaseCharacters(_Replaced):
    """Change letters to the other case."""

    def candidates(self, unit):
        other = unit.swapcase()
        return (other,) if other != unit and len(other) == len(unit) else ()
