"""The German words of direction, in all their forms."""

from __future__ import annotations

from augment.captions.families import Family, four, pair

ENDINGS = ("e", "en", "er", "es", "em")
PLACES = (
    "seite",
    "ufer",
    "küste",
    "hang",
    "wand",
    "flügel",
    "rand",
    "ende",
    "tor",
    "fassade",
    "teil",
    "hälfte",
    "spitze",
    "eingang",
)
BETWEEN = {"NW": "nordwest", "NE": "nordost", "SW": "südwest", "SE": "südost"}


def points(end: str) -> tuple[Family, Family]:
    """Points of the compass with an ending, and those between."""
    main = four(f"west{end}", f"ost{end}", f"nord{end}", f"süd{end}")
    if end.startswith("lich"):
        main = four(f"west{end}", f"öst{end}", f"nörd{end}", f"süd{end}")
    return Family("compass", main), Family("compass", {d: _umlaut(f"{word}{end}") for d, word in BETWEEN.items()})


def _umlaut(word: str) -> str:
    return word.replace("ostlich", "östlich")


FAMILIES = (
    Family("sides", pair("links", "rechts"), "unclear"),
    *(Family("sides", pair(f"link{end}", f"recht{end}"), "unclear") for end in ENDINGS),
    Family("sides", pair("linkerhand", "rechterhand")),
    Family("sides", pair("linksaußen", "rechtsaußen")),
    Family("sides", pair("l", "r"), "other"),
    Family("sides", pair("vlnr", "vrnl")),
    Family("sides", pair("halblinks", "halbrechts")),
    *(Family("sides", pair(f"linksseitig{end}", f"rechtsseitig{end}")) for end in ("", *ENDINGS)),
    *(Family("sides", pair(f"linksbündig{end}", f"rechtsbündig{end}")) for end in ("", *ENDINGS)),
    *(Family("sides", pair(f"linkshändig{end}", f"rechtshändig{end}"), "own") for end in ("", *ENDINGS)),
    *(Family("sides", pair(f"links{word}", f"rechts{word}"), "own")
      for word in ("händer", "händern", "händers", "händerin", "händerinnen", "füßer", "kurve", "kurven", "abbieger", "abbiegern",
                   "verkehr", "lenker", "abbiegespur")),
    Family("heights", {"N": "oben", "S": "unten"}),
    *(Family("heights", {"N": f"ober{end}", "S": f"unter{end}"}) for end in ENDINGS),
    *(Family("heights", {"N": f"oberst{end}", "S": f"unterst{end}"}) for end in ENDINGS),
    Family("heights", {"N": "oberhalb", "S": "unterhalb"}),
    Family("heights", {"N": "über", "S": "unter"}, "unclear"),
    Family("heights", {"N": "aufwärts", "S": "abwärts"}, "unclear"),
    Family("heights", {"N": "hinauf", "S": "hinunter"}, "unclear"),
    Family("heights", {"N": "herauf", "S": "herunter"}, "unclear"),
    *(Family("axes", {"H": f"horizontal{end}", "V": f"vertikal{end}"}) for end in ("", *ENDINGS)),
    *(Family("axes", {"H": f"waagerecht{end}", "V": f"senkrecht{end}"}) for end in ("", *ENDINGS)),
    *(Family("axes", {"H": f"waagrecht{end}", "V": f"senkrecht{end}"}) for end in ("", *ENDINGS)),
    *(Family("axes", {"H": f"quergestreift{end}", "V": f"längsgestreift{end}"}) for end in ("", *ENDINGS)),
    Family("axes", {"H": "querformat", "V": "hochformat"}),
    Family("compass", four("Westen", "Osten", "Norden", "Süden"), "unclear"),
    Family("compass", {d: f"{word}en".capitalize() for d, word in BETWEEN.items()}),
    *(family for end in ("lich", *(f"lich{end}" for end in ENDINGS), "wärts", *PLACES) for family in points(end)),
)  # fmt: skip
