"""What a caption quotes: what stands in quotation marks is most often read in the picture, and its words say nothing of it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from augment.captions.language import QUOTES, Language
from augment.captions.names import is_title
from augment.captions.verdict import Doubt
from augment.text.document import Span

QUOTED = re.compile(
    r"""(?<!\w)"([^"]+)"(?!\w)|[“„]([^“”„]+)[“”]|«([^»]+)»|「([^」]+)」|『([^』]+)』"""
    r"""|(?<!\w)‘((?:[^‘’]|’(?=\w))+)’(?!\w)|(?<!\w)'((?=[^\W\d])(?:[^']|'(?=\w)){2,})'(?!\w)"""
)

LONGEST_UNREAD = 200
"""Characters before a quote in which stands what tells that it is not read, so that not all of a long text is looked through."""
NAMED, NICKNAMED = re.compile(r"\b[A-Z][a-z]+\s\Z"), re.compile(r"\W\s[A-Z][a-z]")
"""What stands around a nickname between the names of somebody: Ann "Lefty" Doyle."""
CAPITALS = re.compile(r"(?:\s*\b[A-Z\d]{2,}\b)+")


def quoted(text: str) -> list[Span]:
    """Return what stands in quotation marks; of a text that as a whole stands in them, nothing."""
    if QUOTES.isdisjoint(text):
        return []
    spans = [m.span(m.lastindex or 0) for m in QUOTED.finditer(text)]
    return [span for span in spans if any(c.isalnum() for c in text[: span[0]] + text[span[1] :])]


def written(text: str, language: Language) -> list[Span]:
    """Return what a caption gives as letters: what it quotes, and the capitals that follow where it tells of writing."""
    pattern = language.pattern_of("writing")
    told = [m for m in pattern.finditer(text) if CAPITALS.search(m[0]) or CAPITALS.match(text, m.end())] if pattern else []
    after = [CAPITALS.match(text, m.end()) for m in told]
    return quoted(text) + [(m.start(), last.end() if last else m.end()) for m, last in zip(told, after, strict=True)]


def legible(text: str, quotes: list[Span], language: Language) -> Iterator[Doubt]:
    """What can be read in the picture, which a mirror makes illegible."""
    before, after = language.pattern_of("unread"), language.pattern_of("unread_after")
    for start, stop in quotes:
        end = len(text[: start - 1].rstrip(" ,:"))
        near = before.finditer(text, max(0, end - LONGEST_UNREAD), start - 1) if before else ()
        named = any(m.end() == end for m in near)
        named = named or (language.capitals and _nickname(text, start, stop))
        pause = text[stop + 1 : stop + 3]
        if not named and not (after and after.match(text, stop + 1 + len(pause) - len(pause.lstrip(", \n")))):
            yield Doubt(start, stop, "is read in the picture, and a mirror makes it illegible")
    pattern = language.pattern_of("writing")
    for m in pattern.finditer(text) if pattern else ():
        if not any(a <= m.start() < b for a, b in quotes):
            yield Doubt(*m.span(), f"{m[0]!r} tells what is read in the picture, and a mirror makes it illegible")


def _nickname(text: str, start: int, stop: int) -> bool:
    """Whether a quote stands between the names of somebody; in a title every word may seem to be one."""
    around = NAMED.search(text, max(0, start - LONGEST_UNREAD), start - 1) and NICKNAMED.match(text, stop)
    return around is not None and not is_title(text)
