"""``augment view``: the live page of a spec."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import click

from augment.cli.options import classes_option, labels_option, masks_option

NEEDS = ("starlette", "uvicorn")
INSTALL = "pip install 'augment-spec[view]'"


@click.command(short_help="Try a spec out in the browser: sliders, pictures, backends.")
@click.argument("spec", required=False, type=click.Path(path_type=Path))
@click.argument("files", nargs=-1, type=click.Path(exists=True, path_type=Path))
@masks_option
@labels_option
@classes_option
@click.option("--port", type=click.IntRange(0, 65535), help="Of the page. Without it 8765, or any other if that is taken.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Where the page can be reached.")
@click.option("--allow-others", is_flag=True, help="Needed for a --host that other machines reach.")
@click.option("--open", "opens", is_flag=True, help="Open the page in the browser.")
def view(
    spec: Path | None, files: tuple[Path, ...], masks: Path | None, labels: Path | None, classes: bool, port: int | None,
    host: str, allow_others: bool, opens: bool,
) -> None:  # fmt: skip
    """Show what SPEC does to FILES on a page in the browser, where the spec can be edited, and every parameter has a slider.

    FILES are pictures, folders of them, or packs (.tar, .parquet); for a spec of texts alone they hold texts: a line of a .txt,
    a row of a .csv, .tsv or .jsonl each. What comes with the package is offered, too, and a text can be typed. Without SPEC a
    small spec is shown that can be changed and downloaded. The page is for this machine alone, and lets in who has the address
    that is printed. It ends with Ctrl+C.
    """
    from augment.cli.console import note
    from augment.cli.showing import DEMO
    from augment.errors import BackendMissingError, SpecError

    if missing := [name for name in NEEDS if find_spec(name) is None]:
        raise BackendMissingError(f"augment view needs {', '.join(missing)}, not installed here\n  {INSTALL}")
    from augment.view import limits
    from augment.view.server import Server, is_loopback
    from augment.view.session import Session, SpecFile
    from augment.view.stock import Given, files_of

    if not files and (masks or labels or classes):
        raise click.UsageError("--masks, --labels and --classes belong to FILES")
    if not is_loopback(host):
        if not allow_others:
            raise SpecError(f"{host} can be reached by other machines; --allow-others says that this is meant")
        note(f"warning: whoever reaches {host} and has the address below can read FILES and change {spec or 'the page'}")
    page = SpecFile(spec, DEMO)
    texts = _texts(page.read(), files)
    if texts and (masks or labels or classes):
        raise click.UsageError("--masks, --labels and --classes belong to pictures")
    if len(texts) > limits.LISTED:
        note(f"of {len(texts):,} texts the first {limits.LISTED} are offered")
    given = Given(tuple(files), masks, labels, classes, texts=texts[: limits.LISTED])
    if files and not texts and not files_of(given):
        raise SpecError(f"{files[0]}: holds no pictures")
    server = Server(Session.of(page, given), host, port)
    click.echo(server.address)
    note("the page is there until Ctrl+C")
    if opens:
        click.launch(server.address)
    server.run()


def _texts(text: str, files: tuple[Path, ...]) -> tuple[tuple[str, str], ...]:
    """Return the texts of files with their places, if the spec is for texts alone; of one with mistakes files tell."""
    from augment.data.sentences import TEXTS, read_sentences, texts_alone
    from augment.errors import SpecError
    from augment.language import loads
    from augment.sample import DEFAULT_TARGETS

    try:
        pipeline = loads(text)
        wanted, targets = texts_alone(pipeline), pipeline.targets
    except SpecError:  # the page tells of the mistakes
        wanted, targets = all(file.suffix.lower() in TEXTS for file in files), DEFAULT_TARGETS
    found = read_sentences(files, targets) if files and wanted else {}
    return tuple((place, text) for place, sample in found.items() for text in sample.values())
