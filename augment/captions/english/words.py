"""The English words of direction."""

from __future__ import annotations

from augment.captions.families import Family, four, pair


def corners(pattern: str) -> dict[str, str]:
    """Compass points between: 'north{}east'."""
    return {a[0].upper() + b[0].upper(): pattern.format(a, b) for a in ("north", "south") for b in ("west", "east")}


FAMILIES = (
    Family("sides", pair("left", "right"), "unclear"),
    *(
        Family("sides", pair(f"left{end}", f"right{end}"))
        for end in (
            "most",
            "-most",
            "-hand",
            "hand",
            "ward",
            "wards",
            "-side",
            "-facing",
            "-pointing",
            "-looking",
            "-bound",
            "-turning",
        )
    ),
    Family("sides", pair("left-sided", "right-sided"), "either"),
    *(
        Family("sides", pair(f"left-{end}", f"right-{end}"), "own")
        for end in ("handed", "footed", "hander", "handers", "arm", "foot")
    ),
    Family("sides", pair("l", "r"), "other"),
    Family("sides", pair("lt", "rt"), "unclear"),
    Family("sides", pair("lft", "rgt"), "unclear"),
    Family("sides", pair("port", "starboard"), "other"),
    Family("heights", {"N": "above", "S": "below"}),
    Family("heights", {"N": "top", "S": "bottom"}),
    Family("heights", {"N": "upper", "S": "lower"}),
    Family("heights", {"N": "topmost", "S": "bottommost"}),
    Family("heights", {"N": "uppermost", "S": "lowermost"}),
    Family("heights", {"N": "highest", "S": "lowest"}, "unclear"),
    Family("heights", {"N": "up", "S": "down"}, "other"),
    Family("heights", {"N": "upward", "S": "downward"}),
    Family("heights", {"N": "upwards", "S": "downwards"}),
    *(
        Family("compass", four(f"west{end}", f"east{end}", f"north{end}", f"south{end}"))
        for end in ("", "ern", "ward", "wards", "bound", "ernmost")
    ),
    *(Family("compass", corners(form + end)) for form in ("{}{}", "{}-{}") for end in ("", "ern", "ward", "erly")),
    Family("compass", four("westerly", "easterly", "northerly", "southerly")),
)
