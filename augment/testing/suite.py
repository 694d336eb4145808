"""The suite that every backend passes, generated from the catalogue of ops, their examples, and the support that it declares.

Each op is compared with the reference on photographs, all targets together; noise by its distribution, since backends draw its
pixels themselves. What the suite expects of an op is read from `Backend.support`, never listed here.
"""

from __future__ import annotations

import pickle
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any, ClassVar

import numpy as np
import pytest

import augment
from augment.backend import Backend, Options
from augment.errors import SpecError, UnsupportedOpError
from augment.ops import catalogue
from augment.ops.cropping import CenterCrop
from augment.ops.kinds import Drawn, Geometric
from augment.ops.resizing import Resize
from augment.plugins import backends, get_backend
from augment.program.lower import Program, lower
from augment.sample import DEFAULT_TARGETS, Target
from augment.spec.node import Op, Pipeline
from augment.testing import tolerance
from augment.testing.cases import Case, cases, comparisons, noisy, partnered, quick
from augment.testing.distribution import assert_same_distribution
from augment.testing.examples import examples
from augment.testing.generate import FIXED, pipelines
from augment.testing.photographs import as_type, crop, photographs, sample_of
from augment.testing.whole import assert_whole

KINDS = ("mask", "boxes", "keypoints")
INDEX = 5


_OF_KINDS = {"noisy": "test_noise_has_the_same_distribution", "mixing": "test_mixing_matches_reference"}


class BackendSuite:
    """Subclass it in a test module, and name the backend: ``class TestMine(BackendSuite): backend = "mine"``."""

    backend: ClassVar[str]
    """The name of the backend."""
    quick: ClassVar[int] = 8
    """How many random pipelines are compared by default."""
    matrix: ClassVar[int] = 200
    """How many under ``-m matrix``."""
    options: ClassVar[Options] = Options()

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        found = cls.cases()
        for argument, name in _OF_KINDS.items():
            if not found[argument]:  # nothing of this kind to test: the backend refuses all of it
                setattr(cls, name, None)

    @classmethod
    def cases(cls) -> dict[str, list[Case]]:
        """Return what is tested, by argument: all examples but those of ops that the backend refuses, of which
        `test_support_is_what_compiles` sees that they are refused."""
        backend = backends().get(getattr(cls, "backend", ""))
        seen = [c for c in cases() if not {"instances"} & getattr(c.op, "reads", frozenset())]  # photographs have none
        every = [c for c in seen if backend is None or backend.support(type(c.op)).level != "refuses"]
        return {
            "case": [c for c in every if not partnered(c.op) and not noisy(c.op)],
            "noisy": [c for c in every if noisy(c.op)],
            "mixing": [c for c in every if partnered(c.op)],
            "any_case": every,
        }

    # What a backend may need to say about itself ---------------------------------------------------------------------

    def photographs(self) -> Sequence[np.ndarray]:
        """Return the photographs (height, width, 3), uint8, of at least 64 x 64 and of different sizes, for the quick share."""
        return photographs()

    def matrix_photographs(self) -> Sequence[np.ndarray]:
        """Return the photographs of the matrix."""
        return photographs(((64, 64), (96, 128), (131, 84), (224, 201)))

    def save_and_load(self, compiled: Any) -> Any:
        """Return a compiled object after it was saved and loaded."""
        return pickle.loads(pickle.dumps(compiled))

    def call(self, compiled: Any, image: np.ndarray, index: int) -> np.ndarray:
        """Run a compiled object on an image, as its users do, under the key of ``index``."""
        return np.asarray(compiled.at(index=index)({"image": image})["image"])

    # The tests -------------------------------------------------------------------------------------------------------

    def pytest_generate_tests(self, metafunc: Any) -> None:
        """Make one test of each example, op, or pipeline."""
        for argument, found in self.cases().items():
            if argument == "case" and {"photograph", "dtype"} <= set(metafunc.fixturenames):
                metafunc.parametrize(("case", "photograph", "dtype"), list(comparisons(found)))
            elif argument == "any_case" and argument in metafunc.fixturenames:
                metafunc.parametrize(argument, list(quick(found)))
            elif argument in metafunc.fixturenames:
                metafunc.parametrize(argument, found, ids=[c.name for c in found])
        if "op_class" in metafunc.fixturenames:
            metafunc.parametrize("op_class", list(catalogue("image").values()), ids=list(catalogue("image")))
        for argument, count in (("quick_pipeline", self.quick), ("matrix_pipeline", self.matrix)):
            if argument in metafunc.fixturenames:
                metafunc.parametrize(argument, range(count))

    def test_it_is_one_thing(self) -> None:
        """Whatever takes apart what can be iterated finds what the library's own class gives, or nothing."""
        assert_whole(augment.compile(Pipeline([CenterCrop(size=64)]), self.backend))

    def test_matches_reference(self, case: Case, photograph: int, dtype: Any) -> None:
        """Every op, all targets together, within the tolerance or its declared bound."""
        image = as_type(self.photographs()[photograph], dtype)
        self.compare(self.pipeline_of(case.op), image, self.kinds_of(type(case.op)), type(case.op))

    def test_p_0_is_identity(self, any_case: Case) -> None:
        """What is never applied changes nothing."""
        sample = sample_of(self.photographs()[0], self.kinds_of(type(any_case.op)))
        pipeline = Pipeline([any_case.op.replace(p=0.0)])
        if getattr(any_case.op, "normalizes", False):
            with pytest.raises(SpecError, match=f"{any_case.op.name()} must always be applied"):
                lower(pipeline)
            return
        out = self.apply(pipeline, sample, INDEX)
        tolerance.assert_samples_close(out, sample, DEFAULT_TARGETS)
        assert np.array_equal(out["image"], sample["image"])

    def test_keys_decide_everything(self, any_case: Case) -> None:
        """The same key gives the same result; another key another one, where there is anything to draw."""
        image = as_type(self.photographs()[0], np.float32)
        pipeline = self.pipeline_of(any_case.op)
        first, again, *others = (self.run(pipeline, image, i) for i in (INDEX, INDEX, 6, 7, 8, 9))
        assert np.array_equal(first, again), "two runs under one key differ"
        drawn = {str(lower(pipeline).values(i)) for i in (INDEX, 6, 7, 8, 9)}
        if len(drawn) > 1 and all(np.array_equal(first, other) for other in others):
            assert len(pipeline) > 1, "five keys give one result"
            wanted = [augment.apply(pipeline, {"image": image}, index=i)["image"] for i in (INDEX, 6, 7, 8, 9)]
            undone = all(np.allclose(wanted[0], other, atol=1e-5) for other in wanted)  # by the resize behind a drawn size
            assert undone, "five keys give one result"

    def test_noise_has_the_same_distribution(self, noisy: Case) -> None:
        """Mean, width and shape (Kolmogorov–Smirnov) of what becomes of two flat colours; no two samples share it."""
        assert isinstance(noisy.op, Drawn)
        flat = np.empty((192, 192, 3), np.float32)
        flat[:96], flat[96:] = (0.45, 0.6, 0.35), (0.65, 0.48, 0.6)
        pipeline = Pipeline([noisy.op])
        mine, other = (self.run(pipeline, flat, i) - flat for i in (INDEX, 6))
        want = augment.apply(pipeline, {"image": flat}, index=INDEX)["image"] - flat
        touched = [c for c in range(3) if noisy.op.only is None or c in noisy.op.only]
        assert not np.delete(mine, touched, axis=2).any(), "channels that it does not name have noise"
        for part in (slice(0, 96), slice(96, 192)):
            for c in touched:
                one, two, three = (noise[part, :, c].ravel() for noise in (mine, want, other))
                assert_same_distribution(one, two, three, related=0.3 if noisy.op.covers else 0.05)

    def test_mixing_matches_reference(self, mixing: Case) -> None:
        """Partners from a dataset: images, masks, boxes and soft labels, with the partner of the same key."""
        kinds = self.kinds_of(type(mixing.op))
        first, second = (crop(p, 64, 80) for p in self.photographs()[:2])
        samples = [sample_of(image, kinds) for image in (first, second, first[::-1].copy())]
        for i, sample in enumerate(samples):
            sample["class"] = np.eye(7, dtype=np.float32)[i]  # of more classes than there are boxes, whose rows it is not
        targets = {
            "image": Target(kind="image"), "class": Target(kind="labels"),
            **{kind: DEFAULT_TARGETS[kind] for kind in kinds},
        }  # fmt: skip
        program = lower(Pipeline([mixing.op, CenterCrop(size=[48, 60])], targets=targets))
        for index in range(3):
            got = self.mix(program, samples, index)
            want = get_backend("reference").apply_over(program, samples, index=index, epoch=0, options=self.options)
            tolerance.assert_samples_close(got, want, targets)

    def test_support_is_what_compiles(self, op_class: type[Op]) -> None:
        """What is refused raises `UnsupportedOpError` with its reason when it is compiled; everything else compiles."""
        example = examples(op_class)[0]
        for kind in ("image", *KINDS, "labels"):
            support = self.ready.support(op_class, kind)
            targets = {"image": Target(kind="image"), **({} if kind == "image" else {kind: DEFAULT_TARGETS[kind]})}
            pipeline = self.pipeline_of(example).replace(targets=targets)
            if support.level == "refuses":
                assert support.reason and support.instead, f"the refusal of {kind} gives no reason, or nothing to do instead"
                with pytest.raises(UnsupportedOpError) as error:
                    self.ready.check(lower(pipeline))
                assert support.reason in str(error.value) and support.instead in str(error.value)
            else:
                assert augment.compile(pipeline, self.backend) is not None
            if support.level == "approximate":
                assert support.reason, "an approximation says why"
                tolerance.declared_bound(support.bound)
            batch = self.ready.in_batches(op_class, kind)
            if batch.level == "refuses" and support.level != "refuses":
                assert batch.reason and batch.instead, f"batches refuse {kind} without a reason, or nothing to do instead"
                assert any(batch.reason in limit.message for limit in self.ready.limits(lower(pipeline))), "and nobody tells"

    @pytest.mark.parametrize("dtype", [np.uint8, np.float32], ids=["uint8", "float32"])
    def test_pipelines_match_reference(self, quick_pipeline: int, dtype: Any) -> None:
        """A fixed share of the random pipelines."""
        photos = self.photographs()
        pipeline = self.random_pipelines(self.quick)[quick_pipeline]
        self.compare(pipeline, as_type(photos[quick_pipeline % len(photos)], dtype), self.moved)

    @pytest.mark.matrix
    @pytest.mark.parametrize("photograph", range(4))
    def test_matrix_matches_reference(self, matrix_pipeline: int, photograph: int) -> None:
        """All random pipelines on all photographs; the type of the image alternates."""
        dtype = np.float32 if (matrix_pipeline + photograph) % 2 else np.uint8
        pipeline = self.random_pipelines(self.matrix)[matrix_pipeline]
        self.compare(pipeline, as_type(self.matrix_photographs()[photograph], dtype), self.moved)

    def test_saved_and_loaded_it_is_the_same(self) -> None:
        """The spec, the draws, the repr, and what comes out."""
        ops = [op for name in ("rotate", "brightness", "horizontal_flip") if self.supports(op := catalogue()[name])]
        pipeline = Pipeline([examples(op)[0].replace(p=0.7) for op in ops], seed=11)
        compiled = augment.compile(pipeline, self.backend)
        loaded = self.save_and_load(compiled)
        assert loaded.spec == compiled.spec == pipeline
        assert repr(loaded) == repr(compiled)
        image = self.photographs()[0]
        for index in range(4):
            assert str(loaded.program.values(index)) == str(compiled.program.values(index))
            want = self.call(compiled, image, index)
            assert np.array_equal(self.call(loaded, image, index), want)
            reference = augment.apply(pipeline, {"image": image}, index=index)["image"]
            tolerance.assert_images_close(want.astype(reference.dtype), reference)

    def test_a_record_replays(self) -> None:
        """The parameters that were drawn, as JSON, give the same result again."""
        pipeline = self.random_pipelines(1)[0]
        sample = sample_of(self.photographs()[0], self.moved)
        record = augment.record(pipeline, index=INDEX)
        replayed = augment.replay(record, sample, backend=self.backend)
        tolerance.assert_samples_close(replayed, self.apply(pipeline, sample, INDEX), DEFAULT_TARGETS)

    # How they are run ------------------------------------------------------------------------------------------------

    @cached_property
    def ready(self) -> Backend:
        """The backend."""
        return get_backend(self.backend)

    @property
    def draws_canvases(self) -> bool:
        """Whether a sample may get a size of its own draw; where not, such ops are tested with a crop behind them."""
        return self.ready.batches is None or not self.ready.batches.only

    def supports(self, op: type[Op], kind: str = "image") -> bool:
        """Whether an op is not refused."""
        return self.ready.support(op, kind).level != "refuses"

    def kinds_of(self, op: type[Op]) -> tuple[str, ...]:
        """The kinds of targets that an op is compared with, beside images."""
        return tuple(kind for kind in KINDS if self.supports(op, kind))

    @property
    def moved(self) -> tuple[str, ...]:
        """The kinds of targets that the backend moves."""
        return tuple(kind for kind in KINDS if kind in self.ready.targets)

    def random_pipelines(self, count: int) -> list[Pipeline]:
        """The random pipelines of this backend: of all ops that match on all targets."""
        known = [
            op for op in catalogue("image").values()
            if all(self.ready.support(op, kind).level == "matches" for kind in ("image", *self.moved))
        ]  # fmt: skip
        return list(pipelines(2024, count, known))

    def pipeline_of(self, op: Op) -> Pipeline:
        """The op alone, with a crop where its own canvas could not stand at the end."""
        if self.draws_canvases or getattr(op, "canvas", "same") != "drawn":
            return Pipeline([op])
        assert isinstance(op, Geometric)
        if op.upends:
            return Pipeline([op, CenterCrop(size=[FIXED, FIXED])])
        # a resize that is a step of its own would end before the next begins
        own = op.replace(antialias=False) if op.separable else op
        # runs are of one border
        after = Resize(size=[FIXED, FIXED], antialias=False, border=own.border, interpolation=own.interpolation)
        return Pipeline([own, after])

    def apply(self, pipeline: Pipeline, sample: Mapping[str, Any], index: int) -> dict[str, Any]:
        """Run a pipeline on the backend, NumPy in and NumPy out."""
        return self.ready.apply(lower(pipeline), sample, index=index, epoch=0, options=self.options)

    def run(self, pipeline: Pipeline, image: np.ndarray, index: int) -> np.ndarray:
        """Run a pipeline on an image; its partners are darker, and moved to the side."""
        program = lower(pipeline)
        if program.partnered:
            samples = [{"image": (np.roll(image, 11 * i, axis=1) * (1 - i / 20)).astype(image.dtype)} for i in range(10)]
            return np.asarray(self.mix(program, samples, index)["image"])
        looked_at = {kind for leaf in program.leaves for kind in getattr(leaf.op, "reads", ())}
        return np.asarray(self.apply(pipeline, sample_of(image, sorted(looked_at)), index)["image"])

    def mix(self, program: Program, samples: Sequence[Mapping[str, Any]], index: int) -> dict[str, Any]:
        """Run a program that needs partners on one sample of a dataset."""
        return self.ready.apply_over(program, samples, index=index, epoch=0, options=self.options)

    def compare(self, pipeline: Pipeline, image: np.ndarray, kinds: Sequence[str], op: type[Op] | None = None) -> None:
        """Compare a pipeline with the reference under one key."""
        support = self.ready.support(op) if op is not None else None
        sample = sample_of(image, kinds)
        got = self.apply(pipeline, sample, INDEX)
        want = augment.apply(pipeline, sample, index=INDEX)
        bound = tolerance.declared_bound(support.bound) if support is not None and support.level == "approximate" else None
        if bound is None and image.dtype == np.uint8 and want["image"].dtype != np.uint8:
            bound = tolerance.EIGHT_BIT  # 8-bit kernels may stand before a tail

        def again() -> list[dict[str, Any]]:
            return [augment.apply(pipeline, {**sample, "image": shade}, index=INDEX) for shade in tolerance.nudged(image)]

        scale = stretch(lower(pipeline))
        try:
            tolerance.assert_samples_close(got, want, DEFAULT_TARGETS, bound=bound, scale=scale, again=again)
        except AssertionError as error:
            raise AssertionError(f"{error}\n{augment.dumps(pipeline)}") from None


def stretch(program: Program) -> float:
    """Return what full scale has become at the end: the largest gain of normalize."""
    gains = [max(leaf.op.tail.gain) for leaf in program.leaves if leaf.op.tail is not None]
    return float(np.prod(gains)) if gains else 1.0
