"""The classes of English words that its readings speak of."""

from __future__ import annotations

from augment.captions.english.colours import COLOURS, SHADES
from augment.captions.english.forms import nouns, verbs
from augment.captions.english.nouns import NOUNS
from augment.captions.english.small_words import WORDS
from augment.captions.english.verbs import VERBS
from augment.captions.grammar.tokens import Lexicon

BETWEEN = [f"{a}{hyphen}{b}" for a in ("north", "south") for hyphen in ("", "-") for b in ("east", "west")]
POINTS = ["north", "south", "east", "west", *BETWEEN]
COMPUTED = {
    "COLOUR": [*COLOURS, *SHADES, "dark", "light"],
    "COMPASS": [*POINTS, *(f"{point}ern" for point in POINTS)],
    "EASTERN": [f"{point}ern" for point in POINTS],
    "WESTERLY": [f"{point}ern" for point in ("east", "west", *BETWEEN)],
}
MEDICAL = ("ectomy", "oma", "itis", "plasty", "gram", "osis", "pathy", "thorax", "otomy")
"""What is removed, swollen or drawn has a side as the body has."""
ENDINGS = (("ing", "ING"), ("ed", "ED"), ("ly", "LY"), *((ending, "BODY") for ending in MEDICAL))
LEXICON = Lexicon(
    classes={
        **{name: words.split() for name, words in WORDS.items()},
        **{name: nouns(words) for name, words in NOUNS.items()},
        **{name: verbs(words) for name, words in VERBS.items()},
        **COMPUTED,
    },
    kinds={"NOUN": NOUNS},
    endings=ENDINGS,
    loose=frozenset(["FALL", "GROW", "PUT", "MOTION", "SPORT", "PLACE", "LINE", "CUT", "FRUITLIKE", *COMPUTED]) - {"COLOUR"},
    small=frozenset(["DET", "THE", "BE", "IS", "HAVE", "DO", "PRON", "WHO", "PREP", "AND", "ALREADY"]),
)
