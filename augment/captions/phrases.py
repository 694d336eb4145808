"""Phrases of things that are no longer in the image: taken out of a list of things, or in doubt."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from augment.captions.language import Language
from augment.captions.verdict import Doubt, Verdict
from augment.text.document import Span
from augment.text.editing import Edit


def without(text: str, gone: Iterable[Span], known: Collection[Span], language: Language) -> Verdict:
    """Return what is to become of a text that speaks of what has left the image.

    A phrase that stands in a list ('a dog, a cat and a bird') is taken out of it; the list is one of phrases that are ``known``
    to stand for things. Anywhere else the sentence would not hold without it.
    """
    verdict, lost = Verdict(), sorted(set(gone))
    for start, stop in lost:
        edits, sure = _out_of_list(text, (start, stop), sorted(set(known)), language)
        if sure and len(lost) == 1:
            verdict.edits += edits
        else:
            verdict.doubts.append(Doubt(start, stop, f"{text[start:stop]!r} is not in the image any more", edits))
    return verdict


def _out_of_list(text: str, span: Span, known: list[Span], language: Language) -> tuple[tuple[Edit, ...], bool]:
    """The edits that take an item out of a list of things, and whether the sentence surely holds without it."""
    link, at = language.link_pattern, known.index(span)

    def linked(i: int) -> bool:
        """Whether a thing and the next are neighbours in a list."""
        return 0 <= i < len(known) - 1 and bool(link.fullmatch(text, known[i][1], known[i + 1][0]))

    if linked(at - 1) and linked(at):  # two others stay: what was said of several still is
        comma = text[span[1] : known[at + 1][0]].strip() == ","
        return (Edit(span[0], known[at + 1][0], "") if comma else Edit(known[at - 1][1], span[1], ""),), True
    if linked(at):
        first = known[at + 1][0]
        capital = (Edit(first, first + 1, text[first].upper()),) if text[span[0]].isupper() and text[first].islower() else ()
        return (Edit(span[0], first, ""), *capital), linked(at + 1)
    if linked(at - 1) and not linked(at - 2):
        return (Edit(known[at - 1][1], span[1], ""),), text[span[1] :].strip()[:1] in ("", ".", "!", "?", ";")
    return (), False
