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
COLOURED = (
    "{colour} ou {colour}|"
    "colorée?s?|multicolores?|bariolée?s?|bigarrée?s?|arc-en-ciel|arcs-en-ciel|(?:de toutes les |aux |en |de |"
    "plusieurs |différentes |vives )?couleurs?|sépia"
)
SHADED = "(?:sombre|clair|foncé|pâle)e?s?"
