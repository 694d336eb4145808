"""What characters of the same kind there are: letters of a script, digits."""

from __future__ import annotations

import unicodedata
from string import ascii_lowercase, digits

_BLOCK = 128


def kin(unit: str) -> tuple[str, ...]:
    """Return the characters of the same kind as a character: a to z for a Latin letter, in its case; else those of its script
    near it in Unicode; digits for digits. Empty for anything else."""
    first = unit[0]
    if first in digits:
        return tuple(digits)
    if not first.isalpha():
        return ()
    if unicodedata.name(first, "").startswith("LATIN"):
        return tuple(ascii_lowercase.upper() if first.isupper() else ascii_lowercase)
    start, category = ord(first) - ord(first) % _BLOCK, unicodedata.category(first)
    block = (chr(i) for i in range(start, start + _BLOCK))
    # what is written with a second code point elsewhere is no letter of its own, and Thai AM attaches to what stands before it
    return tuple(
        c for c in block if unicodedata.category(c) == category and c not in "\u0e33\u0eb3" and not unicodedata.decomposition(c)
    ) or (first,)
