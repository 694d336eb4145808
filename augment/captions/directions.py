"""Words of direction in a caption, and what a turn of its image makes of them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from augment.captions.language import Entry, Language, Meaning, Phrase
from augment.captions.names import CAPITAL, naming
from augment.captions.quotes import legible, quoted
from augment.captions.turn import Turn
from augment.captions.verdict import Doubt, Verdict
from augment.text.case import with_case_of
from augment.text.document import Span
from augment.text.editing import Edit

_OPPOSITE = {"W": "E", "E": "W"}


@dataclass
class Word:
    """A word of direction at its place."""

    start: int
    stop: int
    entry: Entry
    meaning: Meaning
    adverb: bool = False

    @property
    def direction(self) -> str:
        return self.entry.direction

    def moved_by(self, turn: Turn) -> bool:
        """Whether a turn could make it false."""
        if self.meaning == "own":
            return turn.mirrored and self.direction in _OPPOSITE
        compass = self.direction or ("W" if self.entry.family.rule == "sides" else "N")
        return not turn.clear or turn(compass) != compass or (self.meaning == "unclear" and self._chiral and turn.mirrored)

    def may_move_by(self, turn: Turn) -> bool:
        """Whether a turn could make it false in any of its meanings."""
        return self.moved_by(turn) or (turn.mirrored and self._chiral)

    @property
    def _chiral(self) -> bool:
        return self.direction in _OPPOSITE


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
    words = words_of(text, language, turn, quotes, rules)
    done: set[int] = set()
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
        _judge(text, word, turn, language, verdict)
    _halves(text, quotes, language, verdict)
    if "clock" in rules:
        _hours(text, turn, language, verdict)
    return verdict


def words_of(text: str, language: Language, turn: Turn, quotes: Iterable[Span], rules: Collection[str]) -> list[Word]:
    """Return the words of direction of a text that a turn may move, each with its meaning; what is quoted is none."""
    found = [(m, language.lexicon[m[0].lower()][0]) for m in language.word_pattern.finditer(text)]
    words = [Word(*m.span(), entry, entry.family.meaning) for m, entry in found]
    open_ = [
        word
        for word in words
        if word.entry.family.rule in rules
        and word.may_move_by(turn)
        and not any(a <= word.start and word.stop <= b for a, b in quotes)
        and not (language.capitals and CAPITAL.match(text, word.stop) and naming(text, word.start, word.stop) == "name")
    ]
    left = list(open_)
    for pattern, sense in language.sense_patterns:
        if not left:
            break
        for m in pattern.finditer(text):
            start, stop = m.span("word" if m.groupdict().get("word") else 0)
            for word in [w for w in left if start <= w.start and w.stop <= stop]:
                word.meaning, word.adverb = sense.meaning, sense.adverb
                left.remove(word)
    return [word for word in open_ if word.meaning != "other" and word.moved_by(turn)]


def _judge(text: str, word: Word, turn: Turn, language: Language, verdict: Verdict) -> None:
    written = text[word.start : word.stop]
    edit = _edit(text, word, turn, language)
    guess = (edit,) if edit else ()
    if word.meaning == "unclear":
        verdict.doubts.append(Doubt(word.start, word.stop, f"{written!r} may mean a direction, or not", guess))
    elif not turn.clear and word.meaning == "seen":
        verdict.doubts.append(Doubt(word.start, word.stop, f"{written!r} is no direction any more, nor another", guess))
    elif edit is None:
        verdict.doubts.append(Doubt(word.start, word.stop, f"{written!r} cannot be said of the turned picture"))
    else:
        verdict.edit(edit.start, edit.stop, edit.text)


def _edit(text: str, word: Word, turn: Turn, language: Language) -> Edit | None:
    """What says the direction that a word's has become; None if nothing does."""
    if not word.direction:
        return None
    own = word.meaning == "own" or (word.meaning == "unclear" and turn(word.direction) == word.direction)
    new = _OPPOSITE[word.direction] if own and word.direction in _OPPOSITE else turn(word.direction)
    written = text[word.start : word.stop]
    if new in word.entry.family.words:
        return Edit(word.start, word.stop, with_case_of(written, word.entry.family.words[new]))
    for start, stop, phrase in _phrases(text, word, language):
        if new in phrase.words:
            return Edit(start, stop, with_case_of(text[start:stop], phrase.words[new]))
    return None


def _phrases(text: str, word: Word, language: Language) -> Iterator[tuple[int, int, Phrase]]:
    for patterns, phrase in language.phrase_patterns:
        pattern = patterns.get(word.direction)
        if pattern is None or (phrase.adverb and not word.adverb):
            continue
        for m in pattern.finditer(text):
            if m.start() <= word.start and word.stop <= m.end():
                yield *m.span(), phrase


def _is_corner(text: str, word: Word, after: Word) -> bool:
    """Whether two words are one place, as 'upper left' is."""
    joined = re.fullmatch(r"[\s-]?", text[word.stop : after.start])
    seen = word.meaning == after.meaning == "seen"
    return bool(joined) and seen and word.direction in ("N", "S") and after.direction in ("W", "E")


def _halves(text: str, quotes: list[Span], language: Language, verdict: Verdict) -> None:
    """Doubt a word that stays where its opposite changes: of two sides set against each other, one would be said twice."""
    changed = {text[e.start : e.stop].lower() for e in verdict.edits}
    for m in _matches(language, "opposed", text):
        start, stop = m.span("word")
        entry = language.lexicon[m["word"].lower()][0]
        opposite = entry.family.words.get(_OPPOSITE.get(entry.direction, ""))
        judged = [(e.start, e.stop) for e in verdict.edits] + [(d.start, d.stop) for d in verdict.doubts]
        kept = not any(a < stop and start < b for a, b in judged)
        if kept and opposite in changed and not _inside((start, stop), quotes):
            verdict.doubts.append(Doubt(start, stop, f"{m['word']!r} stays, while {opposite!r} changes"))


def _hours(text: str, turn: Turn, language: Language, verdict: Verdict) -> None:
    other = [m.span() for m in _matches(language, "other_hours", text)]
    seen = [m.span() for m in _matches(language, "seen_hours", text)]
    for m in _matches(language, "hours", text):
        start, stop = m.span("hour")
        hour = int(m["hour"]) if m["hour"].isdigit() else language.numbers.index(m["hour"].lower()) + 1
        new = turn.hour(hour)
        if not 1 <= hour <= 12 or (new == hour and turn.clear) or _inside((start, stop), other):
            continue
        said = str(new) if m["hour"].isdigit() else with_case_of(m["hour"], language.numbers[new - 1])
        if turn.clear and _inside((start, stop), seen):
            verdict.edit(start, stop, said)
        else:
            verdict.doubts.append(Doubt(start, stop, f"{m[0]!r} may be a direction, or a time", (Edit(start, stop, said),)))


def _inside(span: Span, others: Iterable[Span]) -> bool:
    return any(a <= span[0] and span[1] <= b for a, b in others)


def _matches(language: Language, name: str, text: str) -> Iterator[re.Match[str]]:
    pattern = language.other_patterns[name]
    return iter(()) if pattern is None else pattern.finditer(text)
