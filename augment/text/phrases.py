"""Finds phrases of a list in a text: on word boundaries, the longest first, in any case if that is wanted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from augment.text.document import Span

_QUOTES = str.maketrans("’", "'")


class Phrases:
    """A list of phrases to look for; a space in them stands for any white space, an apostrophe for both that there are."""

    def __init__(self, phrases: Iterable[str], ignore_case: bool = True):
        trie: dict[str, Any] = {}
        for phrase in phrases:
            node = trie
            for character in written(phrase, ignore_case):
                node = node.setdefault(character, {})
            node[""] = {}
        flags = re.IGNORECASE if ignore_case else 0
        self.pattern = re.compile(rf"(?<!\w){_source(trie)}(?!\w)", flags) if trie else None

    def find(self, text: str) -> list[Span]:
        """Return the spans of phrases in a text, in order; none overlap."""
        return [found.span() for found in self.pattern.finditer(text)] if self.pattern else []


def written(phrase: str, ignore_case: bool = True) -> str:
    """The phrase as it is looked up: with single spaces and straight apostrophes, in small letters."""
    plain = " ".join(phrase.split()).translate(_QUOTES)
    return plain.lower() if ignore_case else plain


def _source(root: Mapping[str, Any]) -> str:
    """A trie as a regular expression, which tries longer phrases first; without recursion, since phrases may be long."""
    done: dict[int, str] = {}
    stack = [(root, False)]
    while stack:
        node, ready = stack.pop()
        if not ready:
            stack.append((node, True))
            stack += [(child, False) for character, child in node.items() if character]
            continue
        options = [_SIGNS.get(character) or re.escape(character) for character in node if character]
        options = [sign + done.pop(id(node[character])) for sign, character in zip(options, filter(None, node), strict=True)]
        joined = f"(?:{'|'.join(options)})" if len(options) > 1 or (options and "" in node) else "".join(options)
        done[id(node)] = f"{joined}?" if joined and "" in node else joined
    return done[id(root)]


_SIGNS = {" ": r"\s+", "'": "['’]"}

