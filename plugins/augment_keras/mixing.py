"""Boxes and keypoints of several samples of a batch, joined: padded rows, those of each sample behind those before it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from augment.engine.batch import Batch
from augment.engine.visible import View, views
from augment.ops.kinds import Composition, Placement, Window
from augment.program.leaf import Leaf
from augment_keras import ops
from augment_keras.targets import Rows

Tensor = Any


def mix_points(leaf: Leaf, batch: Batch, composition: Composition, partners: Sequence[Tensor], open_: Any) -> None:
    """Append the rows of the partners, and keep what is seen of each sample's.

    Where the gate is closed, those of the partners are padding.
    """
    shown = list(views(_by_sample(composition)))
    for name, mine in batch.points.items():
        assert isinstance(mine, Rows)
        if leaf.concerns(name):
            theirs = mine if batch.donors is None else _padded(batch.donors.points[name], mine)  # type: ignore[arg-type]
            batch.points[name] = _joined(mine, theirs, partners, shown, open_)


def _joined(mine: Rows, theirs: Rows, partners: Sequence[Tensor], shown: Iterable[tuple[int, View]], open_: Any) -> Rows:
    own, other = replace(mine), replace(theirs)
    for rows in (own, other):
        rows.settle()
    groups: list[Rows] = [own, *(other.each(lambda tensor, at=at: ops.take(tensor, at, axis=0)) for at in partners)]
    for source, view in shown:
        groups[source].show(view)
    for rows in groups[1:] if open_ is not True else ():
        rows.alive = ops.logical_and(rows.alive, open_[:, None])
    first, *others = own.where(open_, mine), *groups[1:]
    return first.each(lambda *tensors: ops.concatenate(tensors, axis=1), *others)


def _padded(rows: Rows, like: Rows) -> Rows:
    """Rows with as many behind them, which are gone, as ``like`` has more."""

    def pad(tensor: Tensor, other: Tensor) -> Tensor:
        return ops.concatenate([tensor, ops.zeros_like(other[:, ops.shape(tensor)[1] :])], axis=1)

    return rows.each(pad, like)


def _by_sample(composition: Composition) -> Composition:
    """A composition whose numbers are (B or 1, 1): for rows (B, n)."""
    pair, placements = composition.pair, composition.placements
    if pair is not None and pair.rectangle is not None:
        pair = pair._replace(rectangle=pair.rectangle[:, None])
    return composition._replace(pair=pair, placements=tuple(map(_placed, placements)))


def _placed(placement: Placement) -> Placement:
    window, resized = Window(*map(_column, placement.window)), placement.resized
    resized = None if resized is None else (_column(resized[0]), _column(resized[1]))
    return placement._replace(window=window, y=_column(placement.y), x=_column(placement.x), resized=resized)


def _column(number: Any) -> Tensor:
    return ops.reshape(ops.cast(ops.convert_to_tensor(number), "float32"), (-1, 1))


__all__ = ["mix_points"]
