"""What pictures are of, and which flips and turns their meaning does not survive."""

from __future__ import annotations

import re
from typing import NamedTuple

from augment.lint.names import Names

MOST = 0.5
"""The share of files whose names must speak of a topic."""


class Topic(NamedTuple):
    """Pictures of one kind."""

    words: str
    """How `about` speaks of them, in small or capital letters."""
    names: str
    """How files and their folders are called, in lower case with a space between words."""
    mirrors: bool
    """Whether their meaning survives a mirror."""
    degrees: float
    """How far up may turn away from up."""
    reason: str


def _topic(words: str, names: str, mirrors: bool, degrees: float, reason: str) -> Topic:
    # 'no text' and 'without faces' speak of something else
    pattern = rf"(?<!\bno )(?<!\bnot )(?<!\bwithout )(?<![\w-])(?:{words})(?![\w-])"
    return Topic(pattern, rf"\b(?:{names})\b", mirrors, degrees, reason)


DIGITS = _topic(
    r"(?:e|q)?mnist|svhn|digits?|numerals?|house numbers?|meter readings?",
    r"mnist|svhn|digits?|numerals?",
    False, 40, "a 6 that is turned by half a circle is a 9, and a mirrored 2 is no digit",
)  # fmt: skip
SIDES = _topic(
    r"(?:road|traffic|street) signs?|gtsrb|arrows|sign language|fingerspelling|steering(?: angles?)?|"
    r"(?:chest|lung) (?:x[- ]?rays?|radiographs?)|mammogra(?:ms?|phy)|laterality|handedness|left (?:and|or|from) right|"
    r"left-?right|clocks?",
    r"gtsrb|(?:traffic|road) ?signs?|arrows?|mammogra(?:ms?|phy)|(?:chest )?x ?rays?",
    False, 45, "left and right are part of what the label says, and a mirror swaps them",
)  # fmt: skip
TOPICS = (
    _topic(
        r"ocr|(?:printed|scanned|handwritten|cursive|scene|typed) (?:text|words?|pages?|notes?)|handwriting|letters|"
        r"emnist|kmnist|(?:lines?|words?|pages?) of text|text (?:lines?|recognition|detection)|characters|"
        r"documents?|receipts?|invoices?|"
        r"(?:licen[cs]e|number)[- ]plates?|captchas?|book pages?|shop signs?|screenshots?",
        r"ocr|handwriting|text ?lines?|words?|receipts?|invoices?|captchas?|(?:licen[cs]e|number) ?plates?|letters|"
        r"screenshots?",
        False, 30, "mirrored writing is no writing, and nobody reads it upside down",
    ),
    DIGITS,
    _topic(
        r"faces?|facial|portraits?|selfies?|celeba|ffhq|lfw|head ?shots?",
        r"faces?|portraits?|selfies?|celeba|ffhq|lfw|head ?shots?",
        True, 45, "faces that hang upside down are not among those that it will see",
    ),
    SIDES,
    _topic(
        r"pedestrians?|street scenes?|landscapes?|rooms|interiors?|traffic|dash ?cams?|imagenet|coco|cityscapes",
        r"pedestrians?|cityscapes|dash ?cams?|imagenet|coco",
        True, 60, "the ground is below in all pictures that it will see",
    ),
)  # fmt: skip


def topics_of(about: str | None, names: Names) -> list[tuple[Topic, str]]:
    """Return what pictures are of, each with what says so: the author of a spec, or if nobody said it the names of its files."""
    if about is not None:
        return [(topic, f"about says {found[0]!r}") for topic in TOPICS if (found := re.search(topic.words, about, re.I))]
    guessed = []
    for topic in TOPICS:
        said = [found[0] for name in names.files if (found := re.search(topic.names, name))]
        if names.files and len(said) >= MOST * len(names.files):
            guessed.append((topic, f"files are called {said[0]!r}"))
    if names.classes == {str(digit) for digit in range(10)}:
        guessed.append((DIGITS, "its classes are called 0 to 9"))
    sides = {side: next((name for name in sorted(names.classes) if side in name.split()), "") for side in ("left", "right")}
    if all(sides.values()):
        guessed.append((SIDES, f"there are classes {' and '.join(map(repr, sides.values()))}"))
    return guessed
