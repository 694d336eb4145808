"""``augment fit``: what `normalize` subtracts and divides by, measured on pictures and written into the spec."""

from __future__ import annotations

from pathlib import Path

import click

from augment.cli.options import KeyNumber, json_option, read_spec, spec_argument


@click.command(short_help="Measure mean and standard deviation of pictures, and write them into a spec.")
@spec_argument
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option(
    "--stage", type=click.Choice(["train", "eval"]), default="eval", show_default=True,
    help="Which ops stand before: those of inference, or of training, as drawn in --epoch.",
)  # fmt: skip
@click.option("--epoch", type=KeyNumber("epochs"), default=0, show_default=True, help="Of what is drawn with --stage train.")
@click.option("--workers", type=click.IntRange(0), default=0, show_default=True, help="Processes; results do not depend on it.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), metavar="PATH", help="Write the spec here, not in place.")
@click.option("--dry-run", is_flag=True, help="Print what was measured, and write nothing.")
@json_option
def fit(
    spec: Path, files: tuple[Path, ...], stage: str, epoch: int, workers: int, out: Path | None, dry_run: bool, as_json: bool
) -> None:
    """Measure FILES, folders of pictures or pictures, as they come to each normalize of SPEC, and write mean and std into it.

    What normalize says before, a preset or numbers, is replaced; comments and layout stay. All pixels of all pictures count
    alike. A spec that has no normalize yet takes any numbers to begin with: normalize: {mean: 0.5, std: 0.25}.
    """
    from augment.cli.console import print_json, say
    from augment.data.fitting import measured, written
    from augment.files.whole import write_whole

    pipeline = read_spec(spec, (), None)
    found = measured(pipeline, list(files), stage=stage, epoch=epoch, workers=workers)
    text = written(spec.read_bytes().decode(), found)
    target = out or spec
    if not dry_run:
        write_whole(target, text.encode())
    if as_json:
        rows = [{"path": f.path, "mean": f.mean, "std": f.std, "images": f.images, "pixels": f.pixels} for f in found]
        print_json({"spec": None if dry_run else str(target), "stage": stage, "normalize": rows})
        return
    for one in found:
        say(f"{one.path}: mean {list(one.mean)}, std {list(one.std)}, of {one.images} pictures, {one.pixels} pixels")
    if not dry_run:
        say(str(target))
