"""When above and below, top and bottom, up and down, over and under mean something else; the first that fits counts."""

from __future__ import annotations

from augment.captions.language import Sense

HEIGHTS = (
    Sense("upright(?= (?:pianos?|bass|basses|vacuums?|freezers?|bikes?|cleaners?|citizens?|posts?|hoovers?))|sat "
          "upright", "other"),
    Sense("above all|(?:the|refer to the) above(?= (?:\\w+|$))|(?:above|below) (?:zero|freezing|average|par|grade|ground|"
          "\\.?\\d+|the (?:rest|belt|poverty line|fold|radar)|itself)|(?:see|as|mentioned|described|shown) (?:above|below)|"
          "below (?:zero|freezing|average|par|deck|sea level|ground|the surface)|"
          "(?:degrees?|°c?f?|minus \\w+) below|"
          "above (?:average|ground|suspicion|the law|board|sea level)|above-(?:ground|average|knee)", "other"),
    Sense("(?:light|shin|fall|hang|drop|come|pour|descend|dangl|drip|rain|stream|beam|flow|suspended|lower|div|swoop)\\w*"
          "(?: \\w+){0,4} from (?P<word>above|below)", "seen"),
    Sense("(?:directly |straight |right )?from (?:directly |high |far |right |straight |slightly )?(?P<word>above|below)(?! "
          "(?:the|a|an|his|her|it)\\b)",
          "other"),
    Sense("(?:crop|tank|halter|tube|bikini|pyjamas?|pajamas?|bell|tennis|table|counter|roller|big|tree|spinning|red|blue|"
          "green|black|white|pink|yellow|striped|sleeveless|screw|flip|soft|hard|muffin|carrot|wearing a(?: \\w+)?|in a(?: "
          "\\w+)?)"
          "[- ](?P<word>top|bottom|tops|bottoms)(?! (?:left|right|row|shelf|corner))", "other"),
    Sense("(?:a|an|with|matching|in|wearing|wears)(?: (?!(?:at|on|in|near|to|from|of|by|the|its|his|her|their|with|is|"
          "and)\\b)[\\w-]+){1,3}[ -](?P<word>tops?|bottoms?)(?= ?(?:$|[.,;:)]| (?:and|with|in|on|is|for|that|"
          "made|over|under|while|as|at|by|of|who|to|has|next|under|\\w+(?:ed|ing|[^s]s))(?!\\w)))(?!\\w* (?:of (?:the|a)|left|"
          "right))(?<!the\\stop)(?<!the\\sbottom)(?<!at\\stop)(?<!at\\sbottom)", "other"),
    Sense("(?<=\\w-)(?:top|bottom|upper|lower)s?|(?:top|bottom|upper|lower)-(?!left|right|cent|middle|most|row|floor|half|"
          "side|hand|third|corner|edge)\\w+",
          "other"),
    Sense("(?:top|bottom)(?= (?:views?|line|line\\b|down view|feeders?|knot|brass))|top of the line|from (?P<word>top) to toe",
          "other"),
    Sense("(?:his|her|my|your) (?P<word>tops?|bottoms?)(?= ?(?:$|[.,;]|and|with|off|is|on|in|over))", "other"),
    Sense("on (?P<word>top) of", "unclear"),
    Sense("(?:at|in|near|to|from|on|along|across|towards?) the (?:very )?(?P<word>top|bottom)(?= of the {image}|$|[.,;:]|"
          " (?:and|is|are)\\b| (?:left|right)\\b)", "seen"),
    Sense("(?P<word>top|bottom) of (?:the |this )?{image}", "seen"),
    Sense("(?P<word>top|bottom) of", "unclear"),
    Sense("(?P<word>top) (?:hats?|secret|quality|chefs?|models?|speed|scorer?|athletes?|players?|notch|coats?|ten|\\d+|"
          "prize|gear|dog|gun|story|stories|priorit(?:y|ies)|jobs?|slots?|graduates?|picks?|choices?|students?|teams?|"
          "officials?|generals?|brands?|sellers?|gallants?|billing|form|marks|"
          "tips|seed|rated|tier|honou?rs)", "other"),
    Sense("(?P<word>upper|lower)[- ](?:class|classes|management|bound|atmosphere|ground|echelons?|case|body|arms?|legs?|lips?|"
          "back|school|secondary|teeth|jaw|price|prices|"
          "east|west|egypt|manhattan|saxony|austria|silesia|income|middle[- ](?:class|income|school|management|east)|ranks|"
          "house|chamber|limbs?|extremit(?:y|ies)|abdomen|"
          "lobe|lobes|eyelids?|torso|crust|chest|gi|thighs?|lung|canine|incisors?|molars?|spine|lumbar|pole of the|"
          "respiratory|gastrointestinal|cost|fat|calorie|calories|tax|taxes|rates?|numbers?)", "other"),
    Sense("to (?P<word>lower)|(?:lower|lowers) (?:the|a|his|her|their|its|himself|herself|themselves)", "other"),
    Sense("(?P<word>upper|lower) than", "unclear"),
    Sense("(?:up|down) (?:and|or) (?:up|down)|face[- ](?:up|down)|hang(?:s|ing)? up", "other"),
    Sense("(?:{owner}|with) heads? (?:\\w+ )?(?P<word>up|down)", "other"),
    Sense("(?:upward|downward)(?= (?:view|angle|look))|(?:upward|downward)-facing|the (?P<word>top) (?:off|on|down|up|open|"
          "removed)", "other"),
    Sense("(?:{faces})(?: {manner})* (?P<word>up|down)(?! (?:on|to|into|from|through|over|towards?|for|the)\\b)", "seen",
          adverb=True),
    Sense("(?:{looks})(?: {manner})* (?P<word>up|down)(?! (?:at|on|to|into|from|through|over|towards?|for|the)\\b)", "seen",
          adverb=True),
    Sense("(?:hang|dangl|grow|blow|roll|wind|curl|grew|hung|blew|water)(?:e|s|es|ed|ing)? (?:\\w+ )?(?P<word>up|down) "
          "(?:from|over|into the|onto|along|through|to the|towards|past|out of|off|the (?:side|wall|front|back|trunk|fence|"
          "trellis))",
          "unclear"),
    Sense("thumbs[- ]?(?P<word>up|down)", "seen"),
    Sense("upside[- ](?P<word>down)", "unclear"),
    Sense("(?:comes?|came|coming|runs?|ran|running) (?P<word>up|down) (?:with|against|short)", "other"),
    Sense("(?:throws?|throwing|threw) (?P<word>up) {their} (?:hands|arms)", "other"),
    Sense("(?:put|set|hold|pick|prop|fold|take|tie|build|paint|clean|wash|size|open|load)(?:s|ing|ting|ped|ped|ping|ed)? "
          "(?P<word>up|down) "
          "(?:the|a|an|his|her|their|its)", "other"),
    Sense("(?P<word>up|down) (?:the|an?|this|his|her|their|its|city) (?:\\w+ ){0,2}?{way}", "other"),
    Sense("(?:{motion})(?: (?:it|him|her|them|(?:the|a|an|his|its|their) \\w+))?(?: \\w+ly)? (?P<word>up|down)", "unclear"),
    Sense("(?P<word>up|down)[- ](?:close|to|front|side|town|load|jackets?|coats?|vests?|comforter|feathers?|syndrome|here|"
          "there|for|and|parka|pillows?|duvet)", "other"),
    Sense("(?P<word>up|down) (?:the|a) (?:ramp|stairs?|staircase|steps|hill|hillside|slopes?|mountain|mountainside|"
          "ladder|tree|wall|cliff|rope|slide|escalator|waterfall|trunk|chimney|drain|pole|mast)", "unclear"),
    Sense("(?P<word>up|down) (?:above|below|high|in the (?:sky|air|valley|tree|trees)|into|from|onto|through|past|off)",
          "unclear"),
    Sense("(?:{faces}|{looks})(?: {manner})* (?P<word>up|down)", "unclear"),
)  # fmt: skip

OVER = (
    Sense("(?:all|game|left|pulled|pull|pulls|pulling|knocked|fallen|fell|hand|come|look|looking|looks|draped|spread|bent|"
          "over and|lean|leans|leaning|bends?|bending|cooked|flipped|tipped|turned|rolled|crossed|slung) (?P<word>over)",
          "other"),
    Sense("(?P<word>over|under) (?:there|here|and|time|\\d+|a (?:hundred|thousand|million)|age|construction|repair|water|"
          "way|attack|control|pressure|the (?:years|weekend|age|influence|age)|par|arrest|lunch|dinner|coffee|microscopy|"
          "{their} (?:(?:left|right|own|bare) )?(?:{body}|heads?|shoulders|noses?|faces?|mouths?|hair|chest|clothes|shirt|"
          "uniform|suit))", "other"),
)  # fmt: skip
