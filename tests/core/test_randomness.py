"""Keyed randomness: what a key does and does not depend on, independence, and records."""

import json

import numpy as np
import pytest
from scipy import stats

import augment
from augment import ops
from augment.errors import SampleError, SpecError
from augment.program import plan as planning
from augment.program.lower import lower
from augment.random import fold_seed, sample_key
from augment.spec.node import OneOf, Repeat, SomeOf

N = 10_000
INDEX = np.arange(N)
ALPHA = 1e-4  # of a test; the draws are fixed, so a test that passes once passes always


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
