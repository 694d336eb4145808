"""The Spanish words of direction, in all their forms."""

from __future__ import annotations

from augment.captions.families import Family, pair

ENDINGS = ("o", "a", "os", "as")


FAMILIES = (
    *(Family("sides", pair(f"izquierd{end}", f"derech{end}"), "unclear") for end in ENDINGS),
    *(Family("sides", pair(f"zurd{end}", f"diestr{end}"), "own") for end in ENDINGS),
    Family("sides", pair("babor", "estribor"), "own"),
    Family("heights", {"N": "arriba", "S": "abajo"}),
    Family("heights", {"N": "superior", "S": "inferior"}, "unclear"),
    Family("heights", {"N": "superiores", "S": "inferiores"}, "unclear"),
    Family("heights", {"N": "por encima", "S": "por debajo"}),
    *(Family("axes", {"H": f"horizontal{end}", "V": f"vertical{end}"}) for end in ("", "es", "mente")),
    Family("compass", pair("oeste", "este"), "other"),
    Family("compass", {"N": "norte", "S": "sur"}, "unclear"),
    Family("compass", {"NW": "noroeste", "NE": "noreste", "SW": "suroeste", "SE": "sureste"}),
    Family("compass", {"NW": "noroeste", "NE": "nordeste", "SW": "sudoeste", "SE": "sudeste"}),
    *(Family("compass", pair(f"occidental{end}", f"oriental{end}"), "unclear") for end in ("", "es")),
)
