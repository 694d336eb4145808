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
    "reddish": (0.7, 0.2, 0.15), "bluish": (0.3, 0.4, 0.7), "greenish": (0.3, 0.6, 0.35), "yellowish": (0.9, 0.85, 0.4),
    "brownish": (0.5, 0.35, 0.2), "pinkish": (0.95, 0.7, 0.75), "orangey": (0.95, 0.55, 0.2),
}  # fmt: skip

TINTS = (
    "royal|sky|baby|powder|electric|cobalt|midnight|steel|ice|ocean|cornflower|robin['’]s egg|peacock|lime|olive|forest|mint|"
    "sage|"
    "emerald|apple|grass|moss|pea|army|hunter|kelly|bottle|sea|jade|hot|bubblegum|rose|salmon|dusty|blood|cherry|brick|ruby|rust|"
    "candy|candy-apple|fire-engine|fire engine|tomato|lemon|mustard|canary|golden|chocolate|chestnut|burnt|wine|neon|navy"
)
BRIGHTS = "bright|brightly|vivid|vividly|vibrant|brilliant|fluorescent|neon|fiery|rich|hot|shocking|glowing"

NAMES = (
    "(?-i:White House|Blue Jays|(?:Red|White) Sox|Red (?:Cross|Crescent|Square|Sea|Bull|Army|Arrows?|Baron|Hat|Wings|Hook|"
    "Fort|Rock|"
    "Riding Hood|Delicious|River|Devils)|Black (?:Sea|Forest|Friday|Panthers?|Widow|Sabbath|Hawk|Lives Matter|Pearl)|"
    "Blue (?:Mosque|Ridge|Nile|Origin|Note|Angels?|Lagoon|Mountains?|Man)|Yellow (?:Pages|River|Sea|Submarine)|"
    "Green (?:Bay|Day|Party|Berets?|Park|Lantern|Giant)|Orange (?:County|Bowl|Free State)|White (?:Sea|Nile|Walls? Tires?|Hart|"
    "Cliffs)|Pink (?:Floyd|Panther)|Purple (?:Heart|Rain)|Deep Purple|Brown (?:University|Derby)|Agent Orange|"
    "(?:Mr|Mrs|Ms|Miss|Dr|Prof)\\.? (?:Brown|Green|White|Black|Gray|Grey|Pink|Orange|Blue))|little red riding hood"
)
FOODS = (
    "(?:red|white) (?:wines?|meats?|vinegar|sauce|sugar|flour|rice|fish)|(?:green|black|white) (?:tea|coffee|peppers?(?=corn))|"
    "black coffee|orange (?:juice|peel|slices?|trees?|zest|segments?|grove|marmalade|wedges?|soda|blossoms?|sherbet)|"
    "an orange(?! \\w|, ?{colour}|/)|an orange(?= (?:on|in|with|next|from|that|is|cut|beside|sits|to)\\b)|"
    "an orange(?= and (?!{colour}))|"
    "(?:slices?|pieces?|glass|segments?|wedges?|half|halves|peel|zest|juice|bits) of (?:\\w+ )?orange(?! (?:paint|paper|"
    "fabric|cloth|plastic|light))|peeled orange(?! \\w)|"
    "brown (?:rice|bread|sugar|ale|toast)|white (?:bread|chocolate|water|noise|lies?|beans)|red (?:onions?|cabbage|lentils|"
    "potato(?:es)?|beans?|curry|"
    "snapper|herring|kidney beans)|green (?:beans?|onions?|olives?|salad|cards?|energy|thumb|party|peas|curry|chile|chilli)|"
    "purple (?:cabbage|potato(?:es)?|yams?)|yellow (?:mustard|squash|onions?)|pink salmon|"
    "(?:black|blue) ?(?:berry|berries|bird|birds)|blue cheese|black (?:beans|olives|pudding|eyed peas)|red velvet|pink (?:gin|"
    "lemonade|"
    "grapefruits?)"
)
SPECIES = (
    "(?:red|irish red) setters?|(?:red|blue) heelers?|blue ?ticks?|black[- ]and[- ]tan|red ?head(?:ed)? (?:wom[ae]n|m[ae]n|"
    "girls?|boys?|lady|kids?)|"
    "{colour}[- ]\\w+ed(?: \\w+)? (?:{animal})|{colour}-(?:foot|eye|bellied|wing|back|tail) (?:{animal})|(?:brown|black|"
    "polar) bears?|"
    "red (?:pandas?|fox|foxes|deer|squirrels?|grouse|wolf|wolves|snapper|oaks?|maples?|cedars?|clover|admirals?)|"
    "(?:blue|gray|grey|white|black) (?:whales?|jays?|sharks?|herons?|wolf|wolves|rhinos?|panthers?|widows?|storks?|swallowtails?|"
    "marlins?|tits?|spruce|pine|oak)|brown (?:trout|recluse|pelicans?)|great (?:white|grey|gray|blue)|green (?:iguanas?|"
    "anacondas?|"
    "mambas?|anoles?|sea turtles?|tree frogs?)|blue crabs?|yellow (?:jackets?|warblers?|perch)|purple (?:martins?|finch|finches)"
)
IDIOMS = (
    "red-handed|red-eyes?|red eyes? (?:flight|reduction|effect)|red[- ](?:tape|alert|flags?|neck|necks|light district|letter day|"
    "herrings?|cards?)|(?:on|at|walk\\w*|along|down|for|hits?|graces?) the red carpet|red[- ]carpet (?:event|premiere|arrival|"
    "look|gala|interview)s?|red-(?:hot|blooded|letter)|(?:blue|white|pink|green)-collar|(?:blue|white) collar (?:work\\w*|"
    "jobs?|towns?|crimes?)|blue(?:-|s? and )chip|"
    "blue[- ](?:blooded?|moon|print|tooth|plate special)|blue-ribbon|blue ribbon (?:panel|winner|prize)|green(?:-| )(?:lit|"
    "energy|thumbs?|cards?|rooms?|screens?|belts?|revolution|power)|"
    "black[- ](?:tie|belts?|eyes?|market|mail|magic|holes?|box|sheep|ops|friday|belts?)|white[- ](?:tie|knuckle|elephant|lies?|"
    "water|noise|goods|paper|supremac\\w+)|yellow cards?|brown[- ](?:nose|out)|pink slips?|purple hearts?|"
    "(?:in|into|out of|deep in) the red(?= ?(?:$|[.,;!?]| (?:again|after|for|by|this|last)\\b))|in the black(?= ?(?:$|[.,;!?]))|"
    "out of the blue|once in a blue moon|(?:feel|feeling|feels|felt) blue|"
    "(?:putting|village|golf|bowling|college|town) greens?|(?:on|onto|near|to|off|from) the green(?= ?(?:$|[.,;]|at|of))|"
    "green with envy|tickled pink|black[- ]and[- ]white|black ?boards?|black(?: and |-and-)blue|black out|"
    "navy(?= blue)|navy (?:officers?|ships?|seals?|base|jets?|sailors?|pilots?|band|cadets?|personnel|yard|vessels?|divers?|"
    "helicopters?|"
    "uniforms?|destroyer)|(?:the|royal|us|u\\.s\\.|indian|french|german|merchant) navy|violets?(?= (?:in a|bloom\\w*))|violets|"
    "fields? of lavender|lavender (?:fields?|flowers?|plants?|oil|farm|scent\\w*|bush|bushes|sprigs?|soap)|"
    "(?:tan|tans) (?:lines?)|a tan(?= ?(?:$|[.,;]|and|on|from))|sun[- ]?tan|burgundy (?:wine|region)|(?:in|from|of) "
    "(?-i:Burgundy)|the (?-i:Reds)|"
    "(?-i:Orange)(?= (?:jumped|prize))|magenta cartridge"
)
OTHER_COLOURS = f"{NAMES}|{FOODS}|{SPECIES}|{IDIOMS}"

UNCLEAR_COLOURS = (
    "(?:traffic|signal|stop|street) ?lights?(?: \\w+){0,4} {colour}|{colour} (?:(?:traffic|signal|stop)[ -]?lights?|light(?= "
    "at))|"
    "(?:lights?|signals?|stoplights?) (?:is|are|turns?|turned|shows?|showing|has turned|goes|went) {colour}|(?:wait\\w*|"
    "stop\\w*) (?:at|for) (?:a|the) {colour} light|"
    "{colour}(?:[- ]and[- ]{colour})?[- ](?:haired|hair|skin|skinned|beard|bearded|moustache|mustache|eyebrows|ponytail|curls|"
    "braids)|"
    "hair(?: \\w+){0,4} {colour}|{colour} (?:(?:young|old|elderly|middle-aged) )?(?:man|men|woman|women|people|person|boy|"
    "boys|girl|"
    "girls|guy|guys|lady|ladies|male|males|female|females|couple|family|families|community|communities|actors?|voters?|students?|"
    "folks|americans?|children|kids?|child)"
)

COLOURED = (
    "colou?rful(?:ly)?|multi-?colou?red|multi-colou?r|rainbow[- ]colou?red|(?:brightly|richly|vividly|differently|various|"
    "variously)[- ]"
    "colou?red|(?:many|several|different|various|all|bright|vivid|vibrant|rich|warm|pastel|autumn|fall|assorted|three|four|"
    "five|two|"
    "neon|rainbow|primary|full|in|of|bold|mixed|earthy) colou?rs?|technicolou?r|sepia(?:-toned| tone[sd]?)?|"
    "golden (?:light|sunsets?|sunrises?|sky|skies|glow|hues?|hour|rays|haze|leaves|foliage)|"
    "(?:rust|rose|peach|salmon|copper|honey|mustard|lemon|lime|plum|wine|coral|flesh|straw|terracotta|gold|golden)[- ]colou?red|"
    "colou?r (?:photo(?:graph|s|graphs)?|pictures?|images?|prints?|film|illustration|plate|portrait|version|television)|"
    "(?:in|burst of|splash of|splashes of|pop of|riot of) colou?r|colou?ri[sz]ed|tie-dyed?"
)
