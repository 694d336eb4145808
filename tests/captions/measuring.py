"""How often captions become false: ours beside the two rules that are in use elsewhere, on labelled cases.

``python tests/captions/measuring.py`` writes the tables of docs/captions.md; a test compares them.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
import yaml

import augment

CASES = Path(__file__).parent / "cases"
PAGE = Path(__file__).parents[2] / "docs" / "captions.md"
BEGIN, END = "<!-- measured -->", "<!-- end -->"
FIRST_SIGHT = {
    "first": 3, "second": 6, "third": 0, "fourth": 50, "fifth": 11, "sixth": 9, "seventh": 9, "eighth": 6, "ninth": 3, "tenth": 3,
    "eleventh": 2, "twelfth": 3, "thirteenth": 1, "fourteenth": 8, "fifteenth": 8, "sixteenth": 3, "seventeenth": 20,
    "eighteenth": 29, "nineteenth": 30, "twentieth": 4, "twenty_first": 10,
    "twenty_second": 3, "twenty_third": 3, "twenty_fourth": 13, "twenty_fifth": 15, "twenty_sixth": 10, "twenty_seventh": 6,
}  # fmt: skip
"""Sets that were written after a version of the rules, and how many of its cases that version failed on."""
LANGUAGES = {
    "german": "de", "french": "fr", "spanish": "es", "german_second": "de", "french_second": "fr", "spanish_second": "es",
}  # fmt: skip
"""Sets of other languages, by their codes."""
FIRST_SIGHT_ABROAD = {
    "german": (3, 171), "french": (4, 162), "spanish": (3, 145), "german_second": (2, 61), "french_second": (5, 60),
    "spanish_second": (1, 58),
}  # fmt: skip
"""How many of how many cases the first version of a table failed on; of the second sets, the version before them."""
SETS = {"development": "with which the rules were written", **{name: f"{name.replace('_', '-')} set" for name in FIRST_SIGHT}}
TRANSFORMS = {
    "mirror": {"horizontal_flip": {"p": 1}}, "upend": {"vertical_flip": {"p": 1}}, "half_turn": {"rotate90": {"turns": 2}},
    "turn_left": {"rotate90": {"turns": 1}}, "turn_right": {"rotate90": {"turns": 3}}, "tilt": {"rotate": {"degrees": 8}},
    "slant": {"rotate": {"degrees": 45}}, "transpose": {"transpose": {"p": 1}}, "gray": {"grayscale": {"p": 1}},
    "negative": {"invert": {"p": 1}}, "hue10": {"hue": {"degrees": 10}}, "hue120": {"hue": {"degrees": 120}},
    "blur": {"gaussian_blur": {"sigma": "1px"}}, "brighten": {"brightness": {"factor": 1.2}},
}  # fmt: skip
COLOURING = {"gray", "negative", "hue10", "hue120", "brighten"}


class Case(NamedTuple):
    """A caption, what happens to its image, and what must become of it; None: the op must be skipped."""

    transform: str
    caption: str
    expected: str | None
    language: str = "en"


def cases(name: str) -> list[Case]:
    """Return the cases of a set."""
    found = []
    for group in yaml.safe_load((CASES / f"{name}.yaml").read_text(encoding="utf-8")):
        transform, code = group["transform"], LANGUAGES.get(name, "en")
        found += [Case(transform, caption, expected, code) for caption, expected in group.get("rewrite", {}).items()]
        found += [Case(transform, caption, caption, code) for caption in group.get("same", [])]
        found += [Case(transform, caption, None, code) for caption in group.get("skip", [])]
    return found


# The rules -----------------------------------------------------------------------------------------------------------

IMAGE = np.full((6, 6, 3), 128, np.uint8)


@cache
def ours(case: Case) -> str | None:
    """What a spec with the op makes of a sample with the caption."""
    spec, sample = _spec(case.transform, case.language), {"image": IMAGE, "caption": case.caption}
    out = augment.apply(spec, sample)["caption"]
    stayed = out == case.caption  # where it changed, the op was done
    return None if stayed and augment.record(spec, sample, index=0)["skipped"] else out


@cache
def _spec(transform: str, language: str) -> augment.Pipeline:
    targets = {"image": "image", "caption": {"kind": "caption", "language": language}}
    return augment.loads(yaml.safe_dump({"targets": targets, "pipeline": [TRANSFORMS[transform]]}))


def replacing(case: Case) -> str | None:
    """Plain replacement of the letters, as in MDETR and VirTex."""
    if case.transform != "mirror":
        return case.caption
    return case.caption.replace("left", "[TMP]").replace("right", "left").replace("[TMP]", "right")


_SWAPPED = {
    "left": "right", "leftmost": "rightmost", "left-most": "right-most", "lefthand": "righthand", "left-hand": "right-hand",
    "leftside": "rightside",
}  # fmt: skip
FORMS = {**_SWAPPED, **{b: a for a, b in _SWAPPED.items()}, "upright": "upleft"}
"""Thirteen forms, after the list of Augment the Pairs."""
COLOURS = set("red orange yellow green blue purple pink brown black white gray grey gold silver beige violet".split())


def word_list(case: Case) -> str | None:
    """A list of words as in Augment the Pairs: without one the image is flipped, with an unknown form it is not, others swap."""
    words = re.findall(r"[\w-]+", case.caption.lower())
    if case.transform in COLOURING:
        return None if COLOURS & set(words) else case.caption
    if case.transform != "mirror":
        return case.caption
    sides = [word for word in words if "left" in word or "right" in word]
    if any(word not in FORMS for word in sides):
        return None
    return re.sub(r"[\w-]+", lambda m: FORMS.get(m[0].lower(), m[0]), case.caption)


METHODS: dict[str, Callable[[Case], str | None]] = {
    "ours": ours, "word list, skip what is unknown (Augment the Pairs)": word_list, "`replace` (MDETR, VirTex)": replacing,
}  # fmt: skip


# The figures ---------------------------------------------------------------------------------------------------------


class Figures(NamedTuple):
    """Of a rule on some cases."""

    cases: int
    false: list[Case]
    """The caption is not what it must be, or the op was done though the sense is unclear."""
    needless: list[Case]
    """The op was skipped though the caption is clear."""

    @property
    def rate(self) -> float:
        return (len(self.false) + len(self.needless)) / self.cases

    def __str__(self) -> str:
        return f"{self.rate:.1%} ({len(self.false)} + {len(self.needless)})"


def measure(method: Callable[[Case], str | None], chosen: list[Case]) -> Figures:
    """Return how often a rule fails."""
    false, needless = [], []
    for case in chosen:
        got = method(case)
        if got is None and case.expected is not None:
            needless.append(case)
        elif got is not None and (case.expected is None or not _same(got, case)):
            false.append(case)
    return Figures(len(chosen), false, needless)


def _same(got: str, case: Case) -> bool:
    """Case apart, which the other rules do not keep."""
    assert case.expected is not None
    return got.lower() == case.expected.lower()


def tables() -> str:
    """The part of the page that is measured, but for what was noted at first sight."""
    lines = []
    for chosen, label in (("mirror", "Horizontal flips alone"), (None, "All changes")):
        heads = ["cases", "number", *METHODS, *([] if chosen else ["at first sight"])]
        lines += ["", f"{label}:", "", f"| {' | '.join(heads)} |"]
        lines.append("|---" * len(heads) + "|")
        for set_, about in (*SETS.items(), ("all", "all")):
            some = [c for s in (SETS if set_ == "all" else [set_]) for c in cases(s) if chosen in (None, c.transform)]
            cells = [about, str(len(some)), *(str(measure(method, some)) for method in METHODS.values())]
            if chosen is None:
                seen = FIRST_SIGHT.get(set_)
                cells.append("" if seen is None else f"{seen / len(some):.1%}")
            lines.append(f"| {' | '.join(cells)} |")
    lines += ["", "Other languages, all changes:", "", "| cases | number | ours | at first sight |", "|---|---|---|---|"]
    for name, (failed, number) in FIRST_SIGHT_ABROAD.items():
        some = cases(name)
        about = name.capitalize().replace("_", ", ")
        lines.append(f"| {about} | {len(some)} | {measure(ours, some)} | {failed / number:.1%} of {number} |")
    lines += ["", "Every miss of ours:", ""]
    every = [*SETS, *LANGUAGES]
    misses = [(s, kind, case) for s in every for kind in ("false", "needless") for case in getattr(measure(ours, cases(s)), kind)]
    for set_, kind, case in misses:
        became = f"became “{ours(case)}”" if kind == "false" else "the op was skipped"
        lines.append(f"- {set_.replace('_', '-')}, {case.transform}: “{case.caption}”: {became}")
    return "\n".join([BEGIN, *lines, "", END])


def page(text: str) -> str:
    """The page with the tables that were measured just now."""
    head, _, rest = text.partition(BEGIN)
    return head + tables() + rest.partition(END)[2]


if __name__ == "__main__":
    PAGE.write_text(page(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
