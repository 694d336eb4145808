"""What left and right mean, by the words beside them. Of the readings the first that fits counts."""

from __future__ import annotations

from augment.captions.english.correct import CHOSEN, CORRECT, ENTITLED, EXACTLY, RIGHTLY, SUITED
from augment.captions.english.idioms import ASKED, FIXED, POLITICAL
from augment.captions.english.leaving import LEAVING, LEFT, REST, STAYING, WHO
from augment.captions.grammar.readings import Reading

T = "PLAIN&!FEW&!ED|with|in|of|on|up|down|off|out"
"""A word of a telegraphic phrase: 'guy in blue', 'tall giraffe'."""
N = "PLAIN&!PART&!LIVING&!WORN&!EITHER&!CORRECT&!EXACT&!FAR&!SIDE&!UPPER&!TOP&!ED&!ING&!LY&!GO&!LOOK&!STAND&!VERB&!MOTION"
"""A thing of no list, which may be part of a body."""

AGAINST = Reading(
    "seen",
    "a side beside the other",
    """
    [SIDE] ,|–? to|and|or|vs|versus|then|PLUS THE|then|one|another? SIDE
    [SIDE] instead|rather of|than THE? SIDE
    SIDE ,? to|or|vs|versus|then|PLUS THE|then? [SIDE]
    SIDE ,? and THE|then|one|another? [right]
    right ,? and THE|then|one|another? [left]
    SIDE instead|rather of|than THE? [SIDE]
    [SIDE] /|, SIDE !EXACT
    SIDE /|, [SIDE] !EXACT
    [SIDE] to SIDE
    SIDE to [SIDE]
    not THE? [SIDE] ,? but
    not THE? SIDE ,? but THE? [SIDE]
    [SIDE] greater|more|larger|less|smaller|worse|better|bigger than SIDE
    SIDE greater|more|larger|less|smaller|worse|better|bigger than [SIDE]
    [SIDE] ,? AND? the? middle|center|centre !of
    middle|center|centre ,? and|or the? [SIDE]
    than the [SIDE] $
    the other [SIDE&OPPOSED] $
    NOUN [SIDE] ,|;|/ NOUN SIDE
    NOUN SIDE ,|;|/ NOUN [SIDE]
    THE [right&OPPOSED] EITHER !for
    , the? [right] one|ones !for|to
    """,
)
SHORT = Reading(
    "seen",
    "after somebody, and before what somebody wears or does, in a phrase without an article",
    """
    BEGIN PLAIN* LIVING [SIDE] with|wearing|holding|eating|riding|w
    BEGIN PLAIN* LIVING [SIDE] in COLOUR|WORN
    BEGIN PLAIN* LIVING [SIDE] in COLOUR COLOUR|WORN
    """,
)
DOUBTFUL = Reading(
    "unclear",
    "a side, or what is correct or left: the text does not tell",
    """
    BEGIN the [SIDE] END
    !THE [left] over PLAIN&!ADVERB&!ED&!ING
    BEGIN the [SIDE] over there
    ASKED from the [SIDE] $
    the [right] one|ones ?|$|BE|on
    BEGIN the|that|this [right] EITHER END
    a [right] move
    the WORD one|ones [left] $
    left and [left]
    the [SIDE] bank of the? Cap
    STEER|TURN [right] in the middle|center|centre|heart|thick|midst|path|way
    in|to|from|at [SIDE] field !line|wall
    LOOK [right] at|into|through !( the|this camera|viewer|lens ) !us|me
    it|this|that|everything|something|nothing|all looks|look|looked [right] $
    GO&!TRAVEL [right] on|in|as|while|around the|an|a|his|her|PRON
    WALK [right] along|across
    GO [right] up|down !( the middle|center|side|line ) !to
    drift|drifts|drifting|float|floats|floating|flies|flying|glides|gliding|sails|sailing|hovers|hovering [right] over
    BEGIN the [right] NOUN&!CORRECT make|makes|matters|matter
    point|points|go|goes|show|shows|showing to|in|toward? the? [right] direction|way
    is|was it [left] $
    BE this|that|it the [right] NOUN&!CORRECT $
    TRAVEL|WALK [right] to DET
    far [SIDE] group !of
    BE [right] $
    with|without|using the [right] EITHER
    CHOOSE the [right] WORN $
    is|are|was PRON|that|this|NOUN [right] $
    BEGIN FEW NOUN [left] END
    BEGIN a NOUN [left] END
    BEGIN ADJ|COLOUR? NOUN [left] next|beside|near
    BEGIN PLAIN* LIVING [left] PREP&!of
    BEGIN PLAIN* NOUN [left] with
    """,
)
MADE = Reading(
    "own",
    "a way to turn, which a mirror changes and a turn of the picture does not",
    """
    [SIDE] turn|turns|hook|uppercut|cross|jab|signal
    stage [SIDE]
    [SIDE] handed|footed|hander|handers
    GO|bear [right] at the|an|a ADJ? fork|corner|lights|light|intersection
    GO|bear [right] at the|an|a ADJ? junction|crossing|crossroads|roundabout|sign|end
    """,
)
STEERED = Reading(
    "either",
    "where to somebody steers, by the picture or by the way",
    """
    STEER MANNER* [left] !DET
    STEER MANNER* to THE [SIDE]
    STEER MANNER* [right] !now|away|then|before|after|behind|next|of
    turn|turns|turning [right] after|before the|a|an|ING
    keep|keeps|keeping|stay|stays|merge|merges|merging [right] at|on|to|past|by
    """,
    adverb=True,
)
HANDED = Reading(
    "seen",
    "a place before what somebody does with a part of the body",
    """
    on|at|to the? [SIDE] hands|eyes|shoulders|heads|wings|faces|palms DET|PRON|out|over|up|down|off
    """,
)
BODILY = Reading(
    "own",
    "sides of a body",
    """
    [SIDE] LIMB* BODY !prints|marks|side|PART
    [SIDE] PLAIN&!PART&!LIVING&!WORN&!CORRECT&!EXACT&!ED&!ING&!LY&!SIDE BODY !prints|marks|side|PART
    [SIDE] ANATOMIC PLAIN&!PART&!PICTURE
    [SIDE] ANATOMIC ANATOMIC PLAIN&!PART&!PICTURE
    his|her [SIDE] !PART|CORRECT|EITHER NOUN
    in|with OWN [SIDE] while|as|and|but|or|a|an|PRON|$
    [SIDE] side of OWN|POSS face|head|body|chest|forehead|nose|mouth|neck
    [SIDE] side of the? POSS face|head|body|chest|forehead|nose|mouth|neck
    """,
)
LATERAL = Reading(
    "either",
    "a side of the picture, or of what has sides of its own",
    f"""
    its|their [SIDE] !PART|CORRECT|EITHER NOUN
    in|with THE [SIDE] while|as|and|but|or|a|an|PRON|$
    his|her|its|their [SIDE] $|to
    POSS [SIDE] $|and|is|as|while|in|on|at|of
    PREP THE [SIDE] ADJ* {N}
    """,
)
PLACED = Reading(
    "seen",
    "after a word that says where, or how far",
    """
    to|on|at THE [right] to
    TO THE FAR* [right] CORRECT DET
    at [right] CORRECT DET
    ORD from the? [SIDE]
    FAR|upper|lower|top|bottom [right] in the PICTURE
    at [right] !now|about|around|there|here|then|CORRECT
    PREP THE FAR* [left]
    PREP THE FAR* [right] !CORRECT
    to|on|at|from|toward|towards FAR* [left]
    to|on|at|from|toward|towards FAR* [right] !EXACT|CORRECT
    on|from|to [right] behind|next|beside|near|in|at|as|while|where|by|under|with
    FARTHER [SIDE] !POSS
    ORD|FAR [left]
    ORD|FAR [right] !EXACT|CORRECT
    [SIDE] side|sides|corner
    [SIDE] most
    the more|most [SIDE]
    all the way [SIDE] !EXACT|DET
    PREP [left] NOUN
    PREP [right] LIVING|PART|WORN
    camera|screen|frame|picture|image|photo|photos|pictured|pic|inset [SIDE] !EXACT|DET
    above|below|top|bottom [SIDE] ,|:
    [SIDE] bottom|top|upper|lower $|with|in|of|corner|and|is|near|by|side
    , the [SIDE] $
    in [SIDE] with|END|,
    """,
)
OF = Reading(
    "seen",
    "a side of something",
    """
    [SIDE] of
    """,
)
MOVED = Reading(
    "seen",
    "after a verb of motion or of sight, as where to",
    """
    TURN|FACE|LOOK|GO MANNER* to|toward|towards THE FAR? [SIDE] !NOUN|of
    FACE|LOOK|GO|TURN|BLOW MANNER* [left] !THE|ARTICLE|behind
    FACE|LOOK|GO|TURN|BLOW MANNER* [right] $|AND
    FACE MANNER* [right] !at|into|through|now|away
    LOOK|GO|TURN MANNER* [right] !EXACT|CORRECT
    TURN MANNER* [right] into|onto|around|toward|towards
    bend|bends|bending|curve|curves|curving|veer|veers MANNER* [right] at|in|after|before|by|near|behind|beside
    arrow|arrows|chevron [SIDE] $|NOUN
    TRAVEL MANNER* [right] across|past|on
    TRAVEL MANNER* [right] in !front|place|time|the
    hard|sharply|slightly|diagonally|sharp [right] !of
    GO [right] to !DET
    """,
    adverb=True,
)
PARTLY = Reading(
    "either",
    "before a thing that may be part of a body",
    f"""
    DET|POSS|ADJ [left] ADJ* {N}
    DET|POSS|OWN [right] ADJ* {N}
    DET|POSS ADJ [right] {N}
    BEGIN|, [SIDE] !ADVERB ADJ* {N}
    """,
)
SIDED = Reading(
    "seen",
    "before a thing, after a word that begins a phrase",
    """
    [SIDE] PART
    BEGIN|DET|POSS [right] back|front|rear NOUN
    DET|POSS|ADJ [left] !$
    DET|POSS|OWN [right] !CORRECT|EXACT|EITHER|to|$ WORD
    DET|POSS ADJ [right] !CORRECT|EXACT NOUN
    THE [right] EITHER PREP&!for&!to|BE|POSS|ING
    THE [right] man's|woman's|person's|one's
    THE [right] one|ones|man|woman|person|people GO|STAND|FACE|LOOK|TURN|wears|holds|carries|eats
    BEGIN|, [SIDE] !EXACT|CORRECT|DET|ED|ADVERB|to|on WORD
    ^|,|OPEN [SIDE] :|,|$
    makes|making|made|takes|taking|took|a MANNER? [SIDE] $
    """,
)
TELEGRAPHIC = Reading(
    "seen",
    "after a thing at the end of a phrase that has no verb",
    f"""
    BEGIN {T} {T}* [SIDE] END|,
    BEGIN {T} {T}* [SIDE] back|front END
    OPEN [SIDE] CLOSE
    BEGIN ED NOUN [SIDE] END
    BEGIN NOUN [right] WORN|COLOUR|ING
    BEGIN NOUN [left] WORN|COLOUR|closest|nearest|furthest
    """,
)

SIDES = (
    FIXED, ASKED, POLITICAL, AGAINST, SHORT, DOUBTFUL, MADE, STEERED, HANDED, BODILY, LATERAL, SUITED, ENTITLED, MOVED, PLACED,
    REST, OF, WHO, CHOSEN, PARTLY, SIDED, STAYING, LEAVING, LEFT, TELEGRAPHIC, EXACTLY, CORRECT, RIGHTLY,
)  # fmt: skip
