"""French."""

from __future__ import annotations

from augment.captions.french.classes import LEXICON
from augment.captions.french.colours import AGREEMENTS, COLOURED, COLOURS, FORMS, SHADED, SHADES
from augment.captions.french.hues import HUES
from augment.captions.french.quarters import PHRASES
from augment.captions.french.readings import READINGS
from augment.captions.french.words import FAMILIES
from augment.captions.french.writing import READ, UNREAD, UNREAD_AFTER, WRITING
from augment.captions.language import Language

FRENCH = Language(
    code="fr",
    families=FAMILIES,
    words=LEXICON,
    readings=READINGS,
    phrases=PHRASES,
    rotation=(("dans le sens des aiguilles d'une montre", "dans le sens inverse des aiguilles d'une montre"),
              ("dans le sens des aiguilles d’une montre", "dans le sens inverse des aiguilles d’une montre"),
              ("sens horaire", "sens antihoraire"), ("sens horaire", "sens anti-horaire")),
    vague={"heights": ("sous", "dessus", "dessous", "par-dessus", "à l'envers", "à l’envers")},
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
    link=" ?, ?|,? et ",
    opposed="(?:le|la|les|l['’]|du|au|un|une) (?P<word>droite?s?|gauches?)(?! (?:d['’]|des?|du|à|au)\\b)",
)  # fmt: skip
