"""Programs: what the passes join, that joining changes nothing, what a stage leaves, and orders that mean nothing."""

import itertools
from pathlib import Path

import numpy as np
import pytest
import yaml

import augment
from augment import ops
from augment.engine.canvases import refuse_drawn_canvases
from augment.engine.host import Executor
from augment.errors import SampleError, SpecError, UnsupportedOpError
from augment.kernels import reference
from augment.plugins import get_backend
from augment.program.lower import lower
from augment.program.walk import host_walk
from augment.spec.node import OneOf, Repeat, Sequence, SomeOf
from augment.testing import examples, pipelines
from augment.testing.photographs import photographs, sample_of

CASES = {
    f"{path.stem}-{name}": case
    for path in sorted((Path(__file__).parent / "passes").glob("*.yaml"))
    for name, case in yaml.safe_load(path.read_text()).items()
}


@pytest.mark.parametrize("name", CASES)
def test_passes(name):
    case = CASES[name]
    spec = augment.loads(yaml.safe_dump({"pipeline": case["pipeline"]}, allow_unicode=True))
    program = lower(spec, stage=case.get("stage", "train"))
    assert [f"{step.primitive}: {' '.join(leaf.op.name() for leaf in step.leaves)}" for step in program.steps] == case["steps"]


def test_passes_keep_every_leaf_and_draw_the_same():
    for pipeline in pipelines(11, 40):
        fused, plain = lower(pipeline), lower(pipeline, fuse=False)
        assert [leaf.key for leaf in fused.leaves] == [leaf.key for leaf in plain.leaves]
        assert [leaf.key for step in fused.steps for leaf in step.leaves] == [leaf.key for leaf in plain.leaves]
        assert str(fused.values(3)) == str(plain.values(3))
        assert all(len(step.leaves) == 1 for step in plain.steps)


def test_joining_changes_nothing_but_the_sampling():
    """Colour chains, and runs of whole pixels, are exactly what op after op gives."""
    still = [ops.HorizontalFlip, ops.Rotate90, ops.Transpose, ops.CenterCrop, ops.Gamma, ops.Hue, ops.Contrast, ops.Invert]
    photo = (photographs()[0] / 255).astype(np.float32)
    for seed in range(12):
        rng = np.random.default_rng(seed)
        nodes = [examples(still[i])[0].replace(p=0.6, **({"size": 40} if i == 3 else {})) for i in rng.integers(0, len(still), 6)]
        pipeline = augment.Pipeline(nodes, seed=seed)
        sample = sample_of(photo)
        outs = [Executor(p, reference)(sample, p.values(1)) for p in (lower(pipeline), lower(pipeline, fuse=False))]
        for name in outs[0]:
            assert np.allclose(outs[0][name], outs[1][name], atol=1e-6), (name, augment.dumps(pipeline))


def test_the_program_is_the_same_for_every_sample():
    for pipeline in pipelines(12, 10):
        program = lower(pipeline)
        assert lower(pipeline).steps == program.steps


# Inference -----------------------------------------------------------------------------------------------------------


def test_inference_draws_nothing_and_keeps_the_shape(photo):
    spec = augment.Pipeline(
        [
            ops.Resize(short=80), ops.RandomCrop(size=[64, 72]), ops.HorizontalFlip(p=0.5),
            OneOf([ops.Invert(), ops.GaussianBlur(sigma="2px")], p=0.5), ops.Rotate(degrees=[-9, 9]), ops.Normalize("imagenet"),
        ]
    )  # fmt: skip
    first, second = (augment.apply(spec, {"image": photo}, index=i, stage="eval")["image"] for i in (0, 1))
    train = augment.apply(spec, {"image": photo})["image"]
    assert np.array_equal(first, second) and first.shape == train.shape and first.dtype == train.dtype
    by_hand = augment.Pipeline([ops.Resize(short=80), ops.CenterCrop(size=[64, 72]), ops.Normalize("imagenet")])
    assert np.array_equal(first, augment.apply(by_hand, {"image": photo})["image"])
    assert not lower(spec, stage="eval").plan.slots


def test_always_draws_at_inference_as_in_training(photo):
    spec = augment.Pipeline([ops.Rotate(degrees=[-30, 30], stage="always", p=0.5), ops.Invert(p=0.5)], seed=4)
    only = augment.Pipeline([ops.Rotate(degrees=[-30, 30], p=0.5)], seed=4)
    for index in range(6):
        got = augment.apply(spec, {"image": photo}, index=index, stage="eval")["image"]
        assert np.array_equal(got, augment.apply(only, {"image": photo}, index=index)["image"])


# Order ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("nodes", "message"),
    [
        ([ops.Normalize("imagenet"), ops.Brightness(factor=1.1)], r"pipeline\[1\].brightness: cannot stand after .*\[0\]"),
        ([ops.Normalize("imagenet"), ops.GaussianBlur(sigma="1px")], "gaussian_blur: cannot stand after"),
        ([ops.Normalize("imagenet"), ops.GaussianNoise(std=0.1)], "gaussian_noise: cannot stand after"),
        ([ops.Normalize("imagenet"), ops.Normalize("clip")], "normalize: cannot stand after"),
        ([ops.Normalize("imagenet"), OneOf([ops.Rotate(degrees=1), ops.Invert()])], r"one_of\[1\].invert: cannot stand after"),
        ([ops.Normalize("imagenet"), ops.Resize(size=9, interpolation="bicubic")], "bicubic clips to 0..1"),
        ([ops.Normalize("imagenet", p=0.5)], "must always be applied"),
        ([Sequence([ops.Normalize("imagenet")], p=0.5)], "must always be applied"),
        ([OneOf([ops.Normalize("imagenet"), ops.Normalize("clip")])], "must always be applied"),
        ([ops.Rotate(degrees=1), ops.ToFloat(max=65535)], "must be the first op"),
    ],
)
def test_orders_that_mean_nothing(nodes, message):
    with pytest.raises(SpecError, match=message):
        lower(augment.Pipeline(nodes))


def test_all_mistakes_of_an_order_come_at_once():
    nodes = [ops.Normalize("imagenet"), ops.Invert(p=1), ops.Gamma(gamma=2), ops.ToFloat(max=9)]
    with pytest.raises(SpecError) as error:
        lower(augment.Pipeline(nodes))
    assert len(error.value.mistakes) >= 3


def test_what_a_batch_cannot_have():
    def refused(*nodes, size=(60, 80)):
        try:
            refuse_drawn_canvases(lower(augment.Pipeline(list(nodes))), size)
        except SampleError:
            return True
        return False

    turn, crop, square = ops.Rotate90(), ops.CenterCrop(size=[32, 32]), (60, 60)
    assert refused(turn) and refused(ops.Transpose(p=0.5)) and refused(ops.Rotate90(turns=1, p=0.5))
    assert not refused(ops.Transpose(p=1)) and not refused(ops.Rotate90(turns=1))
    assert not refused(turn, size=square) and not refused(turn, crop) and not refused(crop, turn)
    assert refused(turn, ops.Resize(size=32)) and not refused(turn, ops.Resize(size=32, antialias=False))
    assert refused(turn, ops.Resize(short=32, antialias=False)) and refused(ops.CenterCrop(size=[32, 40]), turn)
    assert refused(crop.replace(p=0.5)) and not refused(crop.replace(p=0.5), ops.CenterCrop(size=8))
    assert refused(ops.Pad(size=99, p=0.5)) and not refused(ops.Pad(size=99))
    assert refused(OneOf([ops.Pad(size=99), ops.Identity()]))
    assert refused(ops.Pad(size=[99, 98]), turn, size=square) and not refused(ops.Pad(multiple=8), turn, size=square)
    assert refused(ops.Resize(short=30), turn) and not refused(ops.Pad(size=[90, 90]), turn)


def test_what_keeps_its_size_may_be_left_out_for_some():
    def check(*nodes, size=(60, 80)):
        refuse_drawn_canvases(lower(augment.Pipeline(list(nodes))), size)

    sometimes = ops.RandomResizedCrop(size=[32, 48], area=[0.5, 1], p=0.5)
    check(ops.Resize(size=[32, 48]), sometimes, size=None)
    check(sometimes, size=(32, 48))
    check(ops.Rotate90(turns=1), ops.Pad(size=[80, 60], p=0.5), ops.Transpose(p=1), ops.CenterCrop(size=[60, 80], p=0.5))
    with pytest.raises(SampleError, match=r"pipeline\[1\].random_resized_crop: is not applied to all, .* leave p out"):
        check(ops.Resize(size=[48, 32]), sometimes)


def test_one_size_is_needed_to_bend_it():
    turn, bend, crop = ops.Rotate90(p=0.5), ops.Elastic(alpha="2px", sigma="9px"), ops.CenterCrop(size=32)
    program = lower(augment.Pipeline([turn, bend, crop]))
    with pytest.raises(SampleError, match=r"^pipeline\[1\].elastic: needs one size, and pipeline\[0\].rotate90 draws .* between"):
        refuse_drawn_canvases(program, (60, 80))
    refuse_drawn_canvases(program)
    refuse_drawn_canvases(lower(augment.Pipeline([turn, crop, bend])), (60, 80))
    with pytest.raises(UnsupportedOpError, match=r"pipeline\[1\].elastic: needs one size"):
        refuse_drawn_canvases(lower(augment.Pipeline([crop.replace(p=0.5), bend, crop])))


def test_a_kind_that_an_op_cannot_move_is_refused_at_compile_time(photo):
    spec = augment.Pipeline([ops.Fmix(alpha=1)], targets={"image": "image", "polygons": "polygons"})
    with pytest.raises(UnsupportedOpError, match="fmix cannot move polygons; limit it with on"):
        augment.compile(spec)
    augment.compile(spec.replace(pipeline=[ops.Fmix(alpha=1, on=["image"])]))

    class Lift(ops.Translate):
        """Lift the image, and forget the boxes."""

        moves = frozenset({"mask"})

    assert get_backend("reference").support(Lift, "boxes").level == "refuses"
    with pytest.raises(SampleError, match=r"cannot move boxes \(boxes\)"):
        augment.apply(augment.Pipeline([Lift(y=-0.1)]), {"image": photo, "boxes": [[1, 1, 5, 5]]})


# Combinators, by enumeration -----------------------------------------------------------------------------------------


def applied(spec, index):
    return tuple(augment.record(spec, index=index)["applied"])


@pytest.mark.parametrize(
    ("node", "want"),
    [
        (OneOf([ops.Invert(), ops.Gamma(gamma=2)]), {("invert",), ("gamma",)}),
        (OneOf([ops.Invert(), ops.Gamma(gamma=2)], p=0.5), {(), ("invert",), ("gamma",)}),
        (OneOf([ops.Invert(p=0.5), ops.Gamma(gamma=2)]), {(), ("invert",), ("gamma",)}),
        (
            SomeOf([ops.Invert(), ops.Gamma(gamma=2), ops.Hue(degrees=9)], n=2),
            set(itertools.combinations(("invert", "gamma", "hue"), 2)),
        ),
        (
            SomeOf([ops.Invert(), ops.Gamma(gamma=2)], n=2, replacement=True),
            {(f"{a}[0]", f"{b}[1]") for a in ("invert", "gamma") for b in ("invert", "gamma")},
        ),
        (Repeat([ops.Invert(p=1)], times=[1, 2]), {("invert[0]",), ("invert[0]", "invert[1]")}),
        (Repeat([ops.Invert(p=1)], times=0), {()}),
        (Sequence([ops.Invert(p=1), ops.Gamma(gamma=2)], p=0.5), {(), ("invert", "gamma")}),
        (
            Repeat([OneOf([ops.Invert(), ops.Gamma(gamma=2)])], times=2),
            {(f"{a}[0]", f"{b}[1]") for a in ("invert", "gamma") for b in ("invert", "gamma")},
        ),
    ],
    ids=lambda x: x.name() if hasattr(x, "name") else "",
)
def test_what_combinators_apply(node, want):
    assert {applied(augment.Pipeline([node]), i) for i in range(80)} == want


def test_some_of_with_replacement_goes_in_the_order_drawn(run, photo):
    """Invert then solarize is another image than solarize then invert: both come."""
    node = SomeOf([ops.Brightness(add=0.3), ops.Brightness(factor=0.5)], n=2, replacement=True)
    flat = np.full((4, 4, 1), 0.4, np.float32)
    seen = {round(float(run(flat, node, index=i)[0, 0, 0]), 4) for i in range(60)}
    assert seen == {1.0, 0.35, 0.5, 0.1}


def test_what_draws_nothing_is_remembered_by_size():
    program = lower(augment.Pipeline([ops.CenterCrop(size=20), ops.Rotate(degrees=(-9, 9)), ops.HorizontalFlip(p=1)]))
    first, second, other = (
        host_walk(program.leaves, program.values(i), size, "constant", "bilinear").legs
        for i, size in ((0, (30, 40)), (1, (30, 40)), (2, (24, 40)))
    )
    assert [a is b for a, b in zip(first, second, strict=True)] == [True, False, True]
    assert other[0] is not first[0] and other[0].size == (24, 40) and other[2] is first[2]
