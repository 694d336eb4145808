"""``augment check`` and ``augment explain``: what a spec means, before anything runs."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from augment.cli import PLACES
from augment.cli.options import (
    VIEW,
    backend_option,
    change_options,
    classes_option,
    engines_of,
    json_option,
    labels_option,
    masks_option,
    read_spec,
    spec_argument,
    split,
    stage_option,
    text_backend_option,
)

if TYPE_CHECKING:
    from augment.data.source import Source
    from augment.lint.fix import Fixed
    from augment.program.lower import Program
    from augment.spec.node import Pipeline

COLOURS = {"error": "red", "warning": "yellow", "advice": "cyan", "note": "blue"}
Told = dict[str, Any]
"""A mistake, a refusal or a finding, as JSON shows it."""


@click.command(short_help="Find all mistakes of a spec, and what is probably not meant.")
@click.argument("specs", metavar="SPEC...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("-b", "--backend", "names", multiple=True, metavar="B", help="Also say what it refuses. Several: B1,B2.")
@text_backend_option
@click.option(
    "-f",
    "--files",
    multiple=True,
    metavar="PATH",
    type=click.Path(exists=True, path_type=Path),
    help="Pictures, a folder or packs to measure on: lost boxes, enlarged pictures. Repeatable.",
)
@masks_option
@labels_option
@classes_option
@click.option(
    "--fail-on",
    type=click.Choice(["error", "warning", "advice", "never"]),
    default="error",
    show_default=True,
    help="The least grave finding that makes the command exit with 1.",
)
@click.option("--fix", "fixes", is_flag=True, help="Write the fixes that are certain, show them, and check what is left.")
@change_options
@json_option
def check(
    specs: tuple[Path, ...], names: tuple[str, ...], text_backend: str | None, files: tuple[Path, ...], masks: Path | None,
    labels: Path | None, classes: bool, fail_on: str, fixes: bool,
    changes: tuple[str, ...], seed: int | None, as_json: bool,
) -> None:  # fmt: skip
    """Find all mistakes of each SPEC at once, each with its line and column, what backends refuse of it, and what it says but
    probably does not mean, with the reason and what to write instead (docs/lint.md lists the rules).

    Exits with 1 if there is a mistake or a refusal, and if there is a finding as grave as --fail-on says; with --fix, if there is
    one left. Exits with 2 if it was called wrongly. Backends need not be installed. The comment '# augment: ignore RULE' on the
    line of an op, or above it, keeps a finding from being told.
    """
    from augment.cli.console import print_json

    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # to start threads for products of matrices is a fifth of importing NumPy
    context = click.get_current_context()
    if not files and (masks or labels or classes):
        raise click.UsageError("--masks, --labels and --classes belong to --files")
    if fixes and (changes or seed is not None or context.meta.get(VIEW)):
        raise click.UsageError("--fix writes into the file as it is, without --set, --seed and --view")
    every: list[Told] = []
    written: list[tuple[Path, Fixed]] = []
    for spec in specs:
        if fixes:
            written.append((spec, _fix(spec)))
        read = partial(read_spec, spec, changes, seed)
        found = partial(_findings, files=files, masks=masks, labels=labels, classes=classes)
        told = _told(read, split(names), text_backend, found)
        every += told
        if not as_json:
            for _, done in written[-1:]:
                _print_fixes(spec, done)
            _print(spec, told, split(names))
    failed = _failed(every, fail_on)
    if as_json:
        steps = [step._asdict() for _, done in written for step in done.steps]
        diff = "".join(done.diff(str(spec)) for spec, done in written)
        print_json({"ok": not failed, **({"fixed": steps, "diff": diff} if fixes else {}), "findings": every})
    context.exit(1 if failed else 0)


def _told(
    read: Callable[[], Pipeline], names: list[str], text_backend: str | None, found: Callable[..., Iterator[Told]]
) -> list[Told]:
    """All that is to be told of one spec: its mistakes, or what backends and lint have to say."""
    from augment.cli.console import mistakes, place
    from augment.errors import SpecError
    from augment.program.lower import lower
    from augment.spec.views import singly

    meta = click.get_current_context().meta
    meta[PLACES] = {}
    try:
        pipeline = read()
        told: list[Told] = []
        for said, one in singly(pipeline):
            program = lower(one)
            lower(one, stage="eval")
            for t in (*_refusals(program, names, text_backend), *_limits(program, names), *_notes(program)):
                t = {**t, "where": said(t["where"]), "message": said(t["message"])}
                told += [t] if t not in told else []  # what is common to all views is told once
        return told + list(found(pipeline, [*names, *([text_backend] if text_backend else [])]))
    except SpecError as error:
        each = mistakes(error, meta[PLACES])
        return [{"level": "error", "where": m.where, "message": m.message, **place(m.where)} for m in each]


def _fix(spec: Path) -> Fixed:
    """Write what is certain into a file."""
    from augment.errors import SpecError
    from augment.files.whole import write_whole
    from augment.lint import findings
    from augment.lint.fix import Fixed, fixed
    from augment.spec.ledger import Ledger
    from augment.spec.source import read_file

    try:
        text = read_file(spec, Ledger(str(spec)))
    except SpecError:  # which is told where it is checked
        return Fixed("", "", ())
    done = fixed(text, str(spec), findings)
    if done.steps:
        write_whole(spec.resolve(), done.text.encode())
    return done


def _print_fixes(spec: Path, done: Fixed) -> None:
    from augment.cli.console import printable, say

    colours = {"+": "green", "-": "red", "@": "cyan"}
    for line in done.diff(str(spec)).splitlines():
        click.echo(click.style(printable(line), fg=colours.get(line[:1])))
    for step in done.steps:
        say(f"{step.where}: {step.what}", label="fixed", colour="green", lines=True)


def _refusals(program: Program, names: list[str], text_backend: str | None) -> Iterator[Told]:
    from augment.cli.console import mistakes, place
    from augment.errors import BackendMissingError, UnsupportedOpError
    from augment.spec.places import places_of

    if not names and text_backend is None:
        return
    from augment.plugins import backends as known

    backends = known()
    if unknown := [name for name in (*names, *([text_backend] if text_backend else [])) if name not in backends]:
        raise BackendMissingError.from_unknown(unknown[0], backends)
    text = backends[text_backend or "builtin"]
    for backend in map(backends.__getitem__, names):
        try:
            backend.check(program, backend if backend.modality == "text" else text)
        except UnsupportedOpError as error:
            for m in mistakes(error, places_of(program.pipeline)):
                yield {"level": "error", "backend": backend.name, "where": m.where, "message": m.message, **place(m.where)}


def _limits(program: Program, names: list[str]) -> Iterator[Told]:
    """What a batch cannot do on backends that do it with a sample."""
    from augment.cli.console import place

    for name in names:
        from augment.plugins import backends

        for m in backends()[name].limits(program):
            told = f"{name}, in batches: {m.message}"
            yield {"level": "note", "backend": name, "where": m.where, "message": told, **place(m.where)}


def _notes(program: Program) -> Iterator[Told]:
    """What becomes of captions when their images change."""
    from augment.cli.console import place
    from augment.engine.affected_texts import caption_notes
    from augment.errors import Mistake
    from augment.spec.places import located, places_of

    for where, message in caption_notes(program):
        m = located(Mistake(where, message), places_of(program.pipeline))
        yield {"level": "note", "where": m.where, "message": m.message, **place(m.where)}


def _findings(
    pipeline: Pipeline, names: list[str], files: Sequence[Path], masks: Path | None, labels: Path | None, classes: bool
) -> Iterator[Told]:
    from augment.lint import findings
    from augment.spec.views import refuse_views

    samples = None
    if files:
        refuse_views(pipeline)
        samples = _samples(pipeline, files, masks, labels, classes)
        pipeline = samples.fit(pipeline)
    for finding in findings(pipeline, samples=samples, backends=names):
        told = finding.plain()
        yield {"level": told.pop("severity"), "where": finding.where, **{k: v for k, v in told.items() if k != "place"}}


def _samples(pipeline: Pipeline, files: Sequence[Path], masks: Path | None, labels: Path | None, classes: bool) -> Source:
    from augment.data.opening import open_source
    from augment.errors import FileError
    from augment.program.lower import lower

    source = files[0] if len(files) == 1 else files
    program = lower(pipeline)
    how = {"masks": masks, "labels": labels, "classes": classes}
    folder = open_source(source, pipeline.targets, program.mixes, program.relabels, **how)  # type: ignore[arg-type]
    if not len(folder):
        raise FileError(f"{', '.join(map(str, files))}: there are no pictures to measure on")
    return folder


def _failed(told: list[Told], fail_on: str) -> bool:
    from augment.lint import SEVERITIES

    grave = SEVERITIES[: SEVERITIES.index(fail_on) + 1] if fail_on in SEVERITIES else ()
    return any(t["level"] == "error" if "rule" not in t else t["level"] in grave for t in told)


def _print(spec: Path, told: list[Told], names: list[str]) -> None:
    from augment.cli.console import printable, say

    for t in told:
        level, where = t["level"], t["where"]
        label = click.style(level, fg=COLOURS[level], bold=True)
        rule = click.style(f" [{t['rule']}]", dim=True) if "rule" in t else ""
        text = printable(f"{where}{': ' if where else ''}{t['message']}", lines=True)
        click.echo(f"{label}: {text}{rule}", err=level == "error")
        for part in ("reason", "fix", "docs"):
            if part in t:
                click.echo(click.style(f"  {part}: ", dim=True) + printable(t[part], lines=True), err=level == "error")
    mistaken = sum("rule" not in t and t["level"] == "error" for t in told)
    counts = [(mistaken, "mistake"), *((sum(t.get("rule") is not None and t["level"] == s for t in told), s) for s in COLOURS)]
    said = ", ".join(f"{n} {word}{'s' * (n > 1 and word != 'advice')}" for n, word in counts if n)
    where = f" on {', '.join(names)}" if names else ""
    if mistaken:
        say(f"{spec}: {said}", err=True)
    else:
        click.echo(f"{printable(str(spec))}: {said or click.style('ok', fg='green')}{printable(where)}")


@click.command(short_help="Print what a spec becomes on a backend.")
@spec_argument
@backend_option()
@text_backend_option
@stage_option
@change_options
@json_option
def explain(
    spec: Path, backend: str, text_backend: str | None, stage: str, changes: tuple[str, ...], seed: int | None, as_json: bool
) -> None:
    """Print SPEC before and after the passes: each op with its line, its distributions and the primitive that it feeds, and each
    step with the kernel that runs it."""
    from augment.cli.console import print_json, say
    from augment.explain import Explanation, explanation
    from augment.plugins import get_engines
    from augment.program.lower import lower
    from augment.spec.views import each_view

    pipeline, named = read_spec(spec, changes, seed), engines_of(backend, text_backend)

    def explained(one: Pipeline) -> Explanation:
        program, engines = lower(one, stage=stage), get_engines(named)
        engines.main.check(program, engines.text)
        return explanation(program, named)

    told = each_view(pipeline, explained) if pipeline.views else {"": explained(pipeline)}
    if as_json:
        plain = {name: [one.plain() for one in of] if isinstance(of, list) else of.plain() for name, of in told.items()}
        print_json({"views": plain} if pipeline.views else plain[""])
        return
    for name, of in told.items():
        title = f"{name}, {len(of)} times; the first:" if isinstance(of, list) else f"{name}:"
        text = str(of[0] if isinstance(of, list) else of)
        say(f"{title}\n{text}" if name else text, lines=True)
