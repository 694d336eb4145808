"""The ways that native code finds for the walks of a block at once are those that it finds for each."""

import numpy as np
import pytest

from augment.ops import Affine, Elastic, HorizontalFlip, Perspective, RandomCrop, RandomResizedCrop, Resize
from augment.program.block import Block, opened
from augment.program.lower import lower
from augment.program.walk import Walk, step_walk
from augment.random import sample_key
from augment.spec.node import Pipeline

COUNT = 40
RUNS = {
    "crop": [RandomResizedCrop(size=40, area=[0.3, 1], antialias=False, fill=0.5)],
    "run": [
        RandomCrop(size=32), HorizontalFlip(p=0.5), Affine(rotate="±20", p=0.5, fill=[0.1, 0.2, 0.3]),
        Perspective(distortion=0.3),
    ],
    "bent": [HorizontalFlip(p=0.5), Elastic(alpha="2px", sigma="5px")],
    "folded": [Affine(rotate="±20", translate_x="±0.4", border="reflect"), HorizontalFlip(p=0.5, border="reflect")],
}  # fmt: skip


@pytest.mark.parametrize("channels", [0, 1, 3])
@pytest.mark.parametrize("nodes", RUNS.values(), ids=RUNS)
def test_ways_are_found_together_as_alone(native, nodes, channels):
    from augment.kernels.fused.way import way_of

    program = lower(Pipeline([Resize(size=48), *nodes], seed=3))
    step, draws = program.steps[-1], program.plan.draw(sample_key(0, np.zeros(COUNT, int), np.arange(COUNT)))
    together = 0
    for row in Block(draws, COUNT).rows():
        walk = step_walk(step, opened(step, row), row, (48, 48))
        way, alone = way_of(walk, channels), way_of(Walk(walk.legs, walk.size, walk.border, walk.interpolation), channels)
        assert way.found == alone.found and len(way.stage) > 5
        assert all(bytes(mine) == bytes(other) for mine, other in zip(way[1:5], alone[1:5], strict=True))
        assert all(np.array_equal(mine, other) for mine, other in zip(way.fields, alone.fields, strict=True))
        together += walk.beside is not None and way_of(walk, channels) is way
    assert together == (0 if Elastic in map(type, nodes) else COUNT)
