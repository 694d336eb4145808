"""When left and right mean something else.

The order counts: what surely is a direction stands first, then what surely is none, then what looks like a direction.
"""

from __future__ import annotations

from augment.captions.language import Sense

LETTERS = (
    Sense("(?-i:L[tT])(?=\\.? (?-i:[A-Z]))|rt(?= @)|rt(?=\\. \\d)", "other"),
    Sense("(?:{far}|on|at|to|from|bot|second|third|2nd|3rd)(?: the)? (?P<word>lt|rt|lft|rgt)", "seen"),
    Sense("(?:lt|rt|lft|rgt)(?= (?:{part}|{concrete}|guy|girl|boy|lady|kid|of|most|hand))", "seen"),
    Sense("[lr](?= ?(?:-|–|to|/) ?(?:the )?[lr](?!\\w))", "seen"),
    Sense("(?:(?<=[lr]-)|(?<=[lr]–)|(?<=[lr]/)|(?<=[lr]\\sto\\s))[lr]", "seen"),
    Sense("(?:senator|sen\\.?|representative|rep\\.?|congress(?:man|woman)|republican|governor|gov\\.?) "
          "(?:[\\w.'’-]+ ){1,3}\\((?P<word>r)(?=\\))", "unclear"),
    Sense("(?<=[(\\[])[lr](?=\\.?[)\\],])|(?<=,\\s)(?-i:[LR])(?=[)\\]])", "seen"),
    Sense("(?:second|third|fourth|2nd|3rd|4th|far|from|at|on|top|bottom|upper|lower)(?: the)?[ -](?P<word>(?-i:[LR]))(?![-'’&.])",
          "seen"),
    Sense("(?:on|at|to|from|far)(?: the)? (?P<word>[lr])(?= ?(?:$|[,;]))", "seen"),
    Sense("(?<=\\()(?:far|top|bottom|upper|lower|2nd|3rd|second|third) (?P<word>[lr])(?=\\))", "seen"),
)  # fmt: skip

SHIPS = (
    Sense("starboard", "own"),
    Sense("port(?= (?:and|or) starboard)|(?<=starboard\\sand\\s)port|(?<=starboard\\sor\\s)port", "own"),
    Sense("port(?=[- ](?:side|bow|quarter|beam|wing|engine|tack|rail|stern|list))", "own"),
    Sense("(?:list|lean|heel|tilt|turn|bank|roll|veer|look|swerv)(?:s|es|ed|ing)? (?:\\w+ )?to (?P<word>port)", "own"),
)

IDIOMS = (
    Sense("(?:you|u|ya|he|she|they|we|i) (?:are|is|am|were|was|r) (?P<word>right)(?= ?(?:$|[.,;!?]))|"
          "(?<!\\bto\\s)(?<!\\bon\\s)(?<!\\bat\\s)(?<!\\bby\\s)(?:ur|ure|youre|hes|shes|theyre) right(?= ?(?:$|[.,;!?]))", "other"),
    Sense("(?<=^)right(?=[?!]+ \\w| (?:so|then|ok|okay|well)\\b)|(?:yeah|yea|yep|yes|oh|damn|too) (?P<word>right)(?= ?(?:$|[.,;!?]))",
          "other"),
    Sense("left {body}\\b.{1,80}?\\b{their} (?P<word>right) to", "own"),
    Sense("(?:at|on) (?P<word>right)(?= (?:as|while|when|where|who)\\b)", "seen"),
    Sense("(?:first|second|third|fourth|fifth|sixth|last|next|\\d+(?:st|nd|rd|th)|one|two|three) from (?:the )?(?P<word>{side})", "seen"),
    Sense("(?:{faces}|{looks}|{far})(?: {manner})* (?P<word>left) out", "seen"),
    Sense("(?:in|at|on|to|from|near) {their} (?:very |far )?(?:top|bottom)[- ](?P<word>{side})", "seen"),
    Sense("(?:top|bottom) (?P<word>right) (?:{exact})", "unclear"),
    Sense("(?:face|facing|faces|faced)(?: {manner})* (?P<word>right) (?:at(?! (?:the|this) (?:camera|viewer|lens)| us| me| you)|into|"
          "through|away)", "unclear"),
    Sense("at (?P<word>right)(?! (?:now|around|about|there|here|then|{correct})\\b)", "seen"),
    Sense("(?:on|(?<!left\\s)to|from) (?P<word>right) (?:above|over|against|between|outside|inside|close|opposite|across|along|away|around|out|into|"
          "through|past|up|down|before|after|until|off|below)", "unclear"),
    Sense("(?:{near}) {their}(?:(?: |-){far})* (?P<word>right) (?:answers|times|places|words|notes|fits|orders|changes|screws|nails|"
          "pitches|levels|lights|drills|brushes|pairs|treats|tracks|minds|dresses|tickets) (?:an?|the|his|her|its|their|up|down|out)",
          "seen"),
    Sense("(?:div|jump|leap|mov|step|lean|lung|shift|slid)(?:e|es|s|ed|ing) (?P<word>right) to (?!the|an?|his|her|its|their)\\w+",
          "seen", adverb=True),
    Sense("the (?!(?:last|only|first|second|third|one)\\b)\\w+ ones? (?P<word>left)(?= ?(?:$|[.,;!?]))", "unclear"),
    Sense("left and (?P<word>left)", "unclear"),
    Sense("{side}(?:-| )?(?:wing )?(?:or|and) {side}[- ]wing(?= (?:{politics}))", "other"),
    Sense("(?:how|ways|tips|guide|steps|time) to (?:choose|find|pick|select|buy|get) (?:the )?(?P<word>right) \\w+|(?:choosing|finding|"
          "picking|selecting) the right \\w+", "other"),
    Sense("(?:gets?|got|getting|answer\\w*|guess\\w*|spell\\w*|pronounc\\w*) (?:the|an?|his|her|their|its|every|each|all) "
          "(?:[\\w'’-]+ ){1,2}(?P<word>right)(?= ?(?:$|[.,;!?]))", "other", sure=False),
    Sense("(?:further|farther) (?P<word>{side})(?= ?(?:$|[.,;:)]|(?:an?|the|is|are|there|in|on|and|of|we|you|two|three|stands?|"
          "sits?|lies)\\b))", "seen"),
    Sense("one,? {side}(?: of \\w+ \\w+)?,? (?:(?:and|or|but) )?(?:the other|another|one),? {side}", "seen"),
    Sense("the (?P<word>right) ones?(?=\\b.{1,80}?\\b(?:the|a) left)", "seen"),
    Sense("(?:{steers})(?: {manner})* (?P<word>{side}) out of", "own"),
    Sense("turn(?:s|ed|ing)? (?P<word>right) (?:after|before) (?:the|an?|passing|crossing)", "own"),
    Sense("(?:{steers}) (?P<word>right) (?:after|before|behind)", "unclear"),
    Sense("(?:{goes}) (?P<word>right) (?:as|while|towards?|around)", "unclear"),
    Sense("(?:walk|run|runn|trot|trott|gallop|"
          "canter|march|rid|driv|swim|sail|roll|jog|stroll|pedal|cycl|dribbl|scurr|scamper)(?:s|es|ies|e|ing|ed)? (?P<word>right) "
          "(?:along|across)", "unclear"),
    Sense("(?:{turns}|{steers}|{faces}|{looks}|{goes}) (?:slightly|sharply|diagonally|gently|abruptly) (?P<word>{side})", "seen",
          adverb=True),
    Sense("(?:{goes}) (?P<word>right) (?:up|down)(?! (?:to|the (?:middle|cent(?:er|re)|side|line))\\b)", "unclear"),
    Sense("(?:drift|float|fl|glid|sail|mov|travel|hover)(?:e|es|s|y|ies|ing|ed)? (?P<word>right) over", "unclear"),
    Sense("point(?:s|ed|ing)? (?P<word>right) at(?! (?:(?:the|this) (?:camera|viewer|lens|reader|photographer)|us|me|you|him|her))",
          "unclear"),
    Sense("(?:with|in) {their} (?P<word>{side})(?= (?:while|as|and|but|or|when|he|she|it|they|a|an)\\b)", "own"),
    Sense("the (?P<word>right) (?:man|woman|one)(?:['’]s \\w+| (?:in|with|wearing|holding|standing|sitting|looking|facing|"
          "closest|carrying|leaning)\\b)", "seen"),
    Sense("(?P<word>{side}) fielders?", "other"),
    Sense("(?:{owner}) heads? (?P<word>right) (?:{exact})", "other"),
    Sense("(?:(?:that|he|she|they|you|we|who)['’](?:s|re)|i['’]m|thats) (?:all |quite |so |totally )?right(?= ?(?:$|[.,;!?]))|right side by side", "other"),
    Sense("left over(?= (?:foods?|meals?|pizza|cakes?|bread|dinner|lunch|turkey|rice|soup|pasta|chicken|pieces?|slices?|bits?|"
          "sandwich(?:es)?|materials?|wood|paint|paper|fabric))", "other"),
    Sense("(?<=^)the right \\w+ (?:makes?|matters?)|(?:show|indicat|point|head|go)(?:s|es|ing|ed|e)? (?:in |to |towards? )?(?:the )?"
          "(?P<word>right) (?:direction|way)(?! (?:of|to|up|round|around))", "unclear"),
    Sense("(?:find|choose|pick|get|buy|select|provide|have)\\w* the (?P<word>right) \\w+ for (?:you|your|any|every|each|me|my)",
          "other"),
    Sense("not (?:the )?{side},? but (?:the )?{side}|{side} (?P<noun>\\w+),? (?:or|and|vs|versus|&|/|from) (?:the )?{side} (?P=noun)",
          "seen"),
    Sense("\\w+ left ?[,;/] ?\\w+ right|\\w+ right ?[,;/] ?\\w+ left", "seen"),
    Sense("(?P<word>{side}) (?:bottom|top|upper|lower)(?= ?(?:$|[.,;]|(?:with|in|of|corner|and|is|near|by|side)\\b))", "seen"),
    Sense("(?<=^)(?!an?\\b|the\\b)[\\w-]+ with (?!(?:{few}|just|a|an|something)\\b)(?:(?!left\\b|right\\b)[\\w'’-]+ ){1,4}"
          "(?P<word>{side})(?= ?(?:$|,))", "seen"),
    Sense("right (?:smack|bang|slap|dab|overhead|round|nearby|alongside)|(?:fits?|suits?|serves?|treats?|does|do|did) "
          "(?:him|her|them|it|me|you) right", "other"),
    Sense("a (?:little|bit|tad|touch) (?P<word>{side}) of (?:the|an?|his|her|their|its)", "seen"),
    Sense("the (?:more|most) (?P<word>{side})", "seen"),
    Sense("(?:{goes}|{steers}|bear) (?P<word>right) at (?:the|an?) (?:next |first |second |last )?(?:fork|corner|lights?|"
          "intersection|"
          "junction|crossing|crossroads|roundabout|sign|stop sign|end)", "own"),
    Sense("{side},?(?: and| or)? (?:the )?(?:middle|cent(?:er|re))(?:,? (?:and |or )?(?:the )?{side})?(?! of\\b)", "seen"),
    Sense("(?:middle|cent(?:er|re)),? (?:and|or) (?:the )?(?P<word>{side})", "seen"),
    Sense("{side} (?:inside|inner|outer|outside) (?:pocket|edge|corner|lane|wall|leg|arm|thigh|seam|panel|wheel)s?", "seen"),
    Sense("(?:against|rise of|vote for|votes for|fight|fights|stop) the far (?P<word>{side})(?= ?(?:$|[.,;]|in\\b))", "other"),
    Sense("what(?: is|['’]s|s| are) (?P<word>left) of(?=.*\\?)", "unclear"),
    Sense("only\\b[^,.;]{1,40}? (?:is|are|was|were|remains?) left of", "other"),
    Sense("(?:what|all|whatever|everything|anything|little|nothing|much)(?: that)?(?: is|['’]s| was| remains)? left of", "other"),
    Sense("{side}-(?:wing|winger|wingers|winged|click\\w*|minded|brained|brain|thinking|luggage|over|overs|on|field|fielder|"
          "of-way|justified|bower|censored)", "other"),
    Sense("{side}(?= (?:wingers?|luggage|backs?(?= (?:for|of (?:the )?(?:\\w+ )?(?:team|side|club|visitors|hosts)|"
          "from|kicks|scores|passes|tackles|challenges|defends|clears|crosses|shoots|dribbles|runs|sprints|celebrates|signs|slides|jumps|"
          "trains|warms))))", "other"),
    Sense("{side}[- ](?:wing|leaning)(?= (?:party|parties|politic\\w+|newspapers?|groups?|activis\\w+|protest\\w*|extremis\\w+|"
          "government|demonstrat\\w+|voters?))", "other"),
    Sense("{side}-backs?", "other"),
    Sense("(?<!\\b(?:the|his|her|its|far|top)\\s)(?<!\\b(?:at|on|to)\\s)(?<!\\bfrom\\s)(?<!(?:upper|lower)\\s)left(?=[- ]out\\b)", "other"),
    Sense("(?:far|alt|hard|center|centre|extreme|radical)[- ]{side}(?= (?:{politics}))", "other"),
    Sense("{side}(?= (?:party|parties|alliance|bloc|coalition|voters?|politic\\w+|activists?|opposition|faction)\\b)", "other"),
    Sense("far[- ]{side}(?= group\\b(?! of))", "unclear"),
    Sense("(?:in|under|into) the (?P<word>right) light|hit\\w* (?:all )?the right notes?|(?:the|a) right (?:person|people|key|path|light|"
          "pen|brush|piece|racket)(?= (?:for|to)\\b)", "other"),
    Sense("(?:find|choose|pick|need|use|us|try|look for|search for|want)(?:s|es|ed|ing)? the right (?:key|pen|pencil|brush|path|piece|racket|light|"
          "person|note)s?", "other"),
    Sense("(?:with|without|using) the right (?:key|pen|pencil|brush|racket)", "unclear"),
    Sense("(?:the|that) (?P<word>right) person(?= ?(?:$|[.,?]|['’]s|(?:is|are|has|have|wears?|holds?|in|with|wearing|holding|on|of|and|"
          "who|looks?|looking|standing|sitting)\\b))", "seen"),
    Sense("(?:the|a|an|his|her|its|their|each|both) (?:{adjective}) (?P<word>right) (?!(?:{correct}|{exact}|{garment}|of|to|is|has)\\b)\\w+",
          "seen"),
    Sense("(?<!\\bon\\s)(?<!\\bto\\s)(?<!\\bat\\s)(?<!\\bfrom\\s)the (?P<word>(?-i:Left|Right))(?! (?:{body}|{part}))(?=[ "
          ".,;!?]|$)"
          "(?! (?:is|are|has|and) )", "unclear"),
    Sense("(?:mr|mrs|ms|miss)\\.? right|(?-i:Lefty|Righty)(?= (?-i:[A-Z]))", "other"),
    Sense("an? right(?= (?:mess|laugh|pain|royal|old|pickle|state|shambles|treat|bargain|nightmare|proper|little|good))",
          "other"),
    Sense("(?<!\\bthe\\s)left(?= half (?:\\w+ed|eaten|open|full|empty|asleep|built|hidden|done|dead|shut|frozen|drunk))",
          "other"),
    Sense("left over(?= ?(?:$|[.,;]|from|after|for))|left-?handed compliment|in {their} own right|just the right|the right "
          "ballpark|right smart", "other"),
    Sense("(?:on|at|to|from|towards?|near) {their}(?:(?: |-){far})* (?P<word>{side}) of(?! (?:{entitled})\\b)", "seen"),
    Sense("(?:the|an?|no|his|her|their|divine|\\w+al) (?P<word>right) of (?:{entitled})", "other"),
    Sense("(?:is|are|was|were|be|being) in the (?P<word>right)(?= ?(?:$|[.,;]|and|about|here))", "unclear"),
    Sense("(?P<word>right[- ]hand) (?:man|men|woman|rule)", "other"),
    Sense("(?P<word>right[- ](?:side|way))[- ](?:up|out|round|around|on)(?! the)", "other"),
    Sense("out of left field|left luggage|two left feet|right off the bat|right of way|right-of-way|right as rain|"
          "left,? right and cent(?:er|re)", "other"),
    Sense("bill of right|(?:human|civil|equal|birth) right|right (?:honou?rable|reverend|hon)", "other"),
    Sense("right turn of phrase|right you are|serves? (?:him|her|them|you) right|right side of (?:history|the (?:law|tracks))|"
          "all[- ]right|right on (?:time|target|cue|schedule|track|the (?:money|mark|dot))|right "
          "angles?|right[- ]angled?|"
          "right triangles?|right whales?|right stuff|dead right|right (?:or|and|from) wrong|wrong (?:or|and|from) right|"
          "right atop", "other"),
    Sense("(?:to|on|at|from|towards?) {their} (?P<word>right) to", "seen"),
    Sense("(?P<word>right) (?:(?:in|through) the (?:middle|cent(?:er|re)|heart|thick|midst|path of|way)|"
          "(?:on|at) the (?:edge|brink|nose|spot|dot|tip|foot))", "other"),
    Sense("(?:set|put|made|proven|proved) (?P<word>right)(?= ?(?:$|[.,;!?]|for|again|by))", "other"),
    Sense("(?:{owner}|no|any|every|equal|have|has) (?P<word>right) to (?!the\\b|left)\\w+", "other"),
    Sense("(?P<word>right) of (?:passage|return|appeal|reply|the people)", "other"),
    Sense("(?:it|this|that|everything|nothing|something|all) (?:looks?|looked|(?:does|did)(?: not|n['’]t) look) (?P<word>right)",
          "unclear"),
    Sense("(?!is\\b|was\\b|are\\b)\\w+ (?:it|this|that|them|things|everything) (?:just |all |quite )?(?P<word>right)(?= ?(?:$|"
          "[.,;!?]| (?:before|after|for|and|when|if|at|the)\\b))", "other"),
    Sense("(?-i:Left Bank|Right Bank|Left Coast)", "other"),
)  # fmt: skip

SURELY_SEEN = (
    Sense("(?:far|furthest|farthest|extreme|immediate|upper|lower)[- ](?P<word>right)(?! (?:{politics}|{correct})\\b)", "seen"),
    Sense("(?<=^)(?P<word>left)(?= (?-i:[A-Z]{2,}))", "seen"),
    Sense("all the way (?P<word>{side})(?! (?:{exact}|{object})\\b)", "seen"),
    Sense("(?<=^)(?:(?!the\\b|an?\\b|is\\b|was\\b)[\\w-]+ ){0,2}(?P<word>{side}) in (?:\\w+ )?(?:{garment})", "seen"),
    Sense("(?<=^)(?:(?!the\\b|an?\\b|is\\b|was\\b|two\\b)[\\w-]+ ){1,2}(?P<word>{side}) (?:w/|with|wearing|holding|eating|"
          "riding)(?= )",
          "seen"),
    Sense("(?<=^)(?P<word>{side}) (?:wearing|holding|eating|riding|standing|sitting)", "seen"),
    Sense("(?<=^)(?!the\\b|an?\\b)[\\w-]+ (?P<word>left) (?!(?:{ing})\\b)\\w+ing", "unclear"),
    Sense("(?:{farther})[- ](?P<word>{side})(?! (?:{politics}))", "seen"),
    Sense("(?:{far}|middle|second|third|fourth|2nd|3rd|4th)[- ](?P<word>{side})(?= (?:{concrete})\\b)", "seen"),
    Sense("(?:lt|rt)(?=\\.? (?:{body}))", "own"),
    Sense("(?:^|and |(?<=[,;:.]\\s))(?P<word>{side}) (?:upper|lower|front|hind|rear|back) (?:{body})", "own"),
    Sense("(?:above|below|center|centre|main|opposite|inset) (?P<word>{side})(?=:)", "seen"),
    Sense("{side} (?:greater|more|larger|less|smaller|worse|better|bigger) than {side}", "seen"),
    Sense("(?:(?<=^)|(?<=,\\s))(?P<word>{side}) (?:{concrete})(?! (?:for|to)\\b)", "seen"),
    Sense("(?<=^)(?P<word>{side})(?=\\W*$)", "seen"),
    Sense("(?<=^)(?!(?:with|without|after|before|when|while|as|if|once|by|in|for|now|then|so|plenty|lots|some|any|enough|"
          "much|many|most|"
          "several|you|i|we|am|\\w+['’]re|all|just|quite|not|exactly|almost|about|that['’]s|it['’]s|the|an?|his|her|their|"
          "its|everyone|"
          "everybody|nobody|"
          "somebody|someone|people|he|she|they|who|none|nothing|get|do|be|being|only|is|are|which|what|far|\\d+|one|two|three|"
          "four|few|no|turn|keep|(?:[\\w/'’-]+ ){0,2}(?:\\w+ing|is|are|it|gets|just|all|has|have|had|been|was|were|"
          "\\w{3,}ed))\\b)"
          "(?:(?!(?:to|on|at|from|the|who|and|of|\\w+n['’]t)\\b)[\\w/'’-]+ ){1,3}(?P<word>{side})(?= ?(?:$|,))", "seen"),
    Sense("(?:^|(?:an?|the) )(?P<word>{side}) (?:facing|looking|pointing|leaning|turning|"
          "moving|going|bound)(?! (?:the|an?|away|at|into|up|back|over)\\b)", "seen"),
    Sense("(?:(?:mov|travel|travell|head|drift)(?:e|es|s|ed|ing))(?: {manner})* (?P<word>right)(?= (?:across|"
          "past) )", "seen", adverb=True),
    Sense("(?:(?:mov|travel|travell|head|driv|fly|sail|swim|drift)(?:e|es|s|ed|ing)|flies|flew|drove)(?: {manner})* "
          "(?P<word>right)"
          "(?= in (?!front\\b|place\\b|time\\b|the (?:middle|cent(?:er|re)|heart|thick|midst|path|way|"
          "edge|spot)))", "seen", adverb=True),
    Sense("{side},? (?:to|and|or|&|/|then|instead of|rather than|versus|vs) (?:the |then |{their} )?{side}", "seen"),
    Sense("(?:top|bottom) to (?:top|bottom)", "seen"),
    Sense("{side}-to-{side}|{side}-turns?|{side} ?[,/] ?{side}", "seen"),
    Sense("(?:(?<=^)|(?<=[,;.]\\s)|(?:and|but|while) )(?P<word>{side})(?= (?:is|has|are|shows|contains|does|(?:is|has|are|does)n['’]t)"
          " (?!right|left|wrong|of|to))", "seen"),
    Sense("(?:and|but|while|[,;]) (?P<word>{side})(?= (?:does not|(?:is|has|are|does)n['’]t)(?= ?(?:$|[.,;])))", "seen"),
    Sense("{side}[- ](?:hand|foot)ed", "own"),
    Sense("{side}[- ]hand (?:drive|traffic|bowler|batter|pitcher)", "own"),
    Sense("{side}[- ]hand (?:{part}|one)", "seen"),
    Sense("(?:on|at|to) (?:the )?{side}(?= (?:hands|eyes|shoulders|elbows|palms|heads|wings|knees|faces|thumbs|arms) "
          "(?:the|a|an|his|her|it|him|them|out|over|up|down|off|in)\\b)", "seen"),
    Sense("{owner} (?:(?:own|{adjective}) )?(?P<word>{side})(?: (?:upper|lower|front|hind|rear|back))? (?:{body})", "own"),
    Sense("(?:{near}|with|raising|raises|using|of|for) (?P<word>{side}) (?:{body})", "own"),
    Sense("(?:^|and |(?<=[,;:.]\\s)|(?<=\\())(?P<word>{side}) (?:{body})", "own"),
    Sense("(?:a|an|the|his|her|their|its) (?!man\\b|woman\\b|boy\\b|girl\\b|dog\\b|cat\\b|child\\b)\\w+ (?P<word>{side}) "
          "(?:{body})(?! (?:prints?|marks?))", "own"),
    Sense("(?:^|(?<=[,;:]\\s))(?P<word>{side}) ones?(?= (?:with|in|is|has|of|on)\\b)", "seen"),
    Sense("(?<!\\w\\s)(?P<word>{side}) (?:{body})", "own"),
    Sense("(?:a|an|the|his|her|its|their)(?: \\w+)? {adjective} (?P<word>left) \\w+(?= ?(?:$|[.,;]|of|on|in|with|and|is|was|at))",
          "seen"),
    Sense("(?:his|her|my|your) (?P<word>left) (?!{part}|of\\b|to\\b|in\\b|on\\b|at\\b|and\\b|is\\b|was\\b|as\\b|behind\\b)\\w+",
          "own"),
    Sense("(?:his|her|my|your) (?P<word>right) (?!{part}|{correct}|{exact}|to\\b|of\\b|and\\b|is\\b|was\\b|one\\b|man\\b|"
          "woman\\b|partner\\b)\\w+",
          "own"),
    Sense("(?:his|her|its|their) (?P<word>{side})(?= ?(?:$|[.,;)]))", "own"),
    Sense("(?:on|to|at) (?:the |a |an )?[\\w-]+(?:['’]s|s['’]) (?:immediate |far )?(?P<word>{side})(?= ?(?:$|[.,;:)]| (?:and|"
          "while|with|"
          "as|is|are|holds?|sits?|stands?|in|on|by|near)\\b))", "seen"),
    Sense("(?P<word>{side}) side of (?:his|her|their|the (?:man|woman|boy|girl|child|person)['’]s) "
          "(?:face|head|body|chest|forehead|nose|mouth|neck)", "own"),
    Sense("(?:{steers})(?: {manner})* (?:to {their} )?(?P<word>left)(?! (?:the|an?|his|her|their|its|open|alone|of)\\b)", "own"),
    Sense("(?:{steers})(?: {manner})* (?:to {their} )?(?P<word>right)(?! (?:now|away|then|before|after|behind|next|"
          "of)\\b)", "own"),
    Sense("(?:makes?|making|made|takes?|taking|took|hangs?|sharp|wide|hard|a|no|only|signals?|next|another) (?P<word>{side}) "
          "turns?", "own"),
    Sense("(?:{turns})(?: {manner})* (?P<word>left)(?! (?:the|an?|his|her|their|its|open|alone)\\b)", "seen", adverb=True),
    Sense("(?:{turns})(?: {manner})* (?P<word>right)(?! (?:now|away|then|there|here|before|after|behind|next|over|against|"
          "through)\\b)", "seen",
          adverb=True),
    Sense("(?:{faces}|{looks}|{goes})(?: {manner})* (?P<word>left)(?! (?:the|an?|his|her|their|its|open|behind)\\b)", "seen",
          adverb=True),
    Sense("(?:{faces}) (?P<word>right) (?:down|up|past|back|over|across|for|towards?|along|in|out|between|under)", "unclear"),
    Sense("(?:{faces})(?: {manner})* (?P<word>{side})(?! (?:at|into|through|now|away)\\b)", "seen", adverb=True),
    Sense("(?:{looks})(?: {manner})* (?P<word>right)(?= (?:while|as|and|but|before crossing))", "seen", adverb=True),
    Sense("(?:{looks}|{goes})(?: {manner})* (?P<word>right)(?! (?:{exact})\\b)(?= ?(?:$|[.,;:)]| \\w))", "seen", adverb=True),
    Sense("(?:{turns}|{steers}|{faces}|{looks}|{goes})(?: {manner})* (?:to|towards?) {their} (?P<word>{side})"
          "(?! (?:of|{part}|{correct}|{body})\\b)", "seen", adverb=True),
    Sense("\\w+(?:s|ing|ed) (?P<word>left) (?:past|towards?|across|around|along|onto|into|through)", "seen", adverb=True),
    Sense("an? (?:hard |quick |sharp |clean )?(?P<word>{side}) (?:by|from|to) the (?!left|right)", "seen"),
    Sense("(?:makes?|making|made|takes?|taking|took|hangs?|throws?|threw|lands?) an? (?:sharp |quick |hard |slight |sudden )?"
          "(?P<word>{side})(?! (?:{correct}|step)\\b)", "seen"),
    Sense("stage[- ](?P<word>{side})(?! (?:{exact}|{object})\\b)", "own"),
    Sense("(?:keeps?|keeping|stays?|staying|merges?|merging|forks?|exits?) (?P<word>right)(?= (?:at|on|to|past|after|before|"
          "by))", "own"),
    Sense("(?:blow|break|part|stream|billow|flutter|trail|sweep|hook)(?:s|ing|ed)? (?:off )?(?P<word>{side})"
          "(?= ?(?:$|[.,;]|and|as|while|in the wind))", "seen", adverb=True),
    Sense("(?:{faces}) the (?P<word>{side})(?= ?(?:$|[.,;]|and|as|while|with|in|on))", "seen"),
    Sense("(?:the|his|her|its|their|\\w+['’]s) (?P<word>right) (?:back|front|rear|hind) (?!then\\b|in\\b|at\\b|on\\b|to\\b|"
          "of\\b)\\w+", "seen"),
    Sense("(?:bears|bearing) {side}(?= ?(?:$|[.,;]|at|onto|into|around|towards?))", "seen", adverb=True),
    Sense("(?:camera|screen|frame|picture|image)[- ](?P<word>{side})(?! (?:{exact}|{object})\\b)", "seen"),
    Sense("(?:to|on|at|from) {their} (?P<word>{side}) to", "seen"),
    Sense("(?:{near}) {their}(?:(?: |-){far})* (?P<word>left)"
          "(?! \\w+ (?:{noun})\\b)(?!-)", "seen"),
    Sense("(?:{near}) {their}(?:(?: |-){far})* (?P<word>right)"
          "(?! (?:{correct}|one|man for|woman for)\\b)(?! \\w+ (?:{noun})\\b)(?!-)", "seen"),
    Sense("(?:to|at|from|on|towards?) (?:{far} )?(?P<word>left)(?!-)", "seen"),
    Sense("(?:to|at|from|on|towards?) (?:{far} )?(?P<word>right)(?! (?:{exact}|{correct})\\b)(?!-)", "seen"),
    Sense("on (?P<word>right)(?= (?:behind|next|beside|near|under|in front|by|at|with|in|facing)\\b)", "seen"),
    Sense("(?:to|at|from|on|towards?) (?:{far} )?(?P<word>{side})(?= (?:in|on|is|are|near|with|by) )", "seen"),
    Sense("(?:upper|lower|top|bottom|far)[- ](?P<word>right)(?= to (?:the )?(?:upper|lower|top|bottom|far|{side}))", "seen"),
    Sense("(?<=,\\s)(?:the )?(?P<word>{side}) ones?(?! (?:for|to)\\b)", "seen"),
    Sense("signal(?:s|l?ed|l?ing) (?P<word>right)(?= (?:and|as|while|at|before)\\b)", "own"),
    Sense("(?:{far}|second|third|fourth|2nd|3rd|4th)[- ](?P<word>left)", "seen"),
    Sense("(?:{far}|second|third|fourth|2nd|3rd|4th)[- ](?P<word>right)(?! (?:{exact}|{correct})\\b)", "seen"),
    Sense("(?P<word>left) of(?! (?:it|them|us|me|him|what|this|that)\\b)", "seen"),
    Sense("(?P<word>right) of(?! (?:way|passage|return|appeal|reply|course))", "seen"),
    Sense("(?P<word>{side}) (?:{part})", "seen"),
    Sense("(?:pictured|seen|shown|seated|positioned|located|placed|visible|parked|standing|sitting) (?P<word>{side})"
          "(?! (?:{exact}|{rest})\\b)", "seen"),
    Sense("(?<=[(\\[])(?:\\w+ ){0,2}(?P<word>{side})(?=[)\\],;])", "seen"),
    Sense("(?<=,\\s)(?P<word>{side})(?=[)\\]])", "seen"),
    Sense("(?:(?<=^)|(?<=[.;!?:]\\s)|(?<=\\n)|(?<=,\\s))(?P<word>{side})(?=:)", "seen"),
    Sense("(?<=,\\s)(?P<word>{side})(?=,|\\.| and |\\s*$)", "seen"),
    Sense("(?<=[(]\\w[)]\\s)(?P<word>{side})", "seen"),
    Sense("(?:^|(?<=[;.:]\\s))(?P<word>left)(?=,)|(?<=[;:]\\s)right(?=,)", "seen"),
    Sense("(?<=^)(?P<word>right)(?=,.{1,200}?[.;:] left,)", "seen"),
    Sense("(?:^|(?<=[;.:]\\s))(?:above|below|top|bottom|upper|lower) (?P<word>{side})(?=,|:)", "seen"),
    Sense("(?<=,\\s)the (?P<word>{side})(?= ?(?:$|[,?.]))", "seen"),
    Sense("left\\b.{1,200}?[.;:] (?P<word>right)(?=,)", "seen"),
    Sense("(?:photos?|pictures?|image|pic|pictured|inset) (?P<word>{side})(?= ?(?::|,|$))", "seen"),
)  # fmt: skip

SURELY_OTHER = (
    Sense("(?:has|have|had|having|\\w+['’]ve|just|already|never|recently|finally|suddenly|simply|long) (?:just |already |"
          "long )?(?P<word>left)", "other"),
    Sense("(?:was|were|been|being|be|gets?|got) (?:\\w+ly )?(?P<word>left)(?= ?(?:$|[.,;!?]| and\\b))", "other", sure=False),
    Sense("(?:was|were|been|being|be|gets?|got) (?:\\w+ly )?(?P<word>left)", "other"),
    Sense("(?!he|she|it|who|what|there|that|every|some|no)\\w+['’]s? (?P<word>{side})(?= ?(?:$|[.,;)]| (?:and|is|as|while|in|"
          "on|at|of)\\b))", "own"),
    Sense("(?:is|are|\\w+['’]s) (?:\\w+ly )?(?P<word>left)(?= (?:{object}|{rest})\\b)", "other"),
    Sense("(?:is|are|\\w+['’]s) (?:\\w+ly )?(?P<word>left)(?= ?(?:$|[.,;!?]))", "other", sure=False),
    Sense("(?:only|just|still|no|not|nothing|has|have|had|having|any|few|little|bits?|without|"
          "with (?:{few}|an?|something))(?: [\\w'’-]+){0,4}? (?P<word>left)(?= ?(?:$|[.,;!?]))", "other"),
    Sense("(?<=^){few} [\\w'’-]+ (?P<word>left)(?=\\W*$)", "unclear"),
    Sense("{few}(?: [\\w'’-]+){1,4}? (?<!the\\s)(?P<word>left)(?= ?(?:$|[.,;!?]))", "other", sure=False),
    Sense("{few}(?: [\\w'’-]+){1,4}? (?<!the\\s)(?P<word>left)(?!-| (?:{part}|{body}))", "other"),
    Sense("{few} (?P<word>left)(?= (?:{rest}|{object})\\b)", "other"),
    Sense("{few} (?P<word>left)(?= ?(?:$|[.,;!?]))", "other", sure=False),
    Sense("(?<!the\\s)(?P<word>left) (?:\\d+|two|three|four|five|six|seven|eight|nine|ten|a few|several|some|many|half an?) \\w+ "
          "(?:ago|before|after|earlier|later)", "other"),
    Sense("{who} (?P<word>left)(?= ?(?:$|[.,;!?]))", "other", sure=False),
    Sense("{who} (?P<word>left)(?! (?:{part}|{body}))", "other"),
    Sense("(?:(?:the|an?|this|that|his|her|their|its|two|three|some|\\w+['’]s)(?: [\\w-]+){0,2}? |^|(?<=[.;]\\s))(?!the\\b|"
          "an?\\b|"
          "on\\b|at\\b|to\\b){subject} "
          "(?P<word>left) (?!{part}|{body}|in\\b|on\\b|at\\b|with\\b|and\\b|of\\b|is\\b|are\\b|to\\b|from\\b|by\\b|has\\b|"
          "hand\\b|front\\b|back\\b|guy\\b|man\\b|woman\\b|girl\\b|boy\\b|kid\\b|lady\\b|person\\b|player\\b)\\w+",
          "other"),
    Sense("(?P<word>(?-i:left)) (?-i:[A-Z])\\w+", "other"),
    Sense("(?<!the\\s)(?<!\\ba\\s)(?<!his\\s)(?<!her\\s)(?<!its\\s)(?<!far\\s)(?P<word>left) (?!(?:{ing})s?\\b)\\w+ing", "other"),
    Sense("(?<!the\\s)(?P<word>left) (?:{object})", "other"),
    Sense("(?<!the\\s)(?P<word>left) (?:un\\w+|half-\\w+|wide|partly|partially|completely|entirely|mostly|forgotten|"
          "stranded|parked|dirty|wet|cold|homeless|intact|tracks|footprints|marks|traces|(?:\\w+ )?prints|crumbs|stains|muddy|"
          "speechless|breathless|injured|wounded|dead|ruined|scattered|overnight|outdoors|indoors|dangling|swinging)", "other"),
    Sense("(?<!the\\s)(?P<word>left) (?:{rest})(?! (?:the )?(?:{image}))", "other"),
    Sense("(?:left|leave|leaves|leaving) (?P<word>right) (?:{exact})", "other"),
    Sense("(?P<word>right) (?:{pushes}|now|then|there|here|where|when|while|as|close|until|till|beyond|opposite|outside|"
          "underneath|beneath|under|against|among|alongside|around|within|onto)", "other"),
    Sense("(?<!\\w\\s)(?P<word>right) (?:{exact})", "other"),
    Sense("(?<!the\\s)(?<!his\\s)(?<!her\\s)(?<!its\\s)(?<!far\\s)(?<!top\\s)(?P<word>right) (?:behind|below|beneath|"
          "above|next|beside|before|after|outside|inside|against|between|underneath|alongside|beyond|opposite)", "other"),
    Sense("(?<!\\bthe\\s)(?<!\\bto\\s)(?<!\\bat\\s)(?<!\\bon\\s)(?<!\\bfrom\\s)(?<!ing\\s)(?<!\\bfar\\s)(?<!\\btop\\s)"
          "(?<!bottom\\s)(?<!upper\\s)(?<!lower\\s)(?P<word>right) in (?:the|an?|his|her|their|its|this) (?!(?:[\\w-]+ ){0,3}"
          "(?:{garment}))\\w+", "other", sure=False),
    Sense("(?:{looks}|{goes}) (?P<word>right) (?:in|on|under|near|among|within|around|between)", "unclear"),
    Sense("(?<!the\\s)(?<!to\\s)(?<!at\\s)(?<!his\\s)(?<!her\\s)(?P<word>right) (?:overhead|(?:on|at|by) (?:the|an?|its|his|"
          "her|their))", "other"),
    Sense("\\w+(?:ing|s|ed) (?P<word>right) (?:{exact})", "other"),
    Sense("(?:caught|stuck|hung|hit|held|kept|lost|set|sat|stood|lay|sank|fell|struck|left|built|grown) (?P<word>right) "
          "(?:{exact})",
          "other"),
    Sense("(?:is|are|was|were|stands?|sits?|hangs?|lies|appears?|happens?|starts?|begins?|stops?|lands?|comes?|goes|built|"
          "placed) (?P<word>right) (?:{exact})", "other"),
    Sense("(?:just|quite|so|exactly|almost|about|perfectly|works?|feels?|sounds?|done|cooked|serves?) (?P<word>right)",
          "other"),
    Sense("not (?P<word>right)", "other", sure=False),
    Sense("(?:fits?|sits?|hangs?|does) (?P<word>right)", "other", sure=False),
    Sense("\\w+['’](?:s|re) (?P<word>right)(?= ?(?:$|[.,;!?]))", "other"),
    Sense("(?:is|are|was|were|be) (?P<word>right) (?:about|for)", "other"),
    Sense(",? (?P<word>right)(?=\\?|!)", "other", sure=False),
    Sense("(?P<word>right) (?:{correct})", "other"),
    Sense("(?P<word>right) \\w+ (?:{noun})", "other"),
    Sense("(?P<word>right) from the", "other"),
    Sense("(?P<word>right) \\w+ for the", "other"),
)  # fmt: skip

LIKELY_SEEN = (
    Sense("left\\b.{1,80}?\\b(?P<word>right) ones?", "seen"),
    Sense("left\\b.{1,80}?(?:,|and|while|but|whereas|with) the (?P<word>right) (?:dress|outfit|partner|candidate|man|woman|"
          "cup)", "seen"),
    Sense("(?:find|choose|pick|get|need|buy|want|use|know|say|give|select|provide|seek|search|have|make|learn|hire|offer|"
          "deserve)\\w*(?: for)? (?:the|a) (?P<word>right) (?!hand|foot)\\w+", "unclear"),
    Sense("(?:the|his|her|its|their|each|one['’]s|\\w+['’]s) (?P<word>left) \\w+", "seen"),
    Sense("(?:the|his|her|its|their|each|\\w+['’]s) (?P<word>right) (?:one of|ones of)", "seen"),
    Sense("(?:the|his|her|its|their|each|\\w+['’]s) (?P<word>right) (?!one\\b|ones\\b|dress|outfit|clothes|partner|candidate|"
          "man\\b|woman\\b|cup\\b|move)\\w+", "seen"),
    Sense("(?:a|an|one|no) (?P<word>left) \\w+", "seen"),
    Sense("^(?P<word>{side}) (?!(?:{exact}|{correct}|{object}|to|on)\\b)\\w+", "seen"),
    Sense("(?:a|an) (?P<word>right) (?:hook|turn|arrow|hand|uppercut|cross|jab|signal|lane|side|corner|footer|swing|swipe)",
          "seen"),
)  # fmt: skip

SIDES = (*LETTERS, *SHIPS, *IDIOMS, *SURELY_SEEN, *SURELY_OTHER, *LIKELY_SEEN)
