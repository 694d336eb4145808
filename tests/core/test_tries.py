"""One sample on the host and a batch find the same: plain numbers are a quicker way, and no other meaning."""

import numpy as np
import pytest

from augment import ops
from augment.program.lower import lower
from augment.program.walk import host_walk
from augment.spec.node import Pipeline

SIZES = (300, 451), (97, 1000), (3, 2)


def one(values, key, i):
    return {name: v[i] for name, v in values[key].items()}


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("area", [(0.08, 1.0), (0.9, 1.0)])  # of the second, few fit into long images
def test_windows(size, area):
    op = ops.RandomResizedCrop(size=24, area=area)
    values = lower(Pipeline([op])).values(np.arange(300))
    batch = np.stack([np.broadcast_to(side, 300) for side in op.window(values[op.name()], size, np)], axis=1)
    single = [[float(side) for side in op.window(one(values, op.name(), i), size, np)] for i in range(300)]
    assert np.array_equal(batch, single)


@pytest.mark.parametrize("size", SIZES)
def test_rectangles(size):
    op = ops.RandomErasing(area=(0.3, 0.9))
    values = lower(Pipeline([op])).values(np.arange(300))
    batch = op.rectangles(values[op.name()], size, np)
    assert np.array_equal(batch, [op.rectangles(one(values, op.name(), i), size, np) for i in range(300)])


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("holes", [1, (1, 4)])
def test_holes(size, holes):
    op = ops.CoarseDropout(holes=holes, height=(0.05, 0.9), width=("1px", "40px"))
    values = lower(Pipeline([op])).values(np.arange(300))
    batch = op.rectangles(values[op.name()], size, np)
    assert np.array_equal(batch, [op.rectangles(one(values, op.name(), i), size, np) for i in range(300)])
    assert ((batch[..., 2:] > batch[..., :2]).all(-1).sum(-1) == values[op.name()]["holes"]).all()


def test_matrices():
    op = ops.Perspective(distortion=(0.1, 0.6))
    values = lower(Pipeline([op])).values(np.arange(50))
    batch = op.move(values[op.name()], (60, 80), np).inverse
    single = [op.move(one(values, op.name(), i), (60, 80), np).inverse for i in range(50)]
    assert np.allclose(batch, single, rtol=1e-12, atol=1e-12)


def test_a_walk_of_one_sample_is_made_of_floats_of_64_bits():
    program = lower(Pipeline([ops.RandomResizedCrop(size=24, area=(0.1, 1.0), antialias=False), ops.Perspective(distortion=0.2)]))
    walk = host_walk(program.leaves, program.values(3), (60, 80), "constant", "bilinear")
    assert [leg.inverse.dtype for leg in walk.legs] == [np.float64] * 2 and walk.size == (24, 24)
