"""Ops on the host that need other samples beside one: they join it with these, or adapt it to one of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from augment.engine.checks import refuse_unmovable
from augment.engine.mixing import compose_images, compose_labels, compose_masks, compose_rows, same_channels
from augment.engine.objects import layers_of
from augment.engine.state import Donor, State
from augment.errors import SampleError
from augment.ops.kinds import Mix, Partnered, Scale
from augment.program.leaf import Leaf
from augment.sample import Target

if TYPE_CHECKING:
    from augment.engine.host import Executor


def join(executor: Executor, leaf: Leaf, state: State, donor: Donor | None, at: int) -> None:
    """Do an op at the step ``at``, whose partners the ``donor`` brings there. Raises `SampleError` where there is none."""
    op = leaf.op
    assert isinstance(op, Partnered)
    targets = {name: t for name, t in state.targets.items() if op.on is None or name in op.on}
    refuse_unmovable(op, targets)
    if donor is None:  # also where this sample would stay as it is: an error must not depend on the draw
        how = "two samples" if op.sources == 2 else f"{op.sources} samples"
        does = f"joins {how}" if op.mixes else f"looks at {how}"
        raise SampleError(f"{does}, and was given one: use .over(dataset), or .collate on a batch (docs/mixing.md)")
    if not leaf.active(state.values) or leaf.key in state.closed:
        return
    others = donor(np.atleast_1d(state.values[leaf.key]["partner"]).tolist(), at)
    if op.mixes:
        _mix(executor, leaf, targets, [state, *others])
    else:
        _adapt(executor, leaf, targets, state, others[0])


def _adapt(executor: Executor, leaf: Leaf, targets: Mapping[str, Target], state: State, other: State) -> None:
    for name in [name for name, target in targets.items() if target.kind == "image"]:
        if name not in other.targets:
            raise SampleError(f"{name} is missing in the sample that it is adapted to")
        reference = executor.raster(other, name)
        same_channels(name, (executor.raster(state, name), reference))
        state.rasters[name] = executor.paint(leaf, state, name, reference)


def _mix(executor: Executor, leaf: Leaf, targets: Mapping[str, Target], states: Sequence[State]) -> None:
    op, state = leaf.op, states[0]
    assert isinstance(op, Mix)
    v = state.values[leaf.key]
    sizes = [next(iter(own.sizes.values())) for own in states]
    if op.reads:
        v = {**v, **op.aim(v, layers_of(states[1], targets))}
    composition = op.compose(v, sizes, np)
    for name, target in targets.items():
        if any(name not in other.targets for other in states[1:]):
            raise SampleError(f"{name} is missing in the sample that it is mixed with")
        if target.kind in ("image", "mask"):
            rasters = [executor.raster(own, name) for own in states]
            if target.kind == "image":
                fill = state.tails.get(name, Scale()).of(composition.fill)
                state.rasters[name] = compose_images(name, rasters, composition, fill, executor.primitives)
            else:
                state.rasters[name] = compose_masks(name, rasters, composition, target.fill, executor.primitives)
            state.sizes[name] = composition.size
        elif name in state.labels:
            state.labels[name] = compose_labels(name, [own.labels[name] for own in states], composition)
        elif name in state.passages:
            for other in states[1:]:
                state.passages[name].join(other.passages[name], getattr(op, "between", " "))
    compose_rows(states, [name for name in targets if name in state.rows], composition, executor.primitives)
