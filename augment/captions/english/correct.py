"""Right as exactly, as correct, and as what is due."""

from __future__ import annotations

from augment.captions.grammar.readings import Reading

SUITED = Reading(
    "other",
    "right as what suits",
    """
    [right] NOUN SMALL
    the|a [right] EITHER for|to
    CHOOSE the [right] NOUN for PRON|OWN|any|every|each
    know|knows|knew|meet the [right] WORD
    CHOOSE the [right] EITHER
    [right] NOUN for the
    in|into|under the [right] light
    """,
)
ENTITLED = Reading(
    "other",
    "right as what is due",
    """
    for|have|has|no|any|every|equal [right] to
    !TO THE [right] to !the|left WORD
    DISPUTE on|about|over the [right] to !the|left WORD
    """,
)
CHOSEN = Reading(
    "unclear",
    "what is chosen may be the right one",
    """
    CHOOSE for? the|a [right] !hand|CORRECT NOUN !of|in|on
    """,
)
EXACTLY = Reading(
    "other",
    "right as exactly, or at once",
    """
    [right] EXACT
    """,
)
CORRECT = Reading(
    "other",
    "right as correct",
    """
    [right] CORRECT
    BE|IS [right] about|for
    nothing|something|anything|everything|feel|feels|felt|not [right] about|with
    just|quite|so|exactly|almost|about|perfectly|works|feels|sounds|done|cooked [right]
    """,
)
RIGHTLY = Reading(
    "other",
    "right as correct, after a verb",
    """
    WORD it|this|that|them|things|everything [right]
    guess|guesses|guessed|guessing [right] $|AND
    cook|bake|season|brew|do|does|did|doing DET NOUN NOUN? [right] $|AND
    not|fits|sits|hangs|does|DO|PRON|set|put|answers|answer [right] $|for
    NOT [right]
    gets|get|got|getting|answers|answer|guesses|spells|pronounces DET NOUN NOUN? [right] $
    """,
    sure=False,
)
