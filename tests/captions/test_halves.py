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


BEFORE = (
    "A man stands on the {}", "A car on the far {}", "A bus comes from the {}", "Kim, at {}", "the second from {}",
    "a woman on his {}",
    "His head is turned to the {}", "the bird in the lower {}", "a cow in the upper {}", "A child on the extreme {}",
)  # fmt: skip
AFTER = (
    "", " as he runs", " while a dog sits", " before the game", " next to a car", " behind the fence", " in front of a bus",
    " under an umbrella", " over a wall", " to catch a ball", " by the door", " who waves", " when it rains", " up high",
    " outside",
    " against the wall", " out in the rain", " close to a lamp", " across from her", " answers a phone", " times a race",
    " leaves the room", " along the wall", " away from the dog", " until dark", " has left",
)  # fmt: skip


@pytest.mark.parametrize("before", BEFORE)
def test_a_side_after_a_preposition_never_stays_whatever_follows(before):
    kept = []
    for after in AFTER:
        for side, other in (("left", "right"), ("right", "left")):
            text = before.format(side) + after
            verdict = turned(text, MIRROR, ENGLISH, RULES)
            if not verdict.doubts and apply_edits(text, in_order(verdict.edits)) != before.format(other) + after:
                kept.append(text)
    assert not kept


OBJECTS = (
    "person bicycle car light hydrant sign bench bird umbrella racket bottle cup fork bowl banana sandwich path piece pen brush "
    "key block painting building wing ring earring player window door branch pole lamp box tray pillow screen shoe boot "
    "pocket hoof tire headlight drawer slice page panel arrow lane group"
).split()


@pytest.mark.parametrize("way", ["the {} {thing} is open", "a dog near the {} {thing}", "the small {} {thing}", "far {} {thing}"])
def test_the_side_of_a_thing_never_stays(way):
    kept = []
    for thing in OBJECTS:
        for side, other in (("left", "right"), ("right", "left")):
            text = way.format(side, thing=thing)
            verdict = turned(text, MIRROR, ENGLISH, RULES)
            if not verdict.doubts and apply_edits(text, in_order(verdict.edits)) != way.format(other, thing=thing):
                kept.append(text)
    assert not kept


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


EXACTLY = ("next to a lamp", "beside a bowl", "behind the car", "in front of it", "under the lamp", "at the door")


@pytest.mark.parametrize(("side", "other"), [("left", "right"), ("right", "left")])
def test_an_exact_right_behind_a_side_and_a_comma_stays(side, other):
    for where in EXACTLY:
        verdict = turned(text := f"a dog on the {side}, right {where}", MIRROR, ENGLISH, RULES)
        assert not verdict.doubts and apply_edits(text, in_order(verdict.edits)) == f"a dog on the {other}, right {where}"
