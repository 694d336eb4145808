"""``augment apply``: a folder of pictures, augmented by key, with masks and labels beside."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from augment.cli.options import (
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

if TYPE_CHECKING:
    from augment.data import Outcome, Runner


@click.command(short_help="Augment a picture or a folder of them.")
@spec_argument
@click.argument("src", type=click.Path(exists=True, path_type=Path))
@click.argument("dst", type=click.Path(file_okay=False, path_type=Path))
@backend_option()
@text_backend_option
@masks_option
@labels_option
@classes_option
@click.option("--copies", type=click.IntRange(1), metavar="N", help="How many of each picture, as name__a0.png, name__a1.png.")
@click.option("--epoch", type=click.IntRange(0), default=0, show_default=True, help="Of the first copy; each copy is an epoch.")
@click.option("--quality", type=click.IntRange(1, 100), metavar="Q", help="Write JPEG of this quality instead of PNG.")
@click.option("--workers", type=click.IntRange(0), default=0, show_default=True, help="Processes; results do not depend on it.")
@click.option("--force", is_flag=True, help="Replace results that exist.")
@click.option("--resume", is_flag=True, help="Keep results that exist and make those that are missing.")
@stage_option
@change_options
@json_option
def apply(
    spec: Path, src: Path, dst: Path, backend: str, text_backend: str | None, masks: Path | None, labels: Path | None,
    classes: bool, copies: int | None,
    epoch: int, quality: int | None, workers: int, force: bool, resume: bool, stage: str, changes: tuple[str, ...],
    seed: int | None, as_json: bool,
) -> None:  # fmt: skip
    """Augment SRC, a picture or a folder with its subfolders, into the folder DST.

    Pictures are keyed by their place among the sorted paths, so the same call gives the same results. They are written as PNG, as
    .npy where the spec ends in floats. With --masks or --labels from other folders, DST gets images, masks and labels.
    What cannot be read is told at the end, the rest is done, and the exit code is 1.
    """
    from augment.data import Job, Output, Runner, run_job
    from augment.language import dumps

    if force and resume:
        raise click.UsageError("--force replaces results and --resume keeps them: choose one")
    pipeline = read_spec(spec, changes, seed)
    # masks have the names of pictures, so they always have a folder of their own
    parted = masks is not None or (labels is not None and _folder(labels).resolve() != src.resolve())
    output = Output(dst, parted, quality, numbered=copies is not None)
    epochs = tuple(range(epoch, epoch + (copies or 1)))
    runner = Runner(Job(dumps(pipeline, "json"), backend, src, output, epochs, stage, masks, labels, classes, text_backend))
    existing: Literal["refuse", "keep", "replace"] = "replace" if force else "keep" if resume else "refuse"
    tasks = runner.tasks(existing)
    kept = len(runner.folder) * len(epochs) - len(tasks)
    with _progress(len(tasks), quiet=as_json) as watched:
        outcomes = list(watched(run_job(runner, tasks, workers)))
    failed = [outcome for outcome in outcomes if outcome.error]
    _report(runner, outcomes, failed, kept, dst, as_json)
    click.get_current_context().exit(1 if failed or not len(runner.folder) else 0)


def _report(runner: Runner, outcomes: list[Outcome], failed: list[Outcome], kept: int, dst: Path, as_json: bool) -> None:
    from augment.cli.console import note, print_json

    made = len(outcomes) - len(failed)
    notes = list(_notes(runner))
    if as_json:
        files = [str(path) for outcome in outcomes for path in outcome.written]
        errors = [{"file": str(file), "message": told, "epochs": epochs} for (file, told), epochs in _once(failed).items()]
        print_json({"made": made, "kept": kept, "failed": errors, "written": files, "notes": notes})
        return
    for text in notes:
        note(text)
    for (_, told), epochs in _once(failed).items():
        some = f" (copies {', '.join(f'a{epoch}' for epoch in epochs)})" if len(epochs) < len(runner.job.epochs) else ""
        click.echo(f"{click.style('failed', fg='red', bold=True)}: {told}{some}", err=True)
    there = f", {kept} were there" if kept else ""
    click.echo(f"{made} of {len(outcomes)} made in {dst}{there}{f', {len(failed)} failed' if failed else ''}")


def _once(failed: list[Outcome]) -> dict[tuple[Path, str], list[int]]:
    """The epochs in which each file failed, by the reason: what is wrong with a file is wrong with all of its copies."""
    found: dict[tuple[Path, str], list[int]] = {}
    for outcome in failed:
        found.setdefault((outcome.image, outcome.error), []).append(outcome.epoch)
    return found


def _notes(runner: Runner) -> Iterator[str]:
    """What a user may not expect."""
    from augment.data.images import IMAGES

    folder, job = runner.folder, runner.job
    if not len(folder):
        yield f"{job.source} holds no pictures: {', '.join(sorted(IMAGES))} are read"
    if folder.form and folder.form.note:
        yield folder.form.note
    unclaimed = folder.items if job.labels is None else []
    beside = Counter(path.suffix for item in unclaimed for path in _label_files(item.image))
    for suffix, count in beside.items():
        yield f"{count} {suffix} files have the names of pictures and were left alone; --labels {job.source} takes them along"
    read = [item.labels for item in folder.items if item.labels]
    labels = Counter(path.suffix for path in set(read) if path.exists())
    others = folder.others - beside - labels
    if told := ", ".join(f"{count} {suffix}" for suffix, count in sorted(others.items())):
        yield f"left alone, as they are not read as pictures: {told}"
    if runner.program.mixes and not folder.form:
        yield "the spec joins pictures, and no labels came along: the name of a picture's folder is not its label any more"


def _label_files(image: Path) -> Iterator[Path]:
    from augment.data.forms import BESIDE

    return (path for path in (image.with_suffix(suffix) for suffix in BESIDE) if path.exists())


def _folder(path: Path) -> Path:
    return path if path.is_dir() else path.parent


@contextmanager
def _progress(total: int, quiet: bool) -> Iterator[Any]:
    """Show how far it is, where someone looks; yields what to wrap the outcomes in."""
    from rich.console import Console

    console = Console(stderr=True)
    if quiet or not console.is_terminal:
        yield lambda outcomes: outcomes
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("[dim]{task.fields[name]:<28}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("", total=total, name="")

        def watched(outcomes: Iterable[Outcome]) -> Iterator[Outcome]:
            for outcome in outcomes:
                bar.update(task, advance=1, name=outcome.image.name[-28:])
                yield outcome

        yield watched
