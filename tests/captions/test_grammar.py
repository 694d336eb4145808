"""Sentences of tokens, and the patterns over them by which words of direction and of colour are read."""

from __future__ import annotations

import pytest

from augment.captions.grammar.patterns import Pattern
from augment.captions.grammar.readings import Reading, Sentence
from augment.captions.grammar.tokens import Lexicon, sentence
from augment.captions.language import core_languages

LEXICON = Lexicon(
    classes={"DET": ["the", "a"], "SIDE": ["left", "right"], "BODY": ["hand"], "GO": ["run"], "PART": ["sea*"]},
    kinds={"NOUN": ["BODY"]},
    endings=(("ing", "ING"),),
    loose=frozenset(["GO"]),
    small=frozenset(["DET"]),
)
TABLES = core_languages()
READINGS = [(code, reading) for code, table in TABLES.items() for reading in (*table.readings, *table.hues)]


def fits(pattern, text, word="left"):
    """Whether a pattern fits a word in a text."""
    at = text.index(word)
    reading = Reading("seen", "for a test", pattern)
    return Sentence(text, LEXICON).read(at, at + len(word), (reading,)) is reading


@pytest.mark.parametrize(
    ("word", "has", "lacks"),
    [("hand", {"BODY", "NOUN", "PLAIN", "hand"}, {"Cap"}), ("Dog", {"NOUN", "Cap", "dog"}, {"CAPS"}),
     ("the", {"DET"}, {"NOUN", "PLAIN"}), ("run", {"GO", "NOUN"}, set()), ("going", {"ING", "PLAIN"}, {"NOUN"}),
     ("hand's", {"POSS", "BODY", "hand"}, set()), ("12", {"NUM"}, {"NOUN"}), ("seaside", {"PART"}, set()),
     ("USA", {"CAPS", "Cap"}, set())],
)  # fmt: skip
def test_words_have_their_classes(word, has, lacks):
    tags = LEXICON.tags(word)
    assert has <= tags and not lacks & tags


def test_marks_end_phrases_and_clauses_and_hyphens_glue():
    tokens = sentence("A top-left dog, here. (Now)", LEXICON)
    by_text = {("A top-left dog, here. (Now)"[t.start : t.stop]): t.tags for t in tokens[1:-1]}
    assert "GLUING" in by_text["top"] and "GLUED" in by_text["left"] and "-" not in by_text
    assert "$" in by_text[","] and "^" not in by_text[","] and {"$", "^"} <= by_text["."] and "OPEN" in by_text["("]
    assert tokens[0].tags >= {"^", "BEGIN"} and tokens[-1].tags >= {"$", "END"}


@pytest.mark.parametrize(
    ("pattern", "yes", "no"),
    [("to the [left]", "to the left", "at the left"), ("[left] !hand", "left foot", "left hand"),
     ("a|the [left]", "the left", "one left"), ("!the [left]", "two left", "the left"),
     ("[left] NOUN&!BODY", "left dog", "left hand"), ("the big* [left]", "the big big left", "the red left"),
     ("on the? [left]", "on left", "on that left"), ("[left] ( of the | hand )", "left of the", "left of a"),
     ("[left] !( of the ) of", "left of a", "left of the"), ("BEGIN [left] END", "left", "left."),
     ("^ [left] $", "so. left, he", "so, left, he"), ("[left&GLUED]", "top-left", "top left"),
     ("[SIDE] ,? or SIDE", "left, or right", "left, or not")],
)  # fmt: skip
def test_what_patterns_fit(pattern, yes, no):
    assert fits(pattern, yes) and not fits(pattern, no)


def test_a_star_stands_for_four_at_most():
    assert fits("the big* [left]", f"the {'big ' * 4}left") and not fits("the big* [left]", f"the {'big ' * 5}left")


@pytest.mark.parametrize("source", ["on the left", "[left] or [right]", "[left] ( of", "[left] ) of", "[left] of | at"])
def test_a_pattern_that_is_none_is_refused(source):
    with pytest.raises(ValueError, match="the pattern"):
        Pattern(source)


@pytest.mark.parametrize(("code", "reading"), READINGS, ids=[f"{code}: {reading.why}" for code, reading in READINGS])
def test_patterns_speak_of_classes_that_there_are(code, reading):
    lexicon = TABLES[code].words
    known = set("WORD PLAIN NUM DIGITS CAPS POSS GLUED GLUING BEGIN END OPEN CLOSE PLUS BAR OPPOSED LOST".split())
    known |= {*lexicon.classes, *lexicon.kinds, *(name for _, name in lexicon.endings), lexicon.default}
    parts = {p.strip("!?*[]") for line in reading.patterns.split() for part in line.split("|") for p in part.split("&")}
    assert {part for part in parts if part.isupper() and len(part) > 1} <= known
    assert reading.compiled and reading.why


def test_the_first_reading_that_fits_counts():
    first, second = Reading("own", "hands", "[left] BODY"), Reading("seen", "things", "[left] NOUN")
    there = Sentence("the left hand", LEXICON)
    assert there.read(4, 8, (first, second)) is first and there.read(4, 8, (second, first)) is second
    assert there.read(5, 8, (first,)) is None  # no word begins there
