"""What a picture is of, as `about:` says it, and which flips and turns its meaning does not survive."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from augment.errors import SampleError
from augment.lint.rule import Hit, rule
from augment.lint.subject import Subject
from augment.ops.kinds import Drawn, Geometric
from augment.ops.possible import possible_values

SIZE = (256, 256)
MANY = 64


class Topic(NamedTuple):
    """Pictures of one kind."""

    words: re.Pattern[str]
    mirrors: bool
    """Whether their meaning survives a mirror."""
    degrees: float
    """How far up may turn away from up."""
    reason: str


def _topic(words: str, mirrors: bool, degrees: float, reason: str) -> Topic:
    # 'no text' and 'without faces' speak of something else
    pattern = rf"(?<!\bno )(?<!\bnot )(?<!\bwithout )(?<![\w-])(?:{words})(?![\w-])"
    return Topic(re.compile(pattern, re.IGNORECASE), mirrors, degrees, reason)


TOPICS = (
    _topic(
        r"ocr|(?:printed|scanned|handwritten|cursive|scene|typed) (?:text|words?|pages?|notes?)|handwriting|letters|"
        r"emnist|kmnist|(?:lines?|words?|pages?) of text|text (?:lines?|recognition|detection)|characters|"
        r"documents?|receipts?|invoices?|"
        r"(?:licen[cs]e|number)[- ]plates?|captchas?|book pages?|shop signs?|screenshots?",
        False, 30, "mirrored writing is no writing, and nobody reads it upside down",
    ),
    _topic(
        r"(?:e|q)?mnist|svhn|digits?|numerals?|house numbers?|meter readings?",
        False, 40, "a 6 that is turned by half a circle is a 9, and a mirrored 2 is no digit",
    ),
    _topic(
        r"faces?|facial|portraits?|selfies?|celeba|ffhq|lfw|head ?shots?",
        True, 45, "faces that hang upside down are not among those that it will see",
    ),
    _topic(
        r"(?:road|traffic|street) signs?|gtsrb|arrows|sign language|fingerspelling|steering(?: angles?)?|"
        r"(?:chest|lung) (?:x[- ]?rays?|radiographs?)|mammogra(?:ms?|phy)|laterality|handedness|left (?:and|or|from) right|"
        r"left-?right|clocks?",
        False, 45, "left and right are part of what the label says, and a mirror swaps them",
    ),
    _topic(
        r"pedestrians?|street scenes?|landscapes?|rooms|interiors?|traffic|dash ?cams?|imagenet|coco|cityscapes",
        True, 60, "the ground is below in all pictures that it will see",
    ),
)  # fmt: skip


@rule("warning")
def orientation(subject: Subject) -> Iterator[Hit]:
    """Flips or large turns of what `about` says has an orientation: text, digits, faces, signs, left and right."""
    about = subject.pipeline.about or ""
    for topic in TOPICS:
        found = topic.words.search(about)
        if not found:
            continue
        told = set()
        for leaf in subject.leaves:
            if leaf.path in told:
                continue
            mirrors, degrees = _effect(leaf.op)
            does = []
            if mirrors and not topic.mirrors:
                does.append("mirrors")
            if degrees > topic.degrees:
                does.append(f"turns by up to {degrees:.0f} degrees")
            if does:
                told.add(leaf.path)
                limit = f"stay within ±{topic.degrees:g} degrees" if degrees > topic.degrees and not mirrors else "leave it out"
                yield Hit(
                    leaf.path, f"{leaf.op.name()} {' and '.join(does)}, and about says {found[0]!r}", topic.reason,
                    f"{limit}; or say in about what the pictures show, if this is not it",
                )  # fmt: skip


def _effect(op: Drawn) -> tuple[bool, float]:
    """Whether an op may mirror, and by how many degrees it may turn what is up: at the ends of its draws, and between."""
    mirrors, degrees = False, 0.0
    if not op.relocates or op.displaces:
        return mirrors, degrees
    assert isinstance(op, Geometric)
    for values in possible_values(op, MANY):
        try:
            inverse = np.asarray(op.move(values, SIZE, np).inverse, float)
        except SampleError:
            break
        linear = np.linalg.inv(inverse)[:2, :2]
        x, y = linear @ (0, -1)
        degrees = max(degrees, float(abs(np.degrees(np.arctan2(x, -y)))))
        mirrors = mirrors or bool(np.linalg.det(linear) < 0)
    return mirrors, degrees
