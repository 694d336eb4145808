"""How German tells what can be read in a picture."""

from __future__ import annotations

WRITING = (
    "(?:mit|trägt|und) (?:der|die|dem|einer|eine) (?:\\w+ )?(?:Aufschrift|Inschrift|Beschriftung|Überschrift)|(?:Schriftzug|"
    "Aufschrift)|"
    "(?:das Wort|die Worte|dem Wort|den Worten|die Buchstaben|den Buchstaben) (?-i:[A-ZÄÖÜ])\\w*|"
    "(?:steht|stehen|geschrieben|liest man|beschriftet mit|bedruckt mit)(?: \\w+){0,2}:? (?-i:[A-ZÄÖÜ]{2,})|"
    "(?-i:[A-ZÄÖÜ]{2,}) (?:steht|geschrieben|gedruckt|gemalt)|(?:steht|ist|zu lesen) geschrieben|zu lesen ist"
)
READ = (
    "Aufschrift", "Inschrift", "Beschriftung", "Überschrift", "Schriftzug", "Wort", "Worte", "Worten", "Buchstaben", "steht",
    "stehen", "geschrieben", "liest", "beschriftet", "bedruckt", "lesen", "gedruckt", "gemalt",
)  # fmt: skip
UNREAD = (
    "(?:genannt|namens|sogenannte\\w*|Spitzname\\w*|bekannt als|heißt|(?:Film|Films|Lied|Song|Album|Serie|Show|Musical|"
    "Stück|Oper|"
    "Roman|Romans|Ballett|Spiel|Ausstellung|Premiere|Szene|Folge)(?: von| aus)?|spielt|spielen|singt|singen)(?: (?:der|die|"
    "das|den))?"
)
UNREAD_AFTER = "(?:ruft|sagt|sagte|rief|fragt|schreit)|-?(?:Geste|Pose|Zeichen|Gesicht|Blick|Stil|Look|Kostüm|Tanz)"
