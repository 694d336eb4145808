"""The English words of colour, and when they mean something else."""

from __future__ import annotations

COLOURS = {
    "red": (0.8, 0.1, 0.1), "orange": (1.0, 0.55, 0.05), "yellow": (1.0, 0.9, 0.1), "green": (0.1, 0.6, 0.15),
    "blue": (0.1, 0.25, 0.8), "purple": (0.5, 0.1, 0.6), "pink": (1.0, 0.7, 0.8), "brown": (0.45, 0.28, 0.12),
    "black": (0.03, 0.03, 0.03), "white": (0.97, 0.97, 0.97), "gray": (0.5, 0.5, 0.5), "grey": (0.5, 0.5, 0.5),
    "turquoise": (0.2, 0.8, 0.8), "beige": (0.9, 0.85, 0.7), "violet": (0.5, 0.1, 0.6),
}  # fmt: skip

SHADES = {
    "maroon": (0.5, 0.0, 0.1), "burgundy": (0.5, 0.0, 0.13), "crimson": (0.86, 0.08, 0.24), "scarlet": (0.9, 0.1, 0.05),
    "magenta": (0.9, 0.0, 0.6), "fuchsia": (0.9, 0.1, 0.6), "cyan": (0.1, 0.85, 0.9), "teal": (0.0, 0.5, 0.5),
    "aqua": (0.2, 0.85, 0.85), "navy": (0.1, 0.15, 0.45), "indigo": (0.25, 0.1, 0.5), "mauve": (0.75, 0.55, 0.75),
    "lilac": (0.8, 0.65, 0.85), "tan": (0.82, 0.7, 0.55), "khaki": (0.7, 0.65, 0.45), "lavender": (0.75, 0.7, 0.9),
    "reddish": (0.7, 0.2, 0.15), "bluish": (0.3, 0.4, 0.7),
    "blueish": (0.3, 0.4, 0.7), "greenish": (0.3, 0.6, 0.35), "yellowish": (0.9, 0.85, 0.4),
    "brownish": (0.5, 0.35, 0.2), "pinkish": (0.95, 0.7, 0.75), "orangey": (0.95, 0.55, 0.2),
    "gold": (0.85, 0.65, 0.15), "golden": (0.85, 0.65, 0.15), "silver": (0.75, 0.75, 0.75),
    "blonde": (0.9, 0.8, 0.5), "blond": (0.9, 0.8, 0.5), "auburn": (0.45, 0.2, 0.1), "brunette": (0.3, 0.2, 0.1),
}  # fmt: skip

TINTS = (
    "royal|sky|baby|powder|electric|cobalt|midnight|steel|ice|ocean|cornflower|robin['’]s egg|peacock|lime|olive|forest|mint|"
    "sage|"
    "emerald|apple|grass|moss|pea|army|hunter|kelly|bottle|sea|jade|hot|bubblegum|rose|salmon|dusty|blood|cherry|brick|ruby|rust|"
    "candy|candy-apple|fire-engine|fire engine|tomato|lemon|mustard|canary|golden|chocolate|chestnut|burnt|wine|neon|navy"
)
BRIGHTS = "bright|brightly|vivid|vividly|vibrant|brilliant|fluorescent|neon|fiery|rich|hot|shocking|glowing"

NAMES = (
    "(?-i:White House|Blue Jays|(?:Red|White) Sox|Red (?:Cross|Crescent|Square|Sea|Bull|Army|Arrows?|Baron|Hat|Wings|Hook|Fort|"
    "Rock|Riding Hood|Delicious|River|Devils)|Black (?:Sea|Forest|Friday|Panthers?|Widow|Sabbath|Hawk|Lives Matter|Pearl)|"
    "Blue (?:Mosque|Ridge|Nile|Origin|Note|Angels?|Lagoon|Mountains?|Man)|Yellow (?:Pages|River|Sea|Submarine)|"
    "Green (?:Bay|Day|Party|Berets?|Park|Lantern|Giant)|Orange (?:County|Bowl|Free State)|White (?:Sea|Nile|Hart|Cliffs)|"
    "Pink (?:Floyd|Panther)|Purple (?:Heart|Rain)|Deep Purple|Brown (?:University|Derby)|Agent Orange|"
    "(?:Mr|Mrs|Ms|Miss|Dr|Prof)\\.? (?:Brown|Green|White|Black|Gray|Grey|Pink|Orange|Blue))|little red riding hood"
)
FRUIT = (
    "(?:apples?|bananas?|lemons?|limes?|pears?|grapes?|grapefruits?|kiwis?|strawberr(?:y|ies)|peach(?:es)?|plums?|mango(?:e?s)?|"
    "melons?|tangerines?|pineapples?|avocados?|clementines?|blueberr(?:y|ies)|raspberr(?:y|ies))"
)
FRUITLIKE = (
    "(?:on|in|with|next|from|that|is|are|was|has|which|cut|beside|sits?|sat|lies?|lays?|rests?|rolls?|hangs?|falls?|floats?|"
    "grows?|"
    "to|under|behind|near|inside|against|sitting|lying|laying|being|by|at|over|among|between|for|atop|hanging|growing|sliced|"
    "peeled|into|resting|placed|surrounded|held|balanced|topped)"
)
"""What stands after the fruit, and never after the colour and before its thing."""
FOODS = (
    "(?:red|white) (?:wines?|meats?|vinegar|sauce|sugar|flour|rice)|(?:green|black|white) (?:tea|coffee)|black coffee|"
    "brown (?:rice|bread|sugar|ale)|(?<!golden\\s)brown toast|white (?:bread|chocolate|beans)|red (?:onions?|cabbage|"
    "lentils|potato(?:es)?|beans?|"
    "curry|snapper|herring|kidney beans|velvet)|green (?:beans?|onions?|olives?|salad|peas|curry|chile|chilli)|"
    "purple (?:cabbage|potato(?:es)?|yams?)|yellow (?:mustard|squash|onions?)|blue cheese|black (?:beans|olives|pudding|eyed "
    "peas)|"
    "pink (?:salmon|gin|lemonade|grapefruits?)|"
    "orange (?:juice|peels?|slices?|trees?|zest|segments?|groves?|marmalade|wedges?|soda|blossoms?|sherbet|halves|half|rinds?|"
    "pulp|seeds?|sections?|chicken|cake|flavou?r\\w*|pekoe|sauce)|"
    f"{FRUIT},?(?: and| or| &)? (?:an? |one )?orange(?! (?!and\\b|or\\b|on\\b|in\\b)\\w)|oranges?(?: and| or|,) (?:an? |"
    f"some )?{FRUIT}|"
    "the orange(?= (?:is|was|has|peel|on|next to|beside|sits?|lies|rolls|in the bowl|and the (?!{colour}))\\b)|(?:sliced|half|"
    "whole|cut|fresh|small|large|big|little|ripe|single|one|cut-up|juicy|eaten|another|each|every) "
    f"orange(?= ?(?:$|[.,;]|(?:{FRUITLIKE}|and an?)\\b))|an orange(?! \\w|, ?{{colour}}|/)|an? orange(?= {FRUITLIKE}\\b)|"
    "an orange(?= and "
    "(?!{colour}))|"
    f"(?:mandarin|navel|seville|valencia|satsuma) oranges?|blood orange(?= ?(?:$|[.,;]|(?:{FRUITLIKE}|and an?|juice|"
    f"slices?)\\b))|"
    "(?:slices?|sections?|pieces?|glass|segments?|wedges?|half|halves|peel|zest|juice|bits) of (?:\\w+ )?orange"
    "(?! (?:paint|paper|fabric|cloth|plastic|light|liquid|drink|water|beverage|fluid))|peeled orange(?! (?!sits?\\b|on\\b|"
    "in\\b|lies\\b|is\\b|and\\b|with\\b|"
    "next\\b)\\w)"
)
FEATURES = (
    "(?:headed|tailed|breasted|winged|throated|bellied|billed|necked|crowned|capped|backed|eyed|footed|legged|faced|collared|"
    "crested|shouldered|rumped|sided|bearded|fronted|cheeked|naped|nosed|whiskered|ringed|vented|browed|mantled|lored|chinned)"
)
SPECIES = (
    f"{{colour}}[- ]{FEATURES}(?: \\w+)? (?:{{animal}})|{{colour}}-(?:breasted|billed|bellied|throated|crested|rumped|naped|"
    f"vented|browed|lored) \\w+|{{colour}}-(?:foot|eye|wing|back|tail) (?:{{animal}})|"
    "(?:black|yellow|brown|white|red) lab(?:s|rador|radors)?(?! coats?)|(?:red|irish red) setters?|(?:red|blue) heelers?|"
    "blue ?ticks?|black[- ]and[- ]tan (?:coon)?hounds?|"
    "red ?head(?:ed)? (?:wom[ae]n|m[ae]n|girls?|boys?|lady|kids?)|(?<!ish[\\s-])(?:brown|black|polar) bears?|"
    "red (?:pandas?|fox|foxes|deer|squirrels?|grouse|wolf|wolves|oaks?|maples?|cedars?|clover|admirals?)|"
    "(?:blue|gray|grey|white|black) (?:whales?|jays?|sharks?|herons?|wolf|wolves|rhinos?|panthers?|widows?|storks?|"
    "swallowtails?|marlins?|tits?|spruce|pine|oak)|brown (?:trout|recluse|pelicans?)|great (?:white|grey|gray|blue) "
    "(?:sharks?|owls?|herons?)|green (?:iguanas?|anacondas?|mambas?|anoles?|sea turtles?|tree frogs?)|blue crabs?|"
    "yellow (?:jackets?(?= (?:nest|on a flower|sting\\w*))|warblers?|perch)|purple (?:martins?|finch|finches)"
)
IDIOMS = (
    "red-handed|red-eyes?|red eye (?:flight|reduction|effect)|red-(?:hot|blooded|letter|light)|red (?:tape|alert|light district|"
    "herrings?|cards?)|(?:on|at|walk\\w*|along|down|for|hits?|graces?) the red carpet|red[- ]carpet (?:event|premiere|"
    "arrival|look|gala|interview)s?|(?:blue|white|pink|green)-collar|(?:blue|white) collar (?:work\\w*|jobs?|towns?|crimes?)|"
    "blue(?:-|s? and )chip|blue[- ](?:blooded?|moon|plate special)|blue-(?:ribbon|print)|blue ribbon (?:panel|winner|prize)|"
    "green-(?:lit|room)|green (?:energy|thumbs?|cards?|screens?|belts?|revolution|power|party)|black[- ](?:tie|eye|market|magic|"
    "ops)|white[- ](?:tie|knuckle|elephant|lies?|water|noise|supremac\\w+)|yellow cards?|purple hearts?|"
    "(?:been|deep|back|still|company|budget|accounts?|firm)(?: \\w+){0,3} in the red|(?:into|out of) the red(?= ?(?:$|[.,;!?]))|"
    "out of the blue|once in a blue moon|(?:yellow|scarlet) fever|blue murder|red cent|blue period|blue-?chips?|blue chips?|"
    "(?:gave|give|gives|giving|get|gets|got) (?:\\w+ )?(?:the|a) green light|(?:to|should|will|can|must|begins? to|began to|"
    "until they) (?:brown|yellow)(?= ?(?:$|[.,;]|the|both|evenly))|(?:feel|feeling|feels) blue|green with envy|tickled pink|"
    "(?:putting|village|golf|bowling|college|town) greens?|(?:on|onto|near|to|off|from|over|across) the green(?= ?(?:$|[.,;]|"
    "at|of))|"
    "black[- ]and[- ]white|black ?boards?|magenta cartridge|"
    "navy(?= blue)|navy (?:officers?|ships?|seals?|base|jets?|sailors?|pilots?|band|cadets?|personnel|yard|vessels?|divers?|"
    "helicopters?|uniforms?|destroyer)|(?:the|royal|us|u\\.s\\.|indian|french|german|merchant) navy|violets|violet(?= in a)|"
    "fields? of lavender|lavender (?:fields?|flowers?|plants?|oil|farm|scent\\w*|bush|bushes|sprigs?|soap)|"
    "tan lines?|a tan(?= ?(?:$|[.;]|(?:on|from)\\b))|a tan(?=(?:,| and) (?!(?:a |an )?{colour}|\\w+[ -]{colour}))|gold medal\\w*|"
    "gold (?:mines?|rush|coast|standard|diggers?|dust)|(?:silver|golden) (?:medal\\w*|jubilee|anniversary|age|globes?|"
    "gates?|eagles?|retrievers?|labs?|labradors?|temple|rule|tickets?|delicious|state|arches|goose|screen|linings?|syrup|"
    "raisins?|pheasants?)|(?:the|two|a|young|old|adult) golden(?= (?:puppies|pup|is|are|with|sitting|lying|runs)\\b)|silver "
    "birch\\w*|rainbow trout|sun[- ]?tan|burgundy (?:wine|region)|(?:in|from|of) (?-i:Burgundy)|"
    "the (?-i:Reds)"
)
DRINKS = "red bull (?:cans?|logos?|energy|signs?|banners?|racing|drinks?|tents?|cars?|helmets?)"
OTHER_COLOURS = f"{DRINKS}|{NAMES}|{FOODS}|{SPECIES}|{IDIOMS}"

PEOPLE = (
    "(?:man|men|woman|women|people|person|boys?|girls?|guys?|lady|ladies|males?|females?|couple|family|families|community|"
    "communities|actors?|voters?|students?|folks|americans?|children|kids?|child)"
)
METAL = (
    "(?:rings?|earrings?|necklaces?|bracelets?|watch|watches|chains?(?!-)|jewel\\w+|bars?|coins?|leaf|plated|crowns?|tooth|"
    "teeth|"
    "bangles?|bands?|pendants?|trophy|trophies|cups?|spoons?|forks?|cutlery|platters?|trays?|statues?|buttons?|rims?|"
    "frames?|trim)"
)
UNCLEAR_COLOURS = (
    f"(?:gold|golden|silver) {METAL}|(?:blonde|blond|auburn|brunette)|orange fruits?|(?<=^)orange(?=\\W*$)|"
    "(?:traffic|signal|stop|street) ?lights?(?: \\w+){0,4} {colour}|{colour} (?:(?:traffic|signal|stop)[ -]?lights?|light(?= "
    "at))|"
    "(?:lights?|signals?|stoplights?) (?:just |has just |has |then )?(?:is|are|turns?|turned|shows?|showing|has turned|goes|"
    "went) {colour}|"
    "(?:wait\\w*|stop\\w*) (?:at|for) (?:a|the) {colour} light|"
    "{colour}(?:[- ]and[- ]{colour})?[- ](?:haired|hair|skin|skinned|beard|bearded|moustache|mustache|eyebrows|ponytail|curls|"
    f"braids)|faces? (?:is|are|turn\\w*|went|goes|gets?|flush\\w*) {{colour}}|hair(?: \\w+){{0,4}} {{colour}}|{{colour}} "
    f"(?:(?:young|old|elderly|middle-aged) )?{PEOPLE}(?!['’])"
)
UNCOLOURED = (*COLOURS, *SHADES, "light", "dark", "neutral", "solid", "plain", "pale", "cream")
AFTER_NONE = "".join(f"(?<!{word}{between})" for word in UNCOLOURED for between in ("[\\s-]", "\\sin\\s"))
"""Not where a word of colour stands before: 'a red coloured bus' becomes a gray coloured one."""
WORN = (
    "(?:shirts?|t-shirts?|tops?|blouses?|dress|dresses|skirts?|jackets?|coats?|sweaters?|jumpers?|cardigans?|hoodies?|scarf|"
    "scarves|hats?|caps?|ties?|pants|trousers|shorts|suits?|gowns?|vests?|uniforms?|jerseys?|sofas?|couch|couches|walls?|"
    "curtains?|cushions?|pillows?|chairs?|cars?|vans?|trucks?|bags?|shoes?|sneakers|boots|umbrellas?|towels?)"
)
CHROMATIC = "|".join(word for word in (*COLOURS, *SHADES) if word not in ("black", "white", "gray", "grey", "silver"))
COLOURED = (
    f"(?:{CHROMATIC}),? or (?:{CHROMATIC})|"
    f"{AFTER_NONE}colou?r(?:ed|s)|{AFTER_NONE}colou?r(?! guard| blind| coordinated)|rainbows?(?! trout)|"
    f"(?:coral|plum|salmon|peach|rust|mustard|olive|mint|ruby|emerald|aubergine|cranberry|raspberry|lime|lemon|apricot|sapphire|"
    f"cherry|neon|pastel|copper|rose|wine) {WORN}|"
    "(?:redd|green|blu|yellow|brown|pink)(?:er|est)|colou?rful(?:ly)?|multi-?colou?r(?:ed)?|(?:brightly|richly|"
    "vividly|differently|various|variously|rainbow|rust|"
    "rose|peach|salmon|copper|honey|mustard|lemon|lime|plum|wine|coral|flesh|straw|terracotta)[- ]colou?red|"
    "(?:many|several|different|various|all|bright|vivid|vibrant|rich|warm|pastel|autumn|fall|assorted|two|three|four|five|neon|"
    "rainbow|primary|full|of|bold|mixed|earthy) colou?rs?|technicolou?r|sepia(?:-toned| tone[sd]?)?|"
    "golden (?:light|sunsets?|sunrises?|sky|skies|glow|hues?|hour|rays|haze|leaves|foliage)|"
    "colou?r (?:photo(?:graph|s|graphs)?|pictures?|images?|prints?|film|illustration|plate|portrait|version|television)|"
    "(?:burst|splash|splashes|pop|riot) of colou?r|full-colou?r|colou?ri[sz]ed|tie-dyed?"
)
