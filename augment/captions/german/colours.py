"""The German words of colour in all their forms, and when they mean something else."""

from __future__ import annotations

COLOURS = {
    "rot": (0.8, 0.1, 0.1), "orange": (1.0, 0.55, 0.05), "gelb": (1.0, 0.9, 0.1), "grün": (0.1, 0.6, 0.15),
    "blau": (0.1, 0.25, 0.8), "lila": (0.5, 0.1, 0.6), "rosa": (1.0, 0.7, 0.8), "braun": (0.45, 0.28, 0.12),
    "schwarz": (0.03, 0.03, 0.03), "weiß": (0.97, 0.97, 0.97), "grau": (0.5, 0.5, 0.5), "türkis": (0.2, 0.8, 0.8),
    "beige": (0.9, 0.85, 0.7),
}  # fmt: skip
LIGHT, DARK = 0.5, 0.65


def _lighter(rgb: tuple[float, float, float]) -> tuple[float, float, float]:
    r, g, b = (1 - (1 - c) * LIGHT for c in rgb)
    return r, g, b


def _darker(rgb: tuple[float, float, float]) -> tuple[float, float, float]:
    r, g, b = (c * DARK for c in rgb)
    return r, g, b


PLAIN = ("rot", "gelb", "grün", "blau", "braun")
SHADES = {
    **{f"hell{word}": _lighter(COLOURS[word]) for word in PLAIN},
    **{f"dunkel{word}": _darker(COLOURS[word]) for word in PLAIN},
    "violett": (0.5, 0.1, 0.6), "pink": (0.95, 0.3, 0.6), "golden": (0.85, 0.65, 0.15), "silbern": (0.75, 0.75, 0.75),
    "himmelblau": (0.5, 0.75, 0.95), "marineblau": (0.1, 0.15, 0.45), "königsblau": (0.15, 0.3, 0.8),
    "knallrot": (0.9, 0.05, 0.05),
    "feuerrot": (0.9, 0.1, 0.05), "weinrot": (0.45, 0.05, 0.15), "ziegelrot": (0.7, 0.3, 0.2), "olivgrün": (0.45, 0.5, 0.2),
    "giftgrün": (0.3, 0.9, 0.1), "neongrün": (0.3, 1.0, 0.1), "neongelb": (0.9, 1.0, 0.1), "zitronengelb": (1.0, 0.95, 0.3),
    "grasgrün": (0.2, 0.6, 0.1), "rotbraun": (0.5, 0.25, 0.12), "blaugrün": (0.05, 0.5, 0.5), "khaki": (0.7, 0.65, 0.45),
    "orangefarben": (1.0, 0.55, 0.05), "rosafarben": (1.0, 0.7, 0.8), "blond": (0.9, 0.8, 0.5), "rötlich": (0.7, 0.2, 0.15),
    "bläulich": (0.3, 0.4, 0.7), "grünlich": (0.3, 0.6, 0.35), "gelblich": (0.9, 0.85, 0.4), "bräunlich": (0.5, 0.35, 0.2),
}  # fmt: skip
FIXED = ("lila", "rosa", "orange", "khaki")
"""What has one form for all, as a rule: 'ein lila Kleid'."""
ENDINGS = ("e", "en", "er", "es", "em")


def _forms(word: str) -> tuple[str, ...]:
    if word in FIXED:
        return (word,) * (1 + len(ENDINGS))
    return word, *(f"{word.removesuffix('e')}{end}" for end in ENDINGS)


FORMS = {word: _forms(word) for word in (*COLOURS, *SHADES)}
BRIGHTS = "leuchtend|leuchtendes|grell|kräftig|strahlend|knallig"
COLOURED = (
    "{colour} oder {colour}|"
    "(?:bunt|kunterbunt|farbig|mehrfarbig|vielfarbig|zweifarbig|dreifarbig|farbenfroh|farbenprächtig|verschiedenfarbig|"
    "regenbogenfarben)"
    "(?:e|en|er|es|em)?|Regenbogen\\w*|Farben?|Farb(?:foto|aufnahme|bild|film|fotografie)\\w*|Sepia\\w*"
)
SHADED = r"(?:dunkel|dunkl|hell|blass)\w*"
