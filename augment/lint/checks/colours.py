"""Levels that are pushed into black and white, and colours where there are none."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from augment.lint.rule import Hit, rule
from augment.lint.subject import Subject

ADDED = 0.12
"""Of all values, on average over the draws."""


@rule("warning")
def clipped_colours(subject: Subject) -> Iterator[Hit]:
    """A colour op pushes a large share of the values to 0 or 1, measured on the given files or on a photograph of the package."""
    measured = subject.measured
    for path, tally in measured.ops.items():
        if not tally.clipped:
            continue
        before, after = np.mean(tally.clipped, axis=0)
        if after - before > ADDED:
            name = path.rpartition(".")[2]
            yield Hit(
                path, f"{name} leaves {after:.0%} of all values at 0 or 1, where there were {before:.0%} before ({measured})",
                "what was told apart by colour or shade is one flat area then, and no later op brings it back",
                "draw it nearer to what changes nothing, or leave out another op that does the same",
            )  # fmt: skip


@rule("warning")
def after_grey(subject: Subject) -> Iterator[Hit]:
    """Hue or saturation after `grayscale`, or of grey pictures: no colours are left to change, measured as the levels are."""
    for path, tally in subject.measured.ops.items():
        for name, idle in tally.idle.items():
            if idle and all(idle):
                yield Hit(
                    path, f"{name} changes nothing: pictures come to it without colours ({subject.measured})",
                    "a grey has no hue, and no saturation to change",
                    "put it before what takes the colours away, or leave it out",
                )  # fmt: skip
