"""Finds places for the labels of boxes. Labels have one size on every screen, and so are placed for the smallest picture that is
shown: where they do not lie on each other there, they do not on larger ones."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from augment.report.model import Box

SHOWN = 130
"""The longer side of the smallest picture, as phones show it, in pixels of the screen."""
HEIGHT = 16
"""Of a label, in pixels of the screen."""
LETTER, AROUND = 7, 8
"""The width of a letter, about, and of what is beside the letters."""


class Tag(NamedTuple):
    """A label and its place: a line that it begins or ends, in percent of the picture."""

    text: str
    colour: int
    left: float
    width: float
    y: float
    up: bool
    """Whether the line lies above ``y`` and not below it."""
    at_end: bool


class _Place(NamedTuple):
    tag: Tag
    x0: float
    y0: float
    x1: float
    y1: float
    """What it covers of the smallest picture."""

    def covers(self, other: _Place) -> bool:
        return self.x0 < other.x1 and other.x0 < self.x1 and self.y0 < other.y1 and other.y0 < self.y1


def tags(boxes: Sequence[Box], size: tuple[int, int]) -> list[Tag]:
    """Return the labels of boxes on a picture of this height and width, each at a corner of its box where no other one is."""
    placed: list[_Place] = []
    for box in boxes:
        if box.label:
            places = list(_places(box, size))
            inside = [place for place in places if place.x0 >= 0 and place.x1 <= SHOWN * size[1] / max(size)] or places
            placed.append(next((p for p in inside if not any(map(p.covers, placed))), inside[0]))
    return [place.tag for place in placed]


def _places(box: Box, size: tuple[int, int]) -> Iterator[_Place]:
    """The corners of a box, the best first: on its upper edge if there is room above, else below that edge, then at its foot."""
    height, width = size
    scale = SHOWN / max(size)
    x0, x1, y0, y1 = max(box.x0, 0), min(box.x1, width), max(box.y0, 0), min(box.y1, height)
    long = AROUND + LETTER * len(box.label)
    for y, up in ((y0, y0 * scale >= HEIGHT), (y1, True)):
        top = y * scale - HEIGHT * up
        for at_end in (False, True):
            left, wide = (0.0, x1) if at_end else (x0, width - x0)
            begin = x1 * scale - long if at_end else x0 * scale
            tag = Tag(box.label, box.colour, 100 * left / width, 100 * wide / width, 100 * y / height, up, at_end)
            yield _Place(tag, begin, top, begin + long, top + HEIGHT)


__all__ = ["Tag", "tags"]
