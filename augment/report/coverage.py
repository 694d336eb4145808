"""Which parts of a picture are seen in how many of its draws: where crops look, and what turns and shifts leave out."""

from __future__ import annotations

import numpy as np

from augment.errors import AugmentError
from augment.kernels.extents import without_pixels
from augment.program.lower import lower
from augment.report.look import as_bytes, shrunk
from augment.report.model import Fact, Figure, Panel
from augment.report.study import Study, Subject
from augment.sample import Target

DRAWS = 128
CELLS = 32
"""Along the longer side of the picture."""
POINTS = "__seen__"
SCALE = np.array([(48, 18, 84), (58, 82, 139), (32, 144, 141), (94, 201, 98), (253, 231, 37)], float)
"""From what is never seen to what always is."""


def coverage(study: Study, subject: Subject) -> np.ndarray | None:
    """(rows, columns): the share of draws in which each cell of a picture is in the result, from 0 to 1; None where it cannot be
    told, as of mixes, or nothing is moved."""
    size = study.size_of(subject)
    moves = any(leaf.op.relocates for leaf in study.program.leaves)
    if size is None or not moves or study.program.partnered:
        return None
    scale = CELLS / max(size)
    rows, columns = (max(1, round(length * scale)) for length in size)
    y, x = np.mgrid[:rows, :columns] + 0.5
    points = np.stack([x * size[1] / columns - 0.5, y * size[0] / rows - 0.5], axis=-1).reshape(-1, 2)
    targets = {**study.targets(subject), POINTS: Target(kind="keypoints")}
    seen = np.zeros(rows * columns)
    try:
        program = lower(study.pipeline.replace(targets=targets), stage=study.program.stage, seed=study.program.seed)
        for epoch in range(study.epoch, study.epoch + DRAWS):
            lost: dict[str, list[dict[str, int]]] = {}
            sample = {**study.samples[subject.at], POINTS: points}
            without_pixels(program, sample, program.values(subject.index, epoch), dropped=lost)
            seen += 1
            seen[[row["row"] for row in lost.get(POINTS, ())]] -= 1
    except AugmentError:  # an op that moves no points, or reads pixels to find its window
        return None
    return (seen / DRAWS).reshape(rows, columns)


def coverage_panel(study: Study, subject: Subject) -> Panel | None:
    """The picture in grey, with colours over it that say how often each part is seen."""
    found = coverage(study, subject)
    if found is None:
        return None
    name = next(name for name, target in study.targets(subject).items() if target.kind == "image")
    pixels = shrunk(as_bytes(study.samples[subject.at][name]), study.size)
    height, width = pixels.shape[:2]
    fine = found[np.arange(height) * found.shape[0] // height][:, np.arange(width) * found.shape[1] // width]
    at = fine * (len(SCALE) - 1)
    low = np.minimum(at.astype(int), len(SCALE) - 2)
    colours = SCALE[low] + (at - low)[..., None] * (SCALE[low + 1] - SCALE[low])
    mixed = np.rint(0.4 * pixels.mean(axis=2, keepdims=True) + 0.6 * colours).astype(np.uint8)
    told = {"seen least": found.min(), "on average": found.mean(), "seen most": found.max()}
    facts = tuple(Fact(words, _share(float(share))) for words, share in told.items())
    who = subject.name or "the sample"
    alt = f"{who}: parts of it are seen in {_share(found.min())} to {_share(found.max())} of {DRAWS} draws"
    figure = Figure(mixed, study.size_of(subject) or (height, width), alt)
    return Panel(who, "dark: never, yellow: always", figure=figure, facts=facts)


def _share(number: float) -> str:
    return f"{100 * number:.0f} %"


__all__ = ["coverage", "coverage_panel"]
