"""Patterns over the tokens around a word: what stands before it, itself in brackets, and what stands after it.

Elements are parted by spaces. ``on`` is that word, ``NOUN`` any of that class (`augment.captions.grammar.tokens`), ``a|an``
either, ``NOUN&!Cap`` one of the first class and not of the second. ``?`` makes an element one that may lack, ``*`` one that may
stand up to four times. ``!`` before an element says that it does not stand there, and takes no room. ``( in front | beside )`` is
a choice of sequences, with ``!(`` one that does not stand there. ``to the [left|right] !SIDE`` are the sides after 'to the' that
no other side follows.

No pattern reaches farther than its elements, so a text is read in a time that grows with its length.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from augment.captions.grammar.tokens import Token

Match = Callable[[list[Token], int], bool]
"""Whether tokens from a place on, in the direction of a pattern, are what is looked for."""
Holds = Callable[[frozenset[str]], bool]
MOST = 4
"""So often may an element with ``*`` stand."""


class Element(NamedTuple):
    """One token, or a choice of sequences of elements."""

    holds: Holds | None = None
    branches: tuple[tuple[Element, ...], ...] = ()
    many: str = ""
    """``?`` or ``*``."""
    lacks: bool = False
    """Whether it must not stand there."""

    def match(self, step: int, then: Match) -> Match:
        """What matches it, and then what follows in a direction, 1 or -1."""
        if self.lacks:
            inner = self._once(step, _anything)
            return lambda tokens, at: not inner(tokens, at) and then(tokens, at)
        if not self.many:
            return self._once(step, then)
        out = then
        for _ in range(MOST if self.many == "*" else 1):
            out = _either(self._once(step, out), then)
        return out

    def _once(self, step: int, then: Match) -> Match:
        if self.branches:
            ways = [_sequence(branch, step, then) for branch in self.branches]
            return lambda tokens, at: any(way(tokens, at) for way in ways)
        holds = self.holds
        assert holds is not None
        return lambda tokens, at: 0 <= at < len(tokens) and holds(tokens[at].tags) and then(tokens, at + step)


def _anything(tokens: list[Token], at: int) -> bool:
    return True


def _either(first: Match, second: Match) -> Match:
    return lambda tokens, at: first(tokens, at) or second(tokens, at)


def _sequence(elements: tuple[Element, ...], step: int, then: Match) -> Match:
    for element in elements if step < 0 else reversed(elements):
        then = element.match(step, then)
    return then


class Pattern:
    """A pattern, read from what it is written as."""

    def __init__(self, source: str) -> None:
        pieces = source.split()
        anchors = [i for i, piece in enumerate(pieces) if piece[0] == "[" and piece[-1] == "]"]
        if len(anchors) != 1:
            raise ValueError(f"the pattern {source!r} has {len(anchors)} words in brackets: it tells of one")
        before, after = pieces[: anchors[0]], pieces[anchors[0] + 1 :]
        self.holds = _holds(pieces[anchors[0]][1:-1])
        self.before, self.after = _sequence(_read(before, source), -1, _anything), _sequence(_read(after, source), 1, _anything)

    def fits(self, tokens: list[Token], first: int, last: int, tags: frozenset[str]) -> bool:
        """Whether a word with such tags, of the tokens from the first to the last, stands as the pattern says."""
        return self.holds(tags) and self.before(tokens, first - 1) and self.after(tokens, last + 1)


def _read(pieces: list[str], source: str) -> tuple[Element, ...]:
    """The elements that some pieces of a pattern say."""
    levels: list[tuple[str, list[list[Element]]]] = [("", [[]])]
    for piece in pieces:
        if piece in ("(", "!("):
            levels.append((piece, [[]]))
        elif piece == "|":
            levels[-1][1].append([])
        elif piece in (")", ")?", ")*"):
            opened, branches = levels.pop()
            if not levels:
                break
            choice = Element(None, tuple(map(tuple, branches)), piece[1:], opened == "!(")
            levels[-1][1][-1].append(choice)
        elif piece[0] == "!":
            levels[-1][1][-1].append(Element(_holds(piece[1:]), lacks=True))
        else:
            many = piece[-1] if piece[-1] in "?*" and len(piece) > 1 else ""
            levels[-1][1][-1].append(Element(_holds(piece.removesuffix(many)), many=many))
    if len(levels) != 1 or len(levels[0][1]) != 1:
        raise ValueError(f"the pattern {source!r} has brackets that do not match, or a choice outside of them")
    return tuple(levels[0][1][0])


def _holds(element: str) -> Holds:
    """The test of one element, on the tags of a token."""
    plain = frozenset(part for part in element.split("|") if "&" not in part)
    both = [part.split("&") for part in element.split("|") if "&" in part]
    if not both:
        return lambda tags: not plain.isdisjoint(tags)
    wanted = [(frozenset(p for p in parts if p[0] != "!"), frozenset(p[1:] for p in parts if p[0] == "!")) for parts in both]
    return lambda tags: not plain.isdisjoint(tags) or any(a <= tags and b.isdisjoint(tags) for a, b in wanted)
