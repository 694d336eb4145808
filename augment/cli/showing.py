"""``augment preview`` and ``augment demo``: reports and pictures of what a spec does."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from augment.cli.options import (
    Command,
    KeyNumber,
    backend_option,
    change_options,
    classes_option,
    engines_of,
    labels_option,
    masks_option,
    read_spec,
    spec_argument,
    split,
    stage_option,
    text_backend_option,
)
from augment.report.names import AUTO, SHEETS

if TYPE_CHECKING:
    from augment.data.source import Source
    from augment.report.study import Ask, Study
    from augment.spec.node import Pipeline

DEMO = """\
version: 1
seed: 152
name: augment demo
pipeline:
  - random_resized_crop: {size: 224, area: [0.4, 1.0]}
  - horizontal_flip: {p: 0.5}
  - rotate: {degrees: ±25, border: reflect101, p: 0.6}
  - color_jitter: {brightness: 1±0.25, contrast: 1±0.25, saturation: 1±0.4, hue: ±12}
  - one_of:
      p: 0.4
      ops:
        - motion_blur: {length: [5px, 11px]}
        - gaussian_noise: {std: [0.04, 0.08]}
        - posterize: {bits: [2, 3]}
  - coarse_dropout: {holes: [1, 3], height: 0.16, width: 0.16, fill: '#7f7f7f', p: 0.3}
"""


def _out_option(default: str) -> Callable[[Command], Command]:
    kind = click.Path(dir_okay=False, path_type=Path)
    about = "A report (.html) or a grid of pictures (.png)."
    return click.option("-o", "--out", type=kind, default=default, show_default=True, help=about)


@click.command(short_help="Show what a spec does, in a report.")
@spec_argument
@click.argument("files", nargs=-1, type=click.Path(exists=True, path_type=Path))
@backend_option(looks=True)
@text_backend_option
@_out_option("preview.html")
@click.option(
    "--sheets", default="", metavar="S1,S2",
    help=f"What it shows: {', '.join(SHEETS)}. Without it a report has all that say something, a grid the first of them.",
)  # fmt: skip
@click.option("-n", "--n", type=click.IntRange(1, 64), default=8, show_default=True, help="Draws of each picture.")
@click.option("--epoch", type=KeyNumber("epochs"), default=0, show_default=True, help="Of the first draw.")
@click.option("--index", type=KeyNumber("indices"), help="Of the key of a single file; of several files, the one that is shown.")
@masks_option
@labels_option
@classes_option
@click.option(
    "--compare", "baseline", type=click.Path(file_okay=False, path_type=Path), metavar="DIR",
    help="Fail, with a picture, if the results are not those that the baseline in this folder holds.",
)  # fmt: skip
@click.option("--update", is_flag=True, help="Write the baseline instead.")
@click.option(
    "--tolerance", type=click.FloatRange(0, 255), metavar="LEVELS",
    help="How far images may be from the baseline; on the backend that made it, by default not at all.",
)  # fmt: skip
@click.option("--force", is_flag=True, help="Replace a file that is no preview.")
@stage_option
@change_options
def preview(
    spec: Path, files: tuple[Path, ...], backend: str, text_backend: str | None, out: Path, sheets: str, n: int, epoch: int,
    index: int | None,
    masks: Path | None, labels: Path | None, classes: bool, baseline: Path | None, update: bool, tolerance: float | None,
    force: bool, stage: str, changes: tuple[str, ...], seed: int | None,
) -> None:  # fmt: skip
    """Show FILES as they are and N draws of each, on one backend or several (all: every installed one).

    FILES are pictures, folders of them, or packs (.tar, .parquet) with their own keys; of a spec for texts alone a .txt with a
    text on each line, or a .csv, .tsv or .jsonl with a column of them. Without FILES a photograph that comes with the package is
    shown. Several files have the indices 0, 1, ... in the order of their names, and are each other's mix partners. A report
    tells for each picture the command that makes it again.

    With --compare, FILES are drawn as the baseline in DIR says; the exit code is 1 and --out shows why, if the results are not
    those that it holds.
    """
    from augment.cli.comparing import keep_or_compare, settled
    from augment.cli.console import note, say
    from augment.plugins import choice_of
    from augment.report.preparing import SHOWN, prepare
    from augment.report.previews import Preview
    from augment.report.sheets import check_names

    _check_place(out, force)
    wanted = split(sheets)
    check_names(wanted)
    pipeline = read_spec(spec, changes, seed)
    if not files and (masks or labels or classes):
        raise click.UsageError("--masks, --labels and --classes belong to FILES")
    if (update or tolerance is not None) and not baseline:
        raise click.UsageError("--update and --tolerance belong to --compare")
    if baseline and (wanted or index is not None):
        raise click.UsageError("--compare shows what has changed in all files: leave out --sheets and --index")
    if baseline and update and backend == AUTO:
        backend = "reference"  # which is on every machine
    if baseline and not update:
        backend, text_backend, n, epoch, stage = settled(baseline, backend, text_backend, n, epoch, stage)
    texts = _texts(pipeline, files)
    if texts and (masks or labels or classes):
        raise click.UsageError("--masks, --labels and --classes belong to pictures")
    pipeline, folder = _read(pipeline, () if texts else files, masks, labels, classes)
    samples: Any = list(texts.values()) if texts else folder
    names = list(texts) if texts else folder.names if folder else []
    whole = bool(texts) or any(file.is_dir() for file in files) or bool(folder and folder.packed)
    paths = list(files) if whole or not folder else [folder.told(i, "") for i in range(len(folder))]
    options = {"--backend": backend if backend != AUTO else None, "--masks": masks, "--labels": labels, "--seed": seed}
    options |= {"--stage": stage if stage != "train" else None, "--text-backend": text_backend}
    again = Again(spec, paths, options, (*(["--classes"] if classes else []),), changes, out.suffix, whole)
    engines: list[Any] = [engines_of(name, text_backend) for name in split(backend)]
    study = prepare(
        pipeline, samples, backend=engines, n=n, epoch=epoch, index=index, stage=stage, names=names, reproduce=again,
        most=SHOWN if whole and not baseline else max(len(names), 1),
    )
    if baseline:
        keep_or_compare(study, baseline, update, tolerance, out, pipeline.name or spec.name)
        return
    unread = folder.passed.unread if folder else {}
    failed = {str(path): f"{path}: {told}" for path, told in unread.items()}
    if len(study.subjects) > 1:
        study, unfit = _without_failing(study)
        failed |= unfit
    Preview(study, tuple(wanted), pipeline.name or spec.name).save(out)
    say(str(out))
    if AUTO in split(backend):
        note(choice_of(study.engines[split(backend).index(AUTO)].main))
    for told in failed.values():
        say(told, label="failed", colour="red", err=True)
    click.get_current_context().exit(1 if failed else 0)


def _without_failing(study: Study) -> tuple[Study, dict[str, str]]:
    """Return the study of the samples that can be read and augmented, and why the others cannot; all failing raises the first."""
    from dataclasses import replace

    from augment.errors import AugmentError, SampleError

    good, failed = [], {}
    for subject in study.subjects:
        try:
            for epoch in study.epochs:
                study.result(study.engines[0], subject, epoch)
            good.append(subject)
        except AugmentError as error:
            told = str(error)
            failed[subject.name] = told if subject.name in told else f"{subject.name}: {told}"
    if not good:
        raise SampleError("\n".join(failed.values()))
    return replace(study, subjects=tuple(good)), failed


def _texts(pipeline: Pipeline, files: Sequence[Path]) -> dict[str, dict[str, str]]:
    """Return the texts of files, by their places, if the spec is for texts alone."""
    from augment.data.sentences import read_sentences, texts_alone

    return read_sentences(files, pipeline.targets) if files and texts_alone(pipeline) else {}


def _read(
    pipeline: Pipeline, files: Sequence[Path], masks: Path | None, labels: Path | None, classes: bool
) -> tuple[Pipeline, Source | None]:  # fmt: skip
    """Return the files as samples, and the spec with the targets that they have."""
    from augment.cli.console import note
    from augment.data.opening import open_source
    from augment.errors import FileError
    from augment.program.lower import lower

    if not files:
        return pipeline, None
    source = files[0] if len(files) == 1 else files
    program = lower(pipeline)
    how = {"masks": masks, "labels": labels, "classes": classes}
    folder = open_source(source, pipeline.targets, program.mixes, program.relabels, **how)  # type: ignore[arg-type]
    if not len(folder):
        raise FileError(f"{files[0]}: holds no pictures")
    filled = {folder.mask_name, *(folder.form.fills if folder.form else ())}
    for name, target in pipeline.targets.items():
        if target.kind == "mask" and name not in filled:
            note(f"{name}: pictures are shown without it; --masks gives its folder")
    return folder.fit(pipeline), folder


@dataclass(frozen=True)
class Again:
    """Writes the command that makes a panel of a report again."""

    spec: Path
    files: Sequence[Path]
    options: Mapping[str, Any]
    flags: Sequence[str]
    changes: Sequence[str]
    suffix: str
    whole: bool
    """Whether the files are folders, in which the index chooses."""

    def __call__(self, ask: Ask) -> str:
        files = self.files if ask.partnered or self.whole or not self.files else [self.files[ask.subject.at]]
        options = {**self.options, "--index": ask.subject.number, "--epoch": ask.epoch, "--n": 1, "--sheets": ask.sheet}
        words = ["augment", "preview", self.spec, *files, *self.flags]
        words += [word for name, value in options.items() if value is not None for word in (name, value)]
        words += [word for change in self.changes for word in ("--set", change)]
        return shlex.join(map(str, [*words, "--out", f"again{self.suffix}"]))


@click.command(short_help="Draw a first picture.")
@_out_option("demo.png")
@click.option("--force", is_flag=True, help="Replace a file that is no preview.")
def demo(out: Path, force: bool) -> None:
    """Run a small spec on a photograph that comes with the package, and draw what it does. No framework is needed."""
    from augment.cli.console import note, say
    from augment.language import loads
    from augment.plugins import choice_of
    from augment.report.previews import preview as make

    _check_place(out, force)
    made = make(loads(DEMO, "demo.yaml"), n=9)
    made.save(out)
    click.echo(DEMO)
    say(f"{out}: this spec on one photograph, as it is and in nine draws, with its mask, boxes and keypoints")
    note(choice_of(made.study.engines[0].main))
    note("next: 'augment init' writes a spec, 'augment preview SPEC your.jpg' draws it, 'augment backends' shows where it runs")


def _check_place(out: Path, force: bool) -> None:
    """Refuse what a preview is not written to, and files that are not ours to replace."""
    from augment.errors import FileError
    from augment.report.previews import check_suffix, is_preview

    check_suffix(out)
    if out.exists() and not force and not is_preview(out):
        raise FileError(f"{out}: exists and is no preview; --force replaces it")
