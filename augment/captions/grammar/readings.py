"""What words of a text mean where they stand."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from augment.captions.families import Family, Meaning
from augment.captions.grammar.patterns import Pattern
from augment.captions.grammar.tokens import POSSESSIVE, Lexicon, sentence


@dataclass(frozen=True)
class Reading:
    """What a word means where it stands as one of some patterns over the words beside it, and why."""

    meaning: Meaning
    why: str
    patterns: str
    """One a line, as `augment.captions.grammar.patterns` says."""
    adverb: bool = False
    """Whether the word says where to, which quarter turns write in another way: `augment.captions.language.Phrase.adverb`."""
    sure: bool = True
    """Whether it means that whatever the text says besides; otherwise a word that stays is in doubt where its opposite goes."""
    family: Family | None = None
    """Of which of its families the word is there, if not of the first: 'gauche' is 'droite', and 'droit' beside a masculine."""

    @cached_property
    def compiled(self) -> tuple[Pattern, ...]:
        """The patterns, ready to be looked for."""
        return tuple(Pattern(line.strip()) for line in self.patterns.splitlines() if line.strip())


class Sentence:
    """A text, in which words are looked at by where they stand."""

    def __init__(self, text: str, lexicon: Lexicon) -> None:
        self.text, self.lexicon = text, lexicon
        self.tokens = sentence(text, lexicon)
        self.first = {token.start: i for i, token in enumerate(self.tokens) if token.stop > token.start}
        self.last = {token.stop: i for i, token in enumerate(self.tokens) if token.stop > token.start}
        possessive = {stop - 2: i for stop, i in self.last.items() if text[stop - 2 : stop] in POSSESSIVE}
        self.last = {**possessive, **self.last}

    def read(self, start: int, stop: int, readings: tuple[Reading, ...], more: frozenset[str] = frozenset()) -> Reading | None:
        """Return the first reading that fits what stands between two places, which has ``more`` tags; None where none does.

        What stands there may be several tokens ('left-hand', 'por encima'): it is taken for one word ('por_encima').
        """
        first, last = self.first.get(start), self.last.get(stop)
        if first is None or last is None:
            return None
        glue = self.tokens[first].tags & {"GLUED"} | self.tokens[last].tags & {"GLUING"}
        tags = self.lexicon.tags("_".join(self.text[start:stop].split())) | glue | more
        return next((r for r in readings if any(p.fits(self.tokens, first, last, tags) for p in r.compiled)), None)

    def begins_with_a_thing(self, start: int, stop: int) -> bool:
        """Whether what stands between two places is a thing and what is said of it: 'is the bottle green?'"""
        first, last = self.first.get(start), self.last.get(stop)
        if first is None or last is None or "GLUING" in self.tokens[first].tags:
            return False
        return "THE" in self.tokens[first - 1].tags and "^" in self.tokens[last + 1].tags
