"""What a report is about: a program, samples under their keys, and backends; and what each backend makes of each sample."""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np

from augment.backend import Options
from augment.engine.host import Executor
from augment.engine.state import State
from augment.errors import SampleError
from augment.kernels import reference
from augment.kernels.extents import without_pixels
from augment.partners import Donors
from augment.plugins import Engines, editor_of
from augment.program.leaf import Leaf
from augment.program.lower import Program, lower
from augment.report.closer import cut, place, side_of
from augment.report.look import Legend, as_bytes, look
from augment.report.model import Closer, Dropped, Figure
from augment.sample import Target, claim
from augment.spec.node import Pipeline

Sample = Mapping[str, Any]
MEMORY = 2**29
"""Bytes of results that are kept for the next sheet; the oldest are made again."""


class Subject(NamedTuple):
    """A sample that is shown."""

    at: int
    """Its place among the samples."""
    index: int  # type: ignore[assignment]  # shadows tuple.index, which nothing uses
    """Of its key; where samples are mixed, its place."""
    name: str
    named: bool = False
    """Whether its name keys it, as those of packs do, and not its place."""

    @property
    def number(self) -> int:
        """What chooses it among the samples."""
        return self.at if self.named else self.index


class Ask(NamedTuple):
    """What a command makes again."""

    sheet: str
    subject: Subject
    epoch: int
    partnered: bool
    """Whether the other samples are needed too."""


@dataclass(frozen=True, eq=False)
class Study:
    """A spec with what it is tried on. Sheets are functions of it."""

    program: Program
    samples: Sequence[Sample]
    """They are each other's mix partners."""
    subjects: tuple[Subject, ...]
    engines: tuple[Engines, ...]
    n: int = 8
    epoch: int = 0
    size: int = 256
    """The longer side of pictures, in pixels."""
    reproduce: Callable[[Ask], str] = lambda ask: ""
    """Writes the command that makes a panel again."""
    given: bool = True
    """Whether the samples are the user's, and not those that come with the package."""
    left_out: tuple[tuple[str, str], ...] = ()
    """Backends that refuse the spec, and why, where all were asked for."""
    classes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """What the numbers of labels stand for, by target."""
    names: Sequence[str] = ()
    """Of the samples."""
    keyed: Callable[[int], int] = int
    """Returns what keys the sample at a place."""
    legend: Legend = field(default_factory=dict)
    budget: int = 0
    """Bytes for what can be looked at closely, of each sheet."""
    close: int = 0
    """The side of what is cut at 1:1, in pixels; 0 for nothing."""
    passing: bool = False
    """Whether its pictures are shown for a moment, until others take their place."""
    _places: dict[Any, tuple[int, int]] = field(default_factory=dict)
    _made: dict[Any, Sample] = field(default_factory=dict)

    @property
    def pipeline(self) -> Pipeline:
        return self.program.pipeline

    @property
    def epochs(self) -> range:
        return range(self.epoch, self.epoch + self.n)

    def of(self, pipeline: Pipeline, **changes: Any) -> Study:
        """Return the study of another spec on the same samples."""
        program = lower(pipeline, stage=self.program.stage, seed=self.program.seed)
        return replace(self, program=program, _made={}, **changes)

    # Samples ---------------------------------------------------------------------------------------------------------

    def targets(self, subject: Subject) -> dict[str, Target]:
        return claim(self.samples[subject.at], self.pipeline.targets)

    def values(self, subject: Subject, epoch: int) -> Mapping[str, Mapping[str, Any]]:
        return self.program.values(subject.index, epoch)

    def result(self, engine: Engines, subject: Subject, epoch: int) -> Sample:
        """What a backend makes of a sample under its key, as its users get it."""
        key = (engine, subject, epoch)
        if key not in self._made:
            try:
                self._made[key] = self._run(engine, subject, epoch)
            except SampleError as error:
                raise SampleError(f"{subject.name}: {name_of(engine)}, epoch {epoch}: {error}") from None
            while len(self._made) > 1 and sum(map(_bytes, self._made.values())) > MEMORY:
                del self._made[next(iter(self._made))]
        return self._made[key]

    def _run(self, engine: Engines, subject: Subject, epoch: int) -> Sample:
        main, options = engine.main, Options(text=engine.text.name)
        if self.program.partnered:
            at, keyed = subject.at, self.keyed
            return main.apply_over(self.program, self.samples, index=at, epoch=epoch, options=options, keyed=keyed)
        return main.apply(self.program, self.samples[subject.at], index=subject.index, epoch=epoch, options=options)

    def quick(self, subject: Subject, epoch: int) -> Sample:
        """The same on the host, without the time that some backends take to compile."""
        return self.end(subject, epoch)[2]

    @cached_property
    def executor(self) -> Executor:
        """What runs a sample on the host: that of the first backend that has one."""
        found = (e.main.executor(self.program, Options(text=e.text.name)) for e in self.engines)
        editor = editor_of(self.program, self.engines[0].text.name)
        return next((e for e in found if e is not None), Executor(self.program, reference, editor))

    def begin(self, subject: Subject, epoch: int) -> tuple[State, Any]:
        """Return a sample before the first step, and what brings its mix partners."""
        donors = Donors(self.executor, self.samples, epoch, self.keyed)
        donor = donors.of(subject.at) if self.program.partnered else None
        return self.executor.start(self.samples[subject.at], self.values(subject, epoch)), donor

    def end(self, subject: Subject, epoch: int) -> tuple[State, dict[str, Any], Sample]:
        """Return a sample after the last step, what was dropped on the way by target, and the result."""
        state, donor = self.begin(subject, epoch)
        dropped: dict[str, Any] = {}
        state = self.executor.advance(state, 0, len(self.program.steps), donor)
        result = self.executor.finish(state, dropped)
        return state, dropped, result

    def course(self, subject: Subject, epoch: int) -> tuple[State, dict[str, Any]]:
        """Return how a sample ends, but for its pixels, and what was dropped on the way by target."""
        if self.program.partnered or any("mask" in leaf.op.reads for leaf in self.program.leaves):
            return self.end(subject, epoch)[:2]
        dropped: dict[str, Any] = {}
        sample, values = self.samples[subject.at], self.values(subject, epoch)
        return without_pixels(self.program, sample, values, self.executor.editor, dropped)[0], dropped

    def settled(self, subject: Subject, epoch: int) -> Mapping[str, Mapping[str, Any]]:
        """What was drawn for a sample, and where the ops that look at its boxes and masks have come to stand."""
        looks = any(leaf.op.reads and not leaf.op.mixes for leaf in self.program.leaves)
        return self.course(subject, epoch)[0].values if looks else self.values(subject, epoch)

    def skipped(self, subject: Subject, epoch: int) -> tuple[Dropped, ...]:
        """The ops that are not done to a sample, by their keys, since they would make its caption untrue or unclear."""
        if not any(target.kind == "caption" for target in self.targets(subject).values()):
            return ()
        return tuple(Dropped(row["op"], "skipped:", row["reason"]) for row in self.course(subject, epoch)[0].skipped)

    def active(self, subject: Subject, epoch: int) -> tuple[Leaf, ...]:
        """The ops that are done to a sample."""
        values, closed = self.values(subject, epoch), {row.target for row in self.skipped(subject, epoch)}
        return tuple(leaf for leaf in self.program.leaves if leaf.active(values) and leaf.key not in closed)

    def dropped(self, subject: Subject, epoch: int) -> tuple[Dropped, ...]:
        """What a sample loses under its key, and why."""
        targets, reasons = self.targets(subject), self.course(subject, epoch)[1]
        return tuple(self._lost(name, row, targets[name], subject) for name, rows in reasons.items() for row in rows)

    def _lost(self, name: str, row: Mapping[str, Any], target: Target, subject: Subject) -> Dropped:
        number, other = row["row"], row.get("sample") == "other"
        sample = {} if other else self.samples[subject.at]
        labels = next((sample[c] for c in target.carry if c in sample), None)
        label = f" ({labels[number]})" if labels is not None else ""
        return Dropped(name, f"{number}{label}{' of the other sample' if other else ''}", row["reason"])

    def size_of(self, subject: Subject) -> tuple[int, int] | None:
        """Height and width of the image of a sample, if it has one."""
        name = next((name for name, target in self.targets(subject).items() if target.kind == "image"), None)
        height, width = np.shape(self.samples[subject.at][name])[:2] if name else (0, 0)
        return (height, width) if name else None

    def name_of(self, at: int) -> str:
        """How a sample is called, of those that are not shown, too."""
        return self.names[at] if at < len(self.names) else f"sample {at}"

    def has_image(self, subject: Subject) -> bool:
        return any(target.kind == "image" for target in self.targets(subject).values())

    # Looking ---------------------------------------------------------------------------------------------------------

    def figure(
        self, result: Sample, subject: Subject, alt: str, size: int | None = None, normalized: bool = True,
        before: Sample | None = None,
    ) -> Figure:  # fmt: skip
        """A sample as the program made it; where it has gone through normalize, that is undone. ``before`` is what it was before
        its colours were changed, if it was moved as well."""
        tail = self.tail if normalized else None
        made = look(result, self.targets(subject), size or self.size, self.legend, tail, alt)
        close = self._closer(result, subject, tail, before) if self.close else None
        return replace(made, closer=close, passing=self.passing) if close or self.passing else made

    def closely(self, count: int) -> Study:
        """Return the study for a sheet with so many pictures that can be looked at closely."""
        return replace(self, close=side_of(count, self.budget))

    def _closer(self, result: Sample, subject: Subject, tail: Any, before: Sample | None) -> Closer:
        """A part of the first image. Pictures of one shape show the same part, so that they can be compared."""
        name = next(name for name, target in self.targets(subject).items() if target.kind == "image")
        pixels, old = as_bytes(result[name], tail), None if before is None else as_bytes(before[name])
        if old is not None and old.shape == pixels.shape:
            return cut(pixels, self.close, place(pixels, old), old)
        key = subject.at, pixels.shape
        if key not in self._places:
            self._places[key] = place(pixels)
        return cut(pixels, self.close, self._places[key])

    def moved(self, subject: Subject, epoch: int) -> Sample | None:
        """A sample that is moved as its draw says, and not changed otherwise; None where it is itself so, or its result."""
        active = [leaf.op for leaf in self.active(subject, epoch) if leaf.op.modality == "image"]
        if any(op.mixes for op in active) or len({op.relocates for op in active}) < 2:
            return None
        state, _ = self.begin(subject, epoch)
        for i, step in enumerate(self.program.steps):
            if not step.partnered and all(leaf.op.relocates for leaf in step.leaves):
                state = self.executor.advance(state, i, i + 1)
        return self.executor.finish(state)

    @cached_property
    def tail(self) -> Any:
        """Gain and offset of the program's normalize, if it has one."""
        return next((leaf.op.tail for leaf in self.program.leaves if leaf.op.tail is not None), None)

    def command(self, sheet: str, subject: Subject, epoch: int | None = None) -> str:
        """The command that makes a panel of a sheet again."""
        return self.reproduce(Ask(sheet, subject, self.epoch if epoch is None else epoch, self.program.partnered))


def edits_of(state: State) -> dict[str, Any]:
    """The edits of the texts of a sample, by target, but of those that have another sample's behind them."""
    return {name: passage.changes for name, passage in state.passages.items() if not passage.joined}


def fork(state: State) -> State:
    """Return a state that can go on without the other."""
    return replace(
        state, rasters={name: raster.copy() for name, raster in state.rasters.items()},  # as kernels may overwrite their own
        sizes=dict(state.sizes), rows=copy.deepcopy(state.rows),
        passages=copy.deepcopy(state.passages), labels=dict(state.labels), tails=dict(state.tails), walks={},
        closed=set(state.closed), skipped=list(state.skipped), unclear=list(state.unclear),
        chains={name: list(chain) for name, chain in state.chains.items()},
    )  # fmt: skip


def _bytes(sample: Sample) -> int:
    return sum(getattr(entry, "nbytes", 0) for entry in sample.values())


def name_of(engine: Engines) -> str:
    """How a backend is called; with that of texts, where another one was chosen."""
    main, text = engine.main.name, engine.text.name
    return main if text in (main, "builtin") else f"{main}, {text}"
