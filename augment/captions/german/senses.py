"""When German words of direction mean something else; the first that fits counts."""

from __future__ import annotations

from augment.captions.language import Sense

MACROS = {
    "side": "linke[nrsm]?|rechte[nrsm]?",
    "owner": "der|die|das|den|dem|des|ein|eine|einen|einer|einem|eines|sein|seine|seinen|seiner|seinem|seines|ihr|ihre|"
    "ihren|ihrer|"
    "ihrem|ihres|mein|meine|meinen|meiner|meinem|dein|deine|deinen|deiner|deinem|im|am|zum|zur|vom|beim|ins|ans|dieser|diese|"
    "diesen|diesem|jeder|jede|jeden|jedem|kein|keine|keinen|keiner|keinem",
    "correct": "(?-i:Worte?n?|Wort|Zeitpunkt|Zeit|Moment|Augenblick|Maß|Ort|Fleck|Platz|Stelle|Dinge?n?|Weg|Mittel|Glauben?|"
    "Freude|Licht|"
    "Mann|Frau|Partner|Antwort|Stimmung|Schwung|Art|Gefühl|Verhältnis|Sinn|Rahmen)",
    "politics": "(?-i:Szene|Partei\\w*|Gewalt|Parolen?|Politiker\\w*|Gruppe?n?|Gruppierung\\w*|Demo\\w*|Hetze|Extremist\\w*|"
    "Kräften?|Lager|"
    "Gesinnung|Aktivist\\w*|Szenen|Terror\\w*|Ideologie|Jugend\\w*|Wähler\\w*|Opposition|Bewegung\\w*|Protest\\w*|Block|"
    "Regierung)",
    "body": "(?-i:Hand|Hände?n?|Arme?n?s?|Beine?n?s?|Fuß\\w*|Füßen?|Augen?|Ohr\\w*|Schulter\\w*|Knies?|Ellbogen|Ellenbogen|"
    "Handgelenk\\w*|"
    "Knöchel\\w*|Daumen|Fingers?|\\w*finger|Wangen?|Pfoten?|Hufe?|Faust|Hüfte|Ferse|Unterarm\\w*|Oberarm\\w*|Augenbraue|"
    "Flügel\\w*|"
    "Horn|Stoßzahn|Brust|Handschuh\\w*|Schuh\\w*|Socken?|Stiefel\\w*|Ärmel\\w*|Vorder\\w+|Hinter\\w+|Lunge|Lungen\\w+|Niere|"
    "Backe|"
    "Brustwarze|Wade|Oberschenkel\\w*|Unterschenkel\\w*|Zeh|Zehen|Geweih\\w*|Schläfe)",
    "image": "(?-i:Bild\\w*|Foto\\w*|Photo\\w*|Aufnahme|Rand|Bildrand|Szene|Abbildung|Karte|Zeichnung|Gemälde\\w*)",
}

SIDES = (
    Sense("(?<=[(\\[])[lr](?=\\.?[)\\],])|v\\.? ?[lr](?=\\.)(?:\\. ?n\\. ?[lr])?", "seen"),
    Sense("(?:macht|machen|schafft|erledigt|gewinnt|gewinnen)(?: \\w+){0,3} mit (?P<word>links|rechts)", "other"),
    # other things
    Sense("rechts vor links", "other"),
    Sense("auf links (?:gedreht|gezogen|gewendet|gekrempelt)|links liegen (?:lassen|gelassen|lässt|lasse)|(?:lässt|lassen|ließ|"
          "ließen|lasse) "
          "(?:\\w+ ){1,5}links liegen|links gestrickt|"
          "(?:politisch|weit) (?:links|rechts)", "other"),
    Sense("(?<=[a-zäöüß,]\\s)(?-i:Links)(?= ?(?:$|[.,;:)]|(?:zu|auf|und|im|in|führen|sind|anklicken|klicken|der|von)\\b))|"
          "(?:die|den|der|diese|diesen|weitere|alle|viele|zwei|drei|mehrere|folgende|externe|blaue) (?-i:Links)", "other"),
    Sense("(?:des|öffentlichen|bürgerlichen|internationalen|geltenden) (?-i:Rechts)", "other"),
    Sense("rechte(?:r|n|m|s)? Winkeln?|rechtem Winkel|mit rechten Dingen|zu rechten|recht und billig|nach dem Rechten|"
          "(?:alle|gleiche|die|ihre|seine|unsere|eigene|gleichen|mehr|keine|viele) (?-i:Rechten?)(?= (?:der|des|von|für|"
          "vorbehalten|und "
          "Pflichten|auf|haben|hat|verteidigen|fordern|kämpfen)\\b|[.,;]|$)|für (?-i:Rechte)|(?-i:Rechte) und (?-i:Pflichten)|"
          "um (?:ihre|seine|gleiche) (?-i:Rechte)", "other"),
    Sense("{side} (?:{politics})", "other"),
    Sense("(?:am|zum|zur|im|auf dem|der|die|das|den|einen|eine|vom) (?P<word>rechte[nrsm]?) (?:{correct})(?! (?:von|links|"
          "rechts|neben)\\b)",
          "other"),
    Sense("(?:ein|eine|so ein|so eine) (?P<word>rechte[rs]?) (?:Freude|Plage|Chaos|Durcheinander|Spaß|Mühe|Kerl)", "other"),
    Sense("(?P<word>linke[nr]?) (?:Tour|Nummer|Sache|Masche|Tricks?|Geschäfte)|(?:jemanden|ihn|sie|uns|zu) linken(?= ?(?:$|"
          "[.,;]))", "other"),
    # sides
    Sense("(?:zur|zu (?:seiner|ihrer|meiner|deiner|unserer|\\w+s)) (?-i:Linken|Rechten)(?! (?:{politics}))", "seen"),
    Sense("(?:mit|in|an) (?:der|seiner|ihrer|meiner) (?P<word>(?-i:Linken|Rechten))|(?:seine|ihre|meine) (?-i:Linke|Rechte)"
          "(?= ?(?:$|[.,;]|und|auf|an|in|um|nach|zum|zur))", "own"),
    Sense("(?<=[a-zäöüß,]\\s)(?-i:Linke|Linken|Linker|Linkes|Rechte|Rechten|Rechter|Rechtes)(?! (?-i:[A-ZÄÖÜ]))", "unclear"),
    Sense("{side} (?:\\w+ )?(?:{body})", "own"),
    Sense("{side},? (?:und|oder|bis|wie|sowie|noch|zur|zum) (?:der |die |das |den |dem |einem |einer |ein |eine "
          ")?{side}", "seen"),
    Sense("{side}(?= (?:[a-zäöüß]\\w*(?:e|en|er|es|em) ){0,2}(?-i:[A-ZÄÖÜ]))", "seen"),
    Sense("{owner} (?P<word>(?-i:linke[nrsm]?|rechte[nrsm]?))(?= (?-i:[a-zäöüß]))", "seen"),
    Sense("{owner} (?:ganz |zweite |zweiten |äußerste |äußersten )?(?P<word>{side})(?= ?(?:$|[.,;:)?!]|(?:ist|sind|hat|"
          "haben|trägt|steht|"
          "sitzt|liegt|zeigt|hält|schaut|von|davon|der|und|mit|in|auf|im|am|war|ist|läuft|fährt|blickt)\\b))", "seen"),
    Sense("links|rechts", "seen"),
)  # fmt: skip
HEIGHTS = (
    Sense("siehe oben|oben ohne|(?:wie|weiter) oben (?:erwähnt|beschrieben)|oben genannte\\w*|von oben herab", "other"),
    Sense("(?:von|Blick|Ansicht|Vogelperspektive|Luftbild)(?: von)? (?P<word>oben|unten)(?= (?:gesehen|fotografiert|aufgenommen|"
          "betrachtet|auf)\\b)|(?:Blick|Ansicht|Aufnahme|Sicht|Foto|Luftaufnahme)(?: \\w+){0,3} von (?:oben|unten)", "other"),
    Sense("von oben bis unten|von unten bis oben", "other"),
    Sense("(?P<word>oben|unten) (?:auf|am|an) (?:dem|der|einem|einer|Berg|Baum|Hang|Hügel|Ufer|Strand)", "unclear"),
    Sense("von (?:oben|unten)", "unclear"),
    Sense("(?P<word>über) (?:dem|der|einem|einer|ihm|ihr|ihnen|seinem|seiner|ihrem|ihrer|zwei|den|mehreren)(?! (?:Woche|"
          "Nacht|Arm|Schulter|"
          "Kleid|Hemd|Hose|Durchschnitt|Jahre?n?|Weg))", "seen"),
    Sense("über (?:die|das|eine|einen|ein|\\d+|hundert|tausend|Nacht|Wasser|Jahre|und|ihre|seine|sich|Bord)|über(?= ?[,.])|"
          "unter (?:anderem|Wasser|freiem|freien|der Woche|Beobachtung|Kontrolle|Druck|sich|dem Namen|\\d+|Freunden|Strom|"
          "Applaus)|"
          "über dem (?:Durchschnitt|Arm)|(?:freut|spricht|lacht|diskutiert|berichtet|Buch|Film|Artikel|Vortrag) über", "other"),
    Sense("(?:die|der|den|dem|das|im|am|ein|einem|einer|eine) (?:oberen?|oberste[nrsm]?) (?:Zehntausend|Mittelschicht|"
          "Klasse|Gericht\\w*|"
          "Leitung|Grenze|Bundesgericht)|unterer Rücken|untere[nrm]? Rücken", "other"),
)  # fmt: skip
COMPASS = (
    Sense("(?:wilden?r?|nahen?r?|fernen?r?|mittleren?r?|goldenen?r?) (?:Westen|Osten|Süden|Norden)", "other"),
    Sense("(?:im|nach|gen|vom|aus dem|Richtung|gegen|den|in Richtung) (?P<word>Westen|Osten|Norden|Süden)", "seen"),
    Sense("(?:westliche|östliche)(?:n|r|s|m)? (?:Medizin|Kultur\\w*|Welt|Länder\\w*|Medien|Musik|Kleidung|Philosophie|Küche|"
          "Kunst|"
          "Besucher\\w*|Touristen|Politiker\\w*|Mode|Religion\\w*)", "other"),
)  # fmt: skip
