"""How German says a direction in all four ways, for quarter turns."""

from __future__ import annotations

from augment.captions.families import four
from augment.captions.german.words import ENDINGS
from augment.captions.language import Phrase

PHRASES = (
    Phrase(four("links vom", "rechts vom", "über dem", "unter dem")),
    Phrase(
        four("links von", "rechts von", "über", "unter"),
        r"\s+(?:der|dem|einer|einem|ihr|ihm|ihnen|den|zwei|drei|seine\w|ihre\w)\b",
    ),
    Phrase(four("links neben", "rechts neben", "über", "unter")),
    Phrase(four("links des", "rechts des", "oberhalb des", "unterhalb des")),
    Phrase(four("links der", "rechts der", "oberhalb der", "unterhalb der")),
    Phrase(four("links", "rechts", "oben", "unten"), r"(?!\s+(?:von|vom|neben|des|der)\b)"),
    *(Phrase(four(f"link{end}", f"recht{end}", f"ober{end}", f"unter{end}")) for end in ENDINGS),
)
