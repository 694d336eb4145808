"""What words of height mean, by the words beside them. Of the readings the first that fits counts."""

from __future__ import annotations

from augment.captions.language import Reading

ENDS, LEVELS, PLACES, WAYS = "top|bottom", "upper|lower", "above|below", "up|down"
DRESSED = "WORD&!PREP&!THE&!BE&!AND|GLUING"
"""What stands between 'wearing a' and the top."""

HEIGHTS = (
    Reading(
        "other",
        "expressions that hold a height and tell none",
        (
            "[upright] piano|pianos|bass|basses|vacuum|vacuums|freezer|freezers|bike|bikes|cleaner|cleaners|citizen|citizens|post|posts|hoover|hoovers",
            "sat [upright]", "[above] all", "the [above] WORD|$", f"[{PLACES}] zero|freezing|average|par|grade|ground|itself|NUM",
            f"[{PLACES}] the rest|belt|fold|radar|law|poverty", f"see|as|mentioned|described|shown [{PLACES}]", "[below] deck|sea", "[below] the surface",
            "degrees|degree|° c|f? [below]", "minus WORD [below]", "[above] suspicion|board|sea|knee", "from [top] to toe", "[top] of the line",
            f"[{ENDS}] view|views|line|down|feeder|feeders|knot|brass", "the [top] off|on|down|up|open|removed", "to [lower]", "[lower|lowers] DET",
            f"[{WAYS}] and|or {WAYS}", f"{WAYS} and|or [{WAYS}]", f"face [{WAYS}]", "hang|hangs|hanging [up]", f"DET|with head|heads WORD? [{WAYS}]",
            "[upward|downward] view|angle|look|facing", f"come|comes|came|coming|run|runs|ran|running [{WAYS}] with|against|short",
            "throw|throws|throwing|threw [up] THE hands|arms",
        ),
    ),
    Reading("seen", "what falls comes from there", ("FALL WORD* from [above|below]",)),
    Reading("other", "where it is seen from", ("from directly|high|far|right|straight|slightly? [above|below] !DET",)),
    Reading(
        "other",
        "clothes, and the top of a thing that has one",
        (
            "crop|tank|halter|tube|bikini|pyjama|pyjamas|pajama|pajamas|bell|tennis|table|counter|roller|big|tree|spinning|red|blue|green|black|white|"
            f"pink|yellow|striped|sleeveless|screw|flip|soft|hard|muffin|carrot [{ENDS}] !left|right|row|shelf|corner",
            f"wearing|in a WORD? [{ENDS}] !left|right|row|shelf|corner",
            f"a|an|with|matching|in|wearing|wears {DRESSED} {DRESSED}? {DRESSED}? [{ENDS}] $|and|with|in|on|is|for|that|made|over|under|while|as|at|by|who|to|has|next|ING|ED|GO|STAND|VERB|LOOK",
            f"[top&GLUED|bottom&GLUED|upper&GLUED|lower&GLUED]", f"[top&GLUING|bottom&GLUING|upper&GLUING|lower&GLUING] !PLACE WORD",
            f"his|her|my|your [{ENDS}] $|and|with|off|is|on|in|over",
        ),
    ),
    Reading("unclear", "where a thing lies has no other word", ("on [top] of",)),
    Reading(
        "seen",
        "an end of the picture, or of what it shows",
        (
            f"at|in|near|to|from|on|along|across|toward|towards the very? [{ENDS}] of the PICTURE", f"at|in|near|to|from|on|along|across|toward|towards the very? [{ENDS}] $|and|is|are|SIDE",
            f"[{ENDS}] of the|this? PICTURE", f"{ENDS} to [{ENDS}]", f"[{ENDS}] to {ENDS}",
        ),
    ),
    Reading("unclear", "an end of a thing, which may turn with it", (f"[{ENDS}] of", f"[{LEVELS}] than")),
    Reading(
        "other",
        "what is best, most or high in rank",
        ("[top] RANKED|NUM|hat|hats|secret|coat|coats|gallants|ten",),
    ),
    Reading("other", "parts of a body and of a people", (f"[{LEVELS}] RANK", f"[{LEVELS}] middle class|income|school|management|east")),
    Reading(
        "seen",
        "where somebody looks or something points",
        (f"FACE MANNER* [{WAYS}] !on|to|into|from|through|over|toward|towards|for|the", f"LOOK MANNER* [{WAYS}] !at|on|to|into|from|through|over|toward|towards|for|the"),
        adverb=True,
    ),
    Reading("seen", "a thumb", (f"thumb|thumbs [{WAYS}]",)),
    Reading(
        "unclear",
        "a way that turns with the picture, and is said otherwise then",
        (f"GROW WORD? [{WAYS}] from|over|into|onto|along|through|to|towards|past|out|off|the", "upside [down]"),
    ),
    Reading("other", "particles of verbs", (f"PUT [{WAYS}] DET",)),
    Reading("other", "along a way", (f"[{WAYS}] DET|city WORD? WORD? WAY",)),
    Reading("other", "a word made with a hyphen", ("[up&GLUED|down&GLUED]",)),
    Reading("unclear", "where to", (f"MOTION LY? [{WAYS}]", f"MOTION it|him|her|them LY? [{WAYS}]", f"MOTION DET WORD LY? [{WAYS}]")),
    Reading("other", "words made with up and down", (f"[{WAYS}] DOWNY|close|to|front|side|town|load|here|there|for|and",)),
    Reading(
        "unclear",
        "a slope or a way into the air",
        (
            f"[{WAYS}] the|a STEEP", f"[{WAYS}] above|below|high|into|from|onto|through|past|off", f"[{WAYS}] in the sky|air|valley|tree|trees",
            f"FACE|LOOK MANNER* [{WAYS}]",
        ),
    ),
    Reading(
        "other",
        "over and under as other than above and below",
        (
            "all|game|left|pulled|pull|pulls|pulling|knocked|fallen|fell|hand|come|look|looking|looks|draped|spread|bent|and|lean|leans|leaning|bends|bend|"
            "bending|cooked|flipped|tipped|turned|rolled|crossed|slung [over]",
            "[over|under] there|here|and|time|DIGITS|age|construction|repair|water|way|attack|control|pressure|par|arrest|lunch|dinner|coffee|microscopy",
            "[over|under] a hundred|thousand|million", "[over|under] the years|weekend|age|influence",
            "[over|under] THE left|right|own|bare? BODY|head|heads|shoulders|nose|noses|face|faces|mouth|mouths|hair|clothes|shirt|uniform|suit",
        ),
    ),
)  # fmt: skip
