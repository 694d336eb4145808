"""What a language must say so that captions in it follow their image: its words of direction, and when they mean something else.

A language is a table, which plugins add (`augment.hookspecs.register_languages`). What a word means is told by readings: patterns
over the classes of the words beside it (`augment.captions.grammar`). Where a table has a regular expression, it ignores case; a
space stands for any white space, and ``{name}`` for a macro of the table.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from importlib import import_module
from typing import NamedTuple

from augment.captions.families import Family, Meaning
from augment.captions.foreign import foreign, script
from augment.captions.grammar.readings import Reading
from augment.captions.grammar.tokens import Lexicon
from augment.sample import Rule


class Sense(NamedTuple):
    """A place where words mean something, as a regular expression: those in the group ``word``, or all in the match.

    The first that fits counts. A table with classes of words has readings in its stead.
    """

    pattern: str
    meaning: Meaning
    adverb: bool = False
    """Whether the word says where to, which quarter turns write in another way: `Phrase.adverb`."""
    family: Family | None = None
    """Of which of its families the word is there, if not of the first: 'gauche' is 'droite', and 'droit' beside a masculine."""
    sure: bool = True
    """Whether it means that whatever the text says besides; otherwise a word that stays is in doubt where its opposite goes."""


class Phrase(NamedTuple):
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
    words: Lexicon | None = None
    """Its words by their classes, of which ``readings`` speak."""
    readings: tuple[Reading, ...] = ()
    """The first that fits counts; of words that none fits, the senses decide."""
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
    unread_after: str = ""
    """What stands after one: a "peace" 'gesture', "Come on," 'he says'."""
    capitals: bool = False
    """Whether a capital letter inside a sentence marks a name."""
    colours: Mapping[str, tuple[float, float, float]] = field(default_factory=dict)
    """Words of colour with red, green and blue in 0..1: what they stand for at their clearest; of synonyms the first is used."""
    shades: Mapping[str, tuple[float, float, float]] = field(default_factory=dict)
    """Further words of colour, which are recognised and never written: 'maroon'."""
    forms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Of a word of colour its forms, in one order for all: what is written takes the form of what it replaces; without, words
    have one form. Where a form is several and what it becomes is not ('rouge': 'gris' or 'grise'), it is unclear."""
    tints: Mapping[str, str] = field(default_factory=dict)
    """By a word of colour, what goes with it right before it, and leaves with it: 'lime' green."""
    agreements: tuple[tuple[str, int], ...] = ()
    """Patterns that tell which of its forms a ``word`` of colour is, by number, where it may be several: 'une auto rouge'."""
    brights: str = ""
    """What goes with it as long as there are colours: 'bright' red."""
    hues: tuple[Reading, ...] = ()
    """What words of colour mean: ``other`` where they name none ('red wine'), ``unclear`` where one cannot tell what becomes of
    it ('red hair')."""
    coloured: str = ""
    """Where a text says that the picture has colours: 'colourful'."""
    shaded: str = ""
    """Where a text says that something is dark or light: 'a dark dog', 'light brown'."""
    link: str = r" ?, ?|,? and "
    """What stands between the things of a list, as a pattern."""
    opposed: str = ""
    """Where the ``word`` that stays is in doubt if its opposite changes: '... and the left has none'; with a group ``thing``
    only where the text names that once more: 'the left answer is wrong, the right answer is circled'."""
    macros: Mapping[str, str] = field(default_factory=dict)

    def compiled(self, pattern: str) -> re.Pattern[str]:
        """Return a pattern of the table, on the borders of words."""
        for name, text in (*self.macros.items(), ("colour", "|".join(self.colour_forms))):
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
        return frozenset(script(c) for word in self.lexicon for c in word if c.isalpha())

    def foreign(self, text: str) -> str:
        """Say why a text is surely not of this language. '' where it may be."""
        return foreign(text, self.code, self.scripts)

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
    def _patterns(self) -> dict[str, re.Pattern[str] | None]:
        return {}

    def pattern_of(self, rule: str) -> re.Pattern[str] | None:
        """The pattern of a rule, by the name of its field, if it has one; it is compiled when it is first asked for."""
        if rule not in self._patterns:
            written = getattr(self, rule)
            self._patterns[rule] = self.compiled(written) if written else None
        return self._patterns[rule]

    @cached_property
    def link_pattern(self) -> re.Pattern[str]:
        return re.compile(self.link.replace(" ?", WHITE_OR_NOT).replace(" ", WHITE), re.IGNORECASE)

    @cached_property
    def colour_pattern(self) -> re.Pattern[str] | None:
        words = "|".join(map(re.escape, self.colour_forms))
        return re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE) if words else None

    @cached_property
    def colour_forms(self) -> dict[str, tuple[str, tuple[int, ...]]]:
        """What a form is of: its word of colour, and which of its forms it may be."""
        found: dict[str, tuple[str, tuple[int, ...]]] = {}
        for word in (*self.colours, *self.shades):
            for i, form in enumerate(self.forms.get(word, (word,))):
                _, places = found.get(form, (word, ()))
                found[form] = (word, (*places, i))
        return {form: found[form] for form in sorted(found, key=len, reverse=True)}

    def colour_as(self, word: str, like: str, agreed: int | None = None) -> set[str]:
        """Return a word of colour in the form of another, or in that which is ``agreed``; more than one where that is open."""
        forms, (_, places) = self.forms.get(word, (word,)), self.colour_forms[like]
        chosen = places if agreed is None or len(places) == 1 else (agreed,)
        return {forms[min(i, len(forms) - 1)] for i in chosen}

    def agreed(self, text: str) -> dict[tuple[int, int], int]:
        """Return where a text tells which of its forms a word of colour is: of several patterns the first counts."""
        told: dict[tuple[int, int], int] = {}
        for pattern, i in self.agreement_patterns:
            for m in pattern.finditer(text):
                told.setdefault(m.span("word"), i)
        return told

    @cached_property
    def agreement_patterns(self) -> tuple[tuple[re.Pattern[str], int], ...]:
        return tuple((self.compiled(pattern), i) for pattern, i in self.agreements)

    def tint_pattern(self, colour: str, lost: bool) -> re.Pattern[str] | None:
        """What leaves with a word of colour, right before it: more when colours are ``lost``."""
        words = "|".join(
            [*map(re.escape, self.tints.get(colour, "").split()), *([self.brights] if lost and self.brights else [])]
        )
        return _right_before(words) if words else None

    @cached_property
    def rotations(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for pair in self.rotation:
            for a, b in (pair, pair[::-1]):
                found.setdefault(a.lower(), b)
        return found

    @cached_property
    def rotation_pattern(self) -> re.Pattern[str] | None:
        words = "|".join(re.escape(word) for word in sorted(self.rotations, key=len, reverse=True))
        return re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE) if words else None


TOKEN = re.compile(r"\w+")
QUOTES = frozenset("\"'“”„‘’«»「」『』")
WHITE, WHITE_OR_NOT = r"\s+", r"\s*"


class Entry(NamedTuple):
    """What a word may stand for: its family, and its direction there; '' for none."""

    family: Family
    direction: str


_MODULES = {"en": "english", "de": "german", "fr": "french", "es": "spanish"}


def _core_language(code: str) -> Language:
    module = _MODULES[code]
    found: Language = getattr(import_module(f"augment.captions.{module}"), module.upper())
    return found


def core_languages() -> dict[str, Language]:
    """Return the tables of the core, by code."""
    return {code: _core_language(code) for code in _MODULES}


def languages() -> dict[str, Language]:
    """Return the tables by code: ours, and those that plugins add."""
    from augment.plugins import plugin_languages

    return core_languages() | {table.code: table for table in plugin_languages()}


def language_of(code: str) -> Language | None:
    """Return the tables of a language, if there are any. No plugin is loaded for those of the core."""
    return _core_language(code) if code in _MODULES else languages().get(code)


@lru_cache(maxsize=256)
def _right_before(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:(?:{words})(?:\s+|-))+\Z", re.IGNORECASE)
