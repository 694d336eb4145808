"""Characters as people see them: which code points belong together (extended grapheme clusters, UAX #29).

Python's `re` knows no clusters, and `unicodedata` only some of the properties that they are made of; so a cluster here may hold
more than Unicode's, such as all that a zero-width joiner joins, but never ends inside of one.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

_LAST_MARK = min(sys.maxunicode, 0x1FFFF)
# what extends a character without being a mark: half-width Japanese sounds, Thai and Lao AM, the non-joiner, skin tones, tags
_EXTENDING = "\uff9e\uff9f\u0e33\u0eb3\u200c\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f"
_VARIATIONS = "\U000e0100-\U000e01ef"
# what stands before the character that it belongs to: number signs of Arabic and Kaithi, repha and its kin
PREPENDED = (
    "\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\u0d4e\U000110bd\U000110cd\U000111c2\U000111c3\U0001193f\U00011941"
    "\U00011a3a\U00011a84-\U00011a89\U00011d46\U00011f02\U000113d1\u1cf5\u1cf6"
)
"""As the inside of a character class."""
KEYCAP = "[0-9#*]\ufe0f?\u20e3"
"""A digit or a sign on a key, an emoji, as a regular expression."""
_LEADING, _VOWELS, _TRAILING = "\u1100-\u115f\ua960-\ua97c", "\u1160-\u11a7\ud7b0-\ud7c6", "\u11a8-\u11ff\ud7cb-\ud7fb"
_VIRAMA = 9
"""The combining class of the signs that join an Indic consonant with the next."""


@lru_cache(maxsize=1)
def extending() -> str:
    """All that extends a character, combining marks above all, as the inside of a character class: re has no name for them."""
    marks = _ranges(i for i in range(0x300, _LAST_MARK) if unicodedata.category(chr(i)).startswith("M"))
    return marks + _VARIATIONS + _EXTENDING


@lru_cache(maxsize=1)
def cluster_pattern() -> re.Pattern[str]:
    """One cluster: a flag (two regional indicators), a Hangul syllable in letters, or a base with all that attaches to it."""
    joining = _ranges(i for i in range(0x300, _LAST_MARK) if unicodedata.combining(chr(i)) == _VIRAMA)
    extend, plain = rf"[{extending()}]", rf"(?![{joining}])[{extending()}]"
    hangul = rf"[{_LEADING}]*(?:[\uac00-\ud7a3][{_VOWELS}]*|[{_VOWELS}]+)[{_TRAILING}]*|[{_LEADING}]+|[{_TRAILING}]+"
    base = rf"[{PREPENDED}]*(?:\r\n|[\U0001f1e6-\U0001f1ff]{{2}}|{hangul}|.)"
    joined = rf"{extend}*\u200d(?:(?!{extend}){base})?|(?:(?:{plain})*[{joining}]|(?<=[{joining}])){extend}*(?=\w){base}"
    return re.compile(rf"{base}(?:{joined})*{extend}*", re.DOTALL)


def _ranges(points: Iterable[int]) -> str:
    """Code points, in order, as the inside of a character class."""
    runs: list[list[int]] = []
    for i in points:
        if runs and runs[-1][1] == i - 1:
            runs[-1][1] = i
        else:
            runs.append([i, i])
    return "".join(f"{chr(a)}-{chr(b)}" for a, b in runs)
