"""What French words of direction mean, by the words beside them. Of the readings the first that fits counts."""

from __future__ import annotations

from augment.captions.families import Meaning
from augment.captions.french.words import MASCULINE, MASCULINES
from augment.captions.grammar.readings import Reading


def adjectives(his: str, her: str, several: str, hers: str, meaning: Meaning) -> tuple[Reading, ...]:
    """After nouns whose gender is known."""
    return (
        Reading(meaning, "after a masculine", f"{his} MIDDLE? [gauche|droit]", family=MASCULINE),
        Reading(meaning, "after masculines", f"{several} MIDDLE? [gauches|droits]", family=MASCULINES),
        Reading(meaning, "after a feminine", f"{her} MIDDLE? [gauche|droite]"),
        Reading(meaning, "after feminines", f"{hers} MIDDLE? [gauches|droites]"),
    )


SIDES = (
    Reading(
        "other",
        "sides of politics",
        """
        d' extrême [droite|gauche]
        manifestant|manifestants|militant|militants|partisan|partisans de|d' l'? extrême [droite|gauche]
        extrême|centre [droite|gauche] manifeste|politique|radicale|française|européenne|END|.|,|;
        POLITICS WORD? de la? [droite|gauche]
        [droite|gauche] POLITICAL
        """,
    ),
    Reading(
        "other",
        "straight, upright, and what is due",
        """
        en [droit]
        tous [droits]
        tout [droit]
        va|vont|aller|file|continue|continuez|marche|marchent|avance|roule|court tout? [droit]
        [droit] devant|vers|dans|sur|au|en
        angle|angles|triangle|triangles [droit|droits]
        ligne|lignes [droite|droites]
        demi? [droite|droites] parallèles|parallèle
        piano|col|cols|pantalon|jean|dos|cheveux|nez|chemin|sentier|couteau|sabre|trait|traits|tronc|troncs [droit|droits]
        arbre|arbres|fil|poil|poils [droit|droits]
        poteau bien [droit]
        jupe|robe|coupe|route|tige|tiges|rue|allée|épée|lame|nuque|posture|avenue|tranchée|planche [droite|droites]
        colonne vertébrale [droite]
        UPRIGHT bien|très|tout|toute? [SIDE&!gauche&!gauches] !de|du
        se dresse bien|très|tout|toute? [SIDE&!gauche&!gauches] !de|du
        les|le|des|de|du|au|aux|un|en|son|leur|leurs|ses|nos|d'|quel|plein|ayant|avoir|a|ont [droit|droits] DUE
        """.replace(
            "UPRIGHT", "tient|tiennent|tenir|tenant|assis|assise|assises|debout|reste|restent|bien|très|tout|toute"
        ).replace(
            "DUE",
            "de|d'|des|du|à|au|civil|civils|civiles|civiques|pénal|public|privé|international|constitutionnel|social|humain|humains|"
            "fondamental|fondamentaux|réservés|et|END|.|,|;|:|!|?",
        ),
    ),
    Reading(
        "other",
        "clumsy, and idioms",
        """
        geste|gestes|air|airs|manière|manières|façon|façons|mouvement|mouvements|démarche [gauche|gauches] !de
        peu|très|plutôt [gauche|gauches] !de
        l' arme à [gauche]
        de l' argent à [gauche]
        à [droite] et à gauche
        à droite et à [gauche]
        """,
    ),
    *adjectives("HIS_BODY", "HER_BODY", "HIS_BODIES", "HER_BODIES", "own"),
    Reading("seen", "the other side of two", "la [droite&OPPOSED|gauche&OPPOSED]"),
    Reading("seen", "the other side of two", "le [gauche&OPPOSED]", family=MASCULINE),
    Reading(
        "seen",
        "sides",
        """
        à|a|vers|par|de|sur|en [gauche|droite]
        [gauche|droite] à|et|ou la? gauche|droite
        [gauche|droite] vers la gauche|droite
        sur|à|vers|de|par|tient|tenir la|sa|leur|ma|ta|notre|votre [gauche|droite]
        sur|à|vers|de|par|tient|tenir l' extrême [gauche|droite]
        la [gauche|droite] de|du|des|d'
        l' extrême [gauche|droite] de|du|des|d'
        """,
    ),
    Reading("seen", "after an angle", "angle supérieur|inférieur [gauche|droit]", family=MASCULINE),
    *adjectives("HIS", "HER", "ITS", "THEIR", "seen"),
    Reading("seen", "after a masculine", "le|un|du|au|ce|cet|chaque WORD MIDDLE? [gauche]", family=MASCULINE),
    Reading(
        "seen",
        "after a feminine",
        """
        la|cette WORD MIDDLE? [gauche|droite]
        une WORD MIDDLE? [gauche]
        """,
    ),
    Reading(
        "seen",
        "a place in short",
        """
        BEGIN [gauche|droite] :|,|END
        OPEN|,|;|: [gauche|droite] :|CLOSE|,
        , [gauche|droite] END
        .|; [gauche|droite] :
        """,
    ),
    Reading("unclear", "a side, or what is due", "[droit|droits] !gauche WORD"),
)
HEIGHTS = (
    Reading(
        "other",
        "expressions that hold a height and tell none, and clothes",
        """
        là [bas]
        chapeau|voix|ici|table|mi|parle|parlent|coupe|terre|marée|plus [bas] !de|du
        [bas] noir|noirs|blanc|blancs|résille|âge|prix
        [bas|haut] de gamme
        [haut] niveau|parleur|débit
        crop|un|son|petit|ce [haut] à|rouge|bleu|blanc|noir|vert|rose|rayé|sans
        crop|un|son|petit|ce [haut] de soie
        de [haut] en bas
        de haut en [bas]
        de [bas] en haut
        de bas en [haut]
        sens [dessus] dessous
        sens dessus [dessous]
        SEEN du|de [HIGH|dessus|dessous]
        SEEN d' en [HIGH|dessus|dessous]
        SEEN de plus [HIGH|dessus|dessous]
        """,
    ),
    Reading(
        "seen",
        "an end of the picture",
        """
        WHERE [HIGH] de l' image|écran|affiche
        WHERE [HIGH] de la photo|page
        WHERE [HIGH] du tableau|cadre
        WHERE [HIGH] à gauche|droite
        WHERE [HIGH] END|.|,|;|:
        vers le [HIGH]
        plus [HIGH]
        """.replace("WHERE", "en|le|les|du|de|au|plus"),
    ),
    Reading("seen", "of two levels one", "LEVEL [UPPER]"),
    Reading(
        "other",
        "ranks, and parts of a body",
        """
        [UPPER] à|au|aux
        membre|membres|lèvre|lèvres|classe|classes|mâchoire|enseignement|cadre|cadres|paupière [UPPER]
        """,
    ),
)
COMPASS = (
    Reading(
        "other",
        "countries, and parts of the world",
        """
        COUNTRY de l' [est|ouest]
        COUNTRY du? [est|ouest|nord|sud]
        """,
    ),
    Reading("unclear", "a part of the world", "l' [ouest&Cap|est&Cap]"),
    Reading(
        "seen",
        "a point of the compass, or a side of a place",
        """
        l' [est|ouest] !un|une|le|la|très|trop|plus|assez|aussi !( en train )
        SITE [est] du|des|END|.|,|;
        SITE [est] de la|l'
        SITE [ouest|nord|sud]
        vent d' [est|ouest|nord|sud]
        au|du|le|plein [nord|sud]
        SITE [occidental|occidentale|occidentaux|occidentales|oriental|orientale|orientaux|orientales]
        """,
    ),
)
READINGS = (*SIDES, *HEIGHTS, *COMPASS)
