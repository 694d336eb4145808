"""What single letters and ships have to do with left and right."""

from __future__ import annotations

from augment.captions.grammar.readings import Reading

PLACED = "ORD|far|from|at|on|top|bottom|upper|lower"
LETTERS = (
    Reading(
        "other",
        "a lieutenant, or retweeted",
        """
        [lt&Cap] .? Cap
        [rt] @
        [rt] . NUM
        """,
    ),
    Reading(
        "seen",
        "left and right for short",
        """
        FAR|on|at|to|from|ORD the? [lt|rt|lft|rgt]
        [lt|rt|lft|rgt] PART|EITHER|LIVING|of|most|hand|BODY
        """,
    ),
    Reading(
        "unclear",
        "a party's letter",
        """
        senator|sen|representative|rep|congressman|congresswoman|republican|governor|gov .? WORD WORD? WORD? OPEN [r] CLOSE
        """,
    ),
    Reading(
        "seen",
        "left and right by their letters",
        """
        [l|r] -|–|to|/ the? l|r
        l|r -|–|to|/ the? [l|r]
        [l&GLUING|r&GLUING] l|r
        l|r [l&GLUED|r&GLUED]
        [l|r] to l|r
        OPEN [l|r] .? CLOSE|,
        , [l&Cap|r&Cap] CLOSE
        ORD|far|from|at|on|top|bottom|upper|lower the? [l&Cap|r&Cap] !GLUED|'|’|PLUS|.
        on|at|to|from|far the? [l|r] $
        OPEN far|top|bottom|upper|lower|ORD [l|r] CLOSE
        """,
    ),
)
SHIPS = (
    Reading(
        "own",
        "sides of a ship",
        """
        [starboard]
        [port] and|or starboard
        starboard and|or [port]
        [port] side|bow|quarter|beam|wing|engine|tack|rail|stern|list
        STEER|TURN|LOOK|list|lists|listing|listed|heel|heels|heeling|roll|rolls|rolling WORD? to [port]
        """,
    ),
)
