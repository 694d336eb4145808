"""Words on a picture: lines that fit, and texts with what went and what came."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from augment.report.model import Diff, Piece

if TYPE_CHECKING:
    from PIL import ImageDraw, ImageFont

INK, GONE, NEW = "#1c2024", "#9f2f2d", "#1c6b43"
POINTS, LEADING = 12, 17
MOST = 6
"""Lines of the texts of one picture; those that are longer end in dots."""
CUT = "..."


@lru_cache(maxsize=16)
def letters(points: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    """Return the font that comes with Pillow: every machine draws the same sheet."""
    from PIL import ImageFont

    return ImageFont.load_default(points)


def shortened(text: str, points: int, width: float) -> str:
    """Bring a line into the letters that there are, and shorten one that is too long."""
    text = text.replace("×", "x")  # which the font does not have
    font = letters(points)
    if font.getlength(text) <= width:
        return text
    while text and font.getlength(text + CUT) > width:
        text = text[:-1]
    return text.rstrip(" ,") + CUT


def lines_of(diffs: Iterable[Diff], width: float) -> list[list[Piece]]:
    """Return the lines on which texts stand within a width in pixels, each text on lines of its own."""
    lines = [line for diff in diffs for line in _broken(diff.pieces, width)]
    if len(lines) <= MOST:
        return lines
    last = lines[MOST - 1]
    while last and letters(POINTS).getlength("".join(piece.text for piece in last) + CUT) > width:
        last = last[:-1]
    return [*lines[: MOST - 1], [*last, Piece("same", CUT)]]


def _broken(pieces: Sequence[Piece], width: float) -> list[list[Piece]]:
    """The words of a text on lines; a word that is too long for one is shortened."""
    font = letters(POINTS)
    lines: list[list[Piece]] = [[]]
    left = width
    for how, text in pieces:
        for word in re.findall(r"\S+|\s+", text):
            wide = font.getlength(" " if word.isspace() else word)
            if wide > left and not word.isspace():
                lines.append([])
                left = width
            if lines[-1] or not word.isspace():
                lines[-1].append(Piece(how, " " if word.isspace() else shortened(word, POINTS, width)))
                left -= wide
    return [line for line in lines if line]


def draw_lines(draw: ImageDraw.ImageDraw, lines: Iterable[Sequence[Piece]], x: int, y: int) -> None:
    """Draw lines from a corner on: what went is struck through, what came is underlined."""
    font = letters(POINTS)
    for i, line in enumerate(lines):
        at, top = float(x), y + i * LEADING
        for how, text in line:
            colour, end = {"same": INK, "gone": GONE, "new": NEW}[how], at + font.getlength(text)
            draw.text((at, top), text, colour, font)
            if how != "same":
                level = top + (8 if how == "gone" else 14)
                draw.line((at, level, end, level), colour)
            at = end


__all__ = ["GONE", "INK", "LEADING", "NEW", "draw_lines", "letters", "lines_of", "shortened"]
