"""``augment preview`` and ``augment demo``: pictures of what a spec does."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

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
    return click.option("-o", "--out", type=kind, default=default, show_default=True, help="The picture, a .png.")


@click.command(short_help="Draw pictures as a spec makes them.")
@spec_argument
@click.argument("files", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@backend_option(several=True)
@_out_option("preview.png")
@click.option("-n", "--n", type=click.IntRange(1, 64), default=8, show_default=True, help="Draws of each picture.")
@click.option("--epoch", type=click.IntRange(0), default=0, show_default=True, help="Of the first draw.")
@masks_option
@labels_option
@click.option("--force", is_flag=True, help="Replace a picture that is no preview.")
@stage_option
@change_options
def preview(
    spec: Path, files: tuple[Path, ...], backend: str, out: Path, n: int, epoch: int, masks: Path | None, labels: Path | None,
    force: bool, stage: str, changes: tuple[str, ...], seed: int | None,
) -> None:  # fmt: skip
    """Draw FILES as they are, and N draws of each, on one backend or several, with masks, boxes and keypoints over them.

    Without FILES a photograph that comes with the package is drawn. Several files have the indices 0, 1, ... in the order of
    their names, and are each other's mix partners.
    """
    from augment.data import Folder
    from augment.errors import SpecError
    from augment.previews import preview as make

    _check_place(out, force)
    pipeline = read_spec(spec, changes, seed)
    if not files and (masks or labels):
        raise click.UsageError("--masks and --labels belong to FILES")
    samples: list[Any] | None = None
    names: list[str] = []
    if files:
        folder = Folder(files, pipeline.targets, masks=masks, labels=labels)
        samples, names = [folder[i] for i in range(len(folder))], [item.image.name for item in folder.items]
        if masks is None and any(target.kind == "mask" for target in pipeline.targets.values()):
            raise SpecError("the spec declares a mask: give its folder with --masks")
    title = pipeline.name or spec.name
    sheet = make(pipeline, samples, backend=split(backend), n=n, epoch=epoch, stage=stage, names=names, title=title)
    sheet.save(out)
    click.echo(out)


@click.command(short_help="Draw a first picture.")
@_out_option("demo.png")
@click.option("--force", is_flag=True, help="Replace a picture that is no preview.")
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
    """Refuse what is no PNG, and files that are not ours to replace."""
    from augment.errors import FileError
    from augment.previews import is_preview

    if out.suffix.lower() == ".html":
        raise FileError(f"{out}: reports in HTML are not made yet; write a .png")
    if out.suffix.lower() != ".png":
        raise FileError(f"{out}: a preview is a picture; write it to a .png")
    if out.exists() and not force and not is_preview(out):
        raise FileError(f"{out}: exists and is no preview; --force replaces it")
