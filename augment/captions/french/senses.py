"""When French words of direction mean something else; the first that fits counts."""

from __future__ import annotations

from augment.captions.families import Meaning
from augment.captions.french.words import MASCULINE, MASCULINES
from augment.captions.language import Sense

MIDDLE = (
    "(?: (?:avant|arrière|supérieure?s?|inférieure?s?|centrale?s?|extérieure?s?|intérieure?s?|antérieure?s?|"
    "postérieure?s?|opposée?s?))?"
)
MACROS = {
    "politics": "parti|partis|députée?s?|élue?s?|électeurs?|électrices?|candidate?s?|gouvernement|gouvernements|politiques?|"
    "ministre|"
    "coalition|militante?s?|idées?|journal|journaux|syndicats?|opposition|homme politique|femme politique|mouvements?|groupes?",
    "his_body": "bras|pied|œil|oeil|genou|coude|poignet|doigt|pouce|index|sein|poumon|rein|mollet|talon|gant|soulier|sabot|"
    "sourcil|lobe|"
    "avant-bras|orteil|profil|fémur|tibia|humérus|radius|ventricule|biceps|sourcil|pectoral|cubitus|hémithorax|auriculaire|"
    "majeur",
    "his_bodies": "bras|pieds|yeux|genoux|coudes|poignets|doigts|pouces|seins|poumons|reins|gants|sabots|orteils|lobes",
    "her_body": "main|jambe|oreille|épaule|joue|aile|patte|hanche|cheville|cuisse|narine|paupière|tempe|mâchoire|griffe|"
    "corne|défense|"
    "chaussure|botte|manche|chaussette|moufle|basket|clavicule|omoplate|fesse|aisselle|nageoire|pince|pommette|arcade|rotule|"
    "rétine|carotide|oreillette|mamelle|antenne|jambière|sandale|genouillère",
    "her_bodies": "mains|jambes|oreilles|épaules|joues|ailes|pattes|hanches|chevilles|cuisses|narines|chaussures|manches|côtes",
    "his": "côté|bord|coin|flanc|hémisphère|phare|rétroviseur|feu|clignotant|pneu|virage|tiers|quart|quadrant|panneau|volet|"
    "battant|"
    "montant|pilier|clocher|mur|siège|tiroir|bouton|plateau|bas-côté|trottoir|plan|écran|moteur|rail|couloir|poteau|tableau|lit|"
    "sens|champ|bâtiment|cadre|cadran|dessin|graphique|médaillon|essuie-glace|robinet|haut-parleur|rideau|accoudoir|canapé",
    "her": "partie|moitié|rive|berge|voie|file|page|image|photo|photographie|porte|fenêtre|tour|roue|colonne|marge|bordure|"
    "extrémité|bande|poche|portière|face|section|zone|case|vitre|piste|travée|rangée|flèche|courbe|barre|figure|lentille|"
    "enceinte|"
    "poignée|main courante|lampe|chaise|façade|chambre|boucle|bretelle|lucarne|cheminée|cloison",
}


def adjectives(masculine: str, feminine: str, masculines: str, feminines: str, meaning: Meaning) -> tuple[Sense, ...]:
    """After nouns whose gender is known."""
    return (
        Sense(f"(?:{masculine}){MIDDLE} (?P<word>gauche|droit)", meaning, family=MASCULINE),
        Sense(f"(?:{masculines}){MIDDLE} (?P<word>gauches|droits)", meaning, family=MASCULINES),
        Sense(f"(?:{feminine}){MIDDLE} (?P<word>gauche|droite)", meaning),
        Sense(f"(?:{feminines}){MIDDLE} (?P<word>gauches|droites)", meaning),
    )


SIDES = (
    # other things
    Sense("d['’]extrême (?P<word>droite|gauche)|(?:manifestants?|militants?|partisans?) (?:de l['’]|d['’])extrême (?:droite|"
          "gauche)", "other"),
    Sense("(?:extrême|centre)[- ](?:droite|gauche)(?= (?:manifeste|politique|radicale|française|européenne)|$|[.,;])|"
          "(?:{politics})(?: \\w+)? de (?:la )?(?P<word>droite|gauche)|(?:droite|gauche)(?= (?:politique|radicale|parlementaire|"
          "conservatrice|unie|plurielle|écologiste))", "other"),
    Sense("en droit|tous droits|tout droit|(?:va|vont|aller|file|continue|continuez|marche|marchent|avance|roule|court) "
          "(?:tout )?(?P<word>droit)|droit "
          "(?:devant|vers|dans|sur|au|en)|(?:angles?|triangles?) droits?|à angle droit|lignes? droites?|(?:demi-)?droites? "
          "parallèles?",
          "other"),
    Sense("(?:piano|col|cols|pantalon|jean|dos|cheveux|poteau bien|nez|chemin|sentier|couteau|sabre|trait|traits|tronc|"
          "troncs|arbre|arbres|"
          "fil|poil|poils) droits?|(?:jupe|robe|coupe|route|tige|tiges|rue|allée|épée|lame|nuque|posture|avenue|tranchée|planche|"
          "colonne vertébrale) droites?|(?:tient|tiennent|tenir|tenant|assise?|debout|reste|restent|bien|très|toute?|se "
          "dresse|dressée?) "
          "(?:bien |très |toute? )?droite?s?(?! (?:de|du)\\b)", "other"),
    Sense("(?:les?|des?|du|aux?|un|en|son|leurs?|ses|nos|d['’]|quel|plein|ayant|avoir|a|ont|de) (?P<word>droits?)(?= (?:de|"
          "d['’]|des|du|à|"
          "au|civil\\w*|pénal|public|privé|international|constitutionnel|social|humains?|fondamenta\\w+|réservés|et)|$|"
          "[.,;:!?])", "other"),
    Sense("(?:gestes?|airs?|manières?|façons?|mouvements?|démarche|un peu|très|plutôt) (?:un peu |très |plutôt "
          ")?(?P<word>gauches?)(?! de)",
          "other"),
    Sense("l['’]arme à gauche|(?:mettre|mis|mise|met) de l['’]argent à gauche|à droite et à gauche", "other"),
    # sides of a body
    *adjectives("{his_body}", "{her_body}", "{his_bodies}", "{her_bodies}", "own"),
    # sides
    Sense("gauche\\b[^.;]{1,80}? la (?P<word>droite)", "seen"),
    Sense("droite\\b[^.;]{1,80}? la (?P<word>gauche)", "seen"),
    Sense("droit\\b[^.;]{1,80}? le (?P<word>gauche)", "seen", family=MASCULINE),
    Sense("(?:à|a|vers|par|de|sur|en|tout à|plus à) (?P<word>gauche|droite)", "seen"),
    Sense("(?:gauche|droite)(?= (?:à|vers la|et|ou) (?:la )?(?:gauche|droite))", "seen"),
    Sense("(?:sur|à|vers|de|par|tient|tenir) (?:la|sa|leur|ma|ta|notre|votre|l['’]extrême) (?P<word>gauche|droite)", "seen"),
    Sense("(?:la|l['’]extrême) (?P<word>gauche|droite)(?= (?:de|du|des|d['’]))", "seen"),
    *adjectives("{his}|angle (?:supérieur|inférieur)", "{her}", "côtés|bords|coins|phares|pneus|volets|sièges|"
    "murs", "roues|fenêtres|portes|"
                "voies|colonnes|parties|pages", "seen"),
    Sense(f"(?:le|un|du|au|ce|cet|chaque) [\\w-]+{MIDDLE} (?P<word>gauche)", "seen", family=MASCULINE),
    Sense(f"(?:la|cette) [\\w-]+{MIDDLE} (?P<word>gauche|droite)", "seen"),
    Sense(f"une [\\w-]+{MIDDLE} (?P<word>gauche)", "seen"),
    Sense("(?<=^)(?P<word>gauche|droite) ?(?=[:,]|$)|(?<=[(\\[,;:]\\s)(?:gauche|droite)(?= ?[:)\\],])|(?<=[(\\[])(?:gauche|"
          "droite)(?=[)\\],])|"
          "(?<=,\\s)(?:gauche|droite)(?=$)|(?<=[.;]\\s)(?:gauche|droite)(?= ?:)", "seen"),
    Sense("droits?(?= (?!gauche)\\w+)", "unclear"),
)  # fmt: skip
HEIGHTS = (
    Sense("là-bas|(?:chapeau|voix|ici|table|mi|parle|parlent|coupe|terre|marée|plus) (?P<word>bas)(?! (?:de|du)\\b)|bas "
          "(?:noirs?|blancs?|résille|"
          "de gamme|âge|prix)|haut (?:de gamme|niveau|parleur|débit)|(?:crop|un|son|petit|ce) haut"
          "(?= (?:à|rouge|bleu|blanc|noir|vert|rose|de soie|rayé|sans)\\b)", "other"),
    Sense("(?:vue?s?|prise?s?|photographiée?s?|filmée?s?|vue aérienne) (?:d['’]en|du|de|de plus) (?P<word>haut|bas|dessus|"
          "dessous)|"
          "de haut en bas|de bas en haut|sens dessus dessous", "other"),
    Sense("(?:en|tout en|vers le|vers les|du|de|le|au|plus) (?P<word>haut|bas)(?= (?:de l['’]image|de la photo|du tableau|"
          "du cadre|à (?:gauche|"
          "droite)|de la page|de l['’]écran|de l['’]affiche)|$|[.,;:])", "seen"),
    Sense("(?:vers le|le plus|plus) (?P<word>haut|bas)", "seen"),
    Sense("(?:coins?|bords?|parties?|moitiés?|tiroirs?|étagères?|angles?|tiers|zones?|étages?|rangées?|portions?|lits?|"
          "panneaux?) "
          "(?P<word>supérieure?s?|inférieure?s?)", "seen"),
    Sense("(?:supérieure?s?|inférieure?s?) (?:à|aux?)|(?:membres?|lèvres?|classes?|mâchoire|enseignement|cadres?|paupière) "
          "(?:supérieure?s?|inférieure?s?)", "other"),
)  # fmt: skip
COMPASS = (
    Sense("(?:l['’]europe|l['’]afrique|l['’]asie|l['’]allemagne|bloc|pays|berlin|allemagne|europe|afrique) (?:de l['’]|du "
          ")?(?P<word>est|ouest|nord|sud)|"
          "(?:amérique|corée|pôle|caroline|gare|irlande|afrique) (?:du )?(?:nord|sud)",
          "other"),
    Sense("(?<=\\bl['’])(?-i:Ouest|Est)", "unclear"),
    Sense("(?<=\\bl['’])(?P<word>est|ouest)(?! (?:un|une|le|la|très|trop|plus|assez|aussi|en train)\\b)", "seen"),
    Sense("(?:côtés?|côtes?|rives?|bords?|façades?|ailes?|parties?|entrées?|murs?|versants?|flancs?|tours?|quais?|"
          "extrémités?|portes?|pointes?|"
          "vent d['’]|plein) (?P<word>est(?= (?:du|de la|de l['’]|des)| ?(?:$|[.,;]))|ouest|nord|sud)", "seen"),
    Sense("(?:au|du|le|plein) (?P<word>nord|sud)", "seen"),
    Sense("(?:côtés?|côtes?|rives?|bords?|façades?|parties?|murs?|versants?|flancs?|moitiés?) (?:occidenta|orienta)\\w+", "seen"),
)  # fmt: skip
