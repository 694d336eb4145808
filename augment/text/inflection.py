"""English inflection: LemmInflect's dictionary, checked against WordNet's lists of irregular forms, and rules for the rest.

The dictionary is counted from texts and has slips in it (tared, trueer), and what it does not know it guesses. So a form is taken
from it where it is regular or in WordNet's list, and a guess only where the rules of grammars leave no choice.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

Irregular = Mapping[str, tuple[str, ...]]
"""The irregular forms of a lemma, in WordNet's lists of one part of speech."""
Forms = Mapping[str, Sequence[str]]
"""The lemmas of each irregular form."""
UNBENT = ("NN", "VB", "VBP", "JJ", "RB")
"""The tags of what is as the dictionary has it."""
_COMPARED = ("y", "le", "ow", "er")
"""Words of two syllables that end so have a comparative of their own; others of two and more take 'more'."""
_HEADS = ("man", "foot", "tooth", "child", "mouse", "goose")
"""What compounds with irregular plurals end in, of which the lists have the commoner."""


def inflect(lemma: str, tag: str, irregular: Irregular, forms: Forms) -> str | None:
    """Return the form of a lemma that a Penn tag asks for; None if there is none, or none that is certain.

    Of several words the first bends of verbs, the last of nouns.
    """
    if tag in UNBENT:
        return lemma
    words = lemma.split(" ")
    at = 0 if tag.startswith("V") else -1
    word, kind = words[at], tag[0]
    form = {"N": _plural, "V": _verb}.get(kind, _compared)(word, tag, irregular.get(word, ()), forms)
    if form is None:
        return None
    words[at] = form
    return " ".join(words)


def _is_form(word: str, forms: Forms) -> bool:
    """Whether a word is an irregular form of another."""
    return any(lemma != word for lemma in forms.get(word, ()))


def _plural(noun: str, tag: str, irregular: tuple[str, ...], forms: Forms) -> str | None:
    if _is_form(noun, forms) or (noun.endswith("s") and noun not in _lemmas(noun)):
        return noun  # one already
    listed = _listed(noun, tag)
    if listed and listed[0] in (noun, *irregular, _add_s(noun)):
        return listed[0]
    if irregular and not listed:
        return irregular[0]
    for head in _HEADS:
        if noun.endswith(head):
            return noun.removesuffix(head) + _listed(head, tag)[0]
    if listed:
        return _add_s(noun)
    if noun.endswith("s") and not noun.endswith(("ss", "us", "is")):
        return noun  # most are plurals: innards, alms
    return _add_s(noun)


def _verb(verb: str, tag: str, irregular: tuple[str, ...], forms: Forms) -> str | None:
    end = {"VBG": "ing", "VBZ": "s"}.get(tag, "ed")
    rule = {"VBG": _add_ing, "VBZ": _add_s}.get(tag, _add_ed)(verb)
    same = [form for form in irregular if form.endswith(end)]
    listed = _listed(verb, tag)
    for form in listed:
        if form in irregular or (form == rule and not (same and tag != "VBZ")):
            return form
    if same:
        return same[0]
    strong = [form for form in irregular if not form.endswith(("ing", "s"))]
    if strong and end == "ed":  # for-swear: as its last part, of which the dictionary knows
        tails = (verb[i:] for i in range(1, len(verb) - 1))
        return next((f for t in tails for own in _listed(t, tag)[:1] if (f := verb.removesuffix(t) + own) in strong), None)
    return rule


def _compared(word: str, tag: str, irregular: tuple[str, ...], forms: Forms) -> str | None:
    """The comparative or the superlative, of words that have one without 'more'."""
    end = "est" if tag.endswith("S") else "er"
    if _is_form(word, forms) or word not in _lemmas(word, tag):
        return word if tag == "RBR" and word.endswith("er") else None  # a comparative already, or a superlative
    listed, rule = _listed(word, tag), _add_er(word, end)
    known = [form for form in listed if form in irregular]
    if known and not (listed[0] == rule and _is_short(word)):
        return known[0]
    same = [form for form in irregular if form.endswith(end)]
    if not listed or not _is_short(word):
        return None
    return listed[0] if listed[0] == rule else same[0] if same else rule


def _is_short(word: str) -> bool:
    """Whether a word is compared by an ending. What is derived from a verb is not, nor an adverb of an adjective."""
    if (len(word) > 4 and word.endswith(("ed", "ing"))) or (word.endswith("ly") and len(word) > 6):
        return False
    silent = word.endswith("e") and not re.search("[^aeiouy]le$", word)
    syllables = len(re.findall("[aeiouy]+", word)) - silent
    return syllables < 2 or (syllables == 2 and word.endswith(_COMPARED))


def _add_s(word: str) -> str:
    if re.search("[^aeiou]y$", word):
        return f"{word[:-1]}ies"
    return f"{word}es" if re.search("(s|x|z|ch|sh|[^aeiou]o)$", word) else f"{word}s"


def _add_ed(verb: str) -> str:
    if re.search("[^aeiou]y$", verb):
        return f"{verb[:-1]}ied"
    return f"{verb}d" if verb.endswith("e") else f"{verb}ed"


def _add_ing(verb: str) -> str:
    if verb.endswith("ie"):
        return f"{verb[:-2]}ying"
    return f"{verb[:-1]}ing" if verb.endswith("e") and not verb.endswith(("ee", "oe", "ye")) else f"{verb}ing"


def _add_er(word: str, end: str) -> str:
    if re.search("[^aeiou]y$", word):
        return f"{word[:-1]}i{end}"
    if word.endswith("ey"):
        return f"{word[:-2]}i{end}"
    return f"{word[:-1]}{end}" if word.endswith("e") else f"{word}{end}"


def _listed(word: str, tag: str) -> tuple[str, ...]:
    """The forms in the dictionary; those of adverbs that are adjectives, too, stand there."""
    from lemminflect import getInflection

    return getInflection(word, tag=tag, inflect_oov=False) or ()


def _lemmas(word: str, tag: str = "NN") -> tuple[str, ...]:
    from lemminflect import getLemma

    return getLemma(word, upos={"N": "NOUN", "J": "ADJ", "R": "ADV"}[tag[0]])
