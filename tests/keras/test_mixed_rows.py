"""Rows of a batch through mixes: they are what its images show, and what the host makes of the same samples."""

from typing import Any

import keras
import numpy as np
import pytest
import tensorflow as tf
from augment_keras.host import HostBatch

import augment
from augment import ops
from augment.spec.node import Op

COUNT, HEIGHT, WIDTH = 6, 34, 46
MIXES = [
    ops.Mosaic(), ops.Mosaic(grid=(1, 3), p=0.6), ops.Mixup(alpha=1), ops.Cutmix(alpha=1, p=0.7), ops.Fmix(alpha=1),
    ops.ResizeMix(scale=(0.1, 0.8)), ops.Mixgen(), ops.OneOf([ops.Cutmix(alpha=1), ops.Mosaic()]),
]  # fmt: skip
# op by op, JAX compiles each shape of each function
QUICK = {"torch": "shows or change_places or (host_makes and (mosaic or fmix))", "jax": "(shows or host_makes) and True"}


@pytest.mark.parametrize("engine", ["torch", pytest.param("jax", marks=pytest.mark.matrix)])
def test_all_of_this_on_other_engines(engine, fresh_process, request) -> None:
    call = [str(request.path), "-q", "-x", "-p", "no:cacheprovider", "-k", QUICK[engine], "-m", "not matrix"]
    said = fresh_process(f"import pytest; print(repr(pytest.main({call!r})))", engine)
    assert "ExitCode.OK" in said, said[-4000:]


def told(case: Any) -> str:
    return case.name() if isinstance(case, Op) else str(case)


def compiled(pipeline: list, keypoints: dict[str, Any] | None = None, jit: bool = False) -> Any:
    keypoints = {"kind": "keypoints", "carry": ["ids"], **(keypoints or {})}
    targets = {"image": "image", "mask": "mask", "boxes": {"kind": "boxes", "carry": ["names"]}, "keypoints": keypoints}
    return augment.compile(augment.Pipeline(pipeline, targets=targets, seed=3), "keras", jit_compile=jit)


def batch_of(seed: int, rows: int = 5) -> dict[str, Any]:
    """Keypoints at quarters of a pixel, which float32 has exactly, with a column beside x and y."""
    rng = np.random.default_rng(seed)
    points = np.round(4 * rng.uniform(0, 1, (COUNT, rows, 2)) * [WIDTH - 1, HEIGHT - 1]) / 4
    corners = np.sort(rng.uniform(0, 1, (COUNT, 2, 2, 2)) * [WIDTH, HEIGHT], axis=2).reshape(COUNT, 2, 4)
    return {
        "image": rng.integers(0, 256, (COUNT, HEIGHT, WIDTH, 3)).astype(np.uint8), "boxes": corners.astype(np.float32),
        "names": np.arange(2 * COUNT, dtype=np.int32).reshape(COUNT, 2), "mask": rng.integers(0, 9, (COUNT, HEIGHT, WIDTH)),
        "keypoints": np.concatenate([points, rng.integers(0, 3, (COUNT, rows, 1))], axis=2).astype(np.float32),
        "ids": np.arange(rows * COUNT, dtype=np.int32).reshape(COUNT, rows),
    }  # fmt: skip


# What is seen --------------------------------------------------------------------------------------------------------


MANY, EACH = 200, 4


def marked() -> dict[str, np.ndarray]:
    """Samples whose masks hold the number of each keypoint at its pixel, and nothing else."""
    rng = np.random.default_rng(0)
    places = np.stack([rng.permutation(24 * 32)[:EACH] for _ in range(MANY)])
    ids = np.arange(1, MANY * EACH + 1, dtype=np.int32).reshape(MANY, EACH)
    masks = np.zeros((MANY, 24 * 32), np.int32)
    np.put_along_axis(masks, places, ids, axis=1)
    points = np.stack([places % 32, places // 32], axis=-1).astype(np.float32)
    images = np.zeros((MANY, 24, 32, 3), np.uint8)
    return {"image": images, "mask": masks.reshape(MANY, 24, 32), "keypoints": points, "ids": ids}


SHOWN = [(ops.Mosaic(), True), (ops.Mosaic(grid=(3, 2), p=0.8), False), (ops.Cutmix(alpha=1), False), (ops.Fmix(alpha=1), False)]


@pytest.mark.parametrize(("op", "jit"), SHOWN, ids=told)
def test_every_keypoint_that_an_image_shows_is_there_and_no_other(op, jit, as_numpy) -> None:
    given = marked()
    out = as_numpy(compiled([op], jit=jit).at(np.arange(MANY))(given, training=True))
    several = hidden = 0
    for i in range(MANY):
        there = out["ids"][i] > 0
        rows = zip(out["ids"][i][there].tolist(), out["keypoints"][i][there].astype(int).tolist(), strict=True)
        y, x = np.nonzero(out["mask"][i])
        seen = sorted(zip(out["mask"][i][y, x].tolist(), np.stack([x, y], axis=1).tolist(), strict=True))
        assert sorted(rows) == seen
        assert (out["keypoints"][i][~there] == -1).all() and (out["ids"][i][~there] == -1).all()
        own = np.isin(given["ids"][i], [number for number, _ in seen]).sum()
        several, hidden = several + (own < len(seen)), hidden + (own < EACH)
    assert several > MANY // 2 and hidden > MANY // 2


# The host's rows -----------------------------------------------------------------------------------------------------


CASES = [(op, False, invisible) for op in MIXES for invisible in ("drop", "keep")]
CASES += [(MIXES[0], True, "drop"), (MIXES[3], True, "keep"), (MIXES[4], True, "drop")]


@pytest.mark.parametrize(("op", "jit", "invisible"), CASES, ids=told)
def test_rows_are_those_that_the_host_makes_of_the_same_partners(op, jit, invisible, as_numpy) -> None:
    layer, given = compiled([ops.Rotate(degrees=(-20, 20)), op], {"invisible": invisible}, jit), batch_of(1)
    samples = [{name: entry[i] for name, entry in given.items()} for i in range(COUNT)]
    host = augment.compile(layer.spec).collate(samples, indices=range(COUNT))
    out = as_numpy(layer.at(np.arange(COUNT))(given, training=True))
    came, left = 0, np.shape(given["keypoints"])[1]
    for i, want in enumerate(host):
        for name, key in (("keypoints", "ids"), ("boxes", "names")):
            there = out[key][i] >= 0
            assert out[key][i][there].tolist() == want[key].tolist()
            np.testing.assert_allclose(out[name][i][there], want[name], atol=1e-4)
        gone = out["keypoints"][i][out["ids"][i] < 0]
        assert (gone[:, :2] == -1).all() and (gone[:, 2:] == 0).all()
        came += (out["ids"][i][left:] >= 0).sum()
    assert came > COUNT, "no keypoint of another sample was joined, so this test shows nothing"


# Padding, pairs, and rows that a graph alone counts ------------------------------------------------------------------


POSE = {"flip_pairs": {"rows": 3, "pairs": [[0, 1]]}}


def eager(layer: Any, given: dict[str, Any]) -> Any:
    return layer.at(np.arange(COUNT))(given, training=True)


def graph(layer: Any, given: dict[str, Any]) -> Any:
    def unknown(entry: Any) -> tf.TensorSpec:
        return tf.TensorSpec([None, *(entry.shape[1:] if entry.ndim == 4 else [None, *entry.shape[2:]])], entry.dtype)

    @tf.function(input_signature=[{name: unknown(entry) for name, entry in given.items()}])
    def run(batch: Any) -> Any:
        return layer.at(tf.range(COUNT))(batch, training=True)

    return run(given)


def another_engine(layer: Any, given: dict[str, Any]) -> Any:
    """As in ``tf.data`` where Keras does not run on TensorFlow."""
    runner = layer._runner(True)
    intake = layer._taken(given, runner)
    return intake.restore(HostBatch(runner, layer.seed_generator.on_host)(intake.entries, np.arange(COUNT), 0))


def padded(rows: int) -> dict[str, Any]:
    """A batch whose every third row is padding in some samples."""
    given = batch_of(2, rows)
    given["keypoints"][::2, 2::3], given["ids"][::2, 2::3] = [-1, -1, 0], -1
    return given


@pytest.mark.parametrize("pairs", [POSE, {"flip_pairs": [[0, 1], [3, 4]]}], ids=["of_each", "of_a_sample"])
@pytest.mark.parametrize("op", [ops.Mosaic(grid=(1, 2)), ops.OneOf([ops.Cutmix(alpha=1), ops.ResizeMix(scale=0.6)])], ids=told)
def test_every_way_gives_each_row_its_place(op, pairs, as_numpy) -> None:
    layer, given = compiled([ops.HorizontalFlip(p=0.5), op, ops.Mixup(alpha=1)], pairs), padded(6)
    first, *others = (as_numpy(way(layer, given)) for way in (eager, graph, another_engine))
    assert first["keypoints"].shape == (COUNT, 6 * 2 * 2 * (1 if op.name() == "mosaic" else 2), 3)
    assert (first["ids"][:, 6:] >= 0).any()
    for other in others:
        for key in ("ids", "names"):
            assert np.array_equal(first[key], other[key])
        for name in ("keypoints", "boxes"):
            np.testing.assert_allclose(first[name], other[name], atol=1e-4)


@pytest.mark.parametrize(("pairs", "per"), [(POSE, 3), ({"flip_pairs": [[0, 1]]}, 6)], ids=["of_each", "of_a_sample"])
def test_pairs_change_places_behind_a_mix_with_what_is_gone(pairs, per, as_numpy) -> None:
    given, mix = padded(6), ops.Cutmix(alpha=1)
    plain, turned = (
        as_numpy(eager(compiled([mix, *after], pairs), given)) for after in ([], [ops.HorizontalFlip(p=1)])
    )  # fmt: skip
    order = np.arange(12).reshape(-1, per)
    order[:, [0, 1]] = order[:, [1, 0]]
    want = plain["keypoints"][:, order.ravel()]
    want[..., 0] = np.where(want[..., 0] == -1, -1, WIDTH - 1 - want[..., 0])
    assert np.array_equal(turned["keypoints"], want) and np.array_equal(turned["ids"], plain["ids"][:, order.ravel()])
    assert (turned["ids"][:, 6:] >= 0).any() and (turned["ids"] == -1).any()


def test_what_a_mix_is_not_for_has_the_rows_of_its_own(as_numpy) -> None:
    """Also in what is told before a batch comes."""
    layer, given = compiled([ops.Mosaic(on=["image", "mask", "boxes"]), ops.Mixup(alpha=1)]), batch_of(0)
    before = layer.compute_output_spec({name: keras.KerasTensor(entry.shape, str(entry.dtype)) for name, entry in given.items()})
    out = as_numpy(eager(layer, given))
    for name, rows in (("boxes", 16), ("names", 16), ("keypoints", 10), ("ids", 10)):
        assert out[name].shape[1] == before[name].shape[1] == another_engine(layer, given)[name].shape[1] == rows
    assert (out["ids"] >= 0).all()
