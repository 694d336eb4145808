"""Words of direction in a caption, and what a turn of its image makes of them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from augment.captions.families import Family, Meaning
from augment.captions.foreign import SMALL_WORDS
from augment.captions.grammar.readings import Sentence
from augment.captions.language import TOKEN, Entry, Language, Phrase
from augment.captions.names import CAPITAL, naming
from augment.captions.places import Places
from augment.captions.quotes import legible, quoted
from augment.captions.turn import AXES, Turn
from augment.captions.verdict import Doubt, Verdict
from augment.text.case import with_case_of
from augment.text.document import Span
from augment.text.editing import Edit

BEFORE, AFTER = re.compile(r"(\w+)\s\Z"), re.compile(r"\s(\w+)")
_OPPOSITE = {"W": "E", "E": "W", "N": "S", "S": "N", **AXES}
_CHANGES = {"sides": "W", "axes": "H"}
"""By its rule, a direction that a word without one stands beside: 'under' changes where above and below do."""


Found = dict[re.Pattern[str], Places]
"""Where the patterns of phrases stand in a text, as far as it was looked for."""


@dataclass
class Word:
    """A word of direction at its place."""

    start: int
    stop: int
    entry: Entry
    meaning: Meaning
    adverb: bool = False
    sure: bool = True
    """Whether no other word of the text can change what it means: `Sense.sure`."""

    @property
    def direction(self) -> str:
        return self.entry.direction

    @property
    def opposite(self) -> str:
        return "".join(_OPPOSITE[d] for d in self.direction) or "?"

    def moved_by(self, turn: Turn) -> bool:
        """Whether a turn could make it false."""
        if self.meaning == "own":
            return turn.mirrored and self._chiral
        compass = self.direction or _CHANGES.get(self.entry.family.rule, "N")
        apart = self.meaning in ("either", "unclear") and self._chiral and turn.mirrored
        return not turn.clear or turn(compass) != compass or apart

    def doubted_by(self, turn: Turn) -> bool:
        """Whether a turn makes different things of what it may mean."""
        alike = turn.clear and turn.mirrored and self._chiral and turn(self.direction) == self.opposite
        return self.meaning == "unclear" or (self.meaning == "either" and not alike)

    def may_move_by(self, turn: Turn) -> bool:
        """Whether a turn could make it false in any of its meanings."""
        return self.moved_by(turn) or (turn.mirrored and self._chiral)

    @property
    def _chiral(self) -> bool:
        return self.direction in ("W", "E")


def turned(text: str, turn: Turn, language: Language, rules: Collection[str]) -> Verdict:
    """Return what is to become of a text whose image turns."""
    verdict = Verdict()
    if turn.still or not rules:
        return verdict
    if why := language.foreign(text):
        verdict.doubts.append(Doubt(0, len(text), why))
    if why or not language.mentions(text):
        return verdict
    quotes = quoted(text)
    if turn.mirrored and "writing" in rules:
        verdict.doubts += legible(text, quotes, language)
    if "rotation" in rules and turn.mirrored and language.rotation_pattern:
        for m in language.rotation_pattern.finditer(text):
            verdict.edit(*m.span(), with_case_of(m[0], language.rotations[m[0].lower()]))
    every = words_of(text, language, turn, quotes, rules)
    words = [word for word in every if word.meaning != "other" and word.moved_by(turn)]
    done: set[int] = set()
    found: Found = {}
    for i, word in enumerate(words):
        if i in done:
            continue
        after = words[i + 1] if i + 1 < len(words) else None
        if turn.swaps_axes and after and _is_corner(text, word, after):
            for own, other in ((word, after), (after, word)):
                new = own.entry.family.words[turn(other.direction)]
                verdict.edit(own.start, own.stop, with_case_of(text[own.start : own.stop], new))
            done.add(i + 1)
            continue
        _judge(text, word, turn, language, verdict, found)
    _halves(text, every, language, verdict)
    if "clock" in rules:
        _hours(text, turn, language, verdict)
    return verdict


def words_of(text: str, language: Language, turn: Turn, quotes: Iterable[Span], rules: Collection[str]) -> list[Word]:
    """Return the words of a text that may tell a direction which a turn moves, each with its meaning; what is quoted is none."""
    found = [(m, language.lexicon[m[0].lower()][0]) for m in language.word_pattern.finditer(text)]
    words = [Word(*m.span(), entry, entry.family.meaning) for m, entry in found]
    said = Places(quotes)
    open_ = [
        word
        for word in words
        if word.entry.family.rule in rules
        and word.may_move_by(turn)
        and not said.around(word.start, word.stop)
        and not (language.capitals and CAPITAL.match(text, word.stop) and naming(text, word.start, word.stop) == "name")
    ]
    starts, left = [word.start for word in open_], set(range(len(open_)))
    left -= _read(text, open_, language)
    for pattern, sense in language.sense_patterns:
        if not left:
            break
        for m in pattern.finditer(text):
            start, stop = m.span("word" if m.groupdict().get("word") else 0)
            for i in range(bisect_left(starts, start), bisect_left(starts, stop)):
                word = open_[i]
                if i in left and word.stop <= stop:
                    word.meaning, word.adverb, word.sure = sense.meaning, sense.adverb, sense.sure
                    word.entry = _entry(text, word, sense.family, language)
                    left.remove(i)
    return open_


def _read(text: str, words: list[Word], language: Language) -> set[int]:
    """Say what words mean by what stands beside them; return the numbers of those that this tells."""
    if language.words is None or not words:
        return set()
    sentence, told = Sentence(text, language.words), set()
    sides = {(word.entry.family.rule, word.direction) for word in words}
    for i, word in enumerate(words):
        more = frozenset(["OPPOSED"]) if (word.entry.family.rule, word.opposite) in sides else frozenset()
        if (reading := sentence.read(word.start, word.stop, language.readings, more)) is not None:
            word.meaning, word.adverb, word.sure = reading.meaning, reading.adverb, reading.sure
            word.entry = _entry(text, word, reading.family, language)
            told.add(i)
    return told


def _entry(text: str, word: Word, family: Family | None, language: Language) -> Entry:
    """What a word stands for, if it is of some family."""
    entries = language.lexicon[text[word.start : word.stop].lower()]
    return word.entry if family is None else next(entry for entry in entries if entry.family is family)


def _judge(text: str, word: Word, turn: Turn, language: Language, verdict: Verdict, found: Found) -> None:
    written = text[word.start : word.stop]
    edit = _edit(text, word, turn, language, found)
    guess = (edit,) if edit else ()
    if word.doubted_by(turn):
        verdict.doubts.append(Doubt(word.start, word.stop, f"{written!r} may mean a direction, or not", guess))
    elif not turn.clear and word.meaning == "seen":
        verdict.doubts.append(Doubt(word.start, word.stop, f"{written!r} is no direction any more, nor another", guess))
    elif edit is None:
        verdict.doubts.append(Doubt(word.start, word.stop, f"{written!r} cannot be said of the turned picture"))
    else:
        verdict.edit(edit.start, edit.stop, edit.text)


def _edit(text: str, word: Word, turn: Turn, language: Language, found: Found) -> Edit | None:
    """What says the direction that a word's has become; None if nothing does."""
    if not word.direction:
        return None
    own = word.meaning == "own" or (word.meaning in ("either", "unclear") and turn(word.direction) == word.direction)
    new = word.opposite if own and word.direction in ("W", "E") else turn(word.direction)
    written = text[word.start : word.stop]
    if new in word.entry.family.words:
        return Edit(word.start, word.stop, with_case_of(written, word.entry.family.words[new]))
    for start, stop, phrase in _phrases(text, word, language, found):
        if new in phrase.words:
            return Edit(start, stop, with_case_of(text[start:stop], phrase.words[new]))
    return None


def _phrases(text: str, word: Word, language: Language, found: Found) -> Iterator[tuple[int, int, Phrase]]:
    for patterns, phrase in language.phrase_patterns:
        pattern = patterns.get(word.direction)
        if pattern is None or (phrase.adverb and not word.adverb):
            continue
        if pattern not in found:
            found[pattern] = Places([m.span() for m in pattern.finditer(text)])
        if span := found[pattern].around(word.start, word.stop):
            yield *span, phrase


def _is_corner(text: str, word: Word, after: Word) -> bool:
    """Whether two words are one place, as 'upper left' is."""
    joined = re.fullmatch(r"[\s-]?", text[word.stop : after.start])
    seen = word.meaning == after.meaning == "seen"
    return bool(joined) and seen and word.direction in ("N", "S") and after.direction in ("W", "E")


def _halves(text: str, words: list[Word], language: Language, verdict: Verdict) -> None:
    """Doubt a word that stays beside its opposite: of two sides set against each other, one would be said twice.

    It stays only where its `Sense` is sure of it whatever else the text says, and nothing sets the two side by side: neither
    the same word of some weight before or after both ('sits left, sits right'), nor a pattern of the language.
    """
    judged = Places([(e.start, e.stop) for e in verdict.edits] + [(d.start, d.stop) for d in verdict.doubts])
    kept = []
    beside: defaultdict[tuple[str, str], set[tuple[str, bool]]] = defaultdict(set)
    for word in words:
        side = (word.entry.family.rule, word.direction)
        beside[side] |= (near := _beside(text, word, language))
        if word.meaning == "other" and not judged.touch(word.start, word.stop):
            kept.append((word, (word.entry.family.rule, word.opposite), near))
    told = {m.start("word"): m.groupdict().get("thing") for m in _matches(language, "opposed", text)} if kept else {}
    named = Counter(map(_stem, TOKEN.findall(text))) if told else Counter()
    for word, opposite, near in kept:
        thing = TOKEN.search(told.get(word.start) or "")
        unsure = not word.sure or (word.start in told and (thing is None or named[_stem(thing[0])] > 1))
        if (opposite in beside and unsure) or near & beside[opposite]:
            written = text[word.start : word.stop]
            verdict.doubts.append(Doubt(word.start, word.stop, f"{written!r} stays beside its opposite"))


def _stem(word: str) -> str:
    return word.lower().removesuffix("s")


def _beside(text: str, word: Word, language: Language) -> set[tuple[str, bool]]:
    """The words of some weight right before and right after one, in lower case."""
    before, after = BEFORE.search(text, max(0, word.start - 40), word.start), AFTER.match(text, word.stop)
    near = ((m[1].lower(), m is after) for m in (before, after) if m)
    return {(name, side) for name, side in near if len(name) > 2 and name not in SMALL_WORDS.get(language.code, ())}


def _hours(text: str, turn: Turn, language: Language, verdict: Verdict) -> None:
    other, seen = (Places(m.span() for m in _matches(language, name, text)) for name in ("other_hours", "seen_hours"))
    for m in _matches(language, "hours", text):
        start, stop = m.span("hour")
        hour = int(m["hour"]) if m["hour"].isdigit() else language.numbers.index(m["hour"].lower()) + 1
        new = turn.hour(hour)
        if not 1 <= hour <= 12 or (new == hour and turn.clear) or other.around(start, stop):
            continue
        said = str(new) if m["hour"].isdigit() else with_case_of(m["hour"], language.numbers[new - 1])
        if turn.clear and seen.around(start, stop):
            verdict.edit(start, stop, said)
        else:
            verdict.doubts.append(Doubt(start, stop, f"{m[0]!r} may be a direction, or a time", (Edit(start, stop, said),)))


def _matches(language: Language, name: str, text: str) -> Iterator[re.Match[str]]:
    pattern = language.pattern_of(name)
    return iter(()) if pattern is None else pattern.finditer(text)
