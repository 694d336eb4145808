"""Measures the mean and the standard deviation of a data set as `normalize` sees it, and writes them into a spec."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from augment.backend import Options
from augment.data.adapt import samples_of
from augment.data.folder import Folder
from augment.engine.host import Executor
from augment.errors import FileError, SampleError, SpecError
from augment.kernels import reference
from augment.language import as_pipeline, dumps, loads
from augment.ops.tail import Normalize
from augment.partners import Donors
from augment.plugins import editor_of, quickest
from augment.program.leaf import Leaf
from augment.program.lower import Program, lower
from augment.shards import Plan, Shard
from augment.shards.engine import Means
from augment.shards.local import Local
from augment.shards.plan import size_for
from augment.spec.node import Combinator, Node, Pipeline
from augment.spec.rewriting import Change, rewrite, supplant
from augment.spec.views import singly

DIGITS = 6
"""Of what is written, after the point: a 250th of a level of 8 bits in a thousand."""


class Moments(NamedTuple):
    """How many pixels there are, and of each channel the sum of its values and that of their squares."""

    pixels: int
    total: tuple[float, ...]
    squares: tuple[float, ...]


@dataclass(frozen=True)
class Fitted:
    """What was measured for one `normalize` of a spec, in fractions of full scale."""

    path: str
    """Where it stands, such as 'pipeline[2].normalize' or 'views.weak[0].normalize'."""
    mean: tuple[float, ...]
    """Of each channel."""
    std: tuple[float, ...]
    """Standard deviation of each channel, of all pixels together."""
    images: int
    pixels: int


def fit(spec: Any, source: Any, *, stage: str = "eval", epoch: int = 0, workers: int = 0) -> Pipeline:
    """Return the spec with the mean and standard deviation of a data set in each of its `normalize`, as Keras' `adapt` does.

    What stands in the common part of a spec with views is measured once; what is a view's own, behind all that makes that view,
    of several the first.

    All pixels of all images count alike, after the ops that stand before: those of inference, or with ``stage="train"`` those of
    training under the keys of an ``epoch``. Sums are float64, and do not depend on the number of workers.

    Args:
        spec: a path, text, a mapping or a `Pipeline`. What its `normalize` says before, a preset or numbers, is replaced.
        source: a folder of pictures, a picture, a list of those; or samples, as `augment.data.samples_of` takes them.
        stage: "eval" or "train".
        epoch: of the keys.
        workers: processes, for files; below two, all is done in this one.

    Raises:
        SpecError: there is no `normalize` in the spec.
        SampleError: an image has another number of channels than those before it, or a channel is one flat level throughout.
        FileError: a picture cannot be read, or there is none.
    """
    pipeline = as_pipeline(spec)
    return filled(pipeline, measured(pipeline, source, stage=stage, epoch=epoch, workers=workers))


def measured(
    pipeline: Pipeline, source: Any, *, stage: str = "eval", epoch: int = 0, workers: int = 0
) -> tuple[Fitted, ...]:
    """Return what `fit` writes, for each `normalize` in the order of the spec."""
    if stage not in ("train", "eval"):
        raise SpecError(f"stage is 'train' or 'eval', not {stage!r}")
    found: dict[str, Fitted] = {}
    for said, one in singly(pipeline):
        if any(isinstance(leaf.op, Normalize) and said(leaf.path) not in found for leaf in lower(one, stage="eval").leaves):
            for new in _of_one(one, source, stage=stage, epoch=epoch, workers=workers):
                found.setdefault(said(new.path), replace(new, path=said(new.path)))
    if not found:
        raise SpecError("the spec has no normalize to fit: add one, as normalize: {mean: 0.5, std: 0.25}")
    return tuple(found.values())


def _of_one(pipeline: Pipeline, source: Any, *, stage: str, epoch: int, workers: int) -> tuple[Fitted, ...]:
    """What is measured for each `normalize` of a spec without views."""
    work = _Work(dumps(_blank(pipeline), "json"), _paths(source), stage, epoch)
    measure = _of_files(work) if work.files else _Measure(work, source)
    count = len(measure.samples)
    if not count:
        raise FileError(f"{', '.join(work.files)}: there are no pictures to measure" if work.files else "there is no sample")
    if workers > 1 and not work.files:
        raise SpecError("workers read files: give a folder or files, or leave workers out")
    plan = Plan("", count, size_for(count))
    parts = list(Local().map(work if work.files else partial(_measured, measure), plan, Means(workers)))
    names = [measure.told(shard.start) for shard in plan]
    leaves = (leaf for _, leaf in measure.leaves)
    return tuple(_fitted(leaf, dict(zip(names, (p[i] for p in parts), strict=True)), count) for i, leaf in enumerate(leaves))


def filled(pipeline: Pipeline, found: Iterable[Fitted]) -> Pipeline:
    """Return the pipeline with what was measured."""
    numbers = {one.path: one for one in found}

    def put(nodes: tuple[Node, ...], prefix: str) -> tuple[Node, ...]:
        made = []
        for i, node in enumerate(nodes):
            path = f"{prefix}[{i}].{node.name()}"
            if path in numbers:
                others = {name: getattr(node, name) for name in node.model_fields_set - {"preset"}}
                node = Normalize(**{**others, "mean": numbers[path].mean, "std": numbers[path].std})
            made.append(node.replace(ops=put(node.ops, path)) if isinstance(node, Combinator) else node)
        return tuple(made)

    views = {
        name: view.model_copy(update={"pipeline": put(view.pipeline, f"views.{name}")}) for name, view in pipeline.views.items()
    }
    return pipeline.replace(pipeline=put(pipeline.pipeline, "pipeline"), views=views)


def written(text: str, found: Sequence[Fitted]) -> str:
    """Return the text of a spec with what was measured in it: comments and layout stay. Raises `SpecError` where it cannot be."""
    wanted = filled(loads(text), found)
    for one in found:
        steps = tuple(map(int, re.findall(r"\[(\d+)\]", one.path)))
        view = one.path.removeprefix("views.").partition("[")[0] if one.path.startswith("views.") else ""
        change = partial(Change, steps, Normalize.name(), view=view)
        text = supplant(text, change("mean", list(one.mean)), "preset", Normalize.bare)
        text = rewrite(text, change("std", list(one.std)), Normalize.bare)
    if loads(text) != wanted:
        said = "; ".join(f"{one.path}: mean {list(one.mean)}, std {list(one.std)}" for one in found)
        raise SpecError(f"the spec is written in a way that cannot be changed in place; write it yourself: {said}")
    return text


def _blank(pipeline: Pipeline) -> Pipeline:
    """The pipeline with a `normalize` for any number of channels, and without labels, which pictures need not have."""
    leaves = lower(pipeline, stage="eval").leaves
    places = [leaf.path for leaf in leaves if isinstance(leaf.op, Normalize)]
    blank = filled(pipeline, [Fitted(path, (0.0,), (1.0,), 0, 0) for path in places])
    named = {name for leaf in lower(pipeline).leaves for name in leaf.op.on or ()}
    return blank.replace(targets={name: t for name, t in blank.targets.items() if t.kind != "labels" or name in named})


def _paths(source: Any) -> tuple[str, ...]:
    """The files and folders of a source; none where it is samples."""
    if isinstance(source, str | Path):
        return (str(source),)
    some = list(source) if isinstance(source, list | tuple) else []
    return tuple(map(str, some)) if some and all(isinstance(one, str | Path) for one in some) else ()


@dataclass(frozen=True)
class _Work:
    """Measures shards of files, in whatever process."""

    spec: str
    files: tuple[str, ...]
    """None of samples."""
    stage: str
    epoch: int

    def __call__(self, shard: Shard) -> list[Moments]:
        return _measured(_of_files(self), shard)



@lru_cache(maxsize=1)
def _of_files(work: _Work) -> _Measure:
    files = [Path(file) for file in work.files]
    for file in files:
        if not file.exists():
            raise FileError(f"{file}: there is no such file or folder")
    return _Measure(work, files[0] if len(files) == 1 else files)


class _Measure:
    """A program up to each of its `normalize`, and the samples that go through it."""

    def __init__(self, work: _Work, source: Any):
        pipeline = loads(work.spec)
        self.epoch = work.epoch
        self.program: Program = lower(pipeline, stage=work.stage, fuse=False)
        self.names: Sequence[str] = ()
        if work.files:
            folder = Folder(source, pipeline.targets)
            self.samples: Sequence[Mapping[str, Any]] = folder
            self.names = [str(folder.told(i)) for i in range(folder.units)]
        else:
            self.samples = samples_of(source, pipeline.targets)
        made = quickest(self.program).executor(self.program, Options())
        self.executor = made or Executor(self.program, reference, editor_of(self.program, "builtin"))
        steps = enumerate(self.program.steps)
        self.leaves: list[tuple[int, Leaf]] = [(i, s.leaves[0]) for i, s in steps if isinstance(s.leaves[0].op, Normalize)]

    def __call__(self, index: int) -> list[tuple[int, Moments]]:
        """Return the moments of the images of a sample, with the number of the `normalize` that they come to."""
        try:
            return [(number, _moments(image)) for number, image in self._images(index)]
        except FileError:
            raise
        except SampleError as error:
            raise SampleError(f"{self.told(index)}: {error}") from None

    def _images(self, index: int) -> Iterator[tuple[int, np.ndarray]]:
        donor = Donors(self.executor, self.samples, self.epoch).of(index) if self.program.partnered else None
        state = self.executor.start(self.samples[index], self.program.values(index, self.epoch))
        done = 0
        for number, (step, leaf) in enumerate(self.leaves):
            state, done = self.executor.advance(state, done, step, donor), step
            for name, target in state.targets.items():
                if target.kind == "image" and leaf.concerns(name):
                    image = self.executor.pixels(state, name)
                    yield number, image.reshape(-1, image.shape[-1])

    def told(self, index: int) -> str:
        return self.names[index] if self.names else f"sample {index}"


def _measured(measure: _Measure, shard: Shard) -> list[Moments]:
    """The moments of the samples of a shard, for each `normalize`."""
    found: list[Moments | None] = [None] * len(measure.leaves)
    for index in range(shard.start, shard.stop):
        for number, moments in measure(index):
            found[number] = _joined(found[number], moments, measure.told(index))
    assert None not in found
    return found  # type: ignore[return-value]


def _moments(image: np.ndarray) -> Moments:
    """Of an image (pixels, channels): exact of levels, else in float64."""
    if image.dtype == np.uint8:
        counts = np.stack([np.bincount(image[:, c], minlength=256) for c in range(image.shape[1])]).astype(float)
        levels = np.arange(256) / 255
        return Moments(len(image), tuple((counts @ levels).tolist()), tuple((counts @ levels**2).tolist()))
    image = image.astype(np.float64)
    return Moments(len(image), tuple(image.sum(axis=0).tolist()), tuple((image**2).sum(axis=0).tolist()))


def _joined(one: Moments | None, other: Moments, name: str) -> Moments:
    if one is None:
        return other
    if len(one.total) != len(other.total):
        had, has = len(one.total), len(other.total)
        raise SampleError(f"{name}: has {has} channel{'s' * (has != 1)} at normalize, and those before it {had}: leave it out")
    sums = (tuple(a + b for a, b in zip(mine, theirs, strict=True)) for mine, theirs in zip(one[1:], other[1:], strict=True))
    return Moments(one.pixels + other.pixels, *sums)


def _fitted(leaf: Leaf, parts: Mapping[str, Moments], images: int) -> Fitted:
    """Of the moments of each shard, by the name of its first sample."""
    joined: Moments | None = None
    for name, part in parts.items():  # in the order of the samples, so that the last digit depends on nothing else
        joined = _joined(joined, part, name)
    assert joined
    mean = [total / joined.pixels for total in joined.total]
    std = [math.sqrt(max(0.0, s / joined.pixels - m**2)) for s, m in zip(joined.squares, mean, strict=True)]
    if flat := [c for c, s in enumerate(std) if round(s, DIGITS) <= 0]:
        raise SampleError(f"{leaf.path}: channel {flat[0]} is the same in all pixels, and there is nothing to divide by")
    mean, std = ([round(n, DIGITS) for n in numbers] for numbers in (mean, std))
    return Fitted(leaf.path, tuple(mean), tuple(std), images, joined.pixels)


__all__ = ["Fitted", "filled", "fit", "measured", "written"]
