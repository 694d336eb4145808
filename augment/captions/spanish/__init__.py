"""Spanish."""

from __future__ import annotations

from augment.captions.language import Language
from augment.captions.spanish.classes import LEXICON, WORDS
from augment.captions.spanish.colours import AGREEMENTS, COLOURED, COLOURS, FORMS, SHADED, SHADES
from augment.captions.spanish.hues import HUES
from augment.captions.spanish.quarters import PHRASES
from augment.captions.spanish.readings import READINGS
from augment.captions.spanish.words import FAMILIES
from augment.captions.spanish.writing import READ, UNREAD, UNREAD_AFTER, WRITING

SPANISH = Language(
    code="es",
    families=FAMILIES,
    words=LEXICON,
    readings=READINGS,
    phrases=PHRASES,
    rotation=(("en el sentido de las agujas del reloj", "en sentido contrario a las agujas del reloj"),
              ("en sentido horario", "en sentido antihorario"), ("sentido horario", "sentido antihorario")),
    vague={"heights": ("bajo", "sobre", "debajo", "encima", "cabeza abajo", "boca abajo", "del revés")},
    writing=WRITING,
    read=READ,
    unread=UNREAD,
    unread_after=UNREAD_AFTER,
    colours=COLOURS,
    shades=SHADES,
    forms=FORMS,
    agreements=AGREEMENTS,
    hues=HUES,
    coloured=COLOURED,
    shaded=SHADED,
    link=" ?, ?|,? [ye] ",
    opposed="(?:el|la|los|las|del|al|un|una) (?P<word>{side})(?! (?:a|de|del|al)\\b)",
    macros={"side": "|".join(WORDS["SIDE"].split())},
)  # fmt: skip
