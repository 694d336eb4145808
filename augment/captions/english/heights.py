"""What words of height mean, by the words beside them. Of the readings the first that fits counts."""

from __future__ import annotations

from augment.captions.grammar.readings import Reading

HEIGHTS = (
    Reading(
        "other",
        "expressions that hold a height and tell none",
        """
        [upright] piano|pianos|bass|basses|vacuum|vacuums|freezer|freezers|bike
        [upright] bikes|cleaner|cleaners|citizen|citizens|post|posts|hoover|hoovers
        sat [upright]
        [above] all
        the [above] WORD|$
        [ABOVE] zero|freezing|average|par|grade|ground|itself|NUM
        [ABOVE] the rest|belt|fold|radar|law|poverty
        see|as|mentioned|described|shown [ABOVE]
        [below] deck|sea
        [below] the surface
        degrees|degree|° c|f? [below]
        minus WORD [below]
        [above] suspicion|board|sea|knee
        from [top] to toe
        [top] of the line
        [TOP] view|views|line|down|feeder|feeders|knot|brass
        the [top] off|on|down|up|open|removed
        to [lower] !SIDE
        [lower|lowers] DET
        [UP] and|or UP
        UP and|or [UP]
        face [UP]
        hang|hangs|hanging [up]
        DET|with head|heads WORD? [UP]
        [upward|downward] view|angle|look|facing
        come|comes|came|coming|run|runs|ran|running [UP] with|against|short
        throw|throws|throwing|threw [up] THE hands|arms
        """,
    ),
    Reading("seen", "what falls comes from there", "FALL WORD* from [ABOVE]"),
    Reading("other", "where it is seen from", "from directly|high|far|right|straight|slightly? [ABOVE] !DET"),
    Reading(
        "other",
        "clothes, and the top of a thing that has one",
        """
        crop|tank|halter|tube|bikini|pyjama|pyjamas|pajama [TOP] !left|right|row|shelf|corner
        pajamas|bell|tennis|table|counter|roller|big|tree [TOP] !left|right|row|shelf|corner
        spinning|red|blue|green|black|white|pink|yellow [TOP] !left|right|row|shelf|corner
        striped|sleeveless|screw|flip|soft|hard|muffin|carrot [TOP] !left|right|row|shelf|corner
        wearing|in a WORD? [TOP] !left|right|row|shelf|corner
        a|an|with|matching|in|wearing|wears ARTICLE|PLAIN|GLUING PLAIN|GLUING? PLAIN|GLUING? [TOP] $|and|with|in|on|is
        a|an|with|matching|in|wearing|wears ARTICLE|PLAIN|GLUING PLAIN|GLUING? PLAIN|GLUING? [TOP] for|that|made|over|under|while
        a|an|with|matching|in|wearing|wears ARTICLE|PLAIN|GLUING PLAIN|GLUING? PLAIN|GLUING? [TOP] as|at|by|who|to|has
        a|an|with|matching|in|wearing|wears ARTICLE|PLAIN|GLUING PLAIN|GLUING? PLAIN|GLUING? [TOP] next|ING|ED|GO|STAND|VERB|LOOK
        [TOP&GLUED|UPPER&GLUED]
        [TOP&GLUING|UPPER&GLUING] !PLACE WORD
        his|her|my|your [TOP] $|and|with|off|is|on|in|over
        """,
    ),
    Reading("seen", "the place of one among several", "BEGIN [highest|lowest] NOUN on|in|at|END"),
    Reading(
        "other",
        "numbers and ranks",
        """
        [highest|lowest] price|prices|rate|rates|score|scores|level|levels|quality|bidder|bid|grade|grades|rank|ranks|point
        [highest|lowest] court|honor|honour|paid|number|peak|mountain|mountains|building|waterfall
        """,
    ),
    Reading(
        "unclear",
        "where a thing lies has no other word",
        """
        on [top] of
        on [top&!OPPOSED] $|and|with|in|is|are|as|while
        """,
    ),
    Reading(
        "seen",
        "an end of the picture, or of what it shows",
        """
        WHERE the very? [TOP] of the PICTURE
        WHERE the very? [TOP] $|and|is|are|SIDE
        [TOP] of the|this? PICTURE
        TOP to [TOP]
        [TOP] to TOP
        """,
    ),
    Reading(
        "unclear",
        "an end of a thing, which may turn with it",
        """
        [TOP] of
        [TOP|UPPER] floor|floors|storey|storeys
        its|their [TOP] $|and|is|are|has|that|which|where
        [UPPER] than
        """,
    ),
    Reading("other", "what is best, most or high in rank", "[top] RANKED|NUM|hat|hats|secret|coat|coats|gallants|ten"),
    Reading(
        "other",
        "parts of a body and of a people",
        """
        [UPPER] RANK
        [UPPER] middle class|income|school|management|east
        """,
    ),
    Reading(
        "seen",
        "where somebody looks or something points",
        """
        FACE MANNER* [UP] !AIMED
        LOOK MANNER* [UP] $|AND
        """,
        adverb=True,
    ),
    Reading("seen", "a thumb", "thumb|thumbs [UP]"),
    Reading(
        "unclear",
        "a way that turns with the picture, and is said otherwise then",
        """
        GROW WORD? [UP] from|over|into|onto|along|through|to|towards|past|out|off|the
        upside [down]
        """,
    ),
    Reading(
        "other",
        "particles of verbs",
        """
        PUT [UP] DET
        [up] to NUM|DIGITS
        LOOK [up] DET word|words|number|name|recipe|address|fact
        """,
    ),
    Reading(
        "other",
        "along a way",
        """
        [UP] WAY
        [UP] DET|city WORD? WORD? WAY
        """,
    ),
    Reading("other", "a word made with a hyphen", "[UP&GLUED]"),
    Reading(
        "unclear",
        "where to",
        """
        MOTION LY? [UP]
        MOTION it|him|her|them LY? [UP]
        MOTION DET WORD LY? [UP]
        """,
    ),
    Reading("other", "words made with up and down", "[UP] DOWNY|close|to|front|side|town|load|here|there|for|and"),
    Reading(
        "unclear",
        "a slope or a way into the air",
        """
        [UP] the|a STEEP
        [UP] above|below|high|into|from|onto|through|past|off
        [UP] in the sky|air|valley|tree|trees
        FACE|LOOK MANNER* [UP]
        """,
    ),
    Reading(
        "other",
        "over and under as other than above and below",
        """
        all|game|left|pulled|pull|pulls|pulling|knocked|fallen|fell|hand|come|look|looking|looks|draped [over]
        spread|bent|and|lean|leans|leaning|bends|bend|bending|cooked|flipped|tipped|turned|rolled|crossed|slung [over]
        [over|under] there|here|and|time|DIGITS|age|construction|repair|water
        [over|under] way|attack|control|pressure|par|arrest|lunch|dinner|coffee|microscopy
        [over|under] a hundred|thousand|million
        [over|under] the years|weekend|age|influence
        [over|under] THE left|right|own|bare? BODY|head|heads|shoulders|nose|noses|face
        [over|under] THE left|right|own|bare? faces|mouth|mouths|hair|clothes|shirt|uniform|suit
        """,
    ),
    Reading(
        "unclear",
        "before a thing that may have an upper part, and keep it",
        "[UPPER] ADJ* PLAIN&!PART&!LIVING&!PLACE&!SIDE&!FAR&!PICTURE&!EITHER&!ED&!ING&!LY",
    ),
)
