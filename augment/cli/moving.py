"""``augment import`` and ``augment export``: from the pipelines of other libraries to specs, and back to their plain code."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from augment.cli.options import change_options, json_option, read_spec, spec_argument

if TYPE_CHECKING:
    from augment.native.reading import Imported
    from augment.native.remark import Remark

COLOURS = {"note": "blue", "differs": "yellow", "none": "red"}
LIBRARIES = ("albumentations", "torchvision", "keras", "keras_legacy", "nlpaug", "ultralytics")
TARGETS = ("albumentations", "torchvision", "keras", "nlpaug")

out_option = click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Write it there instead of printing it.")
force_option = click.option("--force", is_flag=True, help="Replace a file that exists.")


@click.command("import", short_help="Make a spec of a pipeline of another library.")
@click.argument("file", metavar="FILE[:NAME]")
@click.option("--name", metavar="NAME", help="Which one, where there are several; the same as FILE:NAME.")
@click.option("--library", type=click.Choice(LIBRARIES), help="Of which library it is, where the file does not say it.")
@click.option("--of-version", "version", metavar="V", help="Of which version; without it classes and arguments tell it.")
@click.option("--strict", is_flag=True, help="Refuse a change of meaning.")
@click.option("--verify", "verified", is_flag=True, help="Run both on photographs and compare what comes out.")
@click.option("--page", type=click.Path(dir_okay=False, path_type=Path), help="With --verify: write the pictures there, as PNG.")
@click.option(
    "-n", "--n", type=click.IntRange(16, 4096), default=200, show_default=True, help="With --verify: draws of each side."
)
@out_option
@force_option
@json_option
def import_(
    file: str, name: str | None, library: Any, version: str | None, strict: bool, verified: bool, page: Path | None, n: int,
    out: Path | None, force: bool, as_json: bool,
) -> None:  # fmt: skip
    """Make a spec of the pipeline in FILE, and tell each place where its meaning changes.

    FILE is Python, whose literal pipelines are read and never run, a notebook, or data as JSON or YAML: what A.to_dict or A.save
    wrote, a Keras get_config(), the training arguments of Ultralytics; - is standard input. NAME says which one, where there are
    several.

    The exit code is 1 where something has no counterpart, and with --strict where anything differs: then no spec is written.
    """
    from augment.cli.console import note, print_json, say
    from augment.native.coming import import_native, refusal
    from augment.native.script import written
    from augment.native.sources.files import from_file

    if page and not verified:
        raise click.UsageError("--page belongs to --verify")
    path, own = _split(file)
    if own and name:
        raise click.UsageError(f"{own!r} and --name {name} both say which one")
    imported = import_native(from_file(path, name or own, library, version))
    if strict and not imported.same:
        raise refusal(imported)
    text = written(imported)
    found = _verified(imported, n, page) if verified else None
    if as_json:
        print_json(_plain(imported, found))
    else:
        _put(text, out, force)
        for remark in imported.remarks:
            _tell(remark)
        if found is not None:
            say(found.summary(), lines=True, err=out is None)
        counts = {"differ": len(imported.having("differs")), "have no counterpart": len(imported.having("none"))}
        note(", ".join(f"{count} {word}" for word, count in counts.items() if count) or "the spec means what the pipeline means")
    if not imported.complete or (found is not None and not found.agrees):
        click.get_current_context().exit(1)


def _split(file: str) -> tuple[Path, str | None]:
    """Take 'train.py:train_transform' apart; a file whose own name has a colon is one."""
    head, colon, tail = file.rpartition(":")
    if colon and head and not Path(file).exists():
        return Path(head), tail
    return Path(file), None


def _verified(imported: Imported, n: int, page: Path | None) -> Any:
    from augment.native.verify import verify

    found = verify(imported, n=n)
    if page:
        found.save(page)
    return found


def _tell(remark: Remark) -> None:
    from augment.cli.console import say
    from augment.native.remark import WORDS

    where = f"{remark.where}: " if remark.where else ""
    say(f"{where}{remark.what}: {remark.message}", label=WORDS[remark.verdict], colour=COLOURS[remark.verdict], err=True)


def _plain(imported: Imported, found: Any) -> dict[str, Any]:
    from augment.spec.write import plain

    return {
        "spec": plain(imported.pipeline), "same": imported.same, "complete": imported.complete,
        "remarks": [remark.plain() for remark in imported.remarks], **({"verify": found.plain()} if found is not None else {}),
    }  # fmt: skip


def _put(text: str, out: Path | None, force: bool) -> None:
    from augment.cli.console import say
    from augment.data.output import write_whole
    from augment.errors import FileError

    if out is None:
        click.echo(text, nl=False)
        return
    if out.exists() and not force:
        raise FileError(f"{out}: exists; --force replaces it")
    write_whole(out, text.encode())
    say(str(out))


@click.command("export", short_help="Write a spec as plain code of a library.")
@spec_argument
@click.option("--to", required=True, type=click.Choice(TARGETS), help="Whose classes it becomes.")
@click.option("--name", help="What the pipeline is called in the code.")
@click.option("--strict", is_flag=True, help="Refuse a change of meaning.")
@out_option
@force_option
@json_option
@change_options
def export(
    spec: Path, to: str, name: str | None, strict: bool, out: Path | None, force: bool, as_json: bool, changes: tuple[str, ...],
    seed: int | None,
) -> None:  # fmt: skip
    """Write SPEC as source of plain classes of a library, which runs without augment.

    Each line is marked: same, differs (and how), or no counterpart (and why). The exit code is 1 where something has none, and
    with --strict where anything differs: then no code is written.
    """
    from augment.cli.console import note, print_json
    from augment.errors import Mistake, SpecError
    from augment.native.leaving import exported

    found = exported(read_spec(spec, changes, seed), to).named(name)
    apart = [line for line in found.lines if line.verdict != "same"]
    if strict and apart:
        raise SpecError([Mistake(line.path, f"{line.verdict}: {'; '.join(line.why)}") for line in apart])
    if as_json:
        lines = [
            {"path": x.path, "verdict": x.verdict, "why": list(x.why), "calls": list(map(str, x.calls))} for x in found.lines
        ]
        print_json({"library": to, "same": found.same, "lines": lines, "notes": list(found.notes), "source": found.source})
    else:
        _put(found.source, out, force)
        note(f"{len(found.lines) - len(apart)} of {len(found.lines)} steps are the same")
    if any(line.verdict == "no counterpart" for line in found.lines):
        click.get_current_context().exit(1)
