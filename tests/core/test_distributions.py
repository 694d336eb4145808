"""Draws have the distributions that are declared, in every field of every op."""

import numpy as np
import pytest
from scipy import stats

import augment
from augment import ops
from augment.ops import catalogue
from augment.ops.kinds import UNIT
from augment.program import plan as planning
from augment.program.lower import lower
from augment.program.plan import Plan, form_of
from augment.random import sample_key
from augment.testing import examples
from augment.values import Beta, Choice, Constant, Integers, InverseUniform, LogUniform, Normal, OddIntegers, Uniform, Value

N = 10_000
INDEX = np.arange(N)
ALPHA = 1e-4  # of a test; the draws are fixed, so a test that passes once passes always


def draws(value, exact=False, count=1, name="field"):
    made = Plan()
    made.add("op", "op", name, form_of(value, exact), count=count, value=value)
    return made.draw(sample_key(3, 0, INDEX))["op"][name]


def continuous(cdf, drawn):
    assert stats.kstest(drawn, cdf).pvalue > ALPHA


@pytest.mark.parametrize("exact", [False, True])
@pytest.mark.parametrize(
    ("value", "cdf"),
    [
        (UNIT, stats.uniform(0, 1).cdf),
        (Uniform(low=-3, high=5), stats.uniform(-3, 8).cdf),
        (LogUniform(low=0.5, high=8), stats.loguniform(0.5, 8).cdf),
        (InverseUniform(low=0.5, high=2), lambda x: stats.uniform(0.5, 1.5).sf(1 / x)),
        (Normal(mean=2, std=3), stats.norm(2, 3).cdf),
        (Beta(a=0.2, b=0.2), stats.beta(0.2, 0.2).cdf),
        (Beta(a=1, b=1), stats.uniform(0, 1).cdf),
        (Beta(a=2, b=5), stats.beta(2, 5).cdf),
        (Beta(a=40, b=40), stats.beta(40, 40).cdf),
    ],
    ids=lambda x: str(x) if isinstance(x, Value) else "",  # the address of a function differs between workers
)
def test_distributions(value, cdf, exact):
    drawn = draws(value, exact)
    continuous(cdf, drawn)
    low, high = value.support
    assert low <= drawn.min() and drawn.max() <= high


@pytest.mark.parametrize("a", [0.05, 0.2, 1.0, 3.0, 100.0])
def test_beta_quantiles_are_scipys(a):
    u = (np.arange(400) + 0.5) / 400
    assert np.abs(Beta(a=a, b=a).quantile(u) - stats.beta(a, a).ppf(u)).max() < 1e-5
    assert np.abs(Beta(a=a, b=2.5).quantile(u) - stats.beta(a, 2.5).ppf(u)).max() < 1e-5


WHOLE = [Integers(low=0, high=3), Integers(low=-2, high=4), Choice(options=(1, 5, 9)), Choice(options=(2, 2, 3))]


@pytest.mark.parametrize("value", WHOLE, ids=str)
def test_whole_numbers_are_equally_likely(value):
    drawn = draws(value)
    options = list(range(value.low, value.high + 1)) if isinstance(value, Integers) else list(value.options)
    counts = [(drawn == option).sum() for option in dict.fromkeys(options)]
    assert sum(counts) == N
    expected = [N * options.count(option) / len(options) for option in dict.fromkeys(options)]
    assert stats.chisquare(counts, expected).pvalue > ALPHA


def test_a_constant_is_itself():
    assert (draws(Constant(number=0.1)) == 0.1).all()
    assert (draws(Constant(number=0.1), exact=True) == np.float32(0.1)).all()


def test_integers_never_reach_beyond_their_end():
    unit = np.array([0.0, 1 - 2**-24], np.float32)
    for high in [0, 1, 2, 4, 6, 9, 99, 255, 1000, 2**20 + 5, 2**24 - 1]:
        assert planning.integers(unit, np.float32(0), np.float32(high + 1)).tolist() == [0, high]


def op_fields():
    """Every drawn field of every op's first example, with its declared value."""
    for name, op in catalogue().items():
        for draw in getattr(examples(op)[0], "draws", tuple)():
            yield pytest.param(op, draw.field, id=f"{name}.{draw.field}")


@pytest.mark.parametrize(("op", "field"), list(op_fields()))
def test_each_field_of_each_op_has_its_declared_distribution(op, field):
    example = examples(op)[0]
    draw = next(d for d in example.draws() if d.field == field)
    index = INDEX[:1000] if any(d.count > 100 for d in example.draws()) else INDEX  # a lattice is large
    drawn = lower(augment.Pipeline([example])).values(index)[example.name()][field]
    first = drawn[:, 0] if drawn.ndim == 2 else drawn
    low, high = draw.value.support
    assert low - 1e-6 <= drawn.min() and drawn.max() <= high + 1e-6
    value = draw.value
    if low == high:
        assert (np.abs(drawn - low) < 1e-6).all()
    elif isinstance(value, Integers | OddIntegers | Choice):
        step = 2 if isinstance(value, OddIntegers) else 1
        options = np.array(value.options) if isinstance(value, Choice) else np.arange(low, high + 1, step)
        if len(options) < 500:
            assert stats.chisquare([(first == np.float32(o)).sum() for o in options]).pvalue > ALPHA
        else:
            continuous(stats.uniform(low, high - low + 1).cdf, first)
    else:
        table = value.quantile((np.arange(200_000) + 0.5) / 200_000)
        continuous(lambda x: np.searchsorted(table, x, "right") / table.size, first)
    if drawn.ndim == 2 and drawn.shape[1] > 1:  # the elements are independent
        r = np.corrcoef(drawn[:, :8].T)
        assert np.abs(r - np.eye(len(r)))[~np.isnan(r)].max() < 5 / np.sqrt(len(first))


@pytest.mark.parametrize("p", [0.0, 1e-3, 0.3, 0.5, 0.999, 1.0])
def test_p_is_the_share_that_is_applied(p):
    pipeline = augment.Pipeline([ops.HorizontalFlip(p=p)])
    program = lower(pipeline)
    if p in (0, 1):
        assert len(program.steps) == p
        return
    coins = program.values(INDEX)["horizontal_flip"]["p"]
    assert stats.binomtest(int(coins.sum()), N, p).pvalue > ALPHA


def test_p_next_to_its_ends():
    assert lower(augment.Pipeline([ops.HorizontalFlip(p=1e-12)])).values(INDEX)["horizontal_flip"]["p"].sum() == 0
    assert lower(augment.Pipeline([ops.HorizontalFlip(p=1 - 1e-12)])).values(INDEX)["horizontal_flip"]["p"].sum() == N
