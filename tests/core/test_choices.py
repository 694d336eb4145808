"""What is chosen, how often, and what of it: the draws of combinators and of p."""

import numpy as np
import pytest
from scipy import stats

import augment
from augment import ops
from augment.program.lower import lower
from augment.program.plan import BITS
from augment.spec.node import OneOf, Repeat, Sequence, SomeOf

N = 10_000
INDEX = np.arange(N)
ALPHA = 1e-4  # of a test; the draws are fixed, so a test that passes once passes always


def active(pipeline):
    """Which leaves are active in each of the samples: (leaves, N)."""
    program = lower(pipeline)
    values = program.values(INDEX)
    rows = []
    for leaf in program.leaves:
        on = np.ones(N, bool)
        for c in leaf.gate:
            drawn = values[c.key][c.field]
            on &= np.array(c.table)[np.asarray(drawn if c.element is None else drawn[:, c.element]).astype(int)]
        rows.append(on)
    return np.array(rows)


FOUR = [ops.Invert(), ops.Gamma(gamma=2), ops.Posterize(bits=3), ops.Grayscale()]


def test_one_of_chooses_by_weight():
    weighted = [op.replace(weight=w) for op, w in zip(FOUR, (1, 2, 0.5, 4), strict=True)]
    on = active(augment.Pipeline([OneOf(weighted)]))
    assert (on.sum(0) == 1).all()
    assert stats.chisquare(on.sum(1), N * np.array([1, 2, 0.5, 4]) / 7.5).pvalue > ALPHA


def test_p_of_a_choice_comes_after_it():
    on = active(augment.Pipeline([OneOf([FOUR[0].replace(p=0.25), FOUR[1]], p=0.5)]))
    assert stats.binomtest(int(on[0].sum()), N, 0.0625).pvalue > ALPHA
    assert stats.binomtest(int(on[1].sum()), N, 0.25).pvalue > ALPHA


@pytest.mark.parametrize("n", [0, 1, 2, 3, 4])
def test_some_of_chooses_that_many_and_every_subset_alike(n):
    on = active(augment.Pipeline([SomeOf(FOUR, n=n)]))
    assert (on.sum(0) == n).all()
    subsets = np.bincount((on * [[1], [2], [4], [8]]).sum(0))
    subsets = subsets[subsets > 0]
    assert len(subsets) == [1, 4, 6, 4, 1][n] and (n in (0, 4) or stats.chisquare(subsets).pvalue > ALPHA)


def test_some_of_draws_how_many():
    counts = np.bincount(active(augment.Pipeline([SomeOf(FOUR, n=[0, 3])])).sum(0), minlength=4)
    assert len(counts) == 4 and stats.chisquare(counts).pvalue > ALPHA
    chosen = active(augment.Pipeline([SomeOf(FOUR, n={"choice": [1, 3]})])).sum(0)
    assert set(chosen) == {1, 3}


def test_some_of_one_op():
    assert active(augment.Pipeline([SomeOf([ops.Invert()], n=1)])).all()
    on = active(augment.Pipeline([SomeOf([ops.Invert()], n=[0, 1])]))
    assert stats.binomtest(int(on.sum()), N, 0.5).pvalue > ALPHA


def test_some_of_with_replacement_is_so_many_choices():
    pair = [ops.Invert(weight=3), ops.Gamma(gamma=2)]
    on = active(augment.Pipeline([SomeOf(pair, n=3, replacement=True)]))
    assert on.shape[0] == 6 and (on.sum(0) == 3).all()
    inverted = on[::2].sum(0)
    want = stats.binom(3, 0.75).pmf(range(4)) * N
    assert stats.chisquare(np.bincount(inverted, minlength=4), want).pvalue > ALPHA


@pytest.mark.parametrize("replacement", [True, False])
def test_some_of_none(replacement):
    spec = {"pipeline": [{"some_of": {"n": 0, "replacement": replacement, "ops": [{"rotate": 5}, {"rotate": 9}]}}]}
    assert augment.record(spec, index=1)["applied"] == []


def test_repeat_draws_how_often_and_each_time_anew():
    pipeline = augment.Pipeline([Repeat([ops.Rotate(degrees=[0, 1], p=0.5)], times=[0, 3])])
    on = active(pipeline)
    values = lower(pipeline).values(INDEX)
    turns = np.array([values[f"rotate[{i}]"]["degrees"] for i in range(3)])
    assert np.abs(np.corrcoef(turns) - np.eye(3)).max() < 0.05
    times = values["repeat"]["times"]
    assert stats.chisquare(np.bincount(times, minlength=4)).pvalue > ALPHA
    for i in range(3):
        assert not on[i][times <= i].any()
        assert stats.binomtest(int(on[i].sum()), int((times > i).sum()), 0.5).pvalue > ALPHA


def test_combinators_nest():
    inner = Sequence([ops.Invert(p=0.5), OneOf([ops.Gamma(gamma=2), ops.Posterize(bits=2)])], p=0.5)
    on = active(augment.Pipeline([Repeat([OneOf([inner, ops.Grayscale()])], times=2)]))
    first, second = on[:4], on[4:]
    for invert, gamma, posterize, grey in (first, second):
        assert not (grey & (invert | gamma | posterize)).any() and not (gamma & posterize).any()
        assert not (invert & ~(gamma | posterize)).any()
        for row, p in ((grey, 0.5), (gamma, 0.125), (posterize, 0.125), (invert, 0.125)):
            assert stats.binomtest(int(row.sum()), N, p).pvalue > ALPHA
    assert abs(np.corrcoef(first[3], second[3])[0, 1]) < 0.05


def test_coins_compare_whole_numbers():
    program = lower(augment.Pipeline([ops.HorizontalFlip(p=0.3)]))
    (entry,) = program.plan.entries.values()
    assert entry.thresholds == (2**BITS - round(0.3 * 2**BITS),)
