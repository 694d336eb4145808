"""Words of colour in a caption, and what a change of the image's colours makes of them: the nearest word of what they became."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

import numpy as np

from augment.captions.language import Language
from augment.captions.verdict import Doubt, Verdict
from augment.text.case import with_case_of
from augment.text.editing import Edit

Repaint = Callable[[np.ndarray], np.ndarray]
"""What becomes of colours: (n, 3) to (n, 3), in 0..1."""
MARGIN = 0.75
"""A word fits where its colour is nearer than this share of the distance to the next word's."""


def repainted(text: str, repaint: Repaint, language: Language) -> Verdict:
    """Return what is to become of a text whose image changes its colours."""
    verdict = Verdict()
    found = list(language.colour_pattern.finditer(text)) if language.colour_pattern else []
    other = language.other_patterns["other_colours"]
    spared = [m.span() for m in other.finditer(text)] if other and found else []
    for m in found:
        start, stop = m.span()
        if any(a <= start and stop <= b for a, b in spared):
            continue
        word = m[0].lower()
        nearest, clear = _name(repaint, word, language)
        if nearest == word or language.colours[nearest] == language.colours[word]:
            continue
        edit = Edit(start, stop, with_case_of(m[0], nearest))
        if clear:
            verdict.edit(*edit[:3])
        else:
            verdict.doubts.append(Doubt(start, stop, f"{m[0]!r} has become a colour without a word", (edit,)))
    return verdict


def _name(repaint: Repaint, word: str, language: Language) -> tuple[str, bool]:
    """The word for what a colour became, and whether it fits clearly."""
    names, swatches = _swatches(language)
    became = repaint(np.array([language.colours[word]]))
    far = np.linalg.norm(swatches - lab(became), axis=1)
    first, second = np.argsort(far)[:2]
    return names[first], bool(far[first] <= MARGIN * far[second])


@lru_cache(maxsize=64)
def _swatches(language: Language) -> tuple[list[str], np.ndarray]:
    """The words, each colour once, and where they lie in CIELAB."""
    names: dict[tuple[float, ...], str] = {}
    for name, colour in language.colours.items():
        names.setdefault(colour, name)
    return list(names.values()), lab(np.array(list(names)))


def lab(rgb: Any) -> np.ndarray:
    """CIELAB of sRGB colours (n, 3) in 0..1 under D65: distances there are those that people see (CIE 15)."""
    rgb = np.asarray(rgb, np.float64)
    light = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    xyz = light @ np.array([[0.4124, 0.2126, 0.0193], [0.3576, 0.7152, 0.1192], [0.1805, 0.0722, 0.9505]])
    t = xyz / np.array([0.9505, 1.0, 1.089])
    f = np.where(t > (6 / 29) ** 3, np.cbrt(t), t / (3 * (6 / 29) ** 2) + 4 / 29)
    return np.stack([116 * f[:, 1] - 16, 500 * (f[:, 0] - f[:, 1]), 200 * (f[:, 1] - f[:, 2])], axis=-1)
