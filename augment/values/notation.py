"""How numbers are written, here and by other people: ranges, shares and angles of other notations."""

from __future__ import annotations

import re

from augment.values.distributions import Number

LONGEST = 80  # characters of a value
# digits are those of ASCII: \d takes the digits of every script
NUMBER = r"[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?"
_PAIR = re.compile(rf"\(?\s*({NUMBER})\s*(?:\.\.\.?|,|:|–|to|-)\s*({NUMBER})\s*\)?")
_ANGLE = re.compile(rf"({NUMBER})\s*(?:deg|degs|degrees?)")
_PER_CENT = re.compile(r"([0-9]{1,3}(?:\.[0-9]+)?)\s*%")


def rewritten(raw: str) -> str:
    """Return ``; a range is written [-15, 15]`` for what people write in other notations, or an empty string."""
    ours = notation(raw)
    if ours.startswith("["):
        return f"; two numbers are written {ours}"
    if ours and raw.strip().endswith("%"):
        return f"; {raw.strip()[:-1].strip()} % is written {ours}"
    return f"; an angle is a number, in degrees: {ours}" if ours else ""


def notation(raw: str) -> str:
    """Return how a range, a share or an angle of another notation is written here: '[-15, 15]' for '-15..15'; '' for others."""
    if len(raw) > LONGEST:
        return ""
    if pair := _PAIR.fullmatch(raw.strip()):
        return f"[{pair[1]}, {pair[2]}]"
    if share := _PER_CENT.fullmatch(raw.strip()):
        return f"{float(share[1]) / 100:g}"
    angle = _ANGLE.fullmatch(raw.strip())
    return angle[1] if angle else ""


def per_cent(number: Number) -> str:
    """Return how a number of hundredths is written."""
    return f"{number:g} % is written {number / 100:g}"
