"""What is said with left and right, and has no side: looked for before any other reading."""

from __future__ import annotations

from augment.captions.grammar.readings import Reading

FIXED = Reading(
    "other",
    "expressions that hold a side and tell none",
    """
    all [right]
    [right] angle|angles|angled|triangle|triangles|whale|whales|stuff|honourable|honorable|reverend|hon
    human|civil|equal|birth|dead|alright [right]
    mr|mrs|ms|miss .? [right]
    bill of [right]
    [right] of way|passage|return|appeal|reply|course
    THE|an|a|no|divine|LY [right] of ENTITLED
    [right] or|and|from wrong
    wrong or|and|from [right]
    [right] you are
    [right] as rain
    [right] off the bat
    [right] turn of phrase
    [right] on time|target|cue|schedule|track
    [right] on the money|mark|dot
    [right] side of history
    [right] side of the law|tracks
    in THE own [right]
    [right] ballpark|smart|smack|bang|slap|dab|royal|proper|atop|cute|good|sure
    just the [right]
    !THE|FAR|TO [right] now|away|then
    out of [left] field
    [left] luggage
    [left] over $|from|after|FOOD
    [left] over&GLUED|overs&GLUED
    two [left] feet
    [left] coast&Cap|bank&Cap
    [right] bank&Cap
    DET|POSS [right-hand] man|men|woman|rule
    [left-handed] compliment
    DET|POSS [right] hand man|men|woman|rule
    [right] handed compliment
    [SIDE] fielder|fielders|winger|wingers|bower|fielder's|winger's
    [SIDE] back|backs for|from|SPORT|Cap
    [SIDE] wing&GLUED
    [SIDE] wing Cap
    [SIDE&GLUING] winger|back|backs|click|clicks|clicked|minded|brained
    [SIDE&GLUING] brain|thinking|on|justified|leaning|censored|field|out|of
    [right] click|clicks|clicking|clicked
    serve|serves|served|treats|suits PRON [right]
    how|ways|tips|guide|steps|time to CHOOSE the? [right]
    a [right] mess|laugh|pain|royal|old|pickle|state|shambles|treat|little
    [right] side|way up|out|round|around !the
    [right] side by side
    !STEER|TURN [right] in the middle|center|centre|heart|thick|midst|path|way
    !STEER|TURN [right] in|on|at the edge|brink|nose|spot|dot|tip|foot
    left , [right] and|or center|centre
    [left] , right and center|centre
    hit|hits|hitting all? the [right] note|notes
    !the|a [left] half ED|eaten|open|full|empty|asleep|built|hidden|done|dead|shut
    BEGIN [right] ?|!|so|then|ok|okay|well
    yeah|yea|yep|yes|oh|damn|too [right] $
    OWN head|heads [right] EXACT
    the other [SIDE&!OPPOSED] $|lol
    he|she|they|you|we|i|u|ya BE|r? [right] $|about
    !TO ur [right] $
    IS [right] $|about
    !THE [left] on ?
    [SIDE] back of the? WORD? team|side|club
    [right] at home
    just|quite|perfectly|exactly [right] $
    turn|turns|turned|come|comes|came|work|works|worked out [right] $|AND
    done|cooked|made|prepared|performed|handled|brewed|baked|grilled|seasoned [right] $
    turn|turns|turned|turning|spin|spins|spun|spinning|come|comes|came [right] around|round|back !DET
    """,
)
ASKED = Reading(
    "other",
    "right as a question",
    """
    , [right] ?|!
    """,
    sure=False,
)
POLITICAL = Reading(
    "other",
    "sides of politics",
    """
    [SIDE] party|parties|alliance|bloc|coalition|voter|voters|activists|opposition|faction
    [SIDE] wing|leaning POLITICS|LY
    POLITICS&POSS [SIDE] wing
    [SIDE] wing of DET ADJ? POLITICS
    POLITICS from|of both? the far|hard|radical|extreme [SIDE] !side|of
    POLITICS from|of both? the far|hard|radical|extreme SIDE AND the? far|hard|radical|extreme? [SIDE] !side|of
    [SIDE] wing ADJ POLITICS
    far|alt|hard|center|extreme|radical [SIDE] POLITICS&!group&!groups
    SIDE AND [SIDE] wing POLITICS
    [SIDE] AND SIDE wing POLITICS
    against|stop the far [SIDE] $
    rise|vote|votes|fight|fights of|for|against the far [SIDE]
    """,
)
