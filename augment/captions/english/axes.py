"""What lies and what stands: words that quarter turns and transposes change, and mirrors leave."""

from __future__ import annotations

from augment.captions.language import Family, Sense

AXES = (
    Family("axes", {"H": "horizontal", "V": "vertical"}),
    Family("axes", {"H": "horizontally", "V": "vertically"}),
    Family("axes", {"H": "horizontals", "V": "verticals"}),
    Family("axes", {"H": "landscape", "V": "portrait"}, "other"),
    Family("axes", {"H": "row", "V": "column"}, "other"),
    Family("axes", {"H": "rows", "V": "columns"}, "other"),
)
"""A row of cars is a row whichever way it runs; one of a grid is not."""
LYING = (
    Sense("(?:horizontally|vertically)(?= (?:challenged|integrated))|vertical (?:farm|garden|limit|market)\\w*", "other"),
    Sense("(?:landscape|portrait)(?=[- ](?:orientation|orientated|oriented|format|mode|layout|aspect))", "seen"),
    Sense("(?:taken|shot|held|displayed|viewed|printed|oriented|in|is) in (?P<word>landscape|portrait)(?= ?(?:$|[.,;]|view))|in "
          "(?:landscape|portrait)(?= view)", "seen"),
    Sense("(?:top|bottom|upper|lower|uppermost|topmost|lowest|left|right|left-hand|right-hand|leftmost|rightmost|middle|"
          "cent(?:er|re))(?:-| )(?:most )?(?P<word>rows?|columns?)", "seen"),
    Sense("(?P<word>rows?|columns?)(?= (?:from|on|at|to) the (?:very )?(?:left|right|top|bottom))", "seen"),
    Sense("(?:first|second|third|fourth|fifth|last|1st|2nd|3rd|4th|two|three|four|five|six|\\d+|each|every|same|both)(?: \\w+)? "
          "(?P<word>rows?|columns?)(?! (?:seats?|of (?:seats|soldiers|people|fans|spectators|cars|trees|teeth|pearls|houses)))",
          "unclear"),
)  # fmt: skip
