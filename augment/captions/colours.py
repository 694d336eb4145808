"""Words of colour in a caption, and what a change of the image's colours makes of them: the nearest word of what they became."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np

from augment.captions.grammar.readings import Sentence
from augment.captions.language import Language
from augment.captions.names import naming
from augment.captions.places import Places
from augment.captions.quotes import written
from augment.captions.verdict import Doubt, Verdict
from augment.text.case import with_case_of
from augment.text.document import Span
from augment.text.editing import Edit

Repaint = Callable[[np.ndarray], np.ndarray]
"""What becomes of colours: (n, 3) to (n, 3), in 0..1."""
MARGIN = 0.75
"""A word fits where its colour is nearer than this share of the distance to the next word's."""
COLOURLESS = 8.0
"""Of less chroma than this, a colour is a gray."""
GRAYS = (15.0, 90.0)
"""The lightness of what is called gray, where it had a colour: neither black nor white."""
TINTED = 60
"""So many characters before a word of colour what goes with it is looked for."""
JOINED = re.compile(r"[\s/&-]+")


class Hue(NamedTuple):
    """A word of colour at its place, with what belongs to it, and the word for what it has become."""

    start: int
    stop: int
    word: str
    new: str
    doubt: str = ""

    @property
    def changed(self) -> bool:
        return self.new != self.word


def repainted(text: str, repaint: Repaint, language: Language) -> Verdict:
    """Return what is to become of a text whose image changes its colours."""
    verdict = Verdict()
    lost, shaded = (_matches(name, text, language) for name in ("coloured", "shaded"))
    drained = _drained(repaint, language)
    if (why := language.foreign(text)) and drained:
        verdict.doubts.append(Doubt(0, len(text), why))
    elif drained:
        verdict.doubts += [Doubt(a, b, f"{text[a:b]!r} is not true of a picture without colours") for a, b in lost]
    if _reversed(repaint):
        verdict.doubts += [Doubt(a, b, f"{text[a:b]!r} is not true where dark and light change places") for a, b in shaded]
    for group in _joined(text, list(_hues(text, repaint, language, drained)), language):
        start, stop, doubt = group[0].start, group[-1].stop, next((hue.doubt for hue in group if hue.doubt), "")
        if not any(hue.changed for hue in group):
            continue
        edit = Edit(start, stop, with_case_of(text[start:stop], group[0].new))
        if doubt:
            verdict.doubts.append(Doubt(start, stop, doubt, (edit,)))
        else:
            verdict.edit(*edit[:3])
    return verdict


def _hues(text: str, repaint: Repaint, language: Language, drained: bool) -> Iterator[Hue]:
    """The words of colour of a text, but for those that name none."""
    found = list(language.colour_pattern.finditer(text)) if language.colour_pattern else []
    read = Places(written(text, language) if found else ())  # letters stay when their paint changes
    agreed = language.agreed(text) if found else {}
    sentence = Sentence(text, language.words) if found and language.words else None
    more = frozenset(["LOST"] if drained else [])
    for m in found:
        start, stop = m.span()
        name = naming(text, start, stop) if language.capitals else ""
        reading = sentence.read(start, stop, language.hues, more) if sentence else None
        if name == "name" or (reading and reading.meaning == "other") or read.around(start, stop):
            continue
        form = m[0].lower()
        word = language.colour_forms[form][0]
        became = lab(repaint(np.array([_colours(language)[word]])))
        ((new, clear),) = _names(became, [word], language)
        forms = {form} if new == word else language.colour_as(new, form, agreed.get((start, stop)))
        if new != word:
            tints = language.tint_pattern(word, lost=bool(_chroma(became)[0] < COLOURLESS))
            before = tints.search(text, max(0, start - TINTED), start) if tints else None
            if before and not (sentence and sentence.begins_with_a_thing(before.start(), stop)):
                start = before.start()
        doubt = "" if clear else f"{m[0]!r} has become a colour without a word"
        if len(forms) > 1:
            doubt = f"{m[0]!r} may become {' or '.join(sorted(forms))}"
        if name == "perhaps" or (reading and reading.meaning == "unclear"):
            doubt = f"{m[0]!r} may mean a colour, or not"
        yield Hue(start, stop, form, min(forms), doubt)


def _joined(text: str, hues: list[Hue], language: Language) -> Iterator[list[Hue]]:
    """Words of colour in groups: those that become one word, and stand together, are said once."""
    group: list[Hue] = []
    for hue in hues:
        between = text[group[-1].stop : hue.start] if group else ""
        linked = JOINED.fullmatch(between) or language.link_pattern.fullmatch(between.replace("-", " "))
        if group and not (linked and hue.new == group[-1].new):
            yield group
            group = []
        group.append(hue)
    if group:
        yield group


def wordless(repaint: Repaint, language: Language) -> list[bool]:
    """Of each word of colour, whether no other clearly fits what its colour becomes."""
    became = lab(repaint(np.array(list(language.colours.values()))))
    return [not clear for _, clear in _names(became, list(language.colours), language)]


def _names(became: np.ndarray, words: list[str], language: Language) -> Iterator[tuple[str, bool]]:
    """The words for what the colours of others became, (n, 3) in CIELAB, and whether each fits clearly; a colour that was lost
    leaves a gray."""
    names, swatches = _swatches(language)
    colours = _colours(language)
    own = lab(np.array([colours[word] for word in words]))
    gray = _chroma(swatches) < COLOURLESS
    gray &= (GRAYS[0] <= swatches[:, 0]) & (swatches[:, 0] <= GRAYS[1])
    lost = (_chroma(became) < COLOURLESS) & (_chroma(own) >= COLOURLESS)
    lost &= (GRAYS[0] <= became[:, 0]) & (became[:, 0] <= GRAYS[1])
    far = np.linalg.norm(swatches - became[:, None], axis=-1)
    moved = np.linalg.norm(own - became, axis=-1)
    for word, is_lost, each, nearest, own_far in zip(words, lost, far, np.argsort(far, axis=-1), moved, strict=True):
        first, second = nearest[:2]
        if is_lost and gray.any():
            yield names[gray.argmax()], True
        elif own_far <= each[first] or colours[names[first]] == colours[word]:
            yield word, True
        else:
            yield names[first], bool(each[first] <= MARGIN * each[second])


def _drained(repaint: Repaint, language: Language) -> bool:
    """Whether all colours become one: a picture without colours, or in sepia."""
    tones = lab(repaint(np.array(list(language.colours.values()))))[:, 1:]
    return bool(np.ptp(tones, axis=0).max() < 2 * COLOURLESS)


def _reversed(repaint: Repaint) -> bool:
    """Whether what was dark is light, and the other way round."""
    dark, light = lab(repaint(np.array([[0.2] * 3, [0.8] * 3])))[:, 0]
    return bool(dark > light)


def _matches(name: str, text: str, language: Language) -> list[Span]:
    pattern = language.pattern_of(name)
    return [m.span() for m in pattern.finditer(text)] if pattern else []


def _colours(language: Language) -> dict[str, tuple[float, float, float]]:
    return {**language.shades, **language.colours}


@lru_cache(maxsize=64)
def _swatches(language: Language) -> tuple[list[str], np.ndarray]:
    """The words, each colour once, and where they lie in CIELAB."""
    names: dict[tuple[float, ...], str] = {}
    for name, colour in language.colours.items():
        names.setdefault(colour, name)
    return list(names.values()), lab(np.array(list(names)))


def _chroma(colours: np.ndarray) -> np.ndarray:
    """How much colour is in colours (..., 3) in CIELAB: their distance from gray."""
    return np.hypot(colours[..., 1], colours[..., 2])


def lab(rgb: Any) -> np.ndarray:
    """CIELAB of sRGB colours (n, 3) in 0..1 under D65: distances there are those that people see (CIE 15)."""
    rgb = np.asarray(rgb, np.float64)
    light = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    xyz = light @ np.array([[0.4124, 0.2126, 0.0193], [0.3576, 0.7152, 0.1192], [0.1805, 0.0722, 0.9505]])
    t = xyz / np.array([0.9505, 1.0, 1.089])
    f = np.where(t > (6 / 29) ** 3, np.cbrt(t), t / (3 * (6 / 29) ** 2) + 4 / 29)
    return np.stack([116 * f[:, 1] - 16, 500 * (f[:, 0] - f[:, 1]), 200 * (f[:, 1] - f[:, 2])], axis=-1)
