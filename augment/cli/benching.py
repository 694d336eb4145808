"""``augment bench``: a spec against the libraries' own pipelines, on this machine."""

from __future__ import annotations

from pathlib import Path

import click

from augment.cli.options import AnyPath, change_options, json_option, read_spec, spec_argument, split


@click.command(short_help="Time a spec on this machine, beside the libraries' own pipelines.")
@spec_argument
@click.argument("files", nargs=-1, type=AnyPath())
@click.option("-b", "--backend", "chosen", metavar="B,..", help="Which to time; all that are installed, but the reference.")
@click.option("--regime", "regimes", multiple=True, type=click.Choice(["sample", "loader", "batch"]),
              help="One sample after another, a DataLoader, a batch on the device; repeatable. All if none is said.")  # fmt: skip
@click.option("--turns", type=click.IntRange(1), default=5, show_default=True, help="How often each side is timed.")
@click.option("--seconds", type=click.FloatRange(0), default=0.5, show_default=True, help="How long a turn takes at least.")
@click.option("--workers", type=click.IntRange(0), default=2, show_default=True, help="Processes of the DataLoader.")
@click.option("--batch", type=click.IntRange(1), default=16, show_default=True, help="Samples of a batch.")
@click.option("--out", type=click.Path(path_type=Path), default=Path("bench.md"), show_default=True, metavar="FILE.md",
              help="Where the table goes; a picture goes beside it, as FILE.svg.")  # fmt: skip
@change_options
@json_option
def bench(
    spec: Path, files: tuple[Path, ...], chosen: str | None, regimes: tuple[str, ...], turns: int, seconds: float, workers: int,
    batch: int, out: Path, changes: tuple[str, ...], seed: int | None, as_json: bool,
) -> None:  # fmt: skip
    """Time SPEC, and what 'augment export' writes for it in plain classes of each library, on FILES: pictures or folders of them.

    Three regimes have a table each, since their times cannot be compared: one sample after another in one thread (CPU time), a
    DataLoader whose workers read and decode files, and a batch on the device (both in time that passes). Each side runs alone in
    a process of its own, and the processes take turns. Without FILES the photographs that come with the package are used.
    """
    from augment.benching import bench as timed
    from augment.cli.console import console, note, print_json, say, table
    from augment.files.whole import write_whole

    pipeline = read_spec(spec, changes, seed)
    found = timed(
        pipeline, files, chosen=split(chosen) if chosen else None, regimes=regimes or None,  # type: ignore[arg-type]
        turns=turns, seconds=seconds, workers=workers, batch=batch, tell=note,
    )  # fmt: skip
    if as_json:
        print_json(found.data())
        return
    for regime, rows in found.by_regime():
        say(regime.title)
        made = table("backend", f"spec, ms of {regime.clock}", "own classes, ms", "ratio", "range")
        for row in rows:
            made.add_row(*row.cells())
        console().print(made)
        for row in rows:
            for told in row.notes:
                note(f"{row.backend}: {told}")
    for line in found.summary().splitlines():
        say(line, label="slower" if found.slower else "", colour="yellow")
    write_whole(out, found.markdown().encode())
    write_whole(out.with_suffix(".svg"), found.svg().encode())
    say(f"{out}, {out.with_suffix('.svg')}")
