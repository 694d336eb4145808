"""How French says a direction in all four ways, for quarter turns."""

from __future__ import annotations

from augment.captions.families import four
from augment.captions.language import Phrase

PHRASES = (
    *(Phrase(four(f"à gauche {of}", f"à droite {of}", f"au-dessus {of}", f"en dessous {of}"), r"(?!\s+(?:l['’])?image|"
    r"\s+la\s+photo)",)
      for of in ("du", "des", "de")),
    Phrase(four("à gauche", "à droite", "en haut", "en bas"), r"(?!\s+d)"),
    Phrase(four("sur la gauche", "sur la droite", "en haut", "en bas"), r"(?!\s+d)", reads="WE"),
    Phrase(four("de gauche", "de droite", "du haut", "du bas"), r"(?!\s+(?:à|et)\b)"),
)  # fmt: skip
