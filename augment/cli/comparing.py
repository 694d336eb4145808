"""``augment preview --compare``: fails, with a picture, when a spec makes something else of the same files than it did."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from augment.baseline import Changes
    from augment.report.study import Study


TOLD = 20
"""The most changes that are listed."""


def settled(
    place: Path, backend: str, text_backend: str | None, n: int, epoch: int, stage: str
) -> tuple[str, str | None, int, int, str]:  # fmt: skip
    """Return backends, draws, epoch and stage: those of the baseline, where the command line does not say them."""
    from click.core import ParameterSource

    from augment.baseline import read_baseline

    kept = read_baseline(place)
    source = click.get_current_context().get_parameter_source
    said = {name for name in ("backend", "text_backend", "n", "epoch", "stage") if source(name) is ParameterSource.COMMANDLINE}
    return (
        backend if "backend" in said else kept.backend,
        text_backend if "text_backend" in said else kept.text_backend or None, n if "n" in said else kept.n,
        epoch if "epoch" in said else kept.epoch, stage if "stage" in said else kept.stage,
    )  # fmt: skip


def keep_or_compare(study: Study, place: Path, update: bool, tolerance: float | None, out: Path, title: str) -> None:
    """Write a baseline, or compare with it: where something changed, a report goes to ``out`` and the exit code is 1."""
    from augment.baseline import find_changes, read_baseline, report_of, write_baseline
    from augment.cli.console import say
    from augment.report.previews import save_report

    if len(study.engines) > 1:
        raise click.UsageError("a baseline is of one backend: give one with --backend")
    if update:
        made = write_baseline(study, place)
        say(f"{place}: {_count(made.files, 'file')}, {sum(len(k.draws) for k in made.files.values())} draws")
        return
    baseline = read_baseline(place)
    changes = find_changes(study, baseline, tolerance)
    if not changes:
        say(f"{place}: {changes.compared} draws, unchanged")
        return
    for label, text in _lines(changes):
        say(text, label=label, colour="red")
    save_report(report_of(study, changes, baseline, title), out)
    say(f"{out}: {len(changes.changed)} of {changes.compared} draws changed; --update keeps them as they are now")
    click.get_current_context().exit(1)


def _lines(changes: Changes) -> Iterator[tuple[str, str]]:
    """What to tell, behind a label where it is of a file."""
    yield from (("missing", f"{name} is in the baseline, and was not given") for name in changes.missing)
    yield from (("new", f"{name} is not in the baseline") for name in changes.new)
    for change in changes.changed[:TOLD]:
        what = "; ".join(change.differences)
        yield "changed", f"{change.subject.name}, epoch {change.epoch}: {what}; {change.reason}"
    if len(changes.changed) > TOLD:
        yield "", f"and {len(changes.changed) - TOLD} more draws that changed"
    yield from (("", line) for line in (*changes.spec[2:], *changes.notes))


def _count(things: object, name: str) -> str:
    number = len(things)  # type: ignore[arg-type]
    return f"{number} {name}{'' if number == 1 else 's'}"
