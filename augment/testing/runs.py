"""How the suite runs a backend, and compares it with the reference."""

from __future__ import annotations

import pickle
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any, ClassVar

import numpy as np

import augment
from augment.backend import Backend, Options
from augment.ops import catalogue
from augment.ops.cropping import CenterCrop
from augment.ops.kinds import Geometric
from augment.ops.resizing import Resize
from augment.plugins import get_backend
from augment.program.lower import Program, lower
from augment.sample import DEFAULT_TARGETS
from augment.spec.node import Op, Pipeline
from augment.testing import tolerance
from augment.testing.generate import FIXED, pipelines
from augment.testing.photographs import photographs, sample_of

KINDS = ("mask", "boxes", "keypoints")
INDEX = 5


class Runs:
    """The runs of one backend; what it needs to say about itself is said by overriding the first of these methods."""

    backend: ClassVar[str]
    """The name of the backend."""
    options: ClassVar[Options] = Options()

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
