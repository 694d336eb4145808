"""How French tells what can be read in a picture."""

from __future__ import annotations

WRITING = (
    "l['’]inscription|(?:où|dont) (?:il est|est|on) (?:écrit|inscrit|lit|peut lire)|(?:on peut|peut-on) (?:y )?lire|"
    "(?:le mot|les mots|la mention|les lettres) (?-i:[A-ZÉÈÀ])\\w*|(?:indique|affiche|marqué|marquée|lit|écrit):? "
    "(?-i:[A-ZÉÈÀ]{2,})|"
    "(?-i:[A-ZÉÈÀ]{2,}) (?:est|sont) (?:écrit|inscrit|peint|imprimé)\\w*"
)
READ = ("inscription", "écrit", "inscrit", "lire", "lit", "mot", "mots", "mention", "lettres", "indique", "affiche", "marqué",
        "marquée", "peint", "imprimé", "écrits", "inscrits", "peints", "imprimés")  # fmt: skip
UNREAD = (
    "(?:surnommée?s?|dite?s?|appelée?s?|connue?s? sous le nom de|nommée?s?|intitulée?s?|(?:film|chanson|album|série|"
    "émission|pièce|opéra|"
    "roman|ballet|spectacle|jeu|exposition|première|scène|épisode)(?: de)?|joue|chante|interprète)(?: (?:le|la|les))?"
)
UNREAD_AFTER = "(?:dit|dit-il|dit-elle|crie|lance|s['’]écrie)"
