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
    backend_option,
    change_options,
    labels_option,
    masks_option,
    read_spec,
    spec_argument,
    split,
    stage_option,
)
from augment.report.names import SHEETS

if TYPE_CHECKING:
    from augment.report.study import Ask

DEMO = """\
version: 1
seed: 3
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
@click.argument("files", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@backend_option(several=True)
@_out_option("preview.html")
@click.option(
    "--sheets", default="", metavar="S1,S2",
    help=f"What it shows: {', '.join(SHEETS)}. Without it a report has all that say something, a grid the samples.",
)  # fmt: skip
@click.option("-n", "--n", type=click.IntRange(1, 64), default=8, show_default=True, help="Draws of each picture.")
@click.option("--epoch", type=click.IntRange(0), default=0, show_default=True, help="Of the first draw.")
@click.option("--index", type=click.IntRange(0), help="Of the key of a single file; of several files, the one that is shown.")
@masks_option
@labels_option
@click.option("--force", is_flag=True, help="Replace a file that is no preview.")
@stage_option
@change_options
def preview(
    spec: Path, files: tuple[Path, ...], backend: str, out: Path, sheets: str, n: int, epoch: int, index: int | None,
    masks: Path | None, labels: Path | None, force: bool, stage: str, changes: tuple[str, ...], seed: int | None,
) -> None:  # fmt: skip
    """Show FILES as they are and N draws of each, on one backend or several (all: every installed one).

    Without FILES a photograph that comes with the package is shown. Several files have the indices 0, 1, ... in the order of
    their names, and are each other's mix partners. A report tells for each picture the command that makes it again.
    """
    from augment.data import Folder
    from augment.errors import SpecError
    from augment.previews import Preview
    from augment.report.prepare import prepare
    from augment.report.sheets import check_names

    _check_place(out, force)
    wanted = split(sheets)
    check_names(wanted)
    pipeline = read_spec(spec, changes, seed)
    if not files and (masks or labels):
        raise click.UsageError("--masks and --labels belong to FILES")
    samples: list[Any] | None = None
    names: list[str] = []
    paths = list(files)
    if files:
        folder = Folder(files, pipeline.targets, masks=masks, labels=labels)
        samples, names = [folder[i] for i in range(len(folder))], [item.image.name for item in folder.items]
        paths = [item.image for item in folder.items]
        if masks is None and any(target.kind == "mask" for target in pipeline.targets.values()):
            raise SpecError("the spec declares a mask: give its folder with --masks")
    options = {"--backend": backend if backend != "reference" else None, "--masks": masks, "--labels": labels, "--seed": seed}
    again = Again(spec, paths, {**options, "--stage": stage if stage != "train" else None}, changes, out.suffix)
    study = prepare(
        pipeline, samples, backend=split(backend), n=n, epoch=epoch, index=index, stage=stage, names=names, reproduce=again
    )
    Preview(study, tuple(wanted), pipeline.name or spec.name).save(out)
    click.echo(out)


@dataclass(frozen=True)
class Again:
    """Writes the command that makes a panel of a report again."""

    spec: Path
    files: Sequence[Path]
    options: Mapping[str, Any]
    changes: Sequence[str]
    suffix: str

    def __call__(self, ask: Ask) -> str:
        files = self.files if ask.mixes or not self.files else [self.files[ask.subject.at]]
        options = {**self.options, "--index": ask.subject.index, "--epoch": ask.epoch, "--n": 1, "--sheets": ask.sheet}
        words = ["augment", "preview", self.spec, *files]
        words += [word for name, value in options.items() if value is not None for word in (name, value)]
        words += [word for change in self.changes for word in ("--set", change)]
        return shlex.join(map(str, [*words, "--out", f"again{self.suffix}"]))


@click.command(short_help="Draw a first picture.")
@_out_option("demo.png")
@click.option("--force", is_flag=True, help="Replace a file that is no preview.")
def demo(out: Path, force: bool) -> None:
    """Run a small spec on a photograph that comes with the package, and draw what it does. No framework is needed."""
    from augment.cli.console import note
    from augment.language import loads
    from augment.previews import preview as make

    _check_place(out, force)
    make(loads(DEMO, "demo.yaml"), n=9).save(out)
    click.echo(DEMO)
    click.echo(f"{out}: this spec on one photograph, as it is and in nine draws, with its mask, boxes and keypoints")
    note("next: 'augment init' writes a spec, 'augment preview SPEC your.jpg' draws it, 'augment backends' shows where it runs")


def _check_place(out: Path, force: bool) -> None:
    """Refuse what a preview is not written to, and files that are not ours to replace."""
    from augment.errors import FileError
    from augment.previews import check_suffix, is_preview

    check_suffix(out)
    if out.exists() and not force and not is_preview(out):
        raise FileError(f"{out}: exists and is no preview; --force replaces it")
