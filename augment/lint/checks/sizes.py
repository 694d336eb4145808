"""Sizes: pictures that are enlarged, resampled twice, or come out in different sizes."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np

from augment.lint.rule import Hit, rule
from augment.lint.subject import Subject
from augment.program.leaf import Leaf

ENLARGED = 1.15
NEARLY = 1.2
ROWS = frozenset({"boxes", "oriented_boxes", "polygons", "instances"})


@rule("advice")
def upsampling(subject: Subject) -> Iterator[Hit]:
    """A resize makes pictures larger than they are: found from the sizes in the spec, or measured on the given files."""
    for leaf in _resizing(subject):
        known = _factor(subject, leaf)
        tally = subject.measured.ops.get(leaf.path) if subject.samples is not None and known is None else None
        factors = [known] if known else tally.enlarged if tally else []
        if factors and (most := float(np.median(factors))) > ENLARGED:
            where = "" if known else f" ({subject.measured})"
            yield Hit(
                leaf.path, f"{leaf.op.name()} enlarges pictures {most:.2g} times{where}",
                "there is no more to see in them, and every later step costs as much as if there were",
                "choose a smaller size, or a larger one before it",
            )  # fmt: skip


@rule("advice")
def resampled_twice(subject: Subject) -> Iterator[Hit]:
    """Two resizes in a row: each blurs, and the second could have started from the picture itself."""
    for name in subject.images:
        leaves = [leaf for leaf in subject.leaves if leaf.concerns(name)]
        resizes: list[tuple[int, Leaf]] = [(i, x) for i, x in enumerate(leaves) if x.op.resizes and not x.gate]
        for (i, first), (j, second) in pairwise(resizes):
            between = [leaf.op for leaf in leaves[i + 1 : j]]
            if first.path != second.path and all(op.relocates and not op.samples for op in between):
                yield Hit(
                    second.path, f"{second.op.name()} resamples what {first.path} has resampled",
                    "details are blurred twice, and a crop of a small picture shows less than the same crop of the large one",
                    f"leave {first.op.name()} out, or make the second a crop without resizing",
                )  # fmt: skip


@rule("warning")
def varying_size(subject: Subject) -> Iterator[Hit]:
    """Pictures come out in different sizes, depending on what is drawn, or on their own where both sides follow from it: they
    cannot be stacked to a batch."""
    for name in subject.images:
        canvases = subject.canvases[name]
        blamed = [x for x in subject.leaves if x.op.canvas == "drawn" or (x.op.canvas == "fixed" and x.gate)]
        several = max(canvases.ends, key=len, default=frozenset())
        # without any size in the spec, the size of a result is that of its picture, and nobody expects one for all
        if len(several) > 1 and blamed and any(leaf.op.canvas == "fixed" for leaf in subject.leaves):
            sizes = ", ".join(f"{h} x {w}" for h, w in sorted(several)[:3])
            yield Hit(
                blamed[-1].path, f"{name} comes out in {len(several)} sizes ({sizes}{', ...' if len(several) > 3 else ''})",
                "a batch needs one size",
                "leave its p out, or end with an op that gives one size, such as center_crop or resize",
            )  # fmt: skip
        elif sized := [leaf for leaf in subject.leaves if leaf.op.canvas == "fixed"]:
            ends = [end for one in canvases.ends for end in one]
            heights, widths = ({end[axis] for end in ends} for axis in (0, 1))
            # rows, such as boxes, are stacked by no collate function, and who has them has lists
            if len(heights) > 1 and len(widths) > 1 and not ROWS & {target.kind for target in subject.pipeline.targets.values()}:
                sizes = ", ".join(f"{h} x {w}" for h, w in sorted(set(ends))[:2])
                yield Hit(
                    sized[-1].path, f"{sized[-1].op.name()} leaves {name} in the shape of its picture ({sizes})",
                    "a batch needs one size",
                    "follow it with center_crop, random_crop or pad, or give size instead, which sets both sides",
                )  # fmt: skip


def _resizing(subject: Subject) -> Iterator[Leaf]:
    leaves = {leaf.path: leaf for leaf in subject.leaves if leaf.op.resizes}
    return iter(leaves.values())


def _factor(subject: Subject, leaf: Leaf) -> float | None:
    """By how much a resize enlarges, if the spec alone decides that."""
    for name in subject.images:
        before, after = subject.canvases[name].before(leaf.path), subject.canvases[name].after(leaf.path)
        if before and after:
            return float(np.sqrt(after[0] * after[1] / (before[0] * before[1])))
    return None
