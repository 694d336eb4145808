"""Where a word is unsure, nothing is guessed: a text is in doubt, or changes in all of its words together."""

from __future__ import annotations

import numpy as np
import pytest

from augment.captions.colours import repainted
from augment.captions.directions import turned
from augment.captions.english import ENGLISH
from augment.captions.language import languages
from augment.captions.turn import Turn
from augment.captions.verdict import agreeing
from augment.sample import RULES
from augment.text.editing import apply_edits, in_order

MIRROR, UPEND = Turn((-1, 0), (0, 1)), Turn((1, 0), (0, -1))
TURNS = {
    "mirror": MIRROR, "upend": UPEND, "half": Turn((-1, 0), (0, -1)), "quarter": Turn((0, 1), (-1, 0)),
    "three": Turn((0, -1), (1, 0)), "transpose": Turn((0, 1), (1, 0)), "anti": Turn((0, -1), (-1, 0)),
}  # fmt: skip


def became(text, verdict):
    """What a text becomes, or None where it is in doubt."""
    return None if verdict.doubts else apply_edits(text, in_order(agreeing(text, verdict.edits, ENGLISH)))


def said(text, turn=MIRROR):
    return became(text, turned(text, turn, ENGLISH, RULES))


def colours_of(text, repaint):
    return became(text, repainted(text, repaint, ENGLISH))


def drained(rgb):
    return np.repeat((rgb @ [0.299, 0.587, 0.114])[:, None], 3, axis=1)


def swapped(text):
    return text.replace("left", "#").replace("right", "left").replace("#", "right")


@pytest.mark.parametrize("name", TURNS)
@pytest.mark.parametrize("thing", ["hemiscrotum", "8th rib", "posterior sulcus", "gizmo"])
@pytest.mark.parametrize(
    "way", ["a mark on the left {}", "CT of the right {}", "extending into the left {}", "Right {}, seen close"]
)
def test_a_side_of_a_body_or_the_picture_changes_where_both_do(name, thing, way):
    text, turn = way.format(thing).lower(), TURNS[name]
    got = said(text, turn)
    assert got in (None, swapped(text) if turn.mirrored else text)
    assert name != "mirror" or got is not None


@pytest.mark.parametrize("turn", [MIRROR, UPEND, TURNS["half"]], ids=["mirror", "upend", "half"])
@pytest.mark.parametrize("point", ["northeast", "southwest"])
@pytest.mark.parametrize(
    "way",
    ["The quad, looking {} in May", "Looking {} along Hope Street", "The hall viewed from the {}", "View to the {} over the bay",
     "The gate seen from the {}", "A barn photographed from the {}"],
)  # fmt: skip
def test_where_a_camera_looked_is_in_doubt(turn, point, way):
    assert said(way.format(point), turn) is None


@pytest.mark.parametrize("way", ["from {} to {}", "the line runs to the {} from the {}", "{} to {}", "in the {}, not in the {}"])
def test_corners_turn_in_any_place(way):
    assert said(way.format("upper left", "lower right"), UPEND) == way.format("lower left", "upper right")
    assert said(way.format("upper left", "lower right")) == way.format("upper right", "lower left")


OPPOSED = (
    "the {} is empty and the {} is full", "the one on the {} is a dog, the one {} a cat", "two {}, three {}", "cat {} dog {}",
    "one goes {}, the other {}", "the {} image shows a dog while the {} does not", "one turned {} and the other turned {}",
    "one picture shows two dogs {} while the other shows them {}", "a car parked {} behind a bus parked {}",
    "the dog {} is bigger than the dog {}", "the {} eye is closed, the {} open", "a red one {} after a green one {}",
    "people {} over the bridge and cars {} over the road", "two bananas remain {} and one apple {}",
    "the guy {} with a hat, the guy {} not",
)  # fmt: skip


@pytest.mark.parametrize("way", OPPOSED)
@pytest.mark.parametrize("sides", [("left", "right"), ("right", "left")])
def test_of_opposed_sides_both_change_or_the_text_is_in_doubt(way, sides):
    text = way.format(*sides)
    assert said(text) in (None, way.format(*reversed(sides)))


@pytest.mark.parametrize("colour", ["red", "yellow", "navy blue"])
@pytest.mark.parametrize(
    "way", ["The car is not {}.", "There are no {} balls.", "the only {} hat", "exactly two {} blocks", "without a {} vest"]
)
def test_one_colour_alone_is_in_doubt_where_several_become_one(way, colour):
    assert colours_of(way.format(colour), drained) is None
    assert colours_of(way.format("red"), lambda rgb: rgb[:, ::-1]) is not None  # each becomes another


LIT = {
    "en": ["a dark dog", "a light blue wall", "pale sand"], "de": ["ein dunkler Hund", "eine helle Wand"],
    "fr": ["un chien sombre", "un mur clair"], "es": ["un perro oscuro", "una pared clara"],
}  # fmt: skip


@pytest.mark.parametrize(("code", "text"), [(code, text) for code, texts in LIT.items() for text in texts])
def test_dark_and_light_are_in_doubt_where_they_change_places(code, text):
    language = languages()[code]
    assert repainted(text, lambda rgb: 1 - rgb, language).doubts
    assert not repainted(text, lambda rgb: rgb, language).doubts


@pytest.mark.parametrize("size", ["", "giant ", "small "])
@pytest.mark.parametrize("after", ["in a bowl", "wearing a hat", "rolls off the table", "next to a knife", "is peeled"])
def test_a_fruit_never_turns_gray(size, after):
    text = f"{'an' if not size else 'a'} {size}orange {after}"
    assert colours_of(text, drained) in (None, text)
