"""When left and right mean something else.

The order counts: what surely is a direction stands first, then what surely is none, then what looks like a direction.
"""

from __future__ import annotations

from augment.captions.english.idioms import IDIOMS, LETTERS, SHIPS
from augment.captions.language import Sense

SURELY_SEEN = (
    Sense("(?:far|furthest|farthest|extreme|immediate|upper|lower)[- ](?P<word>right)(?! (?:{politics}|{correct})\\b)", "seen"),
    Sense("(?<=^)(?P<word>left)(?= (?-i:[A-Z]{2,}))", "seen"),
    Sense("all the way (?P<word>{side})(?! (?:{exact}|{object})\\b)", "seen"),
    Sense("(?<=^)(?:(?!the\\b|an?\\b|is\\b|was\\b)[\\w-]+ ){0,2}(?P<word>{side}) (?:in (?:\\w+ )?)?(?:{garment})\\b", "seen"),
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
    Sense("{side}-to-{side}|{side}-turns?|{side} ?[,/] ?{side}(?! (?:{exact})\\b)", "seen"),
    Sense("(?:(?<=^)|(?<=[,;.]\\s)|(?:and|but|while) )(?P<word>{side})(?= (?:is|has|are|shows|contains|does|(?:is|has|are|"
          "does)n['’]t)"
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
    Sense("(?:{goes}) (?P<word>right) in (?:the|an?) (?!door|house|room|front|kitchen|office)", "unclear"),
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
