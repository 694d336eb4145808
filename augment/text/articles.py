"""The indefinite article before a word that an edit brings: a car, an automobile."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from augment.text.case import with_case_of
from augment.text.document import Document
from augment.text.editing import Edit, in_order
from augment.text.protect import Guard

_YOU = r"uni(?!n|m(?!o)|dentif|ron)|unanim|u[bt][aeiou]|us[aeu]|usu|ur[aei]|uk[ru]|ufo|eu|ewe"
"""How words begin that are written with a vowel and spoken with the sound of 'you'."""
_CONSONANT = re.compile(
    rf"(?:{_YOU}|one(?!r)|once|oui|u-|[bcdfgjklmnpqrstvwxyz]|1(?!1|8)|[02-79]|1[18]\d(?!\d)|h(?!eir|our|onou?r|onest|-))"
)
_LETTER = re.compile(r"[aefhilmnorsx]-")
_ARTICLE = re.compile(r"an?", re.IGNORECASE)
_OPENING = re.compile(r"[^\S\n]+[\"'“‘(\[]*")
_FIRST = re.compile(r"[\"'“‘(\[]*(\w[\w'’-]*)")


def is_vowel_sound(word: str) -> bool:
    """Whether a word, or a number, is spoken with a vowel at its beginning: by its letters, with the usual exceptions."""
    word = word.lower()
    if _LETTER.match(word):  # an x-ray
        return True
    if _CONSONANT.match(word):
        return False
    return word[:1] in "aeiou8h" or word[:2] in ("11", "18")


def with_articles(document: Document, edits: Iterable[Edit], guard: Guard) -> Sequence[Edit]:
    """Return edits, and those of the articles before words that they bring: an article that is not protected and stays as it is
    gets the form that the word behind it asks for."""
    ordered = in_order(edits)
    new = {e.start: e for e in reversed(ordered) if e.text}  # of insertions before a word, the first
    taken = {e.start for e in ordered if e.start < e.stop}
    text, found = document.text, []
    for start, stop in document.words:
        if stop - start > 2 or start in taken or not _ARTICLE.fullmatch(text, start, stop) or not guard.allows((start, stop)):
            continue
        gap = _OPENING.match(text, stop)
        change = new.get(gap.end()) if gap else None
        if change is None or not (first := _FIRST.match(change.text)):
            continue
        form = "an" if is_vowel_sound(first[1]) else "a"
        if form != text[start:stop].lower():
            found.append(Edit(start, stop, _in_case(text[start:stop], form, text[gap.end() :] if gap else "")))
    return in_order([*ordered, *found]) if found else ordered


def _in_case(article: str, form: str, behind: str) -> str:
    """The form in the case of an article; A alone is a capital letter, or written in capitals as what stands behind it."""
    return form.upper() if article == "A" and behind[:2].isupper() and len(behind) > 1 else with_case_of(article, form)
