"""German."""

from __future__ import annotations

from augment.captions.german.classes import LEXICON, WORDS
from augment.captions.german.colours import BRIGHTS, COLOURED, COLOURS, FORMS, SHADED, SHADES
from augment.captions.german.hues import HUES
from augment.captions.german.quarters import PHRASES
from augment.captions.german.readings import READINGS
from augment.captions.german.words import ENDINGS, FAMILIES
from augment.captions.german.writing import READ, UNREAD, UNREAD_AFTER, WRITING
from augment.captions.language import Language

NUMBERS = ("ein", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn", "elf", "zwölf")
HOUR = rf"(?P<hour>1[0-2]|[1-9]|{'|'.join(NUMBERS)})(?: Uhr(?! \d)|-Uhr-(?:Position|Stellung|Richtung))"
BARE_HOUR = HOUR.replace("?P<hour>", "?:")

GERMAN = Language(
    code="de",
    families=FAMILIES,
    words=LEXICON,
    readings=READINGS,
    phrases=PHRASES,
    rotation=(("im Uhrzeigersinn", "gegen den Uhrzeigersinn"), ("im Uhrzeigersinn", "entgegen dem Uhrzeigersinn"),
              ("rechtsherum", "linksherum"), *((f"rechtsdrehend{end}", f"linksdrehend{end}") for end in ("", *ENDINGS))),
    vague={"heights": ("darüber", "darunter", "drüber", "drunter", "obenauf", "kopfüber")},
    hours=HOUR,
    clock=("uhr",),
    numbers=NUMBERS,
    seen_hours=rf"(?:auf|bei) (?:{BARE_HOUR})|[\wäöü]+-Uhr-(?:Position|Stellung|Richtung)",
    other_hours=rf"(?:um|gegen|ab|bis|seit|vor|nach|punkt|von|zeigt|zeigen|steht auf|stehen auf) (?:kurz vor )?(?:{BARE_HOUR})|"
    rf"(?:{BARE_HOUR}) (?:morgens|abends|nachts|mittags|nachmittags|früh)",
    writing=WRITING,
    read=READ,
    unread=UNREAD,
    unread_after=UNREAD_AFTER,
    colours=COLOURS,
    shades=SHADES,
    forms=FORMS,
    brights=BRIGHTS,
    hues=HUES,
    coloured=COLOURED,
    shaded=SHADED,
    link=" ?, ?|,? und ",
    opposed="{owner} (?P<word>{side}) (?P<thing>{correct})",
    macros={name.lower(): "|".join(WORDS[name].split()) for name in ("OWNER", "SIDE", "CORRECT")},
)  # fmt: skip
