"""Keyed randomness: Random123's vectors, distributions, independence, and what a key does and does not depend on."""

import json

import numpy as np
import pytest
from scipy import stats

import augment
from augment import ops
from augment.errors import SampleError, SpecError
from augment.ops import catalogue
from augment.ops.kinds import UNIT
from augment.program import plan as planning
from augment.program.lower import lower
from augment.program.plan import BITS, Plan, form_of
from augment.random import Lanes, fold_seed, sample_key, slot, threefry, threefry_int32, threefry_words, uniform
from augment.spec.node import OneOf, Repeat, Sequence, SomeOf
from augment.testing import examples
from augment.values import Beta, Choice, Constant, Integers, InverseUniform, LogUniform, Normal, OddIntegers, Uniform, Value

N = 10_000
INDEX = np.arange(N)
ALPHA = 1e-4  # of a test; the draws are fixed, so a test that passes once passes always


# Bits ----------------------------------------------------------------------------------------------------------------

ONES = 0xFFFFFFFF
KNOWN = [  # Random123's kat_vectors: threefry2x32, 20 rounds
    ((0, 0), (0, 0), (0x6B200159, 0x99BA4EFE)),
    ((ONES, ONES), (ONES, ONES), (0x1CB996FC, 0xBB002BE7)),
    ((0x13198A2E, 0x03707344), (0x243F6A88, 0x85A308D3), (0xC4923A9C, 0x483DF7A0)),
]


@pytest.mark.parametrize(("key", "counter", "want"), KNOWN)
def test_known_answers(key, counter, want):
    """On arrays, on plain numbers, and on many counters side by side in long integers."""
    assert tuple(int(x) for x in threefry(key, counter)) == want
    assert threefry_words(key, counter) == want
    lanes = Lanes(*(np.array([0, c, ONES], np.uint64) for c in counter))
    assert lanes.encrypt(key).tolist() == [threefry_words(key, c)[0] for c in ((0, 0), counter, (ONES, ONES))]


def test_all_forms_agree_on_random_words():
    rng = np.random.default_rng(1)
    first, second = (rng.integers(0, 2**32, 150, dtype=np.uint32) for _ in range(2))
    for key in ((int(a), int(b)) for a, b in rng.integers(0, 2**32, (20, 2))):
        want = threefry(key, (first, second))[0]
        assert np.array_equal(Lanes(first, second).encrypt(key), want)
        assert [threefry_words(key, (int(a), int(b)))[0] for a, b in zip(first, second, strict=True)] == want.tolist()


class Int32:
    """NumPy in wrapping int32, as torch and keras.ops offer it."""

    bitwise_xor, bitwise_or, bitwise_and = np.bitwise_xor, np.bitwise_or, np.bitwise_and
    left_shift, right_shift = np.left_shift, np.right_shift


def test_int32_is_bit_for_bit_the_same():
    rng = np.random.default_rng(0)
    key, counter = (tuple(rng.integers(0, 2**32, 500, dtype=np.uint32) for _ in range(2)) for _ in range(2))
    want = threefry(key, counter)
    with np.errstate(over="ignore"):
        got = threefry_int32(tuple(k.view(np.int32) for k in key), tuple(c.view(np.int32) for c in counter), Int32)
    for a, b in zip(got, want, strict=True):
        assert a.dtype == np.int32 and np.array_equal(a.view(np.uint32), b)


def test_threefry_broadcasts():
    a = threefry((np.arange(3, dtype=np.uint32)[:, None], 7), (np.arange(4, dtype=np.uint32), 9))
    b = threefry((2, 7), (3, 9))
    assert a[0].shape == (3, 4) and a[0][2, 3] == b[0] and a[1][2, 3] == b[1]


def test_uniforms_are_24_bits():
    bits = np.array([0, 255, 256, ONES], np.uint32)
    assert uniform(bits).tolist() == [0.0, 0.0, 2**-24, 1 - 2**-24]


def test_slots_are_frozen():
    """The hash is part of the meaning of version 1: BLAKE2s of 4 bytes, the lowest first."""
    assert slot("rotate.degrees") == 0x77883772
    assert len({slot(f"op{i}.field") for i in range(2000)}) == 2000


# Keys ----------------------------------------------------------------------------------------------------------------

SPEC = augment.Pipeline(
    [
        ops.Rotate(degrees=(-15, 15), p=0.5),
        OneOf([ops.GaussianBlur(sigma=["0.5px", "2px"]), ops.MotionBlur(length=["3px", "7px"], weight=2)], p=0.7),
        SomeOf([ops.HorizontalFlip(p=0.5), ops.Invert(p=0.5), ops.Gamma(gamma=[0.5, 2])], n=[0, 2]),
        Repeat([ops.Translate(x=(-0.1, 0.1))], times=[1, 3]),
        ops.Elastic(alpha="2px", sigma=0.5),
        ops.CoarseDropout(holes=[1, 4], height=[0.1, 0.2], width=[0.1, 0.2]),
        ops.ColorJitter(brightness="1±0.2", contrast="1±0.2", saturation="1±0.2", hue="±36"),
        ops.RandomResizedCrop(size=32, area=[0.5, 1]),
    ],
    seed=7,
)


def plain(values):
    return {(k, n): np.asarray(v).tolist() for k, fields in values.items() for n, v in fields.items()}


def test_a_batch_is_its_samples():
    program = lower(SPEC)
    batch = program.values(np.arange(40, 47), np.array([0, 1, 2, 0, 1, 2, 3]))
    for i in range(7):
        assert plain(program.values(40 + i, [0, 1, 2, 0, 1, 2, 3][i])) == {
            key: np.asarray(batch[key[0]][key[1]])[i].tolist() for key in plain(batch)
        }


def test_every_part_of_the_key_counts():
    program = lower(SPEC)
    keys = ((0, 0), (1, 0), (0, 1), (2**32, 0), (2**40 + 1, 0), (0, 2**31), (2**63 - 1, 0))
    seen = [plain(program.values(i, e)) for i, e in keys]
    seen += [plain(lower(SPEC, seed=s).values(0)) for s in (8, 2**32 + 7, 2**62)]
    assert all(a != b for i, a in enumerate(seen) for b in seen[:i])


def test_keys_beyond_32_bits_do_not_wrap():
    index = np.array([5, 5 + 2**32, 5 + 2**33, 5 + 2**62])
    keys = list(zip(*(k.tolist() for k in sample_key(7, 0, index)), strict=True))
    assert len(set(keys)) == 4
    over = augment.compile(augment.Pipeline([ops.HorizontalFlip(p=0.5)])).over([])
    for epoch in (2**32, -1, 1.5, np.array([0, 2**33])):
        with pytest.raises(SampleError, match="epochs are whole numbers from 0"):
            sample_key(7, epoch, 0)
        with pytest.raises(SampleError, match="epochs are whole numbers from 0"):
            over.set_epoch(epoch)
    for wrong in (-1, 2**63, 0.5, True, np.array([3, -2])):
        with pytest.raises(SampleError, match="indices are whole numbers from 0"):
            sample_key(7, 0, wrong)
    assert len({fold_seed(s) for s in (0, 1, 2**32 - 1, 2**32, 2**32 + 1, 2**63 - 1)}) == 6


def test_a_huge_epoch_is_another():
    assert tuple(map(int, sample_key(1, 2**32 - 1, 0))) != tuple(map(int, sample_key(1, 0, 0)))


def test_inserting_an_op_leaves_the_others_alone():
    longer = SPEC.replace(pipeline=(ops.Solarize(threshold=[0, 1]), *SPEC))
    before, after = plain(lower(SPEC).values(3)), plain(lower(longer).values(3))
    assert before.items() <= after.items() and len(after) == len(before) + 1


def test_another_of_a_name_moves_the_ordinal_and_an_id_protects():
    one, two = ops.Rotate(degrees=[-9, 9]), ops.Rotate(degrees=[-90, 90])
    plain_first = lower(augment.Pipeline([one])).values(3)["rotate"]["degrees"]
    assert lower(augment.Pipeline([one, two])).values(3)["rotate"]["degrees"] == plain_first
    moved = lower(augment.Pipeline([two, one])).values(3)
    assert set(moved) == {"rotate", "rotate#2"} and moved["rotate#2"]["degrees"] != plain_first
    named = one.replace(id="tilt")
    alone = lower(augment.Pipeline([named])).values(3)["tilt"]["degrees"]
    assert lower(augment.Pipeline([two, two, named])).values(3)["tilt"]["degrees"] == alone


def test_a_change_of_range_keeps_the_uniform():
    a = lower(augment.Pipeline([ops.Rotate(degrees=[-10, 10])])).values(INDEX)["rotate"]["degrees"]
    b = lower(augment.Pipeline([ops.Rotate(degrees=[-30, 30])])).values(INDEX)["rotate"]["degrees"]
    assert np.allclose(b, 3 * a, rtol=0, atol=1e-12)


def test_slot_collisions_are_errors(monkeypatch):
    monkeypatch.setattr(planning, "slot", lambda name: 1)
    with pytest.raises(SpecError, match=r"rotate\.p and rotate\.degrees|rotate\.degrees and rotate\.p"):
        lower(SPEC)


def test_a_taken_address_is_an_error():
    with pytest.raises(SpecError, match="is taken by"):
        lower(augment.Pipeline([ops.Rotate(degrees=[0, 1]), ops.Scale(factor=[1, 2], id="rotate")]))


# Distributions -------------------------------------------------------------------------------------------------------


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


# Independence --------------------------------------------------------------------------------------------------------


def test_all_draws_of_a_program_are_uncorrelated():
    values = lower(SPEC).values(INDEX)
    columns, names = [], []
    for key, fields in values.items():
        for name, drawn in fields.items():
            flat = np.asarray(drawn, float).reshape(N, -1)[:, :6]
            for j in range(flat.shape[1]):
                if flat[:, j].std() > 0:
                    columns.append(stats.rankdata(flat[:, j]))
                    names.append((key, name, j))
    r = np.corrcoef(np.stack(columns))
    own = np.array([[a[0] == b[0] == "some_of" for b in names] for a in names])  # its picks follow its number
    assert len(names) > 50
    assert np.abs(np.where(own, 0, r - np.eye(len(r)))).max() < 5.2 / np.sqrt(N)


def test_coins_of_two_ops_are_independent():
    """The pair that Albumentations' Compose(seed=...) draws alike."""
    values = lower(augment.Pipeline([ops.HorizontalFlip(p=0.5), ops.VerticalFlip(p=0.5)], seed=3)).values(INDEX)
    pair = 2 * values["horizontal_flip"]["p"] + values["vertical_flip"]["p"]
    assert stats.chisquare(np.bincount(pair, minlength=4)).pvalue > ALPHA


def test_neighbouring_samples_and_epochs_and_seeds_are_independent():
    def drawn(index=0, epoch=0, seed=0):
        return lower(augment.Pipeline([ops.Rotate(degrees=[0, 1])]), seed=seed).values(INDEX + index, epoch)["rotate"]["degrees"]

    base = drawn()
    for other in (drawn(index=1), drawn(index=2**32), drawn(epoch=1), drawn(seed=1), drawn(seed=2**40)):
        assert abs(np.corrcoef(base, other)[0, 1]) < 0.05
    counts = np.histogram2d(base, drawn(epoch=1), bins=8, range=[[0, 1], [0, 1]])[0]
    assert stats.chisquare(counts.ravel()).pvalue > ALPHA


# Choices -------------------------------------------------------------------------------------------------------------


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


# Records -------------------------------------------------------------------------------------------------------------


def test_a_record_is_json_and_replays_exactly(photo):
    sample = {"image": photo, "mask": photo[..., 0], "boxes": [[10.0, 20, 60, 90]], "keypoints": [[30.0, 40]]}
    for index in (0, 5, np.int64(2**35)):
        record = json.loads(json.dumps(augment.record(SPEC, sample, index=index, epoch=np.int32(3))))
        want, got = augment.apply(SPEC, sample, index=index, epoch=3), augment.replay(record, sample)
        for name in want:
            assert np.array_equal(want[name], got[name]), name
    assert record["applied"] and record["seed"] == 7 and record["index"] == 2**35


def test_what_is_no_record_is_an_error(photo):
    record = augment.record(SPEC, index=0)
    bad = [
        {}, [], None, {**record, "version": 2}, {k: v for k, v in record.items() if k != "spec"}, {**record, "values": {}},
        {**record, "values": 3}, {**record, "values": {k: {"x": 1} for k in record["values"]}},
        {**record, "values": {**record["values"], "rotate": {"p": 1, "degrees": "left"}}},
        {**record, "values": {**record["values"], "rotate": {"p": 1, "degrees": [1, 2]}}}, {**record, "stage": "test"},
    ]  # fmt: skip
    for wrong in bad:
        with pytest.raises(SpecError):
            augment.replay(wrong, {"image": photo})
