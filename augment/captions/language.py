"""What a language must say so that captions in it follow their image: its words of direction, and when they mean something else.

A language is a table, which plugins add (`augment.hookspecs.register_languages`). Its patterns are regular expressions that
ignore case; a space stands for any white space, and ``{name}`` for a macro of the table.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Literal, NamedTuple

from augment.sample import Rule

Meaning = Literal["seen", "own", "other", "unclear"]
"""``seen``: a direction in the picture. ``own``: a side of a body, which only a mirror changes. ``other``: no direction.
``unclear``: one cannot tell."""


@dataclass(frozen=True)
class Family:
    """Words that differ in their direction alone: ``{'W': 'leftmost', 'E': 'rightmost'}``."""

    rule: Rule
    words: Mapping[str, str]
    """By direction: W, E, N, S, or NW, NE, SW, SE. Words that have none of their own stand in `Language.vague`."""
    meaning: Meaning = "seen"
    """Of a word that no `Sense` covers."""


@dataclass(frozen=True)
class Sense:
    """A place where words mean something: those in the group ``word``, or all in the match. The first that fits counts."""

    pattern: str
    meaning: Meaning
    adverb: bool = False
    """Whether the word says where to, which quarter turns write in another way: `Phrase.adverb`."""


@dataclass(frozen=True)
class Phrase:
    """How a direction is said in all four ways, for quarter turns: 'to the left of', 'to the right of', 'above', 'below'."""

    words: Mapping[str, str]
    before: str = ""
    """What must follow, as a pattern."""
    adverb: bool = False
    """Whether it says where to; only for words that do."""
    reads: str = ""
    """The directions that are recognised by it, if not all that it can say."""


@dataclass(frozen=True, eq=False)
class Language:
    """The table of a language."""

    code: str
    """As in ``language: en``."""
    families: tuple[Family, ...]
    senses: tuple[Sense, ...] = ()
    phrases: tuple[Phrase, ...] = ()
    rotation: tuple[tuple[str, str], ...] = ()
    """Pairs of words for the two ways round: ('clockwise', 'counterclockwise')."""
    vague: Mapping[Rule, tuple[str, ...]] = field(default_factory=dict)
    """Words of a rule that have no counterpart: 'under', 'over'."""
    hours: str = ""
    """Hours of the clock, as directions or times: a pattern with the group ``hour``, a number or one of ``numbers``."""
    clock: tuple[str, ...] = ()
    """Words of which one goes with every hour."""
    numbers: tuple[str, ...] = ()
    """The hours from one to twelve."""
    seen_hours: str = ""
    """Where an hour is a direction."""
    other_hours: str = ""
    """Where it is a time. Elsewhere it is unclear."""
    articles: tuple[str, str] | None = None
    """Articles before consonants and before vowels, if the language tells them apart: a, an."""
    writing: str = ""
    """Where a caption tells what can be read in the picture without quoting it: 'the word STOP'."""
    read: tuple[str, ...] = ()
    """Words of which one stands wherever ``writing`` fits: without them it is not looked for."""
    unread: str = ""
    """What stands before a quote that is not read in the picture: 'nicknamed'. Every other quote may be."""
    capitals: bool = False
    """Whether a capital letter inside a sentence marks a name."""
    colours: Mapping[str, tuple[float, float, float]] = field(default_factory=dict)
    """Words of colour with red, green and blue in 0..1: what they stand for at their clearest; of synonyms the first is used."""
    shades: Mapping[str, tuple[float, float, float]] = field(default_factory=dict)
    """Further words of colour, which are recognised and never written: 'maroon'."""
    tints: str = ""
    """What goes with a word of colour before it, and leaves with it: 'lime' green."""
    brights: str = ""
    """What goes with it as long as there are colours: 'bright' red."""
    other_colours: str = ""
    """Where words of colour name no colour: 'red wine'. ``{colour}`` is any of them."""
    unclear_colours: str = ""
    """Where one cannot tell what becomes of a word of colour: 'red hair'."""
    coloured: str = ""
    """Where a text says that the picture has colours: 'colourful'."""
    link: str = r" ?, ?|,? and "
    """What stands between the things of a list, as a pattern."""
    opposed: str = ""
    """Where a word of direction that stays is in doubt if its opposite changes: '... and the left has none'."""
    macros: Mapping[str, str] = field(default_factory=dict)

    def compiled(self, pattern: str) -> re.Pattern[str]:
        """Return a pattern of the table, on the borders of words."""
        for name, text in (*self.macros.items(), ("colour", "|".join(map(re.escape, (*self.colours, *self.shades))))):
            pattern = pattern.replace(f"{{{name}}}", f"(?:{text})")
        return re.compile(rf"(?<!\w)(?:{pattern.replace(' ?', WHITE_OR_NOT).replace(' ', WHITE)})(?!\w)", re.IGNORECASE)

    @cached_property
    def lexicon(self) -> dict[str, list[Entry]]:
        """What each word may stand for, in lower case."""
        found: dict[str, list[Entry]] = {}
        for family in self.families:
            for direction, word in family.words.items():
                found.setdefault(word.lower(), []).append(Entry(family, direction))
        for rule, words in self.vague.items():
            for word in words:
                found.setdefault(word, []).append(Entry(Family(rule, {}, "unclear"), ""))
        return found

    @cached_property
    def stems(self) -> frozenset[str]:
        """One of which a text holds if it says anything of a direction: a quick look, before patterns are tried."""
        words = [*self.lexicon, *self.rotations, *self.clock, *self.read]
        return frozenset(max(TOKEN.findall(word.lower()), key=len) for word in words)

    @cached_property
    def scripts(self) -> frozenset[str]:
        """Those that its words of direction are written in."""
        return frozenset(_script(c) for word in self.lexicon for c in word if c.isalpha())

    def foreign(self, text: str) -> str:
        """Say why a text is surely not of this language: no letter of it is of its scripts. '' where it may be."""
        letters = [c for c in text if c.isalpha()]
        if not letters or not self.scripts or any(_script(c) in self.scripts for c in letters):
            return self._of_another(text)
        return f"is not written as the language {self.code!r} is: declare the language of the target, or rules: none"

    def _of_another(self, text: str) -> str:
        """Say that small words of another language outweigh its own; capitals are left out, as names hold them ('La Paz')."""
        words = [word for word in TOKEN.findall(text) if word.islower()]
        own = sum(word in SMALL_WORDS.get(self.code, ()) for word in words)
        for code, small in SMALL_WORDS.items() if self.code in SMALL_WORDS else ():
            other = sum(word in small for word in words)
            alone = other > 0 and not own and 4 * other >= len(words)
            if code != self.code and (alone or other >= 2 * own + 2):
                return f"seems to be of the language {code!r}, not {self.code!r}: declare it for the target, or rules: none"
        return ""

    def mentions(self, text: str) -> bool:
        """Whether a text may say something of a direction, or quote what is written in the picture."""
        return not self.stems.isdisjoint(TOKEN.findall(text.lower())) or not QUOTES.isdisjoint(text)

    @cached_property
    def word_pattern(self) -> re.Pattern[str]:
        """Any word of direction; longer ones first."""
        words = sorted(self.lexicon, key=len, reverse=True)
        return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, words))})(?!\w)", re.IGNORECASE)

    @cached_property
    def sense_patterns(self) -> tuple[tuple[re.Pattern[str], Sense], ...]:
        return tuple((self.compiled(sense.pattern), sense) for sense in self.senses)

    @cached_property
    def phrase_patterns(self) -> tuple[tuple[dict[str, re.Pattern[str]], Phrase], ...]:
        def pattern(words: str, phrase: Phrase) -> re.Pattern[str]:
            return self.compiled(re.escape(words).replace(r"\ ", " ") + (f"(?={phrase.before})" if phrase.before else ""))

        def read(phrase: Phrase) -> dict[str, re.Pattern[str]]:
            return {d: pattern(words, phrase) for d, words in phrase.words.items() if d in (phrase.reads or d)}

        return tuple((read(phrase), phrase) for phrase in self.phrases)

    @cached_property
    def other_patterns(self) -> dict[str, re.Pattern[str] | None]:
        """The patterns of rules that have one: by the name of the field."""
        names = (
            "hours",
            "seen_hours",
            "other_hours",
            "writing",
            "unread",
            "other_colours",
            "unclear_colours",
            "coloured",
            "opposed",
        )
        return {name: self.compiled(getattr(self, name)) if getattr(self, name) else None for name in names}

    @cached_property
    def link_pattern(self) -> re.Pattern[str]:
        return re.compile(self.link.replace(" ?", WHITE_OR_NOT).replace(" ", WHITE), re.IGNORECASE)

    @cached_property
    def colour_pattern(self) -> re.Pattern[str] | None:
        words = "|".join(map(re.escape, (*self.colours, *self.shades)))
        return re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE) if words else None

    @cached_property
    def tint_patterns(self) -> tuple[re.Pattern[str] | None, re.Pattern[str] | None]:
        """What leaves with a word of colour, right before it: always, and when colours are lost."""

        def before(words: str) -> re.Pattern[str] | None:
            return re.compile(rf"(?<![\w-])(?:(?:{words})(?:\s+|-))+\Z", re.IGNORECASE) if words else None

        both = "|".join(words for words in (self.tints, self.brights) if words)
        return before(self.tints), before(both)

    @cached_property
    def rotations(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for pair in self.rotation:
            for a, b in (pair, pair[::-1]):
                found.setdefault(a, b)
        return found

    @cached_property
    def rotation_pattern(self) -> re.Pattern[str] | None:
        words = "|".join(re.escape(word) for word in sorted(self.rotations, key=len, reverse=True))
        return re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE) if words else None


TOKEN = re.compile(r"\w+")
SMALL_WORDS = {
    "en": frozenset("the of and with an is are to at by from on his her its their".split()),
    "de": frozenset("der das dem ein eine einen einem einer und ist sind mit auf zum zur neben".split()),
    "fr": frozenset("le du un une est sont et dans sur avec à d l devant droite".split()),
    "es": frozenset("el los las del una y está están junto derecha izquierda".split()),
}
"""Words that are frequent in one language and none in the others."""
QUOTES = frozenset("\"'“”„‘’«»「」『』")
WHITE, WHITE_OR_NOT = r"\s+", r"\s*"


class Entry(NamedTuple):
    """What a word may stand for: its family, and its direction there; '' for none."""

    family: Family
    direction: str


def languages() -> dict[str, Language]:
    """Return the tables by code: English, and those that plugins add."""
    from augment.captions.english import ENGLISH
    from augment.plugins import plugin_languages

    return {table.code: table for table in (ENGLISH, *plugin_languages())}


@lru_cache(maxsize=4096)
def _script(letter: str) -> str:
    """LATIN, CYRILLIC, CJK: how the name of a letter begins."""
    return unicodedata.name(letter, "").partition(" ")[0]
