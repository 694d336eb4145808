"""The case of words: a replacement is written as what it replaces was."""

from __future__ import annotations


def with_case_of(source: str, new: str) -> str:
    """Return ``new`` in capitals, or with a capital first letter, where ``source`` has that; else as it is."""
    if source.islower():
        return new
    letters = [c for c in source if c.isalpha()]
    if len(letters) > 1 and all(c.isupper() for c in letters):
        return new.upper()
    if letters and letters[0].isupper() and new[:1].islower():
        return new[:1].upper() + new[1:]
    return new
