"""Reads ``# augment: ignore rule, rule (why)`` and takes out the findings that it speaks of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from augment.errors import suggest
from augment.lint.finding import Finding
from augment.lint.rule import rules
from augment.spec.comments import Comment
from augment.spec.places import Places, place_of

_WORDS = re.compile(r"(?P<verb>[\w-]*)\s*(?P<rest>.*)")
_NAME = re.compile(r"(?P<name>[\w-]+)\s*(?P<why>[(#:–—-].*)?")
VERB = "ignore"
SLIP = 0.8
"""How alike a slip of the pen is to what was meant, at least."""


def named(comment: Comment) -> tuple[list[str], str]:
    """Return the rules that a comment ignores, and what is wrong with it ('' if nothing)."""
    said = _WORDS.fullmatch(comment.text)
    verb, rest = (said["verb"], said["rest"]) if said else ("", comment.text)
    if verb != VERB:
        return [], f"a comment to augment says {VERB!r} and a rule, not {comment.text[:40]!r}{suggest(verb, [VERB])}"
    names: list[str] = []
    known = rules()
    for part in _parts(rest):
        found = _NAME.fullmatch(part)
        if not found:
            where = "needs the name of a rule" if not part else f"takes rules with commas between them, not {part[:40]!r}"
            return names, f"{VERB} {where}: # augment: ignore strength"
        if found["name"] not in known:
            near = suggest(found["name"], known) or f"; the rules are {', '.join(known)}"
            return names, f"there is no rule {found['name']!r}{near}"
        names.append(found["name"])
        if found["why"]:
            break
    return names, ""


def spelled(comment: Comment) -> str:
    """Return what a comment says without its slips of the pen; '' if it has none, or if they are more than that."""
    from difflib import get_close_matches

    words = re.findall(r"[\w-]+|[^\w-]+", comment.text)
    near = [get_close_matches(word, [VERB, *rules()], n=1, cutoff=SLIP) for word in words]
    text = "".join(found[0] if found else word for word, found in zip(words, near, strict=True))
    return text if text != comment.text and not named(comment._replace(text=text))[1] else ""


def _parts(rest: str) -> Iterator[str]:
    return (part.strip() for part in rest.split(","))


def sift(found: Sequence[Finding], places: Places) -> tuple[list[Finding], list[tuple[Comment, str]]]:
    """Return what is left of the findings, and the comments that ignored nothing, each with the rule."""
    wanted = [(comment, name) for comment in places.comments for name in named(comment)[0]]
    used, left = set(), []
    for finding in found:
        lines = {finding.line, _line(place_of(_node(finding.path), places))}
        hits = [(comment, name) for comment, name in wanted if name == finding.rule and comment.about in lines]
        used.update(hits)
        if not hits:
            left.append(finding)
    return left, [pair for pair in wanted if pair not in used]


def _node(path: str) -> str:
    """The op that a field belongs to."""
    head, bracket, tail = path.rpartition("]")
    return f"{head}]{'.'.join(tail.split('.')[:2])}" if bracket else path


def _line(place: str) -> int | None:
    parts = place.rsplit(":", 2)
    return int(parts[1]) if len(parts) == 3 else None
