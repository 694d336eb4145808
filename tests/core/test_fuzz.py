"""Any sample into any pipeline: a result of the right form, or a `SampleError` that says what is wrong; nothing else."""

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

import augment
from augment.engine.host import Executor
from augment.errors import SampleError
from augment.kernels import reference
from augment.program.lower import lower
from augment.testing import examples, pipelines
from augment.testing.generate import moves_all

PROGRAMS = [lower(p) for p in pipelines(5, 60)]
FIXED = settings(max_examples=250, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))

sides = st.integers(0, 70)
dtypes = st.sampled_from([np.float64, np.float16, np.uint16, np.int32, np.int8, bool, np.complex64, object, "U3"])


@st.composite
def images(draw):
    shape = draw(st.one_of(
        st.tuples(st.integers(40, 70), st.integers(40, 70), st.just(3)), st.tuples(sides, sides),
        st.tuples(sides, sides, st.integers(0, 5)), st.tuples(st.just(3), sides, sides), st.tuples(sides), st.just(()),
    ))  # fmt: skip
    dtype = draw(st.one_of(st.just(np.uint8), st.just(np.float32), dtypes))
    rng = np.random.default_rng(draw(st.integers(0, 99)))
    if dtype in (np.float32, np.float64, np.float16):
        image = rng.random(shape).astype(dtype) * draw(st.sampled_from([1, 1, 1, 2, 255, -1]))
        if image.size and draw(st.integers(0, 9)) == 0:
            image.flat[0] = draw(st.sampled_from([np.nan, np.inf, -np.inf]))
        return image
    return rng.integers(0, 100, shape).astype(dtype)


numbers = st.floats(-200, 200) | st.just(np.nan) | st.just(np.inf)
rows = st.one_of(
    st.lists(st.lists(numbers, min_size=4, max_size=4), max_size=4), st.lists(st.lists(numbers, max_size=5), max_size=3),
    st.lists(st.tuples(st.floats(0, 30), st.floats(0, 30), st.floats(31, 60), st.floats(31, 60)), max_size=4),
    arrays.arrays(np.float32, st.tuples(st.integers(0, 3), st.integers(0, 6)), elements=st.floats(0, 50, width=32)),
    st.text(max_size=4), st.none(), st.integers(), st.just({"a": 1}),
)  # fmt: skip


@st.composite
def samples(draw):
    sample = {"image": draw(images())}
    shape = np.shape(sample["image"])[:2]
    if draw(st.booleans()):
        kind = draw(st.sampled_from([np.uint8, np.int64, bool, np.float32, object]))
        sample["mask"] = draw(st.sampled_from([np.ones(shape, kind), np.ones((5, 5)), [[1], [1, 2]], None, 3, "mask"]))
    if draw(st.booleans()):
        sample["boxes"] = draw(rows)
        if draw(st.booleans()):
            sample["labels"] = draw(st.one_of(st.lists(st.integers(), max_size=4), st.integers(), st.text(max_size=4), st.none()))
    if draw(st.booleans()):
        sample["keypoints"] = draw(rows)
    if draw(st.integers(0, 9)) == 0:
        del sample["image"]
    return sample


@FIXED
@given(sample=samples(), program=st.sampled_from(PROGRAMS), index=st.integers(0, 2**40))
def test_a_result_or_a_sample_error(sample, program, index):
    before = {k: v.copy() if isinstance(v, np.ndarray) else v for k, v in sample.items()}
    try:
        out = Executor(program, reference)(sample, program.values(index))
    except SampleError as error:
        assert str(error)
    else:
        assert set(out) == set(sample)
        if "image" in sample:
            assert out["image"].ndim == sample["image"].ndim and np.isfinite(out["image"]).all()
            floats = any(leaf.op.name() in ("normalize", "to_float") for leaf in program.leaves)
            assert out["image"].dtype == (np.float32 if floats else sample["image"].dtype)
            if "mask" in sample:
                assert out["mask"].shape[:2] == out["image"].shape[:2] and out["mask"].dtype == np.asarray(sample["mask"]).dtype
    for name, value in before.items():  # a sample is never changed in place
        same = value is sample[name] if not isinstance(value, np.ndarray) else _same(value, sample[name])
        assert same, name


def _same(a, b):
    return a.shape == b.shape and all(x == y or (x != x and y != y) for x, y in zip(a.ravel(), b.ravel(), strict=True))


# which tiny images are too small for
CROPS = ("center_crop", "random_crop", "crop", "crop_non_empty_mask", "random_crop_from_borders")


@FIXED
@given(shape=st.tuples(st.integers(1, 12), st.integers(1, 12)), seed=st.integers(0, 10**6), channels=st.integers(1, 5))
def test_tiny_images_of_any_channels(shape, seed, channels):
    """Down to one pixel: every op that takes the channels gives finite values in range."""
    rng = np.random.default_rng(seed)
    every = augment.ops.catalogue("image").values()
    known = [op for op in every if not getattr(op, "partnered", False) and op.name() not in CROPS]
    op = known[seed % len(known)]
    found = examples(op)
    spec = augment.Pipeline([found[seed % len(found)]], seed=seed)
    image = rng.random((*shape, channels)).astype(np.float32)
    sample = {"image": image}
    if moves_all(op):
        sample["mask"] = (image[..., 0] * 9).astype(np.int16)
    try:
        out = augment.apply(spec, sample, index=seed)
    except SampleError as error:
        expected = ("channel", "fill has", "too fine")
        assert any(word in str(error) for word in expected), error
        return
    assert np.isfinite(out["image"]).all()
    assert "mask" not in sample or out["mask"].shape == out["image"].shape[:2]
    if not getattr(op, "normalizes", False):
        assert out["image"].min() >= 0 and out["image"].max() <= 1 + 1e-6
