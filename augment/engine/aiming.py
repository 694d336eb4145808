"""Ops that look at boxes and masks of a sample on the host before they decide where it goes, or what of it they hide."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from augment.engine.boxes import Boxes
from augment.engine.checks import refuse_unmovable
from augment.engine.objects import hide
from augment.engine.state import State
from augment.ops.kinds import Geometric, Painting, Sight
from augment.program.leaf import Leaf

if TYPE_CHECKING:
    from augment.engine.host import Executor


def aim(executor: Executor, leaf: Leaf, state: State) -> None:
    """Let an op look at boxes and masks before it moves them, or hides some of what they show."""
    op, v = leaf.op, state.values.get(leaf.key, {})
    if not leaf.active(state.values) or leaf.key in state.closed or "window" in v:
        return
    boxes = [rows for rows in state.rows.values() if isinstance(rows, Boxes)]
    hulls = [rows.hulls() for rows in boxes]
    sight = Sight(
        np.concatenate([np.zeros((1, 4)), *hulls]), np.concatenate([[False], *(rows.alive for rows in boxes)]),
        partial(executor.locate, state), partial(executor.components, state),
    )  # fmt: skip
    size = next(iter(state.sizes.values()))
    if not op.relocates:
        assert isinstance(op, Painting)
        refuse_unmovable(op, state.targets)
        hidden = op.aim(v, size, sight, np)
        state.values = {**state.values, leaf.key: {**v, "hidden": hidden}}
        hide(state, hidden, f"hidden by {leaf.path}")
        return
    assert isinstance(op, Geometric)
    aimed, kept = op.aim(v, size, sight, np)
    state.values = {**state.values, leaf.key: {**v, **aimed}}
    if kept is None:
        return
    first = 1
    for rows in boxes:
        rows.drop(~kept[first : first + len(rows)], f"left out by {leaf.path}")
        first += len(rows)
