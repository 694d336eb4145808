"""What points of the compass mean, by the words beside them. Of the readings the first that fits counts."""

from __future__ import annotations

from augment.captions.grammar.readings import Reading

COMPASS = (
    Reading("other", "an animal or a plant by its name", "[COMPASS] WORD? WORD? ANIMAL|PLANT"),
    Reading(
        "other",
        "a name",
        """
        [COMPASS&!CAPS] Cap
        WORD&!CAPS|, [COMPASS&Cap]
        """,
    ),
    Reading(
        "other",
        "cultures, and names of old",
        """
        [west|western] highland|highlands
        [west|western|east|eastern] CULTURE|diet|media
        country and? [western]
        spaghetti [western]
        [north] star
        [north|south] pole
        [northern] lights
        [southern] food|style|fried|hospitality|accent|belle
        middle|far [east|eastern]
        wild [west]
        [COMPASS] coast rap
        [COMPASS] side story
        [east|west] end
        """,
    ),
    Reading(
        "unclear",
        "where the camera looked, which tells of the world and not of the picture",
        """
        CAMERA WORD? WORD? to|toward|towards|from|due|just|down? the? [COMPASS] !of
        BEGIN|, facing [COMPASS]
        [COMPASS] CAMERA
        """,
    ),
    Reading("seen", "a side of a place", "[EASTERN] SITE|facing"),
    Reading(
        "unclear",
        "a region, or a style",
        """
        [WESTERLY] !and|or|is|of|in WORD
        [northern|southern] !and|or WORD
        """,
    ),
)
