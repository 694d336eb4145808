"""How commands speak: results on stdout, everything else on stderr; colour where someone looks."""

from __future__ import annotations

import os
import re
import sys
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

    from augment.errors import AugmentError, Mistake
    from augment.spec.places import Places

UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
"""What moves the cursor, colours, reorders or ends lines, and bytes of file names that are no text."""
PLACE = re.compile(r"^(?P<file>.*?):(?P<line>\d+):(?P<column>\d+) ?(?P<path>.*)$")


def printable(text: str, *, lines: bool = False) -> str:
    """Return a text with what would steer a terminal written out (``\\x1b``); of several ``lines`` the ends stay."""
    return UNPRINTABLE.sub(lambda found: found[0] if lines and found[0] in "\n\t" else _written_out(found[0]), text)


def _written_out(character: str) -> str:
    code = ord(character)
    if 0xDC80 <= code <= 0xDCFF:  # how Python keeps a byte of a file name that is no UTF-8
        return f"\\x{code - 0xDC00:02x}"
    return character.encode("unicode_escape", "surrogatepass").decode()


def say(text: str, *, label: str = "", colour: str = "", err: bool = False, lines: bool = False) -> None:
    """Print a line (or several ``lines``), behind a ``label`` in colour; names in it cannot steer the terminal."""
    click.echo((f"{click.style(label, fg=colour, bold=True)}: " if label else "") + printable(text, lines=lines), err=err)


def tell(error: AugmentError, places: Places) -> None:
    """Print an error; each mistake of a spec on a line of its own, with its place in the file."""
    from augment.errors import FileError

    found = mistakes(error, places)
    for mistake in found:
        say(str(mistake), label="error", colour="red", err=True, lines=not isinstance(error, FileError))
    if len(found) > 1:
        click.echo(f"{len(found)} mistakes", err=True)


def lost(error: OSError) -> None:
    """Say that output could not be written, where that can be said; what waits to be written is let go."""
    where = error.filename or "the output"
    for stream in (sys.stdout, sys.stderr):
        try:
            if stream is sys.stderr:
                say(f"{where}: cannot be written ({error.strerror or error})", label="error", colour="red", err=True)
            stream.flush()
        except OSError:  # at its end Python would try again, and complain
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


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
    click.echo(click.style(printable(text), dim=True), err=True)


def print_json(data: Any) -> None:
    import json

    text = json.dumps(data, indent=2, ensure_ascii=False)
    # what JSON allows to stand as it is, and a terminal obeys
    click.echo(UNPRINTABLE.sub(lambda found: found[0] if found[0] == "\n" else f"\\u{ord(found[0]):04x}", text))


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
