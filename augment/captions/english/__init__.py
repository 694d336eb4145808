"""English, the table that others are written after."""

from __future__ import annotations

from augment.captions.english.axes import AXES, LYING
from augment.captions.english.classes import LEXICON
from augment.captions.english.colours import BRIGHTS, COLOURED, COLOURS, SHADED, SHADES, TINTS
from augment.captions.english.compass import COMPASS
from augment.captions.english.forms import nouns
from augment.captions.english.heights import HEIGHTS
from augment.captions.english.hues import HUES
from augment.captions.english.letters import LETTERS, SHIPS
from augment.captions.english.nouns import NOUNS
from augment.captions.english.quarters import PHRASES
from augment.captions.english.sides import SIDES
from augment.captions.english.small_words import WORDS
from augment.captions.english.words import FAMILIES
from augment.captions.english.writing import READ, UNREAD, UNREAD_AFTER, WRITING
from augment.captions.language import Language

HOUR = r"(?P<hour>1[0-2]|[1-9]|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)[ -]o(?:['’]| )?clock"
NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
BARE_HOUR = HOUR.replace("?P<hour>", "?:")
SIDE, OWN = "left|right", "|".join(WORDS["OWN"].split())
CORRECT = "|".join(sorted(nouns(NOUNS["CORRECT"])))

ENGLISH = Language(
    code="en",
    families=(*FAMILIES, *AXES),
    words=LEXICON,
    readings=(*LETTERS, *SHIPS, *SIDES, *HEIGHTS, *LYING, *COMPASS),
    phrases=PHRASES,
    rotation=(
        ("clockwise", "counterclockwise"), ("clockwise", "anticlockwise"), ("clockwise", "anti-clockwise"),
        ("clockwise", "counter-clockwise"),
    ),
    vague={
        "sides": ("lefty", "righty", "southpaw"),
        "heights": ("over", "under", "underneath", "beneath", "overhead", "upstairs", "downstairs", "upright",
                    "right side up", "right-side up"),
        "axes": ("sideways",),
    },
    hours=HOUR,
    clock=("clock", "oclock"),
    numbers=NUMBERS,
    seen_hours=rf"(?:at|to|on|in|from|towards?) (?:your|his|her|my|their|our|its) (?:{BARE_HOUR})|"
    rf"(?:{BARE_HOUR})[ -](?:position|direction)|at (?:{BARE_HOUR})(?= (?:on|of) the (?:plate|dial|clock face|platter|tray|pizza|"
    rf"board|wheel|face)\b)|(?<=^)(?:at )?\d+[ -]o ?clock(?=\W*$)|"
    rf"(?:polyp|lesion|mass|masses|nodule|cyst|tear|tumou?r|ulcer|fissure)s? at (?:{BARE_HOUR})|"
    rf"(?:slice|piece|one|donut|doughnut|plate|bowl|dish|cup|glass|food|person|man|guy|lady|woman|girl|boy|kid|player|chair|"
    rf"seat)s?(?: of (?:\w+ )?\w+)? "
    rf"(?:at|near|around)(?: the| about| around)* (?:{BARE_HOUR})(?=\W*$)|(?<=^)(?:the )?(?:{BARE_HOUR}) (?:slice|piece|one|"
    r"donut|doughnut|plate|bowl|dish|cup|glass|person|man|guy|lady|woman|girl|boy|kid|player|chair|seat)s?",
    other_hours=rf"(?:(?:open|close|start|begin|leave|arrive)(?:s|d|ing)?|until|since|by) (?:at )?(?:{BARE_HOUR})|"
    rf"(?:{BARE_HOUR}) (?:in the|at night|sharp|shadow|tea|train|news|this|tomorrow|today|on (?:mon|tues|"
    rf"wednes|thurs|fri|"
    r"satur|sun)day|[ap]\.?m)",
    articles=("a", "an"),
    writing=WRITING,
    read=READ,
    unread=UNREAD,
    unread_after=UNREAD_AFTER,
    capitals=True,
    colours=COLOURS,
    shades=SHADES,
    tints=TINTS,
    brights=BRIGHTS,
    hues=HUES,
    coloured=COLOURED,
    shaded=SHADED,
    opposed=f"(?:the|an?|{OWN}) (?P<word>{SIDE})(?! (?:fielder|winger|back|hand man|angle|whale)s?)(?: (?P<thing>{CORRECT})"
    f"(?!.{{0,200}}(?<!\\b(?:on|to|at|of|in)\\s)the {SIDE} (?:ones?|is|are|has|does)))?",
)  # fmt: skip
