"""What is said with left and right, and what letters and ships have to do with them: looked for before any other sense."""

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
          "(?<!\\bto\\s)(?<!\\bon\\s)(?<!\\bat\\s)(?<!\\bby\\s)(?:ur|ure|youre|hes|shes|theyre) right(?= ?(?:$|"
          "[.,;!?]))", "other"),
    Sense("(?<=^)right(?=[?!]+ \\w| (?:so|then|ok|okay|well)\\b)|(?:yeah|yea|yep|yes|oh|damn|too) (?P<word>right)(?= ?(?:$|"
          "[.,;!?]))",
          "other"),
    Sense("left {body}\\b.{1,80}?\\b{their} (?P<word>right) to", "own"),
    Sense("(?:at|on) (?P<word>right)(?= (?:as|while|when|where|who)\\b)", "seen"),
    Sense("(?:first|second|third|fourth|fifth|sixth|last|next|\\d+(?:st|nd|rd|th)|one|two|"
          "three) from (?:the )?(?P<word>{side})", "seen"),
    Sense("(?:{faces}|{looks}|{far})(?: {manner})* (?P<word>left) out", "seen"),
    Sense("(?:in|at|on|to|from|near) {their} (?:very |far )?(?:top|bottom)[- ](?P<word>{side})", "seen"),
    Sense("(?:top|bottom) (?P<word>right) (?:{exact})", "unclear"),
    Sense("(?:face|facing|faces|faced)(?: {manner})* (?P<word>right) (?:at(?! (?:the|this) (?:camera|viewer|lens)| us| me|"
          " you)|into|"
          "through|away)", "unclear"),
    Sense("at (?P<word>right)(?! (?:now|around|about|there|here|then|{correct})\\b)", "seen"),
    Sense("(?:on|(?<!left\\s)to|from) (?P<word>right) (?:above|over|against|between|outside|inside|close|opposite|across|along|"
          "away|around|out|into|"
          "through|past|up|down|before|after|until|off|below)", "unclear"),
    Sense("(?:{near})(?: {their})?(?:(?: |-){far})* (?P<word>right) (?:answers|times|places|words|notes|fits|orders|changes|"
          "screws|"
          "nails|"
          "pitches|levels|lights|drills|brushes|pairs|treats|tracks|minds|dresses|tickets) (?:an?|the|his|her|its|their|up|"
          "down|out)",
          "seen"),
    Sense("(?:div|jump|leap|mov|step|lean|lung|shift|slid)(?:e|es|s|ed|ing) (?P<word>right) to (?!the|an?|his|her|its|their)\\w+",
          "seen", adverb=True),
    Sense("the (?!(?:last|only|first|second|third|one)\\b)\\w+ ones? (?P<word>left)(?= ?(?:$|[.,;!?]))", "unclear"),
    Sense("left and (?P<word>left)", "unclear"),
    Sense("{side}(?:-| )?(?:wing )?(?:or|and) {side}[- ]wing(?= (?:{politics}))", "other"),
    Sense("(?:how|ways|tips|guide|steps|time) to (?:choose|find|pick|select|buy|get) (?:the )?(?P<word>right) \\w+|(?:choosing|"
          "finding|"
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
          "canter|march|rid|driv|swim|sail|roll|jog|stroll|pedal|cycl|dribbl|scurr|scamper)(?:s|es|ies|e|ing|"
          "ed)? (?P<word>right) "
          "(?:along|across)", "unclear"),
    Sense("(?:{turns}|{steers}|{faces}|{looks}|{goes}) (?:slightly|sharply|diagonally|gently|abruptly) (?P<word>{side})", "seen",
          adverb=True),
    Sense("(?:{goes}) (?P<word>right) (?:up|down)(?! (?:to|the (?:middle|cent(?:er|re)|side|line))\\b)", "unclear"),
    Sense("(?:drift|float|fl|glid|sail|mov|travel|hover)(?:e|es|s|y|ies|ing|ed)? (?P<word>right) over", "unclear"),
    Sense("point(?:s|ed|ing)? (?P<word>right) at(?! (?:(?:the|this) (?:camera|viewer|lens|reader|photographer)|us|me|you|him|"
          "her))",
          "unclear"),
    Sense("(?:with|in) {their} (?P<word>{side})(?= (?:while|as|and|but|or|when|he|she|it|they|a|an)\\b)", "own"),
    Sense("the (?P<word>right) (?:man|woman|one)(?:['’]s \\w+| (?:in|with|wearing|holding|standing|sitting|looking|facing|"
          "closest|carrying|leaning)\\b)", "seen"),
    Sense("(?P<word>{side}) fielders?", "other"),
    Sense("(?:{owner}) heads? (?P<word>right) (?:{exact})", "other"),
    Sense("(?:(?:that|he|she|they|you|we|who)['’](?:s|re)|i['’]m|thats) (?:all |quite |so |totally )?right(?= ?(?:$|[.,;!?]))|"
          "right side by side", "other"),
    Sense("left over(?= (?:foods?|meals?|pizza|cakes?|bread|dinner|lunch|turkey|rice|soup|pasta|chicken|pieces?|slices?|bits?|"
          "sandwich(?:es)?|materials?|wood|paint|paper|fabric))", "other"),
    Sense("(?<=^)the right \\w+ (?:makes?|matters?)|(?:show|indicat|point|head|go)(?:s|es|ing|ed|e)? (?:in |to |"
          "towards? )?(?:the )?"
          "(?P<word>right) (?:direction|way)(?! (?:of|to|up|round|around))", "unclear"),
    Sense("(?:find|choose|pick|get|buy|select|provide|have)\\w* the (?P<word>right) \\w+ for (?:you|your|any|every|each|me|my)",
          "other"),
    Sense("not (?:the )?{side},? but (?:the )?{side}|{side} (?P<noun>\\w+),? (?:or|and|vs|versus|&|/|"
          "from) (?:the )?{side} (?P=noun)",
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
          "from|kicks|scores|passes|tackles|challenges|defends|clears|crosses|shoots|dribbles|runs|sprints|celebrates|signs|"
          "slides|jumps|"
          "trains|warms))))", "other"),
    Sense("{side}[- ](?:wing|leaning)(?= (?:party|parties|politic\\w+|newspapers?|groups?|activis\\w+|protest\\w*|extremis\\w+|"
          "government|demonstrat\\w+|voters?))", "other"),
    Sense("{side}-backs?|{side} wing(?= (?-i:[A-Z]))", "other"),
    Sense("(?<!\\b(?:the|his|her|its|far|top)\\s)(?<!\\b(?:at|on|to)\\s)(?<!\\bfrom\\s)(?<!(?:upper|"
          "lower)\\s)left(?=[- ]out\\b)", "other"),
    Sense("(?:far|alt|hard|center|centre|extreme|radical)[- ]{side}(?= (?:{politics}))", "other"),
    Sense("{side}(?= (?:party|parties|alliance|bloc|coalition|voters?|politic\\w+|activists?|opposition|faction)\\b)", "other"),
    Sense("far[- ]{side}(?= group\\b(?! of))", "unclear"),
    Sense("(?:in|under|into) the (?P<word>right) light|hit\\w* (?:all )?the right notes?|(?:the|a) right (?:person|people|key|"
          "path|light|"
          "pen|brush|piece|racket)(?= (?:for|to)\\b)", "other"),
    Sense("(?:sit|sitt|stand|kneel|crouch|rest|hang|lie|ly|smil|wav)(?:s|es|ing)? (?P<word>left) (?:while|as|in|on)", "unclear"),
    Sense("(?<=^){telegraph}(?:[\\w-]+ )?{living} (?P<word>left) (?:partially|partly|in (?:back|front)|near)", "seen"),
    Sense("(?<=^){telegraph}(?:[\\w-]+ )?[\\w-]+ (?P<word>left) (?:closest|nearest|furthest|big|small|tall|short|"
          "blurry)", "seen"),
    Sense("(?<=^){telegraph}[\\w-]+ (?P<word>left) no", "unclear"),
    Sense("(?<=^){telegraph}(?:[\\w-]+ )?{living} (?P<word>left) (?:next|behind|beside|by|on|under|in|at)", "unclear"),
    Sense("(?<=^){telegraph}[\\w-]+ (?P<word>left) (?:near|next to|behind|beside|by|on|under|in) (?!(?:an?|the|his|her|its|"
          "their)\\b)\\w+"
          "(?=\\W*$)", "unclear"),
    Sense("(?<=^)(?P<word>{side}) (?:(?:back|front|rear|middle) (?!(?:to|at|in|on|of|from|and|into|then|again|home|up|"
          "down)\\b)\\w+|(?:two|"
          "three|four|few)\\b(?! (?:of|days|hours|minutes|weeks|months|years)))", "seen"),
    Sense("(?<=,\\s)(?P<word>{side}) {living}(?! (?:for|to)\\b)", "seen"),
    Sense("(?:looking|looks|gazing|staring) (?P<word>right) at (?:an? )?(?:empty|copy|blank|nothing|white)", "unclear"),
    Sense("(?:is|was|it['’]s|isn['’]t) (?:it )?(?P<word>right) to (?!the\\b|left\\b)\\w+", "other", sure=False),
    Sense("{owner} {side} (?:{body})\\b.{1,80}? than the (?P<word>{side})(?= ?(?:$|[.,;!?]))", "own"),
    Sense("than the (?P<word>{side})(?= ?(?:$|[.,;!?]))", "seen"),
    Sense("(?:find|choose|pick|need|use|us|try|look for|search for|want)(?:s|es|ed|ing)? the right (?:key|pen|pencil|brush|"
          "path|piece|racket|light|"
          "person|note)s?", "other"),
    Sense("(?:with|without|using) the right (?:key|pen|pencil|brush|racket)", "unclear"),
    Sense("(?:the|that) (?P<word>right) person(?= ?(?:$|[.,?]|['’]s|(?:is|are|has|have|wears?|holds?|in|with|wearing|holding|"
          "on|of|and|"
          "who|looks?|looking|standing|sitting)\\b))", "seen"),
    Sense("the (?:{adjective}) (?P<word>right) (?:person|people)", "seen"),
    Sense("(?:the|a|an|his|her|its|their|each|both) (?:{adjective}) (?P<word>right) (?!(?:{correct}|{exact}|{garment}|of|to|is|"
          "has)\\b)\\w+",
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
