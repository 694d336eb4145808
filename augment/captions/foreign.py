"""Whether a text is of another language than its target says: by its letters, and by its small words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from functools import lru_cache

SMALL = re.compile(r"(?<!\w)[dl]['’]|\w+")
FIRST = re.compile(r"\A\W*\w(?=\w*['’\s,]\s*[^\W\d_A-ZÄÖÜÉÈÀ])")
SMALL_WORDS = {
    "en": frozenset(
        "the of and with a an is are to at by from in on his her its their this that there it has for am die son under "
        "left right top bottom above below next sitting standing holding wearing man woman dog two over behind near front "
        "side hay".split()
    ),
    "de": frozenset(
        "der das die dem den des ein eine einen einem eines einer und ist sind mit auf zum zur neben an am im in von vom "
        "vor her zu er sie es nach sich rechts hinter unter über bei beim sitzt steht stehen liegt trägt hält kein keine "
        "nicht als aus ins ans durch sein seine seiner seinem ihr ihre ihren ihrem dieser diese zwei drei oben unten "
        "linke linken rechte rechten auch wird wie".split()
    ),
    "fr": frozenset(
        "le la les un une des du de au aux est sont et dans sur avec à d' d’ l' l’ devant droite gauche en son sa ses qui "
        "par se il elle ce cette celle celui leur vers chez près côté deux trois entre très pas tient haut bas droit sous "
        "derrière".split()
    ),
    "es": frozenset(
        "el la los las del de al un una y a en con está están es son junto derecha izquierda su sus se por que sobre para "
        "lo hay hacia desde muy más este esta tiene lado unos unas entre dos tres izquierdo derecho arriba abajo detrás".split()
    ),
}
"""Small words that are frequent in a language; those of two languages tell neither from the other."""


def foreign(text: str, code: str, scripts: Collection[str]) -> str:
    """Say why a text is surely not of a language: by its letters, or its small words. '' where it may be."""
    letters = [c for c in text if c.isalpha()]
    if not letters or not scripts or any(script(c) in scripts for c in letters):
        return _of_another(text, code)
    return f"is not written as the language {code!r} is: declare the language of the target, or rules: none"


def _of_another(text: str, code: str) -> str:
    """Say that small words of another language outweigh its own; capitals are left out, as names hold them, but for one that
    begins the text before a small letter."""
    words = [word for word in SMALL.findall(FIRST.sub(lambda m: m[0].lower(), text)) if word.islower()]
    mine = SMALL_WORDS.get(code, frozenset())
    for another, small in SMALL_WORDS.items() if mine else ():
        own, other = (sum(w in some for w in words) for some in (mine - small, small - mine))
        alone = other > 0 and not own and 4 * other >= len(words)
        if another != code and (alone or other >= 2 * own + 2):
            return f"seems to be of the language {another!r}, not {code!r}: declare it for the target, or rules: none"
    return ""


@lru_cache(maxsize=4096)
def script(letter: str) -> str:
    """LATIN, CYRILLIC, CJK: how the name of a letter begins."""
    return unicodedata.name(letter, "").partition(" ")[0]
