"""Ops on what stands between words: white space and punctuation."""

import re
from itertools import pairwise
from typing import Annotated, ClassVar, Literal

from pydantic import BeforeValidator, Field

from augment.ops.kinds import Inserting, ReplacingSpans
from augment.text.document import Document, Span
from augment.values import Short

_BLANKS = r"[^\S\r\n]+"
_ONLY_BLANKS, _GAP = re.compile(_BLANKS), re.compile(rf"(?<=\S){_BLANKS}(?=\S)")
Form = Literal["double", "drop", "tab", "newline"]


class _Gaps(ReplacingSpans):
    """Changes gaps between words or signs of one line."""

    def reach(self, document, unit):
        return unit[0] - 1, unit[1] + 1  # what is protected is not to grow together with something else


class MergeWords(_Gaps):
    """Write neighbouring words as one; the rate is of the gaps between words."""

    def candidates(self, unit):
        return ("",)

    def units(self, document):
        text = document.text
        gaps = ((before[1], after[0]) for before, after in pairwise(document.words))
        return [gap for gap in gaps if _ONLY_BLANKS.fullmatch(text, *gap)]


class NoiseWhitespace(_Gaps):
    """Drop or double the space between words, or make it a tab or a new line; the rate is of the gaps of a line."""

    forms: Annotated[
        Short[tuple[Form, ...]],
        BeforeValidator(
            lambda raw: (raw,) if isinstance(raw, str) else raw,
            json_schema_input_type=Form | Annotated[list[Form], Field(min_length=1)],
        ),
    ] = Field(default=("double", "drop"), min_length=1, description="what becomes of a gap, each equally likely")

    examples: ClassVar = ({"rate": [0.1, 0.4]}, {"rate": 0.2, "forms": ["tab", "newline"]})

    def candidates(self, unit):
        made = {"double": unit + unit[-1], "drop": "", "tab": "\t", "newline": "\n"}
        return tuple(made[form] for form in dict.fromkeys(self.forms) if made[form] != unit)

    def spans(self, document: Document) -> list[Span]:
        return [found.span() for found in _GAP.finditer(document.text)]


class InsertPunctuation(Inserting):
    """Insert punctuation marks before words (AEDA; Karimi et al. 2021)."""

    marks: str = Field(default=".;?:!,", min_length=1, description="the marks, each equally likely")

    def candidates(self, unit):
        return tuple(f"{mark} " for mark in dict.fromkeys(self.marks))
