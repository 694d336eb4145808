"""What single letters and ships have to do with left and right."""

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
