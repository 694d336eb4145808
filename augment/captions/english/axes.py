"""What lies and what stands: words that quarter turns and transposes change, and mirrors leave."""

from __future__ import annotations

from augment.captions.families import Family
from augment.captions.grammar.readings import Reading

AXES = (
    Family("axes", {"H": "horizontal", "V": "vertical"}),
    Family("axes", {"H": "horizontally", "V": "vertically"}),
    Family("axes", {"H": "horizontals", "V": "verticals"}),
    Family("axes", {"H": "landscape", "V": "portrait"}, "other"),
    Family("axes", {"H": "row", "V": "column"}, "other"),
    Family("axes", {"H": "rows", "V": "columns"}, "other"),
)
"""A row of cars is a row whichever way it runs; one of a grid is not."""
LINES = "row|rows|column|columns"
LYING = (
    Reading(
        "other",
        "expressions",
        """
        [horizontally|vertically] challenged|integrated
        [vertical] farm|farms|garden|gardens|limit|limits|market|markets|farming|gardening
        """,
    ),
    Reading(
        "seen",
        "how a picture is held",
        """
        [landscape|portrait] orientation|orientated|oriented|format|mode|layout|aspect
        in [landscape|portrait] view
        taken|shot|held|displayed|viewed|printed|oriented|in|is in [landscape|portrait] $
        """,
    ),
    Reading(
        "seen",
        "one of a grid",
        """
        LINE most? [row|rows|column|columns]
        [row|rows|column|columns] from|on|at|to the very? left|right|top|bottom
        """,
    ),
    Reading(
        "unclear",
        "one of several, which may be a grid's",
        """
        ORD|NUM|each|every|same|both WORD? [row|rows|column|columns] !of
        ORD|NUM|each|every|same|both WORD? [row|rows|column|columns] of !SEATED
        """,
    ),
)
