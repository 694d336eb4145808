"""The French words of colour in all their forms, and when they mean something else."""

from __future__ import annotations

COLOURS = {
    "rouge": (0.8, 0.1, 0.1), "orange": (1.0, 0.55, 0.05), "jaune": (1.0, 0.9, 0.1), "vert": (0.1, 0.6, 0.15),
    "bleu": (0.1, 0.25, 0.8), "violet": (0.5, 0.1, 0.6), "rose": (1.0, 0.7, 0.8), "marron": (0.45, 0.28, 0.12),
    "noir": (0.03, 0.03, 0.03), "blanc": (0.97, 0.97, 0.97), "gris": (0.5, 0.5, 0.5), "turquoise": (0.2, 0.8, 0.8),
    "beige": (0.9, 0.85, 0.7),
}  # fmt: skip
FIXED = {
    "bleu marine": (0.1, 0.15, 0.45), "bleu ciel": (0.5, 0.75, 0.95), "bleu roi": (0.15, 0.3, 0.8),
    "vert olive": (0.45, 0.5, 0.2),
    "vert pomme": (0.5, 0.8, 0.2), "vert bouteille": (0.0, 0.35, 0.2), "rouge vif": (0.9, 0.1, 0.1),
    "jaune citron": (1.0, 0.95, 0.3),
    "jaune vif": (1.0, 0.9, 0.1), "vert vif": (0.1, 0.7, 0.15), "bleu vif": (0.1, 0.25, 0.9), "rose vif": (1.0, 0.3, 0.6),
    "bordeaux": (0.45, 0.05, 0.15), "kaki": (0.55, 0.55, 0.35), "fuchsia": (0.9, 0.1, 0.6),
}  # fmt: skip
"""Shades that have one form."""
SHADES = {
    **FIXED, "brun": (0.45, 0.28, 0.12), "mauve": (0.75, 0.55, 0.75), "doré": (0.85, 0.65, 0.15), "argenté": (0.75, 0.75, 0.75),
    "pourpre": (0.55, 0.05, 0.3), "roux": (0.7, 0.35, 0.15), "blond": (0.9, 0.8, 0.5),
}  # fmt: skip
ODD = {
    "violet": ("violet", "violette", "violets", "violettes"), "blanc": ("blanc", "blanche", "blancs", "blanches"),
    "gris": ("gris", "grise", "gris", "grises"), "roux": ("roux", "rousse", "roux", "rousses"),
}  # fmt: skip


def _forms(word: str) -> tuple[str, ...]:
    """Masculine and feminine, of one and of many."""
    if word in ODD:
        return ODD[word]
    if word in FIXED or word in ("orange", "marron", "turquoise"):
        return (word,) * 4
    if word.endswith("e"):
        return word, word, f"{word}s", f"{word}s"
    return word, f"{word}e", f"{word}s", f"{word}es"


FORMS = {word: _forms(word) for word in (*COLOURS, *SHADES)}
AGREEMENTS = (
    ("(?:en|de|du|le|vêtue?s? de|habillée?s? en) (?P<word>{colour})", 0),
    ("(?P<word>{colour}) (?:clair|foncé|pâle)", 0),
    ("(?:un|le|du|au|ce|cet) [\\w-]+ (?P<word>{colour})", 0),
    ("(?:une|la|cette) [\\w-]+ (?P<word>{colour})", 1),
    ("(?:une|la|cette) [\\w-]+ {colour} et (?P<word>{colour})", 1),
    ("(?:un|le|du|au|ce|cet) [\\w-]+ {colour} et (?P<word>{colour})", 0),
)
"""The noun right before tells its gender by its article."""
OTHER_COLOURS = (
    "(?-i:Croix|mer|Mer|Place|place|Armée)[- ](?-i:Rouge|Noire|rouge)|(?-i:Maison)[- ](?-i:Blanche)|les (?-i:Bleus|Verts)|"
    "vins? (?:rouges?|blancs?)|(?:verre|bouteille)s? de (?:rouge|blanc|rosé)|thés? (?:verts?|noirs?)|cafés? noirs?|"
    "chocolats? (?:noirs?|blancs?)|"
    "haricots? (?:verts?|rouges?|blancs?|noirs?)|olives? (?:vertes?|noires?)|pains? (?:blancs?|noirs?)|poivre (?:noir|"
    "blanc)|choux? rouges?|"
    "oignons? rouges?|ours (?:bruns?|blancs?|noirs?)|pandas? roux|numéro vert|cartes? (?:rouges?|jaunes?|bleues?|vertes?)|"
    "tapis rouge|"
    "nuits? blanches?|armes? blanches?|fil rouge|liste (?:noire|rouge)|marché noir|boîte noire|trous? noirs?|fruits rouges|"
    "viandes? (?:rouges?|"
    "blanches?)|blanc d['’]œuf|blancs? de poulet|noir et blanc|noir sur blanc|espaces verts|(?:une|l['’]|des|deux|trois|"
    "cette|d['’]|cinq|les|"
    "quelques|d['’]une) ?oranges?(?! et (?:{colour}))(?= ?(?:$|[.,;:)]|(?:sur|dans|et|à|coupée?s?|pelée?s?|posée?s?|avec|"
    "est|sont|mûre?s?)\\b))|"
    "(?:jus|tranches?|quartiers?|zestes?|peau|pelures?) d['’]oranges?|(?:une|la|cette|sa|des|les|deux|trois|quelques|"
    "d['’]une|aux?|ces) roses?|de roses|"
    "(?:des|les|quelques|bouquet de) violettes|(?:des|les|quelques) marrons|(?:le|un) bleu (?:de travail|au genou)|carnets? "
    "roses?|"
    "requins? blancs?|or noir|mouton noir|chats? noirs porte|cols? (?:blancs?|bleus?)"
)
HAIR = "(?:cheveux|barbes?|moustaches?|cheveu|peau|sourcils|tresses?|crinière|chevelure|boucles)"
PEOPLE = "(?:hommes?|femmes?|personnes?|garçons?|filles?|gens|enfants?|famille|jeunes?|population|américaine?s?)"
METAL = (
    "(?:bagues?|chaînes?|colliers?|montres?|médailles?|couronnes?|trophées?|statues?|boucles? d['’]oreilles?|bracelets?|"
    "pièces?|cadres?|cuillères?)"
)
UNCLEAR_COLOURS = (
    f"{METAL} (?:dorée?s?|argentée?s?)|(?:blond|roux|rousse)e?s?|(?:un|une|l[ea]s?|des|{PEOPLE}) brune?s?|"
    f"{HAIR}(?: \\w+)? {{colour}}|{PEOPLE} (?:noire?s?|"
    f"blanche?s?|blancs?)|"
    "(?:les|des|aux|deux) (?:noirs|blancs)|feux?(?: \\w+){0,3} {colour}|(?:au|passe au|est au) (?:rouge|vert|orange)(?= "
    "?(?:$|[.,;]))|"
    "joues? {colour}|visages? {colour}"
)
COLOURED = (
    "{colour} ou {colour}|"
    "colorée?s?|multicolores?|bariolée?s?|bigarrée?s?|arc-en-ciel|arcs-en-ciel|(?:de toutes les |aux |en |de |"
    "plusieurs |différentes |vives )?couleurs?|sépia"
)
