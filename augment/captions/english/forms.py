"""English words in their forms: of nouns the one and the many, of verbs all that regular ones have."""

from __future__ import annotations

from collections.abc import Iterator

VOWELS = "aeiou"


def nouns(words: str) -> frozenset[str]:
    """Return nouns with their plurals; those that begin with ``=`` as they are."""
    return frozenset(form for word in words.split() for form in (_as_it_is(word) or (word, plural(word))))


def verbs(words: str) -> frozenset[str]:
    """Return verbs in all their regular forms; those that begin with ``=`` as they are."""
    return frozenset(form for word in words.split() for form in (_as_it_is(word) or _forms(word)))


def _as_it_is(word: str) -> tuple[str, ...]:
    return (word[1:],) if word.startswith("=") else ()


def plural(noun: str) -> str:
    """Return the regular plural of a noun."""
    if noun.endswith("y") and noun[-2:-1] not in VOWELS:
        return f"{noun[:-1]}ies"
    return f"{noun}es" if noun.endswith(("s", "x", "z", "ch", "sh")) else f"{noun}s"


def _forms(verb: str) -> Iterator[str]:
    yield verb
    yield plural(verb)
    if verb.endswith("e"):
        yield from (f"{verb}d", f"{verb[:-1]}ing")
    elif verb.endswith("y") and verb[-2] not in VOWELS:
        yield from (f"{verb[:-1]}ied", f"{verb}ing")
    else:
        yield from (f"{verb}ed", f"{verb}ing")
        if verb[-1] not in "wxyhk" and verb[-2] in VOWELS and verb[-3:-2] not in VOWELS:  # 'stop', 'stopping'
            yield from (f"{verb}{verb[-1]}ed", f"{verb}{verb[-1]}ing")
