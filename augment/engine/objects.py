"""Objects that are pasted, and those that they hide: rows go by what their instances show."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass

import numpy as np

from augment.engine.boxes import Boxes
from augment.engine.instances import Instances
from augment.engine.rows import Rows
from augment.engine.state import State
from augment.engine.visible import View, areas
from augment.errors import SampleError
from augment.ops.kinds import Placement, Window


def hide(state: State, hidden: np.ndarray, reason: str) -> None:
    """Let boxes and keypoints lose what lies on pixels (H, W) that are hidden, as their targets' policies say."""
    if not hidden.any():
        return
    height, width = hidden.shape
    whole = Placement(0, Window(0, 0, height, width), 0, 0)
    for rows in state.rows.values():
        rows.show(View((height, width), whole, shown=~hidden, reason=reason))


def layers_of(state: State, targets: Container[str]) -> np.ndarray:
    """The instances (H, W, n) of a sample; raises `SampleError` unless it has one target of them."""
    found = [rows for name, rows in state.rows.items() if name in targets and isinstance(rows, Instances)]
    if len(found) != 1:
        fix = "declare them: targets: {instances: instances}" if not found else "limit it with on to one of them"
        raise SampleError(f"needs the instances of both samples, and they have {len(found)} targets of that kind; {fix}")
    return found[0].raster


@dataclass(frozen=True)
class Objects:
    """The objects of a sample, whose instances say what is seen of each: rows that belong to them go by that."""

    names: frozenset[str]
    """Of the targets that have a row for each."""
    before: np.ndarray
    after: np.ndarray
    """(H, W, n): the instances, and what is seen of them."""

    @classmethod
    def of(cls, state: State, names: Sequence[str], view: View, chosen: np.ndarray | None) -> Objects:
        """Raises `SampleError` on boxes that belong to no instances."""
        before = layers_of(state, names)
        (own,) = (name for name in names if isinstance(state.rows[name], Instances))
        leader = state.follows.get(own, own)
        group = frozenset(name for name in names if state.follows.get(name, name) == leader)
        for name in names:
            if name not in group and isinstance(state.rows[name], Boxes):
                raise SampleError(f"{name}: which instances they are of must be said: targets: {{{name}: {{carry: [{own}]}}}}")
        after = before * view.shown[..., None].astype(before.dtype)
        if chosen is not None:
            after[..., ~chosen] = 0
        return cls(group, before, after)

    def show(self, rows: Rows, view: View) -> None:
        """Cut rows by what is seen of their objects."""
        left, whole = (np.count_nonzero(layers, axis=(0, 1)) for layers in (self.after, self.before))
        if isinstance(rows, Boxes):
            hulls = rows.hulls()
            share = left / np.maximum(whole, 1)
            lost = np.where(left[:, None] > 0, _hulls(self.after) - _hulls(self.before), 0)
            rows.cut(hulls + lost, areas(hulls), areas(hulls) * share)
        elif isinstance(rows, Instances):
            rows.put(self.after)
            rows.settle()
        else:
            rows.show(view)
        rows.drop(left == 0, "nothing of it is seen")


def _hulls(layers: np.ndarray) -> np.ndarray:
    """(n, 4): x0, y0, x1, y1 of the pixels of each layer (H, W, n); zeros where there are none."""
    out = []
    for axis in (0, 1):
        there = (layers != 0).any(axis=axis)  # (W, n), then (H, n)
        extent = there.shape[0]
        some = there.any(axis=0)
        out.append((np.where(some, there.argmax(axis=0), 0), np.where(some, extent - there[::-1].argmax(axis=0), 0)))
    (x0, x1), (y0, y1) = out
    return np.stack([x0, y0, x1, y1], axis=1).astype(float)
