"""What follows from the draws of a block, for all of its samples at once, is what follows from those of each alone."""

import copy
import pickle

import numpy as np
import pytest

from augment.engine.host import Executor
from augment.kernels import reference
from augment.ops import Affine, Elastic, HorizontalFlip, Perspective, RandomCropFromBorders, RandomResizedCrop, Resize, catalogue
from augment.ops.kinds import Geometric, Painting, Photometric, Stroke
from augment.program.block import OFTEN, Block, Row, opened
from augment.program.lower import lower
from augment.program.walk import host_walk, step_walk
from augment.random import sample_key
from augment.spec.node import Pipeline
from augment.testing.examples import examples
from augment.testing.generate import pipelines

COUNT, SIZE = 24, (70, 90)
MOVING = [op for kind in catalogue("image").values() if issubclass(kind, Geometric) and not kind.reads for op in examples(kind)]

PAINTING = [op for kind in catalogue("image").values() if issubclass(kind, Painting) for op in examples(kind)]
COLOURS = [op for op in PAINTING if isinstance(op, Photometric) and op.draws()]
FORESEEN = [op for op in PAINTING if op.foresees]


def drawn(program):
    """The draws of some samples: as a block gives them, and of each alone."""
    draw = program.plan.draw
    rows = Block(draw(sample_key(program.seed, np.zeros(COUNT, int), np.arange(COUNT))), COUNT).rows()
    return zip(rows, [draw(sample_key(program.seed, 0, i)) for i in range(COUNT)], strict=True)


def way(program, values):
    """Where a sample goes, in bits, but for the sign of zeros."""
    leaves = [leaf for leaf in program.leaves if leaf.active(values)]
    return told(host_walk(leaves, values, SIZE, "constant", "bilinear"))


def told(walk):
    legs = walk.legs
    return [
        (leg.inverse.dtype, (leg.inverse + 0.0).tobytes(), leg.size, leg.output, leg.sides, leg.path, leg.window) for leg in legs
    ]


@pytest.mark.parametrize("before", [[Resize(size=(40, 56))], []], ids=["fixed", "met often"])
@pytest.mark.parametrize("op", MOVING, ids=lambda op: op.name())
def test_a_block_takes_each_sample_where_it_goes_alone(op, before):
    program = lower(Pipeline([*before, op], seed=5))
    for row, alone in drawn(program):
        assert way(program, row) == way(program, alone)


STILL, MOVED = HorizontalFlip(p=0.5), Affine(rotate="±20", p=0.5)
BENT = Elastic(alpha="2px", sigma="5px", p=0.5)
RUNS = {
    "one canvas": ([STILL, MOVED, Perspective(distortion=0.2, p=0.5)], {True}),
    "fixed by the run": ([RandomResizedCrop(size=40, area=[0.3, 1], antialias=False), STILL, MOVED], {True}),
    "fixed before": ([Resize(size=40), STILL, MOVED], {True}),
    "resized": ([RandomResizedCrop(size=40, area=[0.3, 1])], {True}),
    "bent": ([MOVED, BENT], {True, False}),
    "drawn": ([RandomCropFromBorders(left=[0, 0.2]), MOVED], {False}),
}


@pytest.mark.parametrize(("nodes", "together"), RUNS.values(), ids=RUNS)
def test_the_walks_of_a_block_are_those_of_each_sample(nodes, together):
    program = lower(Pipeline(nodes, seed=5))
    step, size = program.steps[-1], SIZE if len(program.steps) == 1 else (40, 40)
    beside = []
    for row, alone in drawn(program):
        leaves = opened(step, row)
        walk, lone = step_walk(step, leaves, row, size), host_walk(opened(step, alone), alone, size, *step.border)
        assert told(walk) == told(lone)
        assert (walk.size, walk.border, walk.interpolation) == (lone.size, lone.border, lone.interpolation)
        beside += [walk.beside is not None] if leaves else []
    assert set(beside[0 if step.sized else OFTEN :]) == together


def test_an_op_that_is_closed_for_a_sample_does_not_take_part_in_its_walk():
    program = lower(Pipeline([Resize(size=40), HorizontalFlip(), Affine(rotate="±20")], seed=5))
    step = program.steps[-1]
    for row, alone in drawn(program):
        walk = step_walk(step, step.leaves[1:], row, (40, 40))
        assert walk.beside is None and told(walk) == told(host_walk(step.leaves[1:], alone, (40, 40), *step.border))


def test_a_size_that_was_met_often_is_expected_in_the_next_block():
    program = lower(Pipeline([Affine(rotate="±20")]))
    first, second = program.leaves[0], program.steps[0]
    block = Block({}, 3)
    asked = [block.pays(first, SIZE) for _ in range(OFTEN + 1)]
    assert asked == [False] * OFTEN + [True] and not block.pays(second, SIZE)
    after = Block({}, 3, block.often)
    assert after.pays(first, SIZE) and not after.pays(second, SIZE) and not after.pays(first, (1, 1))
    assert Block({}, 3, Block({}, 3, block.often).often).pays(first, SIZE) is False  # in whose block nobody asked


def bits(what):
    """What is told apart by types and bits."""
    if isinstance(what, np.ndarray | np.generic):
        return what.dtype, what.shape, what.tobytes()
    parts = what.items() if isinstance(what, dict) else what if isinstance(what, tuple) else None
    return what if parts is None else (type(what), [bits(part) for part in parts])


@pytest.mark.parametrize("op", COLOURS, ids=lambda op: op.name())
def test_a_block_gives_each_sample_the_colours_that_it_has_alone(op):
    program = lower(Pipeline([op], seed=5))
    leaf = program.leaves[-1]
    for row, alone in drawn(program):
        if leaf.active(alone):
            assert bits(row.block.ahead(leaf, Stroke, op.strokes)[row.number]) == bits(op.stroke(alone[leaf.key], np))


@pytest.mark.parametrize("before", [[Resize(size=(40, 56))], []], ids=["fixed", "met often"])
@pytest.mark.parametrize("op", FORESEEN, ids=lambda op: op.name())
def test_what_is_foreseen_changes_a_sample_as_what_is_not(op, before):
    program = lower(Pipeline([*before, op], seed=5))
    run, image = Executor(program, reference), np.random.default_rng(1).integers(0, 256, (70, 90, 3), np.uint8)
    for row, alone in drawn(program):
        sample = {"image": image, "mask": image[..., 0]}
        outs = [run(sample, values) for values in (row, alone)]
        assert all(np.array_equal(outs[0][name], outs[1][name]) for name in sample)
    leaf = program.leaves[-1]
    assert any(part is leaf for part, _ in row.block.known.values()) or np.count_nonzero(row.block.gate(leaf)) <= OFTEN


def test_where_the_canvas_is_fixed_or_met_often_matrices_are_made_at_once(monkeypatch):
    counts, move = [], Affine.move
    monkeypatch.setattr(Affine, "move", lambda op, v, size, xp: counts.append(v["rotate"].shape) or move(op, v, size, xp))
    op = Affine(rotate="±20", p=0.5)
    for nodes, alone in (([Resize(size=40), op], 0), ([op], OFTEN), ([Resize(short=40), op], OFTEN)):
        program = lower(Pipeline(nodes, seed=2))
        active = 0
        for row, _ in drawn(program):
            way(program, row)
            active += program.leaves[-1].active(row)
        assert OFTEN < active < COUNT
        assert counts == [*[()] * alone, (active,)]
        counts.clear()


@pytest.mark.parametrize("pipeline", list(pipelines(31, 12)), ids=range(12))
def test_a_block_knows_which_ops_are_done(pipeline):
    program = lower(pipeline)
    for row, alone in drawn(program):
        for step in program.steps:
            assert list(map(id, opened(step, row))) == [id(leaf) for leaf in step.leaves if leaf.active(alone)]


def test_what_nothing_is_drawn_for_has_rows_too():
    program = lower(Pipeline([Resize(size=40)]))
    assert [dict(row) for row in Block({}, 3).rows()] == [{}] * 3
    assert opened(program.steps[0], Block({}, 3).rows()[2]) == program.steps[0].leaves


def test_a_copy_of_draws_leaves_the_block_behind():
    row = Block({"rotate": {"degrees": np.arange(3.0)}}, 3).rows()[1]
    for made in (copy.copy(row), copy.deepcopy(row), pickle.loads(pickle.dumps(row))):
        assert made == {"rotate": {"degrees": 1}} == row and not isinstance(made, Row) and repr(made) == repr(row)
