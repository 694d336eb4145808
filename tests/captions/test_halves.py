"""Of two sides set against each other, none changes alone: both do, or the caption is in doubt."""

from __future__ import annotations

import pytest

from augment.captions.directions import turned
from augment.captions.english import ENGLISH
from augment.captions.turn import Turn
from augment.sample import RULES
from augment.text.editing import apply_edits, in_order

MIRROR = Turn.of([[-1, 0, 0], [0, 1, 0], [0, 0, 1]])
PAIRED = (
    "the {} {thing} is wrong but the {other} {thing} is circled",
    "the {} {thing} is empty and the {other} is full",
    "the {} {thing} is empty, the {other} one full",
    "the picture on the {} shows a {thing} and the {other} does not",
    "the {thing} on the {} is bigger than the {other} {thing}",
    "a {thing} on the {}, and a smaller one {other}",
    "one {thing} sits {}, the other sits {other}",
    "a {thing} hangs {} and a coat hangs {other}",
    "a {thing} on the {} and another {thing} {other}",
    "the {thing} faces {} while the man looks {other}",
    "{} {thing} and {other} {thing}",
    "a {} {thing} and a {other} {thing}",
    "is the {thing} on the {} or is it {other}?",
    "the {thing} in the {} photo, not the {other}",
    "{thing} {}, dog {other}",
    "the {thing} is at the {}; at {other} is a dog",
    "the {}'s {thing} is red, the {other}'s is blue",
    "On the {} there is a {thing}. {other}, a dog.",
    "two {thing}s are on the {} and three {other}",
    "the {} has two {thing}s, {other} has none",
    "a man went {} with a {thing} and a woman went {other}",
    "the {thing} was {} and the dog was {other}",
)
THINGS = ("answer", "tool", "time", "place", "size", "way", "choice", "key", "cup", "picture", "direction", "number", "ball")


@pytest.mark.parametrize("way", PAIRED)
@pytest.mark.parametrize(("side", "other"), [("left", "right"), ("right", "left")])
def test_no_side_changes_alone(way, side, other):
    half = []
    for thing in THINGS:
        text = way.format(side, other=other, thing=thing)
        verdict = turned(text, MIRROR, ENGLISH, RULES)
        new = apply_edits(text, in_order(verdict.edits))
        if not verdict.doubts and new != way.format(other, other=side, thing=thing):
            half.append((text, new))
    assert not half


COMPASS = (
    "the {} side is steep, the {other} flat",
    "{} of the lake is a hill and {other} of it a wood",
    "a road {} and a path {other}",
)


@pytest.mark.parametrize("way", COMPASS)
@pytest.mark.parametrize(("side", "other"), [("west", "east"), ("east", "west"), ("western", "eastern"), ("eastern", "western")])
def test_no_point_of_the_compass_changes_alone(way, side, other):
    text = way.format(side, other=other)
    verdict = turned(text, MIRROR, ENGLISH, RULES)
    assert verdict.doubts or apply_edits(text, in_order(verdict.edits)) in (text, way.format(other, other=side))


@pytest.mark.parametrize(
    ("text", "new"),
    [
        ("the man on the left has left his bag", "the man on the right has left his bag"),
        ("on the left is the right tool for the job", "on the right is the right tool for the job"),
        ("the dog on the right is left alone", "the dog on the left is left alone"),
        ("a cup on the right with some tea left over", "a cup on the left with some tea left over"),
        ("the boy on the left stands right behind his dog", "the boy on the right stands right behind his dog"),
        ("left of the door there is a right angle", "right of the door there is a right angle"),
        ("a house in West Virginia on the east bank of a river", "a house in West Virginia on the west bank of a river"),
    ],
)
def test_what_is_no_side_stays_beside_one_that_changes(text, new):
    verdict = turned(text, MIRROR, ENGLISH, RULES)
    assert not verdict.doubts and apply_edits(text, in_order(verdict.edits)) == new
