"""What the colour ops of a step do to a sample: a stroke for each, found for the samples of a block at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from itertools import repeat
from typing import Any

import numpy as np

from augment.ops.kinds import Painting, Stroke
from augment.program.block import Block, Row
from augment.program.leaf import Leaf
from augment.program.steps import Step


def step_strokes(step: Step, leaves: tuple[Leaf, ...], values: Mapping[str, Any]) -> Sequence[Stroke]:
    """The strokes of those of a step's leaves that are active, for one sample."""
    if isinstance(values, Row) and leaves is values.block.opened(step)[values.number]:
        return values.block.once(step, Stroke, partial(_strokes, step, values.block))[values.number]
    return [_still(leaf) if leaf.still else _op(leaf).stroke(values.get(leaf.key, {}), np) for leaf in leaves]


def _strokes(step: Step, block: Block) -> dict[int, Sequence[Stroke]]:
    """The strokes for the samples of a block, by their numbers."""
    found: dict[int, Sequence[Stroke]] = dict.fromkeys(range(block.count), ())
    for leaves, numbers in block.alike(step):
        columns: list[Iterable[Stroke]] = []
        for leaf in leaves:
            ahead = None if leaf.still else block.ahead(leaf, Stroke, _op(leaf).strokes)
            columns.append(repeat(_still(leaf)) if ahead is None else [ahead[number] for number in numbers])
        found |= zip(numbers, zip(*columns, strict=False), strict=False)
    return found


def _still(leaf: Leaf) -> Stroke:
    """The stroke of an op that draws nothing, remembered."""
    if Stroke not in leaf.known:
        leaf.known[Stroke] = _op(leaf).stroke({}, np)
    return leaf.known[Stroke]


def _op(leaf: Leaf) -> Painting:
    assert isinstance(leaf.op, Painting)
    return leaf.op


__all__ = ["step_strokes"]
