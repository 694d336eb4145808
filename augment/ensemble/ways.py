"""In which ways an image is augmented at test time: the views of a spec, a list of short specs, or draws of one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

import numpy as np

from augment.backend import Options
from augment.ensemble.track import track_of
from augment.ensemble.versions import Versions
from augment.errors import SampleError, SpecError
from augment.language import as_pipeline
from augment.plugins import quickest
from augment.program.lower import Program, lower
from augment.spec.node import Node, Pipeline
from augment.spec.views import each_view

Predicted = Literal["labels", "mask", "boxes", "keypoints"]
SURE = {"p": 1}


def tta(
    spec: Any,
    predict: Callable[[np.ndarray], Any] | None = None,
    *,
    predicts: Predicted | None = None,
    n: int | None = None,
    index: int = 0,
    **how: Any,
) -> Any:
    """Augment at test time: predict for several versions of an image, undo what moved pixels, and merge.

    ``ways = tta(spec)`` makes the versions, ``versions = ways(image)``, and merges what is predicted for them: see `Versions`.
    With ``predict`` all is one step: ``tta(spec, predict, predicts="mask")(image)`` is the merged prediction. Images and
    predictions are arrays of NumPy.

    Args:
        spec: a spec with ``views``, each of which is a version; or a list of short specs, each the name of an op, an op, or a
            list of both (``[[], "horizontal_flip", ["transpose", {"random_scale": 1.5}]]``, where a name alone is always done);
            or a spec without views, of which ``n`` draws are made.
        predict: takes the version, an array (height, width, channels), and returns a prediction for it.
        predicts: what that is: "labels", "mask", "boxes" or "keypoints", by the method of `Versions` that merges it.
        n: how many versions of a spec without views.
        index: of the key by which versions are drawn.
        how: what the method takes, as ``merge="max"`` or ``iou=0.6``.

    Raises:
        SpecError: the spec has mistakes, mixes samples, edits texts, or has an op whose map has no inverse.
        SampleError: a prediction does not fit its version.
    """
    if (predict is None) != (predicts is None) or (predict is None and how):
        raise SpecError("tta: predict and predicts go together: tta(spec, model, predicts='mask')")
    if predicts is not None and predicts not in get_args(Predicted):
        raise SpecError(f"tta: predicts {', '.join(get_args(Predicted))}, not {predicts!r}")
    programs: list[Program] = []
    each_view(_viewed(spec, n), lambda one: programs.append(_checked(lower(one))))
    ways = Ways(tuple(programs), index)
    if predict is None:
        return ways

    def predicted(image: np.ndarray) -> Any:
        versions = ways(image)
        return getattr(versions, str(predicts))([predict(one) for one in versions], **how)

    return predicted


@dataclass(frozen=True)
class Ways:
    """Makes the versions of an image; the same for all images of a size."""

    programs: tuple[Program, ...]
    index: int = 0

    def __len__(self) -> int:
        return len(self.programs)

    def __call__(self, image: np.ndarray) -> Versions:
        """Return the versions of an image (height, width) or (height, width, channels)."""
        if not isinstance(image, np.ndarray) or image.ndim not in (2, 3):
            raise SampleError(f"tta: an image is an array (height, width, channels), not {type(image).__name__}")
        images, tracks = [], []
        for program in self.programs:
            values = program.values(self.index)
            executor = quickest(program).executor(program, Options())
            assert executor is not None
            name = next((name for name, target in program.pipeline.targets.items() if target.kind == "image"), "image")
            images.append(executor({name: image}, values)[name])
            tracks.append(track_of(program, values, (image.shape[0], image.shape[1])))
        return Versions(images, tracks)


def _viewed(spec: Any, n: int | None) -> Pipeline:
    """The ways as views of a spec."""
    if isinstance(spec, Sequence) and not isinstance(spec, str):
        if not spec:
            raise SpecError("tta: there is no version: [[], 'horizontal_flip'] is the image and its mirror image")
        views = {f"version{i}": _steps(one) for i, one in enumerate(spec)}
        return as_pipeline({"views": views})
    pipeline = as_pipeline(spec)
    if bool(pipeline.views) == (n is not None):
        fix = "its views are the versions; leave n out" if n is not None else "n=8 draws so many versions, or give it views"
        raise SpecError(f"tta: the spec has {'views' if pipeline.views else 'no views'}: {fix}")
    if pipeline.views:
        return pipeline
    return pipeline.replace(pipeline=(), views={"draws": {"n": n, "pipeline": pipeline.pipeline}})


def _steps(one: Any) -> list[Any]:
    """A version as steps: of a name, a step as in YAML, an op, a list of them, or a spec."""
    if isinstance(one, Pipeline):
        return list(one.pipeline)
    steps = [one] if isinstance(one, str | dict | Node) else list(one)
    return [_sure(step) for step in steps]


def _sure(step: Any) -> Any:
    from augment.ops import catalogue

    known = catalogue().get(step) if isinstance(step, str) else None
    return {step: SURE} if known is not None and known.needs_p else step


def _checked(program: Program) -> Program:
    for leaf in program.leaves:
        if leaf.op.partnered or leaf.op.modality == "text":
            raise SpecError(f"{leaf.path}: needs another sample or a text, and test-time augmentation has one image")
    for step in program.steps:
        if step.looks:
            raise SpecError(f"{step.leaves[0].path}: looks at boxes or masks, which are to be predicted; use an op that does not")
    return program


__all__ = ["Ways", "tta"]
