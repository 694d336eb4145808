"""``augment apply``: a folder of pictures, augmented by key, with masks and labels beside, or a file of texts."""

from __future__ import annotations

import signal
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from augment.cli.options import (
    AnyPath,
    KeyNumber,
    SourcePath,
    backend_option,
    change_options,
    classes_option,
    json_option,
    labels_option,
    masks_option,
    read_spec,
    spec_argument,
    stage_option,
    text_backend_option,
)
from augment.cli.planning import status_option, tell_plan

if TYPE_CHECKING:
    from augment.data import Outcome, Runner


@click.command(short_help="Augment a picture, a folder of them, or a file of texts.")
@spec_argument
@click.argument("src", type=SourcePath())
@click.argument("dst", type=AnyPath())
@backend_option()
@text_backend_option
@masks_option
@labels_option
@classes_option
@click.option("--column", metavar="NAME", help="Of a file of texts: the column that holds them, if not text or sentence.")
@click.option("--copies", type=click.IntRange(1), metavar="N", help="How many of each picture, as name__a0.png, name__a1.png.")
@click.option("--epoch", type=KeyNumber("epochs"), default=0, show_default=True, help="Of the first copy; each copy is an epoch.")
@click.option("--quality", type=click.IntRange(1, 100), metavar="Q", help="Write JPEG of this quality instead of PNG.")
@click.option("--workers", type=click.IntRange(0), default=0, show_default=True, help="Processes; results do not depend on it.")
@click.option("--format", "pack", type=click.Choice(["files", "webdataset", "parquet"]), default="files", show_default=True,
              help="Files for each sample, or one for each shard.")  # fmt: skip
@click.option("--engine", default="local", show_default=True, metavar="E", help="What carries shards to workers: local or ray.")
@click.option("--address", metavar="A", help="Of the cluster, for engines that have one.")
@click.option("--gpus", type=click.FloatRange(0), default=0.0, metavar="N", help="GPUs of each worker, or a part of one.")
@click.option("--shard-size", type=click.IntRange(1), metavar="N", help="Samples that are made and committed together.")
@click.option("--force", is_flag=True, help="Replace results that exist.")
@click.option("--resume", is_flag=True, help="Keep results that exist and make those that are missing.")
@click.option("--plan", is_flag=True, help="Print the shards, and what they will take, and write nothing.")
@status_option
@click.option("--events", is_flag=True, help="Print a line of JSON on stderr each second, with how far it is.")
@stage_option
@change_options
@json_option
def apply(
    spec: Path, src: Path | tuple[Path, ...], dst: Path, backend: str, text_backend: str | None, masks: Path | None,
    labels: Path | None, classes: bool, column: str | None, copies: int | None,
    epoch: int, quality: int | None, workers: int, pack: str, engine: str, address: str | None, gpus: float,
    shard_size: int | None, force: bool, resume: bool, plan: bool,
    events: bool, stage: str, changes: tuple[str, ...], seed: int | None, as_json: bool,
) -> None:  # fmt: skip
    """Augment SRC, a picture, a folder with its subfolders, or packs, into the folder DST; or a file of texts into a file.

    Pictures are keyed by their place among the sorted paths, so the same call gives the same results. They are written as PNG, as
    .npy where the spec ends in floats. With --masks or --labels from other folders, DST gets images, masks and labels.
    Packs are tars of WebDataset or Parquet, one, a folder of them, or a pattern, 'train-{000000..000009}.tar'; their samples are
    keyed by their names.
    Texts are the rows of a .jsonl, .csv, .tsv or .parquet file or the lines of a .txt, keyed by their place; other columns are
    kept, and DST is written in the same form, or as .jsonl or .parquet. What cannot be read is told at the end, the rest is
    done, and the exit code is 1. A signal (Ctrl-C, SIGTERM) ends it in order.
    """
    from augment.cli.console import say
    from augment.cli.watching import watching
    from augment.data import Job, Output, Runner, run_job
    from augment.data.packed import holds_packs
    from augment.data.sentences import TEXTS, texts_alone
    from augment.data.tree import real
    from augment.data.unpacking import PARQUET
    from augment.language import dumps
    from augment.plugins import get_shard_engine
    from augment.shards.engine import Means

    if force and resume:
        raise click.UsageError("--force replaces results and --resume keeps them: choose one")
    pipeline = read_spec(spec, changes, seed)
    epochs = tuple(range(epoch, epoch + (copies or 1)))
    suffix = src.suffix.lower() if isinstance(src, Path) and src.is_file() else ""
    if suffix in TEXTS or (suffix in PARQUET and texts_alone(pipeline)):
        assert isinstance(src, Path)
        if masks or labels or classes or quality or resume or plan or pack != "files" or engine != "local":
            options = "--masks, --labels, --classes, --quality, --resume, --plan, --format and --engine"
            raise click.UsageError(f"{options} are for pictures; SRC is of texts")
        _rewrite(dumps(pipeline, "json"), text_backend or backend, src, dst, column, epochs, stage, workers, force, as_json)
        return
    if dst.is_file():
        raise click.BadParameter(f"Directory {str(dst)!r} is a file.", param_hint="'DST'")
    if column is not None:
        raise click.UsageError("--column is for a file of texts")
    # masks have the names of pictures, so they always have a folder of their own
    among = isinstance(src, Path) and not holds_packs(src) and labels is not None and real(_folder(labels)) == real(src)
    parted = masks is not None or (labels is not None and not among)
    output = Output(dst, parted, quality, numbered=copies is not None, pack="" if pack == "files" else pack)
    carrier, means = get_shard_engine(engine), Means(workers, address, gpus)
    job = Job(dumps(pipeline, "json"), backend, src, output, epochs, stage, masks, labels, classes, text_backend)
    runner = Runner(job, shard_size)
    existing: Literal["refuse", "keep", "replace"] = "replace" if force else "keep" if resume else "refuse"
    shards = runner.todo(existing)
    told = _Told(runner.standing.kept(shards), keep_names=as_json)
    if plan:
        tell_plan(runner, shards, workers, as_json)
        return
    stopped: signal.Signals | None = None
    try:
        count = 0 if runner.source.packed else sum(map(len, shards))  # how many are in a pack is not known before
        with (
            _ends_in_order(), watching(count, quiet=as_json, events=events) as watched,
            closing(run_job(runner, shards, carrier, means)) as made,
        ):  # fmt: skip
            for outcome in watched(made):
                told.add(outcome)  # one by one: those that there are when it is stopped count
    except Stopped as end:
        stopped = end.signal
    _report(runner, told, dst, as_json, stopped.name if stopped else "")
    if stopped:
        say(_standing(runner, dst, stopped, force), err=True)
    click.get_current_context().exit(128 + stopped if stopped else 1 if told.failed or not runner.source.units else 0)


def _rewrite(
    spec: str, backend: str, src: Path, dst: Path, column: str | None, epochs: tuple[int, ...], stage: str, workers: int,
    force: bool, as_json: bool,
) -> None:  # fmt: skip
    """Augment a file of texts."""
    from augment.cli.console import print_json, say
    from augment.data.rewriting import Report, Rewriting, rewrite

    target = dst if dst.suffix and not dst.is_dir() else dst / src.name
    job = Rewriting(spec, backend, src, column, epochs, stage, target.suffix.lower())
    job.check(target, replace=force)
    report, stopped = Report(), None
    try:
        with _ends_in_order(), closing(rewrite(job, target, workers)) as made:
            for done in made:
                report = done  # one by one: what is made when it is stopped counts
    except Stopped as end:
        stopped = end.signal
    if as_json:
        failed = [{"file": str(src), "line": row.line, "message": row.error} for row in report.failed]
        written = [] if stopped else [str(target)]
        print_json({"made": report.made * len(epochs), "failed": failed, "written": written})
    else:
        for row in report.failed:
            say(row.error, label="failed", colour="red", err=True)
        left = f", {len(report.failed)} failed and are left out" if report.failed else ""
        if stopped:
            say(f"stopped by {stopped.name}: nothing is written", err=True)
        else:
            say(f"{report.made * len(epochs)} rows made in {target}{left}")
    click.get_current_context().exit(128 + stopped if stopped else 1 if report.failed or not report.made else 0)


def _standing(runner: Runner, dst: Path, stopped: signal.Signals, force: bool) -> str:
    """What stands after a signal, and how to go on."""
    every = "" if runner.source.packed else f" of {runner.source.units * len(runner.job.epochs)}"
    there = runner.standing.count()
    again = "--resume instead of --force" if force else "--resume"
    return f"stopped by {stopped.name}: {there}{every} stand in {dst}, each whole; the same call with {again} makes the rest"


@dataclass
class _Told:
    """What is known of all samples: those that are made are counted, so that it takes no memory for each."""

    kept: int
    keep_names: bool
    made: int = 0
    failed: list[Outcome] = field(default_factory=list)
    written: list[str] = field(default_factory=list)

    def add(self, outcome: Outcome) -> None:
        if outcome.error:
            self.failed.append(outcome)
        elif outcome.kept:
            self.kept += 1
        else:
            self.made += 1
            self.written += map(str, outcome.written if self.keep_names else ())


class Stopped(BaseException):
    """A signal that asks for an end; no error, so that nothing takes it for one of a sample."""

    def __init__(self, number: int):
        self.signal = signal.Signals(number)


@contextmanager
def _ends_in_order() -> Iterator[None]:
    """Raise `Stopped` at the first signal that asks for an end; the second ends the process as it is."""
    from augment.shards.local import ENDING

    def stop(number: int, _: object) -> None:
        for one, former in before.items():
            signal.signal(one, former)
        raise Stopped(number)

    found = {one: signal.getsignal(one) for name in ENDING if (one := getattr(signal, name, None))}
    # what is ignored, as nohup does, stays so; only the main thread may ask for signals
    main = threading.current_thread() is threading.main_thread()
    before = {one: former for one, former in found.items() if main and former is not signal.SIG_IGN}
    for one in before:
        signal.signal(one, stop)
    try:
        yield
    finally:
        for one, former in before.items():
            signal.signal(one, former)


def _report(
    runner: Runner, told: _Told, dst: Path, as_json: bool, stopped: str
) -> None:  # fmt: skip
    from augment.cli.console import note, print_json, say

    made, kept, failed = told.made, told.kept, told.failed
    notes = list(_notes(runner))
    if as_json:
        errors = [{"file": str(file), "message": told, "epochs": epochs} for (file, told), epochs in _once(failed).items()]
        data = {"made": made, "kept": kept, "failed": errors, "written": told.written, "notes": notes}
        print_json(data | ({"stopped": stopped} if stopped else {}))
        return
    for text in notes:
        note(text)
    for (_, why), epochs in _once(failed).items():
        some = f" (copies {', '.join(f'a{epoch}' for epoch in epochs)})" if len(epochs) < len(runner.job.epochs) else ""
        say(f"{why}{some}", label="failed", colour="red", err=True)
    if not stopped:
        there = f", {kept} were there" if kept else ""
        say(f"{made} of {made + len(failed)} made in {dst}{there}{f', {len(failed)} failed' if failed else ''}")


def _once(failed: list[Outcome]) -> dict[tuple[Path, str], list[int]]:
    """The epochs in which each file failed, by the reason: what is wrong with a file is wrong with all of its copies."""
    found: dict[tuple[Path, str], list[int]] = {}
    for outcome in failed:
        found.setdefault((outcome.image, outcome.error), []).append(outcome.epoch)
    return found


def _notes(runner: Runner) -> Iterator[str]:
    """What a user may not expect."""
    from augment.data.endings import IMAGES
    from augment.data.folder import Folder

    folder, job = runner.source, runner.job
    if folder.form and folder.form.note:
        yield folder.form.note
    if not isinstance(folder, Folder):
        return
    if not len(folder):
        yield f"{job.source} holds no pictures: {', '.join(sorted(IMAGES))} are read"
    unclaimed = folder.items.pictures.values() if job.labels is None else ()
    beside = Counter(path.suffix for image in unclaimed for path in _label_files(image))
    for suffix, count in beside.items():
        yield f"{count} {suffix} files have the names of pictures and were left alone; --labels {job.source} takes them along"
    read = [item.labels for item in folder.items if item.labels]
    labels = Counter(path.suffix for path in set(read) if path.exists())
    others = folder.others - beside - labels
    if told := ", ".join(f"{count} {suffix}" for suffix, count in sorted(others.items())):
        yield f"left alone, as they are not read as pictures: {told}"
    if links := folder.passed.links:
        some = ", ".join(map(str, links[:3])) + (", ..." if len(links) > 3 else "")
        yield f"{len(links)} links to folders that are read elsewhere, or that lead back, were not followed: {some}"
    if runner.program.mixes and not folder.form:
        yield "the spec joins pictures, and no labels came along: the name of a picture's folder is not its label any more"


def _label_files(image: Path) -> Iterator[Path]:
    from augment.data.forms import BESIDE

    return (path for path in (image.with_suffix(suffix) for suffix in BESIDE) if path.exists())


def _folder(path: Path) -> Path:
    return path if path.is_dir() else path.parent
