"""What is drawn ahead is what is drawn alone, whoever asks, in whatever order."""

import copy
import pickle

import numpy as np
import pytest

from augment.errors import SampleError
from augment.keyed import Over
from augment.program.ahead import BLOCK, NUMBERS, Ahead
from augment.program.lower import lower
from augment.testing.generate import pipelines


def same(one, other):
    assert {key: list(fields) for key, fields in one.items()} == {key: list(fields) for key, fields in other.items()}
    for key, fields in one.items():
        for name, drawn in fields.items():
            alone = other[key][name]
            assert type(drawn) is type(alone) and drawn.dtype == alone.dtype and drawn.tobytes() == alone.tobytes()


@pytest.fixture
def counted(monkeypatch):
    """A program, and the shapes of the draws that it makes."""
    program = lower(next(pipelines(3, 1)))
    shapes, draw = [], program.plan.draw
    monkeypatch.setattr(program.plan, "draw", lambda keys: shapes.append(keys[0].shape) or draw(keys))
    return program, shapes


@pytest.mark.parametrize("pipeline", list(pipelines(11, 12)), ids=range(12))
def test_neighbours_are_drawn_as_alone(pipeline):
    program = lower(pipeline)
    for i in [*range(2 * BLOCK + 3), 5, 6, 3, 4, 2**63 - 3, 2**63 - 2, 2**63 - 1]:
        same(program.values(i, 2), lower(pipeline).values(i, 2))


def test_neighbours_are_drawn_in_blocks_and_strangers_alone(counted):
    program, shapes = counted
    for i in range(BLOCK + 2):
        program.values(i)
    assert shapes == [(), (BLOCK,), (BLOCK,)]
    for i in (9 * BLOCK, 4 * BLOCK, 7 * BLOCK):
        program.values(i)
    assert shapes[3:] == [()] * 3


def test_after_another_epoch_and_the_last_index_nothing_is_assumed(counted):
    program, shapes = counted
    for index, epoch in ((0, 0), (1, 1), (0, 1), (2**63 - 1, 0)):
        program.values(index, epoch)
    assert shapes == [()] * 4
    with pytest.raises(SampleError, match="indices are whole numbers"):
        program.values(2**63)


def test_a_wrong_guess_changes_nothing_and_more_are_ever_rarer(counted):
    program, shapes = counted
    for i in range(7, 700, 7):
        same(program.values(i, coming=lambda n: [(1, i) for i in range(n)]), program._draw(0, i))
    blocks = [at for at, shape in enumerate(shapes[::2]) if shape == (BLOCK,)]
    assert blocks == [0, 2, 6, 14, 30, 62]


def test_a_right_guess_is_followed_by_another(counted):
    program, shapes = counted
    for i in range(2 * BLOCK + 1):
        program.values(i, coming=lambda n, i=i: [(0, i + 1 + k) for k in range(n)])
    assert shapes == [(BLOCK,)] * 3


def test_blocks_of_samples_that_draw_much_are_shorter():
    ahead, counts = Ahead(NUMBERS // 8), []
    ahead.take((0, 0), lambda epochs, indices: counts.append(len(indices)) or {}, lambda n: [(0, 1 + k) for k in range(n)])
    assert counts == [8]


def test_words_of_keys_are_drawn_as_alone(counted):
    program, shapes = counted
    words = [(5 * i, 2**32 - 1 - i) for i in range(BLOCK)]
    for one in words:
        same(program.values_of(one, lambda n: words[1:]), program.plan.draw(tuple(np.array(one, np.uint32))))
    assert shapes[0] == (BLOCK,) and shapes.count((BLOCK,)) == 1


def test_what_is_handed_out_is_nobody_elses(counted):
    program, _ = counted
    program.values(0)
    next(iter(program.values(1).values())).clear()
    same(program.values(1), program._draw(0, 1))


def test_copies_start_without_what_waits(counted):
    program, _ = counted
    program.expect([(0, 3), (0, 4)])
    assert program._ahead._waiting.keys() == {(0, 3), (0, 4)}
    for ahead in (copy.deepcopy(program._ahead), pickle.loads(pickle.dumps(program._ahead))):
        assert not ahead._waiting


class Named:
    """A transform that shows what is drawn."""

    draws = True

    def __init__(self, program):
        self.program = program

    def expect(self, keys):
        self.program.expect(keys)

    def keyed(self, dataset, index, epoch):
        return dataset[index], self.program.values(index, epoch)


@pytest.mark.parametrize("copies", [1, 3])
def test_a_batch_is_its_entries_and_drawn_at_once(counted, copies):
    program, shapes = counted
    over = Over(Named(program), range(20), copies)
    over.set_epoch(4)
    asked = [5, 17, (9, 2), -1, 5]
    batch = over.__getitems__(asked)
    assert shapes == [(5,), ()]  # the second 5 is drawn again: nobody shares what may be changed
    for (item, drawn), (alone, values) in zip(batch, (over[at] for at in asked), strict=True):
        assert item == alone
        same(drawn, values)
    with pytest.raises(IndexError):
        over.__getitems__([0, 20 * copies])
