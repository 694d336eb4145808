"""The Spanish words of colour in all their forms, and when they mean something else."""

from __future__ import annotations

COLOURS = {
    "rojo": (0.8, 0.1, 0.1), "naranja": (1.0, 0.55, 0.05), "amarillo": (1.0, 0.9, 0.1), "verde": (0.1, 0.6, 0.15),
    "azul": (0.1, 0.25, 0.8), "morado": (0.5, 0.1, 0.6), "rosa": (1.0, 0.7, 0.8), "marrón": (0.45, 0.28, 0.12),
    "negro": (0.03, 0.03, 0.03), "blanco": (0.97, 0.97, 0.97), "gris": (0.5, 0.5, 0.5), "turquesa": (0.2, 0.8, 0.8),
    "beige": (0.9, 0.85, 0.7),
}  # fmt: skip
FIXED = {
    "azul marino": (0.1, 0.15, 0.45), "azul cielo": (0.5, 0.75, 0.95), "azul celeste": (0.5, 0.75, 0.95),
    "verde oliva": (0.45, 0.5, 0.2),
    "verde lima": (0.5, 0.85, 0.2), "rojo vivo": (0.9, 0.1, 0.1), "amarillo limón": (1.0, 0.95, 0.3),
    "granate": (0.45, 0.05, 0.15),
    "caqui": (0.7, 0.65, 0.45), "fucsia": (0.9, 0.1, 0.6), "celeste": (0.5, 0.75, 0.95), "lila": (0.8, 0.65, 0.85),
}  # fmt: skip
"""Shades that have one form."""
SHADES = {
    **FIXED, "violeta": (0.5, 0.1, 0.6), "dorado": (0.85, 0.65, 0.15), "plateado": (0.75, 0.75, 0.75), "rubio": (0.9, 0.8, 0.5),
    "castaño": (0.4, 0.25, 0.12), "pardo": (0.45, 0.35, 0.25), "rosado": (1.0, 0.7, 0.8), "anaranjado": (1.0, 0.55, 0.1),
    "rojizo": (0.7, 0.25, 0.15), "azulado": (0.35, 0.45, 0.75), "verdoso": (0.35, 0.6, 0.4), "pelirrojo": (0.7, 0.3, 0.15),
}  # fmt: skip


def _forms(word: str) -> tuple[str, ...]:
    """Masculine and feminine, of one and of many."""
    if word in FIXED:
        return (word,) * 4
    if word.endswith("o"):
        return tuple(f"{word[:-1]}{end}" for end in ("o", "a", "os", "as"))
    many = f"{word}s" if word[-1] in "ae" else f"{word.replace('ó', 'o')}es"
    return word, word, many, many


FORMS = {word: _forms(word) for word in (*COLOURS, *SHADES)}
AGREEMENTS = (
    ("(?:en|de|de color|el|color) (?P<word>{colour})", 0),
    ("(?P<word>{colour}) (?:claro|oscuro|pálido)", 0),
    ("(?:un|el|del|al|este|ese) [\\w-]+ (?P<word>{colour})", 0),
    ("(?:una|la|esta|esa) [\\w-]+ (?P<word>{colour})", 1),
    ("(?:unos|los|estos|dos|tres) [\\w-]+os (?P<word>{colour})", 2),
    ("(?:unas|las|estas|dos|tres) [\\w-]+as (?P<word>{colour})", 3),
)
"""The noun right before tells its gender by its article."""
COLOURED = (
    "{colour} [ou] {colour}|"
    "colorid[oa]s?|multicolor|multicolores|arco ?iris|arcoíris|(?:a|en|de|muchos|varios|distintos|diferentes|vivos|todos "
    "los|el|los|qué) "
    "color(?:es)?(?! (?:{colour}))|colores|sepia|colorad[oa]s?|abigarrad[oa]s?"
)
SHADED = "(?:oscur|clar|pálid)[oa]s?"
