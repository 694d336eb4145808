"""The kit itself: it passes a right backend, and catches each kind of wrong one."""

from types import SimpleNamespace
from typing import ClassVar

import numpy as np
import pytest

import augment
from augment import ops
from augment.backend import Backend, Support
from augment.engine.host import Executor
from augment.errors import SpecError
from augment.kernels import REFERENCE, reference
from augment.ops import catalogue
from augment.ops.kinds import Noise, Partnered, Policy
from augment.ops.primitives import Primitives
from augment.plugins import get_backend
from augment.program.lower import lower
from augment.testing import BackendSuite, examples, pipelines
from augment.testing import suite as testing_suite
from augment.testing.cases import Case
from augment.testing.generate import _Generator, moves_all
from augment.testing.photographs import photographs, sample_of


class Toy(Backend):
    """The reference with some kernels replaced."""

    name = "toy"
    kernel_set = REFERENCE

    def __init__(self, **kernels):
        own = {name: getattr(reference, name) for name in dir(reference)}
        self.kernels = SimpleNamespace(**{**own, **kernels})

    def run(self, program, sample, values, options):
        return Executor(program, self.kernels)(sample, values)

    def executor(self, program, options):
        return Executor(program, self.kernels)


def suite(**kernels):
    made = BackendSuite()
    made.__dict__["ready"] = Toy(**kernels)
    return made


def case(op):
    return Case(op.name(), op)


def run_all(tested, op, test="test_matches_reference"):
    if test == "test_matches_reference":
        return tested.test_matches_reference(case(op), 0, np.uint8), tested.test_matches_reference(case(op), 1, np.float32)
    return getattr(tested, test)(case(op))


ROTATE, BLUR, NOISE = ops.Rotate(degrees=[-30, 30]), ops.GaussianBlur(sigma="2px"), ops.GaussianNoise(std=0.1)


RIGHT = [ROTATE, BLUR, ops.Brightness(factor=[0.6, 1.4]), ops.Resize(size=[56, 72])]


SUPPORTED = {
    name for name, op in catalogue("image").items()
    if Toy().support(op).level != "refuses" and "instances" not in getattr(op, "reads", ())
}  # fmt: skip
"""Of what is installed: a plugin may bring ops whose primitives the reference lacks; photographs have no instances."""


@pytest.mark.parametrize("op", RIGHT, ids=lambda op: op.name())
def test_a_right_backend_passes(op):
    for test in ("test_matches_reference", "test_p_0_is_identity", "test_keys_decide_everything"):
        run_all(suite(), op, test)


def moved_by(pixels):
    """A resample that is off by a shift."""

    def resample(image, walk, fill=None, nearest=None):
        out = reference.resample(image, walk, fill, nearest)
        return np.roll(out, pixels, axis=1)

    return resample


def brighter(levels):
    def convolve(image, taps):
        return np.clip(reference.convolve(image, taps) + np.float32(levels / 255), 0, 1)

    return convolve


def test_it_sees_a_pixel_of_shift_in_image_and_mask():
    with pytest.raises(AssertionError, match=r"image: .* of the pixels differ by more than 2 levels"):
        run_all(suite(resample=moved_by(1)), ROTATE)

    def masks_only(image, walk, fill=None, nearest=None):
        return moved_by(1 if nearest else 0)(image, walk, fill, nearest)

    with pytest.raises(AssertionError, match=r"mask: .* of the labels differ"):
        run_all(suite(resample=masks_only), ROTATE)


def test_it_sees_a_fraction_of_a_level_in_floats_and_one_level_everywhere_in_bytes():
    tested = suite(convolve=brighter(0.04))
    tested.test_matches_reference(case(BLUR), 0, np.uint8)
    with pytest.raises(AssertionError, match=r"differ by more than 0.03 levels"):
        tested.test_matches_reference(case(BLUR), 0, np.float32)
    with pytest.raises(AssertionError, match="the mean difference is"):
        suite(convolve=brighter(1.0)).test_matches_reference(case(BLUR), 0, np.uint8)


def test_it_sees_boxes_and_keypoints_that_stay_behind():
    class Behind(Toy):
        def run(self, program, sample, values, options):
            out = super().run(program, sample, values, options)
            return {**out, self.kind: np.asarray(out[self.kind]) + 0.02}

    for kind in ("boxes", "keypoints"):
        tested = suite()
        tested.ready.__class__ = type("Behind", (Behind,), {"kind": kind})
        with pytest.raises(AssertionError, match=f"{kind}: row 0 is"):
            run_all(tested, ROTATE)


def test_it_sees_noise_of_another_width_shape_or_key():
    def uniform(image, value, key, number, pixel):
        rng = np.random.default_rng(np.array(key, np.uint64))
        return (np.sqrt(12) * (rng.random(image.shape) - 0.5)).astype(np.float32)

    def wide(image, value, key, number, pixel):
        return reference.noise(image, value, key, number, pixel) * np.float32(1.1)

    def one_key(image, value, key, number, pixel):
        return reference.noise(image, value, (1, 2), number, pixel)

    run_all(suite(), NOISE, "test_noise_has_the_same_distribution")
    for kernel, message in ((uniform, "distribution is another"), (wide, "standard deviation"), (one_key, "one noise")):
        with pytest.raises(AssertionError, match=message):
            run_all(suite(noise=kernel), NOISE, "test_noise_has_the_same_distribution")


def test_it_sees_draws_of_the_backends_own():
    rng = np.random.default_rng(0)

    def unkeyed(image, value, key, number, pixel):
        return reference.noise(image, value, tuple(rng.integers(0, 2**20, 2)), number, pixel)

    with pytest.raises(AssertionError, match="two runs under one key differ"):
        run_all(suite(noise=unkeyed), NOISE, "test_keys_decide_everything")

    class Stuck(Toy):
        def apply(self, program, sample, *, index, epoch, options):
            return super().apply(program, sample, index=0, epoch=0, options=options)

    tested = suite()
    tested.ready.__class__ = Stuck
    with pytest.raises(AssertionError, match="five keys give one result"):
        run_all(tested, ROTATE, "test_keys_decide_everything")


def test_it_sees_wrong_partners_of_a_mix():
    mixup = ops.Mixup(alpha=0.8)
    run_all(suite(), mixup, "test_mixing_matches_reference")

    def heavier(image, other, weight, rectangle):
        return reference.mix(image, other, min(weight + 0.05, 1), rectangle)

    with pytest.raises(AssertionError, match="image: "):
        run_all(suite(mix=heavier), mixup, "test_mixing_matches_reference")


def test_an_approximate_op_is_held_to_its_bound_and_a_refused_one_to_its_reason():
    class Rough(Toy):
        exceptions: ClassVar = {
            ("gaussian_blur", "image"): Support("approximate", bound="3 levels", reason="a box filter"),
            ("motion_blur", "*"): Support("refuses", reason="it is slow", instead="gaussian_blur"),
        }  # fmt: skip

    tested = suite(convolve=brighter(2.5))
    tested.ready.__class__ = Rough
    run_all(tested, BLUR)
    rougher = suite(convolve=brighter(4.5))
    rougher.ready.__class__ = Rough
    with pytest.raises(AssertionError, match="more than 3 levels"):
        run_all(rougher, BLUR)
    tested.test_support_is_what_compiles(ops.MotionBlur)


def test_nothing_is_made_of_what_is_refused(monkeypatch):
    """A test that could only be skipped is not there, and neither is one without a case."""

    class Plain(Toy):
        name = "plain"
        kernel_set = Primitives("plain", "augment.kernels.reference", dict.fromkeys(("resample", "resize", "pointwise"), "toy"))

    monkeypatch.setattr(testing_suite, "backends", lambda: {"plain": Plain(), "toy": Toy()})

    class Limited(BackendSuite):
        backend = "plain"

    class Whole(BackendSuite):
        backend = "toy"

    left = {need for c in Limited.cases()["any_case"] if hasattr(c.op, "primitive") for need in type(c.op).primitives()}
    assert left == {"resample", "pointwise"}
    assert Limited.test_noise_has_the_same_distribution is None
    mixing = [type(c.op) for c in Limited.cases()["mixing"]]
    assert mixing and not any(op.primitives() for op in mixing)  # those that array functions do alone
    assert callable(Whole.test_noise_has_the_same_distribution)
    blind = {name for name in SUPPORTED if "instances" in getattr(catalogue("image")[name], "reads", ())}  # photographs have none
    assert {c.op.name() for c in Whole.cases()["any_case"]} == SUPPORTED - blind


def test_pipelines_are_valid_varied_and_the_same_each_time():
    made = list(pipelines(7, 200))
    assert made == list(pipelines(7, 200)) and made[:5] != list(pipelines(8, 5))
    assert all(3 <= len(p) <= 8 for p in made)
    used = {leaf.op.name() for p in made for leaf in lower(p).leaves}
    known = [op for op in catalogue("image").values() if not issubclass(op, Partnered) and moves_all(op)]
    fitting = _Generator(np.random.default_rng(0), known)
    kinds = (fitting.inner, fitting.drawn, fitting.derived, fitting.resizing, fitting.tails)
    could = {op.name() for kind in kinds for op in kind if not issubclass(op, Noise | Policy)}  # a policy stands for others
    assert len(could) > 70 and could - used <= {"identity"}
    names = {node.name() for p in made for node in p}
    assert {"one_of", "some_of", "repeat", "sequence", "color_jitter"} <= names
    tiny = sample_of(photographs(((64, 64),))[0])
    for pipeline in made[:40]:
        augment.apply(pipeline, tiny, index=1)
        assert augment.loads(augment.dumps(pipeline)) == pipeline


def test_every_op_has_examples_that_draw_all_its_fields():
    for name, op in catalogue().items():
        found = examples(op)
        assert found and all(type(e) is op for e in found), name
        drawn = {field for e in found for field in e.model_fields_set}
        wanted = {f for f, info in op.model_fields.items() if info.is_required()}
        assert wanted <= drawn


def test_an_op_whose_declaration_is_not_enough_says_so():
    class Riddle(ops.Posterize):
        """Ask what no kit can know."""

        def __init__(self, **fields):
            raise SpecError("needs an answer")

    with pytest.raises(AssertionError, match="riddle: its declaration is not enough"):
        examples(Riddle)


def test_a_new_op_is_covered_without_a_line():
    """What the suite makes of an op that no one has heard of."""

    class Posturize(ops.Posterize):
        """Keep some bits."""

    assert [e.bits.support for e in examples(Posturize)] == [(1, 4)]
    assert get_backend("reference").support(Posturize).level == "matches"
    run_all(suite(), examples(Posturize)[0])
