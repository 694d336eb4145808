"""How far a long run is: a bar where someone looks, a line now and then elsewhere, or events for programs."""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from augment.data import Outcome

EVERY = 60.0
"""Seconds between two lines."""
MOMENT = 1.0
"""Seconds between two events."""


@contextmanager
def watching(total: int, quiet: bool, events: bool) -> Iterator[Any]:
    """Yield what to wrap outcomes in; of how many is 0 where that is not known before."""
    from rich.console import Console

    console = Console(stderr=True)
    if events:
        yield lambda outcomes: _told(outcomes, total, MOMENT, _event)
    elif quiet:
        yield lambda outcomes: outcomes
    elif not console.is_terminal:
        yield lambda outcomes: _told(outcomes, total, EVERY, _line)
    else:
        yield from _bar(total, console)


def _told(outcomes: Iterable[Outcome], total: int, every: float, tell: Any) -> Iterator[Outcome]:
    begun = last = time.monotonic()
    done = failed = 0
    for outcome in outcomes:
        done, failed = done + 1, failed + bool(outcome.error)
        if (now := time.monotonic()) - last >= every:
            last = now
            tell("progress", done, total, failed, done / (now - begun))
        yield outcome
    if tell is _event:
        tell("done", done, total, failed, done / max(1e-9, time.monotonic() - begun))


def _event(what: str, done: int, total: int, failed: int, rate: float) -> None:
    """A line of JSON on stderr."""
    left = {"left_s": round((total - done) / rate, 1)} if rate and total > done else {}
    told = {"event": what, "done": done, "of": total or None, "failed": failed, "rate": round(rate, 2), **left}
    click.echo(json.dumps(told), err=True)


def _line(what: str, done: int, total: int, failed: int, rate: float) -> None:
    told = f", {failed} failed" if failed else ""
    of, left = (f" of {total}", f", {duration((total - done) / rate)} left") if total else ("", "")
    click.echo(f"{done}{of} done{told}; {rate:.1f} a second{left}", err=True)


def duration(seconds: float) -> str:
    """Return a span of time in the unit that fits it."""
    for unit, length in (("days", 86400), ("h", 3600), ("min", 60)):
        if seconds >= 2 * length:
            return f"{seconds / length:.1f} {unit}"
    return f"{seconds:.1f} s"


def _bar(total: int, console: Any) -> Iterator[Any]:
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    from augment.cli.console import printable

    rate = TextColumn("{task.fields[rate]}")
    columns = (TextColumn("[dim]{task.fields[name]:<28}"), BarColumn(), MofNCompleteColumn(), rate, TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("", total=total or None, name="", rate="")

        def watched(outcomes: Iterable[Outcome]) -> Iterator[Outcome]:
            for outcome in outcomes:
                speed = bar.tasks[0].speed
                told = f"{speed:.1f}/s" if speed else ""
                bar.update(task, advance=1, name=printable(outcome.image.name)[-28:], rate=told)
                yield outcome

        yield watched
