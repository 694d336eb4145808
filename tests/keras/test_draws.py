"""Random numbers in ``keras.ops``: those of NumPy, for every batch size, eagerly, in graphs and under XLA."""

import numpy as np
import pytest
import tensorflow as tf
from augment_keras.draws import draw, host_keys, index_keys
from keras import ops as kops

import augment
from augment import ops
from augment.program.lower import lower
from augment.random import sample_key, threefry, threefry_int32

SPEC = augment.Pipeline(
    [
        ops.RandomResizedCrop(size=32, area=(0.2, 1.0)),
        ops.OneOf([ops.Rotate(degrees=(-9, 9)), ops.Scale(factor={"log_uniform": (0.5, 2)}, weight=3), ops.Shear(x=5)], p=0.7),
        ops.SomeOf([ops.HorizontalFlip(), ops.Brightness(factor={"normal": (1.0, 0.1)}), ops.Rotate90()], n=(1, 2)),
        ops.SomeOf([ops.Gamma(gamma={"inverse_uniform": (0.5, 2.0)}), ops.Invert()], n=(0, 3), replacement=True, id="again"),
        ops.Repeat([ops.CoarseDropout(holes=(1, 5), height=(0.1, 0.3), width="7px")], times=(0, 2)),
        ops.ColorJitter(brightness=(0.8, 1.2), contrast=(0.8, 1.2), hue=(-30, 30)),
        ops.GaussianNoise(std=(0, 0.1)),
        ops.Mixup(alpha=0.4, p=0.5),
    ],
    seed=2**40 + 3,
)  # fmt: skip
PROGRAM = lower(SPEC)
MODES = {
    "eager": lambda f: f,
    "graph": lambda f: tf.function(f, autograph=False),
    "xla": lambda f: tf.function(f, autograph=False, jit_compile=True),
}


@pytest.mark.parametrize("mode", MODES)
def test_draws_are_those_of_numpy(mode) -> None:
    run = MODES[mode](lambda index, epoch: draw(PROGRAM.plan, index_keys(PROGRAM.seed, epoch, index)))
    for count in (1, 7, 32):
        index = np.arange(count, dtype=np.int64) * 7 + 2**33
        want = PROGRAM.values(index, 5)
        got = run(tf.constant(index), tf.constant(5))
        assert {(k, f) for k in want for f in want[k]} == {(k, f) for k in got for f in got[k]}
        for entry in PROGRAM.plan.entries.values():
            name = "pick" if entry.form == "bits" else entry.field  # bits that order a choice become what is picked
            a, b = np.asarray(got[entry.key][name], np.float64), np.asarray(want[entry.key][name], np.float64)
            assert a.shape == b.shape
            if entry.form in ("unit", "integer", "index", "bits", "table"):
                assert np.array_equal(a, b), f"{entry.key}.{name}"
            else:
                low, high = entry.value.support
                assert np.abs(a - b).max() <= 1e-6 * max(high - low, abs(high)), f"{entry.key}.{name}"


OTHER_ENGINE = """
import sys
import numpy as np
from keras import ops
from augment.language import loads
from augment.program.lower import lower
from augment_keras.draws import draw, host_keys, index_keys
from augment_keras.jit import compiled

program = lower(loads(open(sys.argv[1], encoding="utf-8").read()))
wide = np.dtype(ops.convert_to_numpy(ops.convert_to_tensor(np.zeros(1, "int64"))).dtype).itemsize == 8
eager = lambda index, epoch: draw(program.plan, index_keys(program.seed, epoch, index))
modes = {"eager": eager, "compiled": compiled(eager)}
for count in (1, 7, 32):
    index = np.arange(count) * 7 + (2**33 if wide else 2**30)
    want = program.values(index, 5)
    keyed = draw(program.plan, host_keys(program.seed, 5, index))
    drawn = {name: run(ops.convert_to_tensor(index), ops.convert_to_tensor(5)) for name, run in modes.items()}
    for mode, got in {**drawn, "keys of the host": keyed}.items():
        for entry in program.plan.entries.values():
            name = "pick" if entry.form == "bits" else entry.field
            a, b = (np.asarray(ops.convert_to_numpy(v[entry.key][name]), np.float64) for v in (got, want))
            exact = entry.form in ("unit", "integer", "index", "bits", "table")
            low, high = (0, 0) if exact else entry.value.support
            assert np.abs(a - b).max() <= 1e-6 * max(high - low, abs(high)), (mode, count, entry.key, name)
print("drawn", len(program.plan.entries))
"""


@pytest.mark.parametrize("engine", ["torch", "jax"])
def test_draws_of_other_engines_are_those_of_numpy(engine, fresh_process, tmp_path) -> None:
    (tmp_path / "spec.json").write_text(augment.dumps(SPEC, format="json"), encoding="utf-8")
    said = fresh_process(f"import sys; sys.argv = ['', {str(tmp_path / 'spec.json')!r}]\n{OTHER_ENGINE}", engine)
    assert f"drawn {len(PROGRAM.plan.entries)}" in said


def test_derived_whole_numbers_are_those_of_numpy() -> None:
    """Windows and holes decide where pixels come from, so they are equal, not close."""
    leaves = {leaf.key: leaf for leaf in PROGRAM.leaves if hasattr(leaf.op, "window") or hasattr(leaf.op, "rectangles")}
    assert len(leaves) == 3
    index = np.arange(200)

    @tf.function(autograph=False, jit_compile=True)
    def run(numbers):
        values = draw(PROGRAM.plan, index_keys(PROGRAM.seed, 0, numbers))
        return {key: derived(leaf, values, kops) for key, leaf in leaves.items()}

    host = PROGRAM.values(index)
    for key, got in run(tf.constant(index)).items():
        assert np.array_equal(np.asarray(got, np.int64), derived(leaves[key], host, np).astype(np.int64)), key


def derived(leaf, values, xp):
    v = values[leaf.key]
    if hasattr(leaf.op, "window"):
        return xp.stack([*leaf.op.window(v, (375, 500), xp)], axis=-1)
    return leaf.op.rectangles(v, (375, 500), xp)


def test_keys_of_host_and_graph_agree() -> None:
    index = np.array([0, 1, 2**31, 2**32 + 5, 2**40])
    want = np.stack(sample_key(7, 3, index)).view(np.int32)
    assert np.array_equal(np.stack(host_keys(7, 3, index)), want)
    assert np.array_equal(np.stack(index_keys(7, kops.convert_to_tensor(3), tf.constant(index))), want)
    small = np.arange(5, dtype=np.int32)
    assert np.array_equal(np.stack(index_keys(7, 0, tf.constant(small))), np.stack(sample_key(7, 0, small)).view(np.int32))


def test_threefry_in_int32_is_threefry() -> None:
    words = np.random.default_rng(0).integers(0, 2**32, (4, 64), dtype=np.uint32)
    want = threefry((words[0], words[1]), (words[2], words[3]))
    signed = [kops.convert_to_tensor(word.view(np.int32)) for word in words]
    got = threefry_int32((signed[0], signed[1]), (signed[2], signed[3]), kops)
    assert all(np.array_equal(np.asarray(g).view(np.uint32), w) for g, w in zip(got, want, strict=True))
