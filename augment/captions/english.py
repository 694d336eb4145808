"""English: words of direction, when they mean something else, and how quarter turns are said.

The order of senses counts: what surely is a direction stands first, then what surely is none, then what looks like a direction.
"""

from __future__ import annotations

from augment.captions.language import Family, Language, Phrase, Sense


def _pair(left: str, right: str) -> dict[str, str]:
    return {"W": left, "E": right}


def _four(west: str, east: str, north: str, south: str) -> dict[str, str]:
    return {"W": west, "E": east, "N": north, "S": south}


def _corners(pattern: str) -> dict[str, str]:
    """Compass points between: 'north{}east'."""
    return {a[0].upper() + b[0].upper(): pattern.format(a, b) for a in ("north", "south") for b in ("west", "east")}


FAMILIES = (
    Family("sides", _pair("left", "right"), "unclear"),
    *(
        Family("sides", _pair(f"left{end}", f"right{end}"))
        for end in ("most", "-most", "-hand", "ward", "wards", "-side", "-facing")
    ),
    *(Family("sides", _pair(f"left-{end}", f"right-{end}"), "own") for end in ("handed", "footed", "hander", "handers")),
    Family("heights", {"N": "above", "S": "below"}),
    Family("heights", {"N": "top", "S": "bottom"}),
    Family("heights", {"N": "upper", "S": "lower"}),
    Family("heights", {"N": "topmost", "S": "bottommost"}),
    Family("heights", {"N": "uppermost", "S": "lowermost"}),
    Family("heights", {"N": "up", "S": "down"}, "unclear"),
    Family("heights", {"N": "upward", "S": "downward"}),
    Family("heights", {"N": "upwards", "S": "downwards"}),
    *(
        Family("compass", _four(f"west{end}", f"east{end}", f"north{end}", f"south{end}"))
        for end in ("", "ern", "ward", "wards", "bound", "ernmost")
    ),
    *(Family("compass", _corners(form + end)) for form in ("{}{}", "{}-{}") for end in ("", "ern", "ward", "erly")),
    Family("compass", _four("westerly", "easterly", "northerly", "southerly")),
)

MACROS = {
    "side": "left|right",
    "image": "image|picture|photo|photograph|frame|scene|shot|screen|page|panel|canvas|painting|map|view|composition",
    "turns": r"(?:turn|veer|swerve|bend|curve|bank|steer|tilt|pan|swipe|drift|swing|slant|lean|tack)(?:s|ed|ing)?|"
    r"swerving|curving|panning|panned|swiping|swung|bent",
    "faces": r"(?:face|point|head)(?:s|ed|ing)?|facing",
    "looks": r"(?:look|gaze|glance|stare|aim|peer|peek)(?:s|ed|ing)?|gazing|glancing|staring",
    "goes": r"(?:go|walk|run|move|drive|sail|swim|fly|ride|step|keep|stay|travel|march|gallop|jump|crawl)(?:s|es|ed|ing)?|"
    r"(?:exit|enter|merg|fork|branch|sweep|dash|sprint|jog|spin|rotat|slide|roll|shift|reach|scroll|rac|div|throw|kick|"
    r"pass|pull|push|hit|lead|flow|slope|stretch|extend|hop|skat|ski|"
    r"cross|row|"
    r"steam)(?:s|es|ed|ing)|running|moving|driving|riding|sliding|sloping|hopping|hitting|drove|ran|flew|went",
    "manner": "slightly|sharply|hard|slowly|quickly|diagonally|straight|directly|gently|abruptly|and|over|back|off|far",
    "their": "the|his|her|its|their|my|your|our|one['’]s|each other['’]s",
    "owner": r"the|a|an|his|her|its|their|my|your|our|one|\w+['’]s|\w+s['’]",
    "far": "far|very|extreme|immediate|direct|near|upper|lower|top|bottom|back|front|center|centre|middle|rear|outer|inner|"
    "absolute|distant|mid|slight",
    "exact": "now|away|then|there|here|before|after|behind|beside|besides|next|in front|at|through|off|outside|inside|under|"
    "underneath|over|above|below|beneath|on top|up|down|along|alongside|across|against|into|past|by|in|on|near|between|among|"
    "around|out|where|when|while|as|back|beyond|within|onto|until|till|opposite|close",
    "pushes": "through|past|into|up|by|at|over|along|behind|next|beside|in front|on top|above|off|out|away|back|down|across|"
    "after|before|between|inside",
    "correct": "answers?|times?|moments?|ways?|tools?|things?|sizes?|places?|track|path|choices?|decisions?|amount|order|"
    "spot|fit|"
    "job|stuff|idea|mood|balance|words?|questions?|kinds?|sort|type|attitude|reasons?|conditions|temperature|angles?|triangles?|"
    "whales?|spare|mind|combination|key|number|price|note|pitch|tone|direction|equipment|mix|approach|ingredients?|"
    "proportions?|speed|"
    "height|distance|level|recipe|hands|people|person|change|skills?|training|materials?|lighting|light|timing|spirit|address|"
    "information|advice|help|music|chemistry|frame of mind|balance|technique|posture|form|dose|medicine|paperwork|permit|weather",
    "noun": "sizes?|answers?|tools?|amount|ingredients?|choices?|decisions?|equipment",
    "body": "hands?|arms?|legs?|foot|feet|eyes?|ears?|shoulders?|knees?|elbows?|wrists?|ankles?|thumb|(?:index |ring |middle )?"
    "fingers?|cheeks?|paws?|hoof|fist|palm|thigh|hip|heel|toe|forearm|eyebrow|nostril|temple|jaw|flipper|fin|claws?|"
    "antler|horn|tusk|"
    "breast|gloves?|shoes?|socks?|boots?|sleeves?|mitten|lung|wings?",
    "part": "sides?|corners?|half|edge|part|portion|end|lanes?|panel|image|picture|photo|photograph|frame|page|column|"
    "foreground|background|third|quarter|quadrant|margin|border|bank|door|window|shore|arrows?|wall|row|section|area|turns?|"
    "curve|bend|inset|pane|post|tower|sideline|button|wheel|headlight|lens|speaker|handle|pocket|profile",
    "few": r"\d+|one|two|three|four|five|six|seven|eight|nine|ten|few|many|much|more|some|any|no|none|nothing|nobody|little|only|"
    "last|half|most|lots|plenty|several|all|enough|everything|anything|something",
    "who": "who|that|which|he|she|it|they|we|i|you|someone|somebody|everyone|everybody|nobody|all",
    "object": "the|a|an|his|her|its|their|my|your|our|this|that|these|those|him|them|it|us|me|nothing|everything|no|some|"
    "many|two|"
    "three|home|school|work|town|early|late|alone|behind|over|out|open|unattended|untouched|unfinished|empty|after|before|"
    "without|"
    "for|standing|lying|hanging|abandoned|unlocked|ajar|exposed|bare|blank|off|at|yesterday|today|again|wondering|because|when|"
    r"only|to \w+",
    "rest": "in|on|at|by|under|near|with|beside|inside|outside|between|next|against|among|from",
    "particle": r"(?:stand|sit|lie|lay|lean|kneel|squat|crouch|bend|settle|line|dress|set|pick|pile|stack|cut|wrap|roll|"
    r"fold|warm|"
    r"clean|hang|hook|hold|put|tie|zip|button|wake|grow|blow|light|heat|fill|break|warm|wind|slow|calm|end|sign|show|turn|"
    r"open|close|"
    r"follow|give|add|play|mix|build|coil|curl|prop|snuggle|cuddle|bundle|chop|tear|burn|shut|write|count|melt|water|hand|"
    r"wash|knock)"
    r"(?:s|ed|ing)?|sitting|lying|laid|lain|cutting|setting|putting|piled|piling|tied|tying|made|making|worn|grown|blown|"
    r"broken|lit|"
    r"written|torn|held|hung|wrapped|wrapping|zipped|propped|propping|sat|stood|knelt|curling|woken|built|settling|kneeling",
    "way": "street|streets|road|roads|aisle|hall|hallway|corridor|path|sidewalk|pavement|river|runway|track|tracks|lane|"
    "line|court|"
    "field|pitch|beach|coast|trail|avenue|alley|boulevard|highway|catwalk|platform",
}

SENSES = (
    # idioms, which look like directions ------------------------------------------------------------------------------
    Sense("(?:what|all|whatever|everything|anything|little|nothing|much)(?: that)?(?: is|['’]s| was| remains)? left of", "other"),
    Sense("{side}-(?:wing|winger|wingers|winged|click|clicks|clicking|clicked|minded|brained)", "other"),
    Sense("(?:far|alt|hard|center|centre)[- ]{side}(?= (?:party|politicians?|group|groups|activists?|extremists?|rally|"
          "protesters?))",
          "other"),
    Sense("(?P<word>right)[- ]hand (?:man|woman)", "other"),
    Sense("(?P<word>right)[- ]side[- ]up", "other"),
    Sense("out of left field|left luggage|two left feet|right off the bat|right of way|right-of-way|right as rain|"
          "left,? right and cent(?:er|re)",
          "other"),
    Sense("bill of right|(?:human|civil|equal|birth) right|right (?:honou?rable|reverend)", "other"),
    Sense("all right|right on time|right on target|right angles?|right[- ]angled|right triangles?|right whales?", "other"),
    Sense("(?P<word>right) of (?:passage|return|appeal|reply|the people)", "other"),
    Sense("(?:it|this|that|everything|nothing|something|all) (?:looks?|looked|(?:does|did)(?: not|n['’]t) look) (?P<word>right)",
          "unclear"),
    Sense("(?:do|does|did|doing|done|get|gets|got|getting|make|makes|put|puts|set|sets|fit|fits) "
          "(?:it|this|that|them|things|everything) (?P<word>right)", "other"),
    Sense("(?-i:Left Bank|Right Bank|Left Coast)", "other"),
    # surely directions -----------------------------------------------------------------------------------------------
    Sense("{side} (?:to|and|or|&|/) (?:the |then )?{side}", "seen"),
    Sense("(?:top|bottom) to (?:top|bottom)", "seen"),
    Sense("{side}-to-{side}|{side}-turns?", "seen"),
    Sense("{side}[- ](?:hand|foot)ed", "own"),
    Sense("{side}[- ]hand (?:drive|traffic|bowler|batter|pitcher)", "own"),
    Sense("{side}[- ]hand (?:{part}|one)", "seen"),
    Sense("{owner} (?:(?:own|bare|gloved|outstretched|raised|bent|upper|lower|front|hind|back|rear) )?(?P<word>{side})"
          "(?: (?:upper|lower|front|hind|rear|back))? (?:{body})", "own"),
    Sense("(?:with|in|on|by|under|raising|raises|using|over|behind) (?P<word>{side}) (?:{body})", "own"),
    Sense("(?:^|[,;] |and )(?P<word>{side}) (?:{body})", "own"),
    Sense("(?:his|her|its|their) (?P<word>{side})(?= ?(?:$|[.,;)]))", "own"),
    Sense("(?P<word>{side}) side of (?:his|her|their|the (?:man|woman|boy|girl|child|person)['’]s) "
          "(?:face|head|body|chest|forehead|nose|mouth|neck)", "own"),
    Sense("(?:{turns})(?: {manner})* (?P<word>{side})(?! (?:now|away|then|there|here|before|after|behind|"
          "next)\\b)", "seen", adverb=True),
    Sense("(?:{faces}|{looks}|{goes})(?: {manner})* (?P<word>left)(?! (?:the|an?|his|her|their|its|open|behind)\\b)", "seen",
          adverb=True),
    Sense("(?:{faces})(?: {manner})* (?P<word>{side})(?! (?:at|into|through|now|away)\\b)", "seen", adverb=True),
    Sense("(?:{looks}|{goes})(?: {manner})* (?P<word>right)(?! (?:{exact}|to)\\b)(?= ?(?:$|[.,;:)]| \\w))", "seen", adverb=True),
    Sense("(?:{turns}|{faces}|{looks}|{goes})(?: {manner})* (?:to|towards?) {their} (?P<word>{side})"
          "(?! (?:of|{part}|{correct}|{body})\\b)", "seen", adverb=True),
    Sense("\\w+(?:s|ing|ed) (?P<word>left) (?:past|towards?|across|around|along|onto|into|through)", "seen", adverb=True),
    Sense("(?:makes?|making|made|takes?|taking|took|hangs?|throws?|threw|lands?) an? (?:sharp |quick |hard |slight |sudden )?"
          "(?P<word>{side})(?! (?:{correct}|move|step)\\b)", "seen"),
    Sense("(?:stage|camera|screen|frame|picture|image) (?P<word>{side})", "seen"),
    Sense("(?:to|on|at|from) {their} (?P<word>{side}) to", "seen"),
    Sense("(?:to|on|at|from|in|into|towards?|onto|off|along|near) {their}(?:(?: |-){far})* (?P<word>{side})"
          "(?! (?:{correct}|one|man for|woman for)\\b)(?! \\w+ (?:{noun})\\b)(?!-)", "seen"),
    Sense("(?:to|at|from|on) (?:{far} )?(?P<word>{side})(?! (?:{exact}|{correct}|to)\\b)(?!-)", "seen"),
    Sense("(?:to|at|from|on) (?:{far} )?(?P<word>{side})(?= (?:in|on|is|are|near|with|by) )", "seen"),
    Sense("(?:{far}|second|third|fourth)[- ](?P<word>{side})(?! (?:{exact}|{correct})\\b)", "seen"),
    Sense("(?P<word>left) of(?! (?:it|them|us|me|him|what|this|that)\\b)", "seen"),
    Sense("(?P<word>right) of (?:the|a|an|his|her|its|their|it|him|them|two|three|cent(?:er|re)|another|each|some|"
          "\\w+s)", "seen"),
    Sense("(?P<word>{side}) (?:{part})", "seen"),
    Sense("(?:pictured|seen|shown|seated|positioned|located|placed|visible|parked) (?P<word>{side})(?! (?:{exact}|"
          "{rest})\\b)", "seen"),
    Sense("(?<=[(\\[])(?P<word>{side})(?=[)\\]])", "seen"),
    Sense("(?:(?<=^)|(?<=[.;!?:]\\s)|(?<=\\n)|(?<=,\\s))(?P<word>{side})(?=:)", "seen"),
    Sense("(?<=,\\s)(?P<word>{side})(?=,|\\.| and )", "seen"),
    Sense("(?:^|[;.] )(?P<word>left)(?=,)", "seen"),
    # surely none -----------------------------------------------------------------------------------------------------
    Sense("(?:has|have|had|having|\\w+['’]ve|just|already|never|recently|finally|suddenly|simply|long) (?:just |already |"
          "long )?(?P<word>left)",
          "other"),
    Sense("(?:was|were|been|being|be|gets?|got) (?:\\w+ly )?(?P<word>left)", "other"),
    Sense("(?:is|are|\\w+['’]s) (?:\\w+ly )?(?P<word>left)(?= (?:{object}|{rest})\\b|$|[.,;!?])", "other"),
    Sense("{few}(?: [\\w'’-]+){1,4}? (?P<word>left)(?!-| (?:{part}|{body}))", "other"),
    Sense("{few} (?P<word>left)(?= (?:{rest}|{object})\\b|$|[.,;!?])", "other"),
    Sense("(?<!the\\s)(?P<word>left) (?:\\d+|two|three|four|five|six|seven|eight|nine|ten|a few|several|some|many|half an?) \\w+ "
          "(?:ago|before|after|earlier|later)", "other"),
    Sense("{who} (?P<word>left)(?! (?:{part}|{body}))", "other"),
    Sense("(?P<word>(?-i:left)) (?-i:[A-Z])\\w+", "other"),
    Sense("(?<!the\\s)(?<!\\ba\\s)(?<!his\\s)(?<!her\\s)(?<!its\\s)(?<!far\\s)(?P<word>left) \\w+ing", "other"),
    Sense("(?<!the\\s)(?P<word>left) (?:{object})", "other"),
    Sense("(?<!the\\s)(?P<word>left) (?:un\\w+|half-\\w+|wide|partly|partially|completely|entirely|mostly|forgotten|"
          "stranded|parked|dirty|wet|"
          "cold|homeless|intact|tracks|footprints|marks|traces|prints|crumbs|stains|muddy)", "other"),
    Sense("(?<!the\\s)(?P<word>left) (?:{rest})(?! (?:the )?(?:{image}))", "other"),
    Sense("(?:left|leave|leaves|leaving) (?P<word>right) (?:{exact})", "other"),
    Sense("(?P<word>right) (?:{pushes}|now|then|there|here|where|when|while|as|close|until|till|beyond|opposite|outside|"
          "underneath|"
          "beneath|under|against|among|alongside|around|within|onto)", "other"),
    Sense("(?<!\\w\\s)(?P<word>right) (?:{exact})", "other"),
    Sense("(?<!the\\s)(?<!his\\s)(?<!her\\s)(?<!its\\s)(?<!far\\s)(?<!top\\s)(?P<word>right) (?:behind|below|beneath|"
          "above|next|beside|"
          "before|after|outside|inside|against|between|underneath|alongside|beyond|opposite)", "other"),
    Sense("(?:{looks}|{goes}) (?P<word>right) (?:in|on|under|near|among|within|around|between)", "unclear"),
    Sense("\\w+(?:ing|s|ed) (?P<word>right) (?:{exact})", "other"),
    Sense("(?:is|are|was|were|stands?|sits?|hangs?|lies|appears?|happens?|starts?|begins?|stops?|lands?|comes?|goes|built|"
          "placed) "
          "(?P<word>right) (?:{exact})", "other"),
    Sense("(?:just|quite|not|so|exactly|almost|about|perfectly|fit|fits|sits?|hangs?|works?|feels?|sounds?|does|done|"
          "cooked|serves?) "
          "(?P<word>right)", "other"),
    Sense("\\w+['’](?:s|re) (?P<word>right)(?= ?(?:$|[.,;!?]))", "other"),
    Sense("(?:is|are|was|were|be) (?P<word>right) (?:about|for)", "other"),
    Sense(",? (?P<word>right)(?=\\?|!)", "other"),
    Sense("(?:the|a|no|any|their|his|her|every|equal|have|has) (?P<word>right) to \\w+", "other"),
    Sense("(?P<word>right) (?:{correct})", "other"),
    Sense("(?P<word>right) \\w+ (?:{noun})", "other"),
    Sense("(?P<word>right) from the", "other"),
    Sense("(?P<word>right) \\w+ for the", "other"),
    # looks like a direction ------------------------------------------------------------------------------------------
    Sense("left\\b.{1,80}?\\b(?P<word>right) ones?", "seen"),
    Sense("(?:find|choose|pick|get|need|buy|want|use|know|say|give|select|provide|seek|search|have|make|need|learn|hire|"
          "find|offer|deserve)"
          "\\w*(?: for)? (?:the|a) (?P<word>right) (?!hand|foot)\\w+", "unclear"),
    Sense("(?:the|his|her|its|their|each|one['’]s|\\w+['’]s) (?P<word>left)(?:-\\w+)? \\w+", "seen"),
    Sense("(?:the|his|her|its|their|each|\\w+['’]s) (?P<word>right) (?:one of|ones of)", "seen"),
    Sense("(?:the|his|her|its|their|each|\\w+['’]s) (?P<word>right) (?!one\\b|ones\\b|dress|outfit|clothes|partner|candidate|"
          "man\\b|woman\\b|move)\\w+", "seen"),
    Sense("(?:a|an|one|no) (?P<word>left)(?:-\\w+)? \\w+", "seen"),
    Sense("^(?P<word>{side}) (?!(?:{exact}|{correct}|{object}|to|on)\\b)\\w+", "seen"),
    Sense("(?:a|an) (?P<word>right) (?:hook|turn|arrow|hand|uppercut|cross|jab|signal|lane|side|corner|footer|swing|swipe)",
          "seen"),
    # above and below -------------------------------------------------------------------------------------------------
    Sense("above all|(?:see|as|mentioned|described|shown) (?:above|below)|below (?:zero|freezing|average|par)|"
          "above (?:average|ground|suspicion|the law|board)", "other"),
    Sense("(?:crop|tank|halter|tube|bikini|py?jamas?|pajama|bell|tennis|table|counter|roller|big|tree|spinning|red|blue|"
          "green|black|"
          "white|pink|yellow|striped|sleeveless|wearing a(?: \\w+)?|in a(?: \\w+)?)[- ](?P<word>top|bottom|tops|"
          "bottoms)", "other"),
    Sense("on (?P<word>top) of", "unclear"),
    Sense("(?:at|in|near|to|from|on|along|across|towards?) the (?:very )?(?P<word>top|bottom)(?= of the {image}|$|[.,;:]|"
          " (?:and|is|are)\\b"
          "| (?:left|right)\\b)", "seen"),
    Sense("(?P<word>top|bottom) of the {image}", "seen"),
    Sense("(?P<word>top|bottom) of", "unclear"),
    Sense("(?P<word>top) (?:hats?|secret|quality|chefs?|models?|speed|scorer?|athletes?|players?|notch|coats?|ten|\\d+|"
          "prize|gear|dog)",
          "other"),
    Sense("(?P<word>upper|lower)[- ](?:class|case|body|arms?|legs?|lips?|back|school|secondary|teeth|jaw|price|prices|"
          "east|west|egypt)",
          "other"),
    Sense("to (?P<word>lower)|(?:lower|lowers) (?:the|a|his|her|their|its) ", "other"),
    Sense("(?P<word>upper|lower) than", "unclear"),
    Sense("(?:{faces}|{looks})(?: {manner})* (?P<word>up|down)", "seen", adverb=True),
    Sense("upside[- ](?P<word>down)", "unclear"),
    Sense("(?:close|set|warm|make|line|pop|pick|push|pull|check|back|mark|touch|mock|up|sit|start|follow|build|round|"
          "clean|grown|cover|"
          "lace|button|done|run|worn|broken|made|dressed|lined|piled|stacked|sun|dolled|tied|mixed|rolled|breakfast|face|"
          "{particle})(?: \\w+){0,1}?[- ](?P<word>up|down)s?", "other"),
    Sense("(?P<word>up|down)[- ](?:close|to|front|side|town|load|jackets?|coats?|vests?|comforter|feathers?|syndrome|here|"
          "there)", "other"),
    Sense("(?P<word>up|down) the {way}", "other"),
    # over and under ----------------------------------------------------------------------------------------------------
    Sense("(?:all|game|left|pulled|pull|pulls|pulling|knocked|fallen|fell|hand|come|look|looking|looks|draped|spread|bent|"
          "over and|"
          "lean|leans|leaning|bends?|bending|cooked) (?P<word>over)", "other"),
    Sense("(?P<word>over|under) (?:there|here|and|time|\\d+|a (?:hundred|thousand|million)|age|construction|repair|water|"
          "way|attack|"
          "control|pressure|the (?:years|weekend|age|influence|age)|par|arrest|lunch|dinner|coffee)", "other"),
    # compass -----------------------------------------------------------------------------------------------------------
    Sense("{compass}(?= (?-i:[A-Z]))(?-i:(?<=[a-z]))", "other"),
    Sense("(?-i:(?<=[a-z,]\\s)(?:North|South|East|West)\\w*(?:[- ](?:North|South|East|West|east|west)\\w*)?)", "other"),
    Sense("west(?:ern)? highlands?|west(?:ern)? (?:films?|movies?|style|saddles?|hats?|boots|wear|music|shirts?|country|"
          "world|culture|"
          "dress|clothes|suit|theme|themed)|north star|(?:north|south) pole|northern lights|southern (?:food|style|fried)|"
          "middle east(?:ern)?|far east(?:ern)?|wild west|(?:east|west|north|south) (?:coast rap|side story)|"
          "southern belle", "other"),
)
MACROS["compass"] = "(?:north|south|east|west)(?:ern|east|west)?"

IMAGE = MACROS["image"]
NOT_IMAGE = rf"\s+(?!(?:the|this|a)\s+(?:{IMAGE}))\w"
PHRASES = (
    Phrase(_four("to the left", "to the right", "up", "down"), r"(?!\s+of\b)", adverb=True, reads="WE"),
    Phrase(_four("towards the left", "towards the right", "upwards", "downwards"), r"(?!\s+of\b)", adverb=True, reads="WE"),
    Phrase(_four("left", "right", "up", "down"), adverb=True),
    Phrase(_four("to the left of", "to the right of", "above", "below"), NOT_IMAGE),
    Phrase(_four("on the left of", "on the right of", "above", "below"), NOT_IMAGE),
    Phrase(_four("on the left", "on the right", "at the top", "at the bottom"), r"(?!-|\s+(?!of\b|and\b|or\b|in\b|is\b|"
    r"are\b)\w)"),
    Phrase(_four("left of", "right of", "above", "below"), NOT_IMAGE),
    Phrase(_four("leftmost", "rightmost", "topmost", "bottommost")),
    Phrase(_four("left-most", "right-most", "topmost", "bottommost")),
    Phrase(_four("leftmost", "rightmost", "uppermost", "lowermost")),
    Phrase(_four("leftward", "rightward", "upward", "downward")),
    Phrase(_four("leftwards", "rightwards", "upwards", "downwards")),
    Phrase(_four("left-hand", "right-hand", "top", "bottom")),
    Phrase(_four("left hand side", "right hand side", "top side", "bottom side")),
    Phrase(_four("left", "right", "top", "bottom"), r"(?!\s+of\b|\s+hand\b)"),
    Phrase(_four("left", "right", "upper", "lower")),
)

HOUR = r"(?P<hour>1[0-2]|[1-9]|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)[ -]o['’]?clock"
NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
BARE_HOUR = HOUR.replace("?P<hour>", "?:")

ENGLISH = Language(
    code="en",
    families=FAMILIES,
    senses=SENSES,
    phrases=PHRASES,
    rotation=(
        ("clockwise", "counterclockwise"), ("clockwise", "anticlockwise"), ("clockwise", "anti-clockwise"),
        ("clockwise", "counter-clockwise"),
    ),
    vague={
        "sides": ("starboard", "lefty", "righty", "southpaw", "l-r", "r-l"),
        "heights": ("over", "under", "underneath", "beneath", "overhead", "upstairs", "downstairs"),
    },
    hours=HOUR,
    clock=("clock", "oclock"),
    numbers=NUMBERS,
    seen_hours=rf"(?:at|to|on|in|from|towards?) (?:your|his|her|my|their|our|its) (?:{BARE_HOUR})|"
    rf"(?:{BARE_HOUR})[ -](?:position|direction)",
    other_hours=rf"(?:{BARE_HOUR}) (?:in the|at night|sharp|shadow|tea|train|news|this|tomorrow|today|on (?:mon|tues|"
    rf"wednes|thurs|fri|"
    r"satur|sun)day|[ap]\.?m)",
    articles=("a", "an"),
    writing=r"(?:says?|saying|said|reads?|reading|spells?|spelling|labell?ed|titled|marked|words?|text|lettering|"
    r"inscription|inscribed|"
    r"written|printed|message|slogan|logo|sign)(?: on (?:it|them))?[:,]? [\"“‘'«](?P<quoted>[^\"”’'»]+)[\"”’'»]",
    colours={
        "red": (0.8, 0.1, 0.1), "orange": (1.0, 0.55, 0.05), "yellow": (1.0, 0.9, 0.1), "green": (0.1, 0.6, 0.15),
        "blue": (0.1, 0.25, 0.8), "purple": (0.5, 0.1, 0.6), "pink": (1.0, 0.7, 0.8), "brown": (0.45, 0.28, 0.12),
        "black": (0.03, 0.03, 0.03), "white": (0.97, 0.97, 0.97), "gray": (0.5, 0.5, 0.5), "grey": (0.5, 0.5, 0.5),
        "turquoise": (0.2, 0.8, 0.8), "beige": (0.9, 0.85, 0.7), "violet": (0.5, 0.1, 0.6),
    },
    other_colours=r"(?:red|white) wines?|(?:green|black|white) (?:tea|coffee|pepper)|orange (?:juice|peel|slices?|trees?|"
    r"zest)|an orange"
    r"(?! \w)|black[- ]and[- ]white|(?-i:White House|Blue Jays|Red Sox|Red Cross|Black Sea|Red Sea|Black Forest)|(?:brown|"
    r"black|polar) "
    r"bears?|brown (?:rice|bread|sugar)|white (?:bread|chocolate|water|noise)|red (?:panda|foxe?s?|onions?|cabbage|deer|"
    r"squirrel)s?|"
    r"green (?:beans?|onions?|card|energy)|black ?boards?|blue (?:whale|jay|cheese)s?|(?-i:(?<=[a-z.]\s)(?:Brown|Green|"
    r"White|Black|Gray|Grey))",
    macros=MACROS,
)  # fmt: skip
