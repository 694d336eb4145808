"""Runs a spec over a folder: every sample under the key of its place in the folder, whatever fails is told and the rest done."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from augment.backend import Options
from augment.data.folder import Folder
from augment.data.gather import Existing, check_place, gather
from augment.data.output import Output
from augment.errors import AugmentError, FileError, SpecError
from augment.plugins import get_engines
from augment.program.lower import lower

Task = tuple[int, int]
"""The index of a sample, and the epoch."""


@dataclass(frozen=True)
class Job:
    """All that a worker needs to know."""

    spec: str
    """As JSON."""
    backend: str
    source: Path
    output: Output
    epochs: tuple[int, ...] = (0,)
    stage: str = "train"
    masks: Path | None = None
    labels: Path | None = None
    classes: bool = False
    text_backend: str | None = None


@dataclass(frozen=True)
class Outcome:
    """What became of one sample: the files that were written, or why there are none."""

    image: Path
    epoch: int
    written: tuple[Path, ...] = ()
    error: str = ""


def _check_apart(job: Job) -> None:
    """Raise `FileError` where results would be read as sources by the next call, whose indices they would shift."""
    inputs = [folder.resolve() for folder in (job.source, job.masks, job.labels) if folder and folder.is_dir()]
    for place in job.output.folders():
        for folder in inputs:
            if place.resolve().is_relative_to(folder):
                why = f"the next call would read them, and shift every index after them: choose a folder outside {folder}"
                raise FileError(f"{place}: results would stand in the folder that they are made from; {why}")


class Runner:
    """A job, ready to run. Making one raises the errors of the spec, the backend and the folder."""

    def __init__(self, job: Job):
        from augment.language import loads

        self.job = job
        self.anew = False
        pipeline = loads(job.spec)
        joins = lower(pipeline, stage=job.stage).mixes
        _check_apart(job)
        self.folder = Folder(
            job.source, pipeline.targets, masks=job.masks, labels=job.labels, classes=job.classes, joins=joins
        )  # fmt: skip
        self.program = lower(self.folder.fit(pipeline), stage=job.stage)
        names = job.backend if job.text_backend is None else {"image": job.backend, "text": job.text_backend}
        self.backend, self.text = get_engines(names)
        self.backend.check(self.program, self.text)
        if self.program.mixes and len(self.folder) < 2:
            raise SpecError(f"the spec mixes samples, so it needs at least two pictures; {job.source} has {len(self.folder)}")

    def tasks(self, existing: Existing = "refuse") -> list[Task]:
        """Return what is to be done, where results may exist already."""
        tasks = [(i, epoch) for i in range(len(self.folder)) for epoch in self.job.epochs]
        items, output = self.folder.items, self.job.output
        sources = {path.resolve() for item in items for path in (item.image, item.mask, item.labels) if path}
        taken = [place for i, epoch in tasks for place in output.places(self.folder, items[i], epoch) if place.exists()]
        if own := next((place for place in taken if place.resolve() in sources), None):
            raise FileError(f"{own}: the result would replace the file that it is made from; choose another folder")
        self.anew = existing == "replace"
        check_place(self.folder, output, self.job.epochs, existing)
        if existing == "keep":  # the picture is written last: where it stands, the sample is whole
            return [(i, epoch) for i, epoch in tasks if not any(place.exists() for place in output.images(items[i], epoch))]
        if taken and existing == "refuse":
            many = f"this and {len(taken) - 1} more exist" if len(taken) > 1 else "exists"
            raise FileError(f"{taken[0]}: {many}; --force replaces them, --resume keeps them and makes what is missing")
        return tasks

    def __call__(self, task: Task) -> Outcome:
        index, epoch = task
        item = self.folder.items[index]
        try:
            options = Options(text=self.text.name)
            sample = self.backend.apply_over(self.program, self.folder, index=index, epoch=epoch, options=options)
            return Outcome(item.image, epoch, tuple(self.job.output.write(self.folder, item, epoch, sample)))
        except AugmentError as error:
            told = str(error)
            return Outcome(item.image, epoch, error=told if told.startswith(str(item.image)) else f"{item.image}: {told}")


def run_job(runner: Runner, tasks: list[Task], workers: int = 0) -> Iterator[Outcome]:
    """Yield the outcome of each task, in their order; with workers, these are processes of their own.

    At the end the annotations that are one file are written.
    """
    yield from map(runner, tasks) if workers < 2 else _in_processes(runner, tasks, workers)
    gather(runner.folder, runner.job.output, runner.job.epochs, anew=runner.anew)


def _in_processes(runner: Runner, tasks: list[Task], workers: int) -> Iterator[Outcome]:
    from multiprocessing import get_context

    # not forked: the frameworks have threads, which a fork does not survive
    pool = ProcessPoolExecutor(workers, get_context("spawn"), initializer=partial(_begin, runner.job))
    try:
        yield from pool.map(_work, tasks, chunksize=max(1, min(16, len(tasks) // (4 * workers))))
    except BrokenProcessPool:
        raise AugmentError("a worker process died, perhaps for lack of memory; use fewer --workers, and --resume") from None
    finally:
        pool.shutdown(cancel_futures=True)


_runner: Runner


def _begin(job: Job) -> None:
    global _runner
    _runner = Runner(job)


def _work(task: Task) -> Outcome:
    return _runner(task)
