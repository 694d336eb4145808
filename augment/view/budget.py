"""Keeps the work of one request within bounds, before it begins and while it goes on."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any

import numpy as np

from augment.errors import SampleError, SpecError
from augment.lint.canvases import canvas_after
from augment.program.lower import Program
from augment.report.study import Sample, Study, Subject
from augment.spec.node import Combinator, Node, Pipeline, Repeat, SomeOf
from augment.view import limits


class Superseded(Exception):
    """Nobody waits for the result any more."""


@dataclass(frozen=True)
class Watch:
    """Asks between two pictures whether it is worth going on."""

    until: float
    """In the seconds of `time.monotonic`."""
    abandoned: Callable[[], bool] = lambda: False

    def check(self) -> None:
        """Raise `Superseded` when another request has taken the place of this one, `SampleError` when time is up."""
        if self.abandoned():
            raise Superseded
        if time.monotonic() > self.until:
            raise SampleError("this takes too long for a live page: fewer draws, a smaller picture or another backend help")


@dataclass(frozen=True, eq=False)
class Watched(Study):
    """A study that can be left off between two pictures."""

    watch: Watch = field(default_factory=lambda: Watch(float("inf")))

    @classmethod
    def of_study(cls, study: Study, watch: Watch) -> Watched:
        return cls(**{f.name: getattr(study, f.name) for f in fields(Study)}, watch=watch)

    def result(self, engine: Any, subject: Subject, epoch: int) -> Sample:
        self.watch.check()
        return super().result(engine, subject, epoch)

    def end(self, subject: Subject, epoch: int) -> Any:
        self.watch.check()
        return super().end(subject, epoch)


class Followed(Sequence[Any]):
    """Samples that are not read any more when nobody waits for what is found in them."""

    def __init__(self, samples: Sequence[Any], watch: Watch):
        self.samples, self.watch = samples, watch

    def __len__(self) -> int:
        return len(self.samples)

    def __getitem__(self, at: Any) -> Any:
        if self.watch.abandoned():
            raise Superseded
        return self.samples[at]

    @property
    def folders(self) -> Any:
        """Where they lie, if they are files: their names tell lint what they show."""
        return getattr(self.samples, "folders", ())

    def item(self, at: int) -> Any:
        files: Any = self.samples
        return files.item(at)


def check_leaves(pipeline: Pipeline) -> None:
    """Raise `SpecError` where repeats inside repeats stand for more ops than a page can show."""
    count = sum(map(_leaves, pipeline.pipeline))
    if count > limits.LEAVES:
        raise SpecError(
            f"the spec stands for {count:,} ops when its repeats are written out; a live page takes {limits.LEAVES:,}"
        )


def _leaves(node: Node) -> int:
    if not isinstance(node, Combinator):
        return 1
    times = 1
    if isinstance(node, Repeat):
        times = int(node.times.support[1])
    elif isinstance(node, SomeOf) and node.replacement:
        times = int(node.n.support[1])
    return times * sum(map(_leaves, node.ops))


def check_canvases(study: Study) -> None:
    """Raise `SampleError` where a picture becomes larger on its way than a page can make, or all of them do together."""
    total = 0
    for subject in study.subjects:
        size = _size(study, subject)
        for epoch in study.epochs if size else ():
            total += _largest(study.program, study.values(subject, epoch), size)
    if total > limits.REQUEST_PIXELS:
        raise SampleError(
            f"these draws have {total / 1e6:,.0f} million pixels; a live page makes {limits.REQUEST_PIXELS / 1e6:,.0f} million "
            "at a time: ask for fewer draws, or begin with a resize"
        )


def _size(study: Study, subject: Subject) -> Any:
    name = next((name for name, target in study.targets(subject).items() if target.kind == "image"), None)
    return np.shape(study.samples[subject.at][name])[:2] if name else None


def _largest(program: Program, values: Mapping[str, Any], size: tuple[int, int]) -> int:
    most = 0
    for leaf in program.leaves:
        if leaf.active(values):
            after = canvas_after(leaf, values, size)
            if after is None:  # the op itself says why
                break
            size = after
        if size[0] * size[1] > limits.CANVAS_PIXELS:
            wide = f"{size[0]:,} x {size[1]:,} pixels (height x width)"
            raise SampleError(f"makes {wide}; a live page takes {limits.CANVAS_PIXELS / 1e6:,.0f} million: make it smaller").at(
                leaf.path
            )
        most = max(most, size[0] * size[1])
    return most
