"""Where German words of colour name no colour, and where one cannot tell. Of the readings the first that fits counts."""

from __future__ import annotations

from augment.captions.grammar.readings import Reading

HUES = (
    Reading(
        "other",
        "names",
        """
        [ROT&Cap] kreuz|kreuzes|armee|platz|meer|meeres
        [WEISS&Cap] haus|hauses|meer|meeres
        [SCHWARZ&Cap|GELB&Cap] meer|meeres|fluss
        [GRÜN&Cap] woche|gewölbe|punkt
        die|der|den [grünen&Cap]
        ins|im [grüne&Cap|grünen&Cap]
        [ROT] PANDA
        [WEISS] SHARK
        """,
    ),
    Reading(
        "other",
        "food and drink, and the fruit orange",
        """
        [ROT] bete|beete|rübe|rüben|linsen|grütze|zwiebel|zwiebeln|bohnen|johannisbeeren
        [GRÜN|SCHWARZ|WEISS] tee|tees|kaffee|bohnen|oliven|spargel|johannisbeeren|pfeffer|schokolade
        [BRAUN] zucker|reis
        eine|der|die|einer|zwei|drei|halbe|scheibe|scheiben|und|oder [orange&Cap]
        [orange&Cap] und|oder|auf|in|neben|liegt
        """,
    ),
    Reading(
        "other",
        "expressions that hold a colour and have none",
        """
        [ROT] zahlen|faden|teppich|karte|liste
        [SCHWARZ] brett|schaf|loch|humor|magie|markt|liste
        [BLAU] auge|stunde|flecken|brief
        [GELB] karte|seiten
        [GRÜN] daumen|welle
        [GRÜN] licht geben
        [schwarz] auf weiß
        schwarz auf [weiß]
        [schwarz] weiß PHOTO
        schwarz [weiß] PHOTO
        in [schwarz] weiß
        in schwarz [weiß]
        ist|war|völlig|total [blau] und lallt
        """,
    ),
    Reading(
        "unclear",
        "people, lights, and what is of metal",
        """
        [GOLDEN|SILBERN] METAL
        [BLOND]
        [COLOUR] WORD? HAIR
        HAIR ist|sind|war [COLOUR]
        [SCHWARZ&!schwarz|WEISS&!weiß] WORD? PEOPLE
        WORD&!Cap [SCHWARZ&Cap&!schwarz|WEISS&Cap&!weiß] !Cap
        ampel WORD* [COLOUR]
        [COLOUR] LIGHT
        bei|auf [rot&Cap|grün&Cap|gelb&Cap] $|über|an|stehen
        """,
    ),
)
