"""What German words of direction mean, by the words beside them. Of the readings the first that fits counts."""

from __future__ import annotations

from augment.captions.grammar.readings import Reading

SIDES = (
    Reading(
        "seen",
        "by their letters",
        """
        OPEN [l|r] .? CLOSE|,
        v .? [l|r] .
        n . [l|r] .
        """,
    ),
    Reading(
        "other",
        "expressions that hold a side and tell none",
        """
        macht|machen|schafft|erledigt|gewinnt|gewinnen WORD? WORD? WORD? mit [links|rechts]
        [rechts] vor links
        rechts vor [links]
        auf [links] gedreht|gezogen|gewendet|gekrempelt
        [links] liegen lassen|gelassen|lässt|lasse
        lässt|lassen|ließ|ließen|lasse WORD WORD* [links] liegen
        [links] gestrickt
        politisch|weit [links|rechts]
        WORD&!Cap|, [links&Cap] $|zu|auf|und|im|in|führen|sind|anklicken|klicken|der|von
        die|den|der|diese|diesen|weitere|alle|viele|zwei|drei|mehrere|folgende|externe|blaue [links&Cap]
        des|öffentlichen|bürgerlichen|internationalen|geltenden [rechts&Cap]
        [RIGHTS] winkel|winkeln
        mit [rechten] dingen
        zu [rechten]
        [recht] und billig
        nach dem [rechten&Cap]
        alle|gleiche|die|ihre|seine|unsere|eigene|gleichen|mehr|keine|viele [rechte&Cap|rechten&Cap] DUE
        für [rechte&Cap]
        [rechte&Cap] und pflichten
        um ihre|seine|gleiche [rechte&Cap]
        [SIDE] POLITICS
        am|zum|zur|im|der|die|das|den|einen|eine|vom [RIGHTS] CORRECT&Cap !von|links|rechts|neben
        auf dem [RIGHTS] CORRECT&Cap !von|links|rechts|neben
        ein|eine [rechte|rechter|rechtes] freude|plage|chaos|durcheinander|spaß|mühe|kerl
        [linke|linken|linker] tour|nummer|sache|masche|trick|tricks|geschäfte
        jemanden|ihn|sie|uns|zu [linken] END|.|,|;
        """.replace("DUE", "der|des|von|für|vorbehalten|und|auf|haben|hat|verteidigen|fordern|kämpfen|.|,|;|END"),
    ),
    Reading(
        "seen",
        "a side as a noun",
        """
        zur [linken&Cap|rechten&Cap] !POLITICS
        zu seiner|ihrer|meiner|deiner|unserer [linken&Cap|rechten&Cap] !POLITICS
        zu WORD&Cap [linken&Cap|rechten&Cap] !POLITICS
        """,
    ),
    Reading(
        "own",
        "a hand as a noun",
        """
        mit|in|an der|seiner|ihrer|meiner [linken&Cap|rechten&Cap]
        seine|ihre|meine [linke&Cap|rechte&Cap] $|und|auf|an|in|um|nach|zum|zur
        """,
    ),
    Reading("unclear", "people of a side, or a side", "WORD&!Cap|, [SIDES&Cap] !Cap"),
    Reading("own", "sides of a body", "[SIDE] WORD? BODY&Cap"),
    Reading(
        "seen",
        "sides",
        """
        [SIDE] ,? und|oder|bis|wie|sowie|noch|zur|zum der|die|das|den|dem|einem|einer|ein|eine? SIDE
        SIDE ,? und|oder|bis|wie|sowie|noch|zur|zum der|die|das|den|dem|einem|einer|ein|eine? [SIDE]
        [SIDE] ENDED&!Cap? ENDED&!Cap? Cap
        OWNER [SIDES&!Cap] WORD&!Cap
        OWNER ganz|zweite|zweiten|äußerste|äußersten? [SIDE] $|?|IS
        [links|rechts]
        """,
    ),
)
HEIGHTS = (
    Reading(
        "other",
        "expressions that hold a height and tell none",
        """
        siehe [oben]
        [oben] ohne
        wie|weiter [oben] erwähnt|beschrieben
        [oben] genannte|genannten|genannter
        von [oben] herab|bis
        von unten bis [oben]
        von oben bis [unten]
        von [unten] bis
        """,
    ),
    Reading(
        "other",
        "where it is seen from",
        """
        von|blick|ansicht|vogelperspektive|luftbild von? [oben|unten] SEEN
        blick|ansicht|aufnahme|sicht|foto|luftaufnahme WORD? WORD? WORD? von [oben|unten]
        """,
    ),
    Reading(
        "unclear",
        "up a slope, or from there",
        """
        [oben|unten] auf|am|an dem|der|einem|einer|berg|baum|hang|hügel|ufer|strand
        von [oben|unten]
        """,
    ),
    Reading(
        "seen",
        "above a thing",
        "[über] dem|der|einem|einer|ihm|ihr|ihnen|seinem|seiner|ihrem|ihrer|zwei|den|mehreren !NOT_ABOVE".replace(
            "NOT_ABOVE", "woche|nacht|arm|schulter|kleid|hemd|hose|durchschnitt|jahr|jahre|jahren|weg"
        ),
    ),
    Reading(
        "other",
        "over and under as other than above and below",
        """
        [über] die|das|eine|einen|ein|DIGITS|hundert|tausend|nacht|wasser|jahre|und|ihre|seine|sich|bord|.|,
        [unter] anderem|wasser|freiem|freien|beobachtung|kontrolle|druck|sich|DIGITS|freunden|strom|applaus
        [unter] der woche
        [unter] dem namen
        [über] dem durchschnitt|arm
        freut|spricht|lacht|diskutiert|berichtet|buch|film|artikel|vortrag [über]
        """,
    ),
    Reading(
        "other",
        "ranks, and parts of a body",
        """
        OWNER [obere|oberen|oberste|obersten|oberster|oberstes] zehntausend|mittelschicht|klasse|leitung|grenze|gericht
        OWNER [obere|oberen|oberste|obersten|oberster|oberstes] bundesgericht|gerichte|gerichts|gerichtshof
        [unterer|untere|unteren|unterem] rücken
        """,
    ),
)
COMPASS = (
    Reading(
        "other",
        "regions, and times",
        """
        wilde|wilden|wilder|nahe|nahen|naher|ferne|fernen|ferner|mittlere|mittleren|mittlerer [westen|osten|süden|norden]
        goldene|goldenen|goldener [westen|osten|süden|norden]
        """,
    ),
    Reading(
        "seen",
        "a point of the compass",
        """
        im|nach|gen|vom|dem|richtung|gegen|den [westen|osten|norden|süden]
        """,
    ),
    Reading(
        "other",
        "cultures",
        """
        [WESTERN] medizin|welt|medien|musik|kleidung|philosophie|küche|kunst|touristen|mode
        [WESTERN] kultur|kulturen|länder|ländern|besucher|besuchern|politiker|politikern|religion|religionen
        """.replace("WESTERN", "|".join(f"{a}liche{b}" for a in ("west", "öst") for b in ("", "n", "r", "s", "m"))),
    ),
)
READINGS = (*SIDES, *HEIGHTS, *COMPASS)
