"""Words of direction in families: what stands for what when a picture turns."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple

from augment.sample import Rule

Meaning = Literal["seen", "own", "either", "other", "unclear"]
"""``seen``: a direction in the picture. ``own``: a side of a body, which only a mirror changes. ``either``: one of these two,
which a mirror of left and right changes alike. ``other``: no direction, or no colour. ``unclear``: one cannot tell."""


class Family(NamedTuple):
    """Words that differ in their direction alone: ``{'W': 'leftmost', 'E': 'rightmost'}``."""

    rule: Rule
    words: Mapping[str, str]
    """By direction: W, E, N, S, or NW, NE, SW, SE; or by axis: H, V. Words without a counterpart stand in `Language.vague`."""
    meaning: Meaning = "seen"
    """Of a word that no `Sense` covers."""


def pair(left: str, right: str) -> dict[str, str]:
    """Return words for the two sides."""
    return {"W": left, "E": right}


def four(west: str, east: str, north: str, south: str) -> dict[str, str]:
    """Return words for the four directions."""
    return {"W": west, "E": east, "N": north, "S": south}
