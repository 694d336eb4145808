"""Keyboard layouts as rows of keys, and which keys are neighbours: those whose middles are not further than one key and a third.

A layout is three rows of keys without shift and the row of digits above them; the rows are staggered as on any desk. Its last
line, where it has one, pairs keys with what they give under AltGr or Shift.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from functools import partial

_DIGITS = "1234567890"
_STAGGER = (1.0, 1.5, 1.75, 2.25)
"""Where the first key of each row has its middle, in keys from the left."""
_REACH = 1.34

ROWS: Mapping[str, tuple[str, ...]] = {
    "en": (_DIGITS, "qwertyuiop", "asdfghjkl", "zxcvbnm"),
    "de": (_DIGITS + "ß", "qwertzuiopü", "asdfghjklöä", "yxcvbnm"),
    "es": (_DIGITS, "qwertyuiop", "asdfghjklñ", "zxcvbnm"),
    "fr": (_DIGITS, "azertyuiop", "qsdfghjklmù", "wxcvbn", "2é 7è 9ç 0à"),
    "he": (_DIGITS, "..קראטוןםפ", "שדגכעיחלךף", "זסבהנמצתץ"),
    "it": (_DIGITS + ".ì", "qwertyuiopè", "asdfghjklòàù", "zxcvbnm", "èé"),
    "nl": (_DIGITS, "qwertyuiop", "asdfghjkl", "zxcvbnm"),
    "pl": (_DIGITS, "qwertyuiop", "asdfghjkl", "zxcvbnm", "aą cć eę lł nń oó sś zż xź"),
    "th": ("...ภถ..คตจขช", ".ไ.พะ..รนยบล", "ฟหกดเ..าสวง", "ผปแอ..ทมใฝ",
           "ภ๑ ถ๒ ค๕ ต๖ จ๗ ข๘ ช๙ พฑ ะธ รณ นฯ ยญ บฐ ฟฤ หฆ กฏ ดโ เฌ าษ สศ วซ แฉ อฮ มฒ ใฬ ฝฦ"),
    "tr": (_DIGITS, "qwertyuıopğü", "asdfghjklşi", "zxcvbnmöç"),
    "uk": (_DIGITS, "йцукенгшщзхї", "фівапролджє", "ячсмитьбю", "гґ"),
}  # fmt: skip
"""A full stop is a key that gives no letter of its own."""


def neighbours(rows: tuple[str, ...], upper: Callable[[str], str] = str.upper) -> dict[str, list[str]]:
    """Return each character and what the keys beside its key give, the nearest first: letters for letters, digits for digits.

    Capitals have capitals for neighbours.
    """
    places = {
        key: (row, start + column)
        for row, (start, keys) in enumerate(zip(_STAGGER, rows[:4], strict=True))
        for column, key in enumerate(keys)
        if key != "."
    }
    places |= {pair[1]: places[pair[0]] for pair in (rows[4].split() if len(rows) > 4 else ())}
    found = {key: _near(key, places) for key in places}
    capitals = {}
    for key, others in found.items():
        above = [upper(other) for other in others if len(upper(other)) == 1]
        if upper(key) != key and len(upper(key)) == 1 and above:
            capitals[upper(key)] = above
    return {key: others for key, others in {**found, **capitals}.items() if others}


def _near(key: str, places: Mapping[str, tuple[int, float]]) -> list[str]:
    row, column = places[key]
    distances = {other: ((row - r) ** 2 + (column - c) ** 2) ** 0.5 for other, (r, c) in places.items() if other != key}
    near = [other for other, distance in distances.items() if distance < _REACH and alike(key, other)]
    return sorted(near, key=lambda other: (distances[other], other))


def alike(key: str, other: str) -> bool:
    """Whether both are letters, or both digits."""
    return unicodedata.category(key)[0] == unicodedata.category(other)[0]


def _turkish(key: str) -> str:
    return {"i": "İ", "ı": "I"}.get(key) or key.upper()


TABLES = {
    layout: partial(neighbours, rows, _turkish if layout == "tr" else str.upper) for layout, rows in ROWS.items()
}
