"""Ops on words and phrases that stand in a table: misspellings, contractions, names, numbers, and what users list."""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache, partial
from itertools import compress
from typing import Annotated, Any, ClassVar

from pydantic import BeforeValidator, Field

from augment.ops.kinds import Replacing, ReplacingSpans
from augment.text.case import with_case_of
from augment.text.document import Document, Span
from augment.text.numerals import Numbers, numbers
from augment.text.phrases import Phrases, written
from augment.text.tables import ContractedLanguage, ExpandedLanguage, MisspeltLanguage, NamesLanguage, table
from augment.values import Short


class MisspellWords(Replacing):
    """Misspell words as people do; the rate is of the words of the table, some hundred that are often misspelt."""

    language: MisspeltLanguage = Field(default="en", description="of the text")

    def candidates(self, unit):
        return _misspelt(self.language, unit)

    @property
    def lookup(self):
        return partial(_misspelt, self.language)

    def units(self, document):
        known = table("misspellings", self.language)
        words = document.written
        return list(compress(range(len(words)), map(known.__contains__, map(str.lower, words))))


@lru_cache(maxsize=16384)
def _misspelt(language: str, word: str) -> tuple[str, ...]:
    return _in_case(word, table("misspellings", language).get(word.lower(), ()))


class ReplaceNames(Replacing):
    """Replace given names by others of the same kind; the rate is of the names of the table, written with a capital."""

    language: NamesLanguage = Field(default="en", description="of the names")

    def candidates(self, unit):
        return _in_case(unit, table("names", self.language).get(unit.lower(), ())) if unit[:1].isupper() else ()


class ReplaceNumbers(ReplacingSpans):
    """Replace numbers by others of as many digits; dates, times and what is part of a longer code are left alone."""

    def candidates(self, unit):
        return Numbers(unit)

    def units(self, document):
        return [span for span in numbers(document.text) if len(Numbers(document[span]))]


class _Phrases(ReplacingSpans):
    @property
    def entries(self) -> Mapping[str, Sequence[str]]:
        """Phrases in small letters, and what may stand for them."""
        raise NotImplementedError

    def found(self) -> Phrases:
        """What finds them in a text."""
        raise NotImplementedError

    def candidates(self, unit):
        return _in_case(unit, self.entries.get(written(unit), ()))

    def spans(self, document: Document) -> list[Span]:
        return self.found().find(document.text)


class ContractWords(_Phrases):
    """Write 'is not' as isn't, 'I am' as I'm; only where a word follows, as people speak."""

    language: ContractedLanguage = Field(default="en", description="of the text")

    @property
    def entries(self):
        return table("contractions", self.language)

    def found(self):
        return _listed("contractions", self.language)

    def spans(self, document):
        text = document.text
        return [span for span in super().spans(document) if _WORD_FOLLOWS.match(text, span[1])]


class ExpandWords(_Phrases):
    """Write isn't as 'is not', I'm as 'I am'; what may mean several things (he'd, John's) is left alone."""

    language: ExpandedLanguage = Field(default="en", description="of the text")

    @property
    def entries(self):
        return table("expansions", self.language)

    def found(self):
        return _listed("expansions", self.language)


_WORD_FOLLOWS = re.compile(r"\s+\w")


@lru_cache(maxsize=16)
def _listed(kind: Any, language: str) -> Phrases:
    return Phrases(table(kind, language))


def _groups(raw: Any) -> Any:
    if not isinstance(raw, list | tuple) or not all(isinstance(group, list | tuple) for group in raw):
        raise ValueError("must be groups of equivalents, such as [[car, automobile], [big, large, huge]]")
    for group in raw:
        if len({" ".join(phrase.split()) if isinstance(phrase, str) else "" for phrase in group} - {""}) < 2:
            raise ValueError(f"{list(group)!r} is no group of at least two different phrases")
    return tuple(tuple(" ".join(phrase.split()) for phrase in group) for group in raw)


class ReplaceReserved(_Phrases):
    """Replace phrases by others of their group: whole words, the longest phrase first; the rate is of those that are found."""

    groups: Annotated[Short[tuple[tuple[str, ...], ...]], BeforeValidator(_groups)] = Field(
        min_length=1, description="groups of equivalents: [[car, automobile], [big, large, huge]]"
    )
    ignore_case: bool = Field(default=True, description="find them in any case, and write what replaces them in the same")

    examples: ClassVar = (
        {"rate": 0.5, "groups": [["the", "this"], ["a", "one", "a single"]]},
        {"rate": [0.2, 1], "groups": [["The", "This"], ["of", "out of"]], "ignore_case": False},
    )

    @property
    def entries(self):
        return _equivalents(self.groups, self.ignore_case)

    def found(self):
        return _finder(self.groups, self.ignore_case)

    def candidates(self, unit):
        others = self.entries.get(written(unit, self.ignore_case), ())
        return _in_case(unit, others) if self.ignore_case else others


@lru_cache(maxsize=64)
def _equivalents(groups: tuple[tuple[str, ...], ...], ignore_case: bool) -> dict[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = {}
    for group in groups:
        for phrase in group:
            found.setdefault(written(phrase, ignore_case), {}).update(dict.fromkeys(p for p in group if p != phrase))
    return {phrase: tuple(others) for phrase, others in found.items()}


@lru_cache(maxsize=64)
def _finder(groups: tuple[tuple[str, ...], ...], ignore_case: bool) -> Phrases:
    return Phrases(_equivalents(groups, ignore_case), ignore_case)


def _in_case(unit: str, others: Sequence[str]) -> tuple[str, ...]:
    """What may stand for a unit, in its case, and without the unit itself."""
    return tuple(new for other in others if (new := with_case_of(unit, other)) != unit)
