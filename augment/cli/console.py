"""How commands speak: results on stdout, everything else on stderr; colour where someone looks."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

    from augment.errors import AugmentError, Mistake
    from augment.spec.places import Places

PLACE = re.compile(r"^(?P<file>.*?):(?P<line>\d+):(?P<column>\d+) ?(?P<path>.*)$")


def tell(error: AugmentError, places: Places) -> None:
    """Print an error; each mistake of a spec on a line of its own, with its place in the file."""
    label = click.style("error", fg="red", bold=True)
    found = mistakes(error, places)
    for mistake in found:
        click.echo(f"{label}: {mistake}", err=True)
    if len(found) > 1:
        click.echo(f"{len(found)} mistakes", err=True)


def mistakes(error: AugmentError, places: Places) -> list[Mistake]:
    """Return what is wrong, as far as it is known with its file and line."""
    from augment.errors import Mistake, SpecError, UnsupportedOpError
    from augment.spec.places import located

    match error:
        case SpecError():
            return [located(mistake, places) for mistake in error.mistakes]
        case UnsupportedOpError():
            parts = [refusal.partition(": ") for refusal in error.refusals]
            return [located(Mistake(path, text) if colon else Mistake("", path), places) for path, colon, text in parts]
    return [Mistake("", str(error))]


def note(text: str) -> None:
    """Say something beside the result."""
    click.echo(click.style(text, dim=True), err=True)


def print_json(data: Any) -> None:
    click.echo(json.dumps(data, indent=2, ensure_ascii=False))


def console() -> Console:
    """Return where tables go; a file or a pipe gets lines of one length."""
    from rich.console import Console

    out = Console(highlight=False)
    return out if out.is_terminal else Console(highlight=False, width=140)


def table(*headings: str) -> Table:
    """Return an empty table, without lines; the first column is never broken."""
    from rich.table import Table

    made = Table(box=None, pad_edge=False, padding=(0, 3, 0, 0), header_style="bold")
    for i, heading in enumerate(headings):
        made.add_column(heading, no_wrap=i == 0)
    return made


def place(where: str) -> dict[str, Any]:
    """Take 'train.yaml:7:5 pipeline[2].rotate' apart, for programs."""
    found = PLACE.match(where)
    if not found:
        return {"path": where}
    return {"file": found["file"], "line": int(found["line"]), "column": int(found["column"]), "path": found["path"]}
