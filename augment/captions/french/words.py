"""The French words of direction, in all their forms."""

from __future__ import annotations

from augment.captions.families import Family, pair

MASCULINE, MASCULINES = Family("sides", pair("gauche", "droit"), "unclear"), Family("sides", pair("gauches", "droits"), "unclear")
"""'Gauche' has one form where 'droit' has two: which it is, its noun tells."""
FAMILIES = (
    Family("sides", pair("gauche", "droite"), "unclear"),
    Family("sides", pair("gauches", "droites"), "unclear"),
    MASCULINE,
    MASCULINES,
    *(Family("sides", pair(f"gauch{a}", f"droit{b}"), "own")
      for a, b in (("er", "ier"), ("ère", "ière"), ("ers", "iers"), ("ères", "ières"))),
    Family("sides", pair("bâbord", "tribord"), "own"),
    Family("heights", {"N": "haut", "S": "bas"}, "unclear"),
    *(Family("heights", {"N": f"supérieur{end}", "S": f"inférieur{end}"}, "unclear") for end in ("", "e", "s", "es")),
    Family("heights", {"N": "au-dessus", "S": "en dessous"}),
    Family("heights", {"N": "au-dessus", "S": "au-dessous"}),
    *(Family("axes", {"H": f"horizonta{end}", "V": f"vertica{end}"}) for end in ("l", "le", "ux", "les", "lement")),
    Family("axes", {"H": "paysage", "V": "portrait"}, "other"),
    Family("compass", pair("ouest", "est"), "other"),
    Family("compass", {"N": "nord", "S": "sud"}, "unclear"),
    Family("compass", {"NW": "nord-ouest", "NE": "nord-est", "SW": "sud-ouest", "SE": "sud-est"}),
    *(Family("compass", pair(f"occidenta{end}", f"orienta{end}"), "unclear") for end in ("l", "le", "ux", "les")),
)  # fmt: skip
