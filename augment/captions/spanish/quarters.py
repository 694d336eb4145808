"""How Spanish says a direction in all four ways, for quarter turns."""

from __future__ import annotations

from augment.captions.families import four
from augment.captions.language import Phrase

PHRASES = (
    Phrase(four("a la izquierda del", "a la derecha del", "por encima del", "por debajo del"), r"(?!\s+(?:cuadro|marco))"),
    Phrase(four("a la izquierda de", "a la derecha de", "por encima de", "por debajo de"), r"(?!\s+la\s+(?:imagen|foto))"),
    Phrase(four("a la izquierda", "a la derecha", "arriba", "abajo"), r"(?!\s+de)"),
    Phrase(four("hacia la izquierda", "hacia la derecha", "hacia arriba", "hacia abajo")),
    Phrase(four("izquierda", "derecha", "superior", "inferior"), reads="WE"),
    Phrase(four("izquierdo", "derecho", "superior", "inferior"), reads="WE"),
    Phrase(four("izquierdas", "derechas", "superiores", "inferiores"), reads="WE"),
    Phrase(four("izquierdos", "derechos", "superiores", "inferiores"), reads="WE"),
)
