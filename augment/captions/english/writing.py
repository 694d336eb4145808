"""How English tells what can be read in a picture, and what quotation marks hold besides."""

from __future__ import annotations

SIGN = (
    r"(?:signs?|signboard|signpost|posters?|banners?|billboards?|placards?|flyer|leaflet|graffiti|labels?|"
    r"stickers?|decal|plaques?|notices?|chalkboard|blackboard|whiteboard|marquee|headline|caption|text|"
    r"letters|lettering|words|writing|inscription|badge|neon|icing|scoreboard|tombstone|gravestone|"
    r"headstone|license plate|number plate|tag|t-?shirts?)"
)
SURFACE = (
    r"(?:plates?|notes?|board|mug|tees?|shirts?|hoodie|sweatshirt|sweater|jersey|apron|cap|hat|button|"
    r"cake|page|cover|card|display|ticker|screen|awning|storefront|shopfront|wall|door|doormat|mat|"
    r"flag|balloon|sash|tattoo|bracelet|box|crate|bag|packet|package|can|bottle|jar|van|bus|truck|"
    r"clock|watch|logo|scroll|envelope|certificate|ticket|menu|sidewalk|pavement|road)"
)
NO_TEXT = "(?! (?:an?|the|his|her|their|its|from|in|on|by|while|and|to|under|at|is|with|about|it|they|he|she|you|or|next)\\b)"
WRITING = (
    f"{SIGN}(?: (?:on|at|in|to|above|over|near|behind|by|of) (?:the|an?|his|her|its|their) (?:[\\w-]+ ){{0,2}}?[\\w-]+)?"
    f"(?:,? (?:that|which|it|they))?(?: (?:also|clearly|just|simply))? (?:says?|said|saying|reads?|reading|states?|"
    "stating|"
    f"spells?|spelling){NO_TEXT}[:,]?|"
    f"{SURFACE}(?: (?:also|clearly|just|simply))? (?:says?|saying|states?|stating|spells?|spelling){NO_TEXT}[:,]?|"
    f"{SURFACE} (?:reads?|reading)(?= (?-i:[A-Z\\d]))|(?:that|which) (?:says?|reads?|spells?){NO_TEXT}|"
    "(?:says|reads|saying|reading):|(?:reads?|reading) (?-i:[A-Z]{3,})\\b(?! magazine)|"
    "(?:shows?|showing|reads?|reading|says?|displays?|displaying|set to)(?: (?:the|a) time)?(?: of| as)? "
    "\\d{1,2}:\\d\\d|"
    "(?:license|licence|number|registration) plate(?:,? (?:that|which|with|of|has|having|bearing|showing|number|numbers|"
    "the|letters))+[:,]? (?-i:\\d*[A-Z][A-Z\\d]*\\d|\\d\\w+|[A-Z]{2,})|"
    "(?:the|with|a) (?:words?|phrase|slogan|initials) (?!(?-i:of|on|is|are|that|to|for|in|from|with|about|was|were|at|and|by|"
    "which|spelled|written|printed|painted|carved)\\b)\\w+|"
    "(?-i:the|with|a) (?-i:word|words|letters?|name|logo|sign) (?-i:[A-Z]{2,}\\w*)|"
    "(?:written|spelled|lettered|scrawled) in|(?:written|lettered|inscribed|emblazoned|spelled out|spelt out|scrawled) (?:on|"
    "across|over|along|above|below|under)|"
    "words? (?:\\w+ ){1,4}(?:written|printed|painted|carved)|"
    "(?:spell|spells|spelled|spelt|spelling) (?:out )?(?:the word )?(?-i:[A-Z])\\w+|spell(?:s|ed|ing)? out|"
    "(?:the|with|with the) name (?-i:[A-Z])[\\w'’]+(?: (?-i:[A-Z])[\\w'’]+)* (?:on|across|written|painted|printed|stitched|"
    "embroidered)|captioned|"
    "(?-i:[A-Z]{3,}) (?:(?:printed|stitched|embossed) |)on (?:it|them|the (?:front|back|chest|sleeves?|side))(?! of\\b)"
)

UNREAD = (
    "(?:nick-?named|so-called|known as|called|dubbed|named|(?:film|movie|song|album|series|show|musical|play|opera|novel|"
    "ballet|single|story|poem|comedy|drama|sitcom|game|exhibition|premiere of|screening of|scene from|episode of|"
    "character from|performs?|performing|sings?|singing|playing|plays|premieres?|hits?|star of|stars? in|cast of|of)|"
    "a kind of|the term|termed|means?|(?:they|people|locals|we|you|i|who) calls?|(?:give|giv|gave|mak|made|flash|strik|throw|"
    "threw)(?:e|s|es|ing)?)"
    "(?: (?:the|an?|his|her|their|its))?"
)

UNREAD_AFTER = (
    "(?:hand )?(?:gestures?|poses?|face|faces|look|style|costumes?|capes?|dance|moves?|moments?|positions?|greeting|tricks?|"
    "photos?|"
    "shape|stance|expression|grin|smile|jump|haircut|hairstyle)|(?:he|she|they|it|the \\w+) (?:says?|said|seems?|shouts?|yells?)|"
    "(?:says|said|shouts|yells) (?:he|she|they|the|a)"
)

READ = (
    "say", "says", "said", "saying", "read", "reads", "reading", "state", "states", "stating", "show", "shows", "showing",
    "display", "displays", "displaying", "set", "spell", "spells", "spelled", "spelt", "spelling", "word", "words", "phrase",
    "slogan", "initials", "letter", "letters", "name", "logo", "sign", "written", "lettered", "inscribed", "emblazoned",
    "painted", "scrawled", "captioned", "on",
)  # fmt: skip
