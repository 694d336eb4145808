"""Corners that a turn leaves empty."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product
from typing import Any, NamedTuple

import numpy as np

from augment.errors import SampleError
from augment.lint.rule import Hit, rule
from augment.lint.subject import Subject
from augment.ops.kinds import Drawn, Geometric, Move
from augment.program.leaf import Leaf

SIZE = (1024, 1024)
"""Where the spec does not say how large pictures are."""
GRID = 24
"""So many points of a side are followed back from what comes out."""
EMPTY = 0.09
"""Of the area, on average over the draws: turns of up to 20 degrees stay below it."""
DARK = 0.1
"""Of full scale."""


class _Passed(NamedTuple):
    leaf: Leaf
    size: tuple[float, float]
    """Of the canvas before it."""
    move: Move


@rule("advice")
def black_corners(subject: Subject) -> Iterator[Hit]:
    """Turns leave corners that no crop removes, of a black that nobody chose: a constant border without a `fill`, beside pictures
    that are not dark at their edges."""
    shares: dict[str, list[float]] = {}
    draws = subject.drawn if any(map(_black, subject.leaves)) else ()
    for values, name in product(draws, subject.images[:1]):
        way = list(_way(subject, name, values))
        for at, passed in enumerate(way):
            if _black(passed.leaf) and _turns(passed.move):
                shares.setdefault(passed.leaf.path, []).append(_outside(way[at:]))
    for path, found in shares.items():
        if (share := float(np.mean(found))) > EMPTY and not _dark(subject, path):
            name = path.rpartition(".")[2]
            yield Hit(
                path, f"{name} leaves {share:.0%} of the picture to black corners on average",
                "a model may learn that black corners are a turned picture, and needs no other sign of it",
                "border: reflect, or a fill of the colour of the set; or turn a larger picture, and center_crop it after that",
            )  # fmt: skip


def _dark(subject: Subject, path: str) -> bool:
    """Whether the pictures that come to an op are black at their edges."""
    seen = subject.measured.ops.get(path) if subject.samples is not None else None
    return seen is not None and bool(seen.rims) and float(np.median(seen.rims)) < DARK


def _way(subject: Subject, image: str, values: Mapping[str, Any]) -> Iterator[_Passed]:
    """The moves of one draw, in order; those that bend are passed over."""
    size: tuple[float, float] = SIZE
    for leaf in subject.leaves:
        op = leaf.op
        if not op.relocates or _bends(op) or not leaf.active(values) or (op.on is not None and image not in op.on):
            continue
        assert isinstance(op, Geometric)
        try:
            move = op.move(values.get(leaf.key, {}), size, np)
        except SampleError:
            return
        yield _Passed(leaf, size, move)
        size = move.size


def _bends(op: Drawn) -> bool:
    """Whether an op moves each pixel on its own, and turns nothing."""
    return op.displaces or op.torn


def _black(leaf: Leaf) -> bool:
    """Whether what comes from outside is black, and nobody said so."""
    op = leaf.op
    return op.relocates and not _bends(op) and getattr(op, "border", "") == "constant" and "fill" not in op.model_fields_set


def _turns(move: Move) -> bool:
    """Whether a move turns by other than quarters: both sides of the picture lie askew."""
    return bool(np.abs(np.asarray(move.inverse, float)[:2, :2]).min() > 1e-3)


def _turn_alone(inverse: np.ndarray) -> np.ndarray:
    """A move without its shift, and without what it shrinks: these leave edges empty, whatever turns."""
    linear = inverse[:2, :2] / max(1.0, float(np.sqrt(abs(np.linalg.det(inverse[:2, :2])))))
    alone = np.eye(3)
    alone[:2, :2] = linear
    return alone


def _outside(way: list[_Passed]) -> float:
    """The share of what comes out that the turn of the first move took from outside its canvas, and that all others kept."""
    height, width = (float(side) for side in way[-1].move.size)
    steps = (np.arange(GRID) + 0.5) / GRID - 0.5
    x, y = np.meshgrid(steps * width, steps * height)
    points = np.stack([x, y, np.ones_like(x)], axis=-1)
    inside = np.ones(x.shape, bool)
    for passed in way[::-1]:
        before = inside
        inverse = np.asarray(passed.move.inverse, float)
        points = points @ (_turn_alone(inverse) if passed is way[0] else inverse).T
        points = points / points[..., 2:]
        inside = inside & (np.abs(points[..., 0]) <= passed.size[1] / 2) & (np.abs(points[..., 1]) <= passed.size[0] / 2)
    return float((before & ~inside).mean())
