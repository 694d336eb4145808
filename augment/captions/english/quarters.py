"""How English says a direction in all four ways, for quarter turns."""

from __future__ import annotations

from augment.captions.english.forms import nouns
from augment.captions.english.nouns import NOUNS
from augment.captions.families import four
from augment.captions.language import Phrase

IMAGE = "|".join(sorted(nouns(NOUNS["PICTURE"])))
NOT_IMAGE = rf"\s+(?!(?:the|this|a)\s+(?:{IMAGE}))\w"
ALONE = r"(?!-|\s+(?!of\b|and\b|or\b|in\b|is\b|are\b)\w)"
LAST = r"\s*(?:$|[^\s\w-]|(?:and|or|to|in|is|are|with|of)\b)"
PHRASES = (
    Phrase(four("to the left", "to the right", "up", "down"), r"(?!\s+of\b)", adverb=True, reads="WE"),
    Phrase(four("towards the left", "towards the right", "upwards", "downwards"), r"(?!\s+of\b)", adverb=True, reads="WE"),
    Phrase(four("left", "right", "up", "down"), adverb=True),
    Phrase(four("to the left of", "to the right of", "above", "below"), NOT_IMAGE),
    Phrase(four("on the left of", "on the right of", "above", "below"), NOT_IMAGE),
    Phrase(four("on the left", "on the right", "at the top", "at the bottom"), ALONE),
    Phrase(four("the left of", "the right of", "the top of", "the bottom of")),
    Phrase(four("left of", "right of", "above", "below"), NOT_IMAGE),
    Phrase(four("on the far left", "on the far right", "at the very top", "at the very bottom"), ALONE),
    Phrase(four("to the far left", "to the far right", "at the very top", "at the very bottom"), ALONE),
    Phrase(four("to the left", "to the right", "towards the top", "towards the bottom"), ALONE, reads="WE"),
    Phrase(four("on the left", "on the right", "on top", "on the bottom"), ALONE, reads="NS"),
    Phrase(four("the left", "the right", "the top", "the bottom"), LAST),
    Phrase(four("left", "right", "top", "bottom"), r"\s+to\b"),
    Phrase(four("to left", "to right", "to top", "to bottom"), r"\s*(?:$|[^\s\w]|and\b)"),
    Phrase(four("leftmost", "rightmost", "topmost", "bottommost")),
    Phrase(four("left-most", "right-most", "topmost", "bottommost")),
    Phrase(four("leftmost", "rightmost", "uppermost", "lowermost")),
    Phrase(four("leftward", "rightward", "upward", "downward")),
    Phrase(four("leftwards", "rightwards", "upwards", "downwards")),
    Phrase(four("left", "right", "top", "bottom"), LAST),
    Phrase(
        four("left", "right", "top", "bottom"),
        r"\s+(?:half|third|quarter|part|portion|edge|side|corner|margin|border|"
        r"end)\b",
    ),
    Phrase(four("left-hand", "right-hand", "top", "bottom")),
    Phrase(four("left hand side", "right hand side", "top side", "bottom side")),
    Phrase(four("left", "right", "top", "bottom"), r"(?!\s+of\b|\s+hand\b)"),
    Phrase(four("left", "right", "upper", "lower")),
)
