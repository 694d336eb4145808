"""Left as a form of to leave: who left, and what is left."""

from __future__ import annotations

from augment.captions.grammar.readings import Reading

REST = Reading(
    "other",
    "what is left of something",
    """
    ALL|that's PRON|that? BE? [left] of
    ALL [left]
    only WORD* BE [left] of
    ALL DET NOUN [left] of
    """,
)
WHO = Reading(
    "other",
    "who left",
    """
    WHO|that [left]
    HAVE|ALREADY [left]
    """,
)
STAYING = Reading(
    "other",
    "what is in some state",
    """
    BE|GET|IS LY? [left] WORD
    """,
)
LEAVING = Reading(
    "other",
    "the verb to leave: after who does it, and before what is left, or in what state",
    """
    FEW WORD* [left] WORD
    [left] DET|PRON|NUM|FEW|Cap
    !LIVING [left] ING|ED|LY|ADVERB
    DET ADJ|COLOUR|NUM|NOUN|ED* NOUN [left] PREP|ING|ED
    DET ADJ|COLOUR|NUM|NOUN|ED* NOUN [left] !PART NOUN
    [left] ALREADY|without|for|high|alone
    NOUN|, [left] PREP WORD
    NOUN [left] ADJ? BODY prints|marks
    """,
    sure=False,
)
LEFT = Reading(
    "other",
    "what is left, at the end",
    """
    BE|GET|IS LY? [left] $
    FEW WORD* [left] $
    WHO [left] $
    """,
    sure=False,
)
