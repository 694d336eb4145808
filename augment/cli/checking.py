"""``augment check`` and ``augment explain``: what a spec means, before anything runs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from augment.cli import PLACES
from augment.cli.options import backend_option, change_options, json_option, read_spec, spec_argument, split, stage_option

if TYPE_CHECKING:
    from augment.backend import Backend
    from augment.program.lower import Program

Finding = dict[str, Any]


@click.command(short_help="Find all mistakes of a spec.")
@spec_argument
@click.option("-b", "--backend", "names", multiple=True, metavar="B", help="Also say what it refuses. Several: B1,B2.")
@change_options
@json_option
def check(spec: Path, names: tuple[str, ...], changes: tuple[str, ...], seed: int | None, as_json: bool) -> None:
    """Find all mistakes of SPEC at once, each with its line and column, and what backends refuse of it.

    Exits with 1 if there is a mistake or a refusal; what is approximate is told and passes. Backends need not be installed.
    """
    from augment.cli.console import mistakes, print_json
    from augment.errors import SpecError

    context = click.get_current_context()
    try:
        findings = _examine(spec, split(names), changes, seed)
    except SpecError as error:
        found = mistakes(error, context.meta.get(PLACES, {}))
        findings = [{"level": "error", "where": m.where, "message": m.message} for m in found]
    wrong = sum(finding["level"] == "error" for finding in findings)
    if as_json:
        from augment.cli.console import place

        print_json({"ok": not wrong, "findings": [{**f, **place(f["where"])} for f in findings]})
    else:
        _print(spec, findings, wrong, split(names))
    context.exit(1 if wrong else 0)


def _examine(spec: Path, names: list[str], changes: tuple[str, ...], seed: int | None) -> list[Finding]:
    from augment.program.lower import lower

    pipeline = read_spec(spec, changes, seed)
    program = lower(pipeline)
    lower(pipeline, stage="eval")
    return [finding for name in names for finding in _backend_findings(name, program)]


def _backend_findings(name: str, program: Program) -> Iterator[Finding]:
    from augment.cli.console import mistakes
    from augment.errors import BackendMissingError, Mistake, UnsupportedOpError
    from augment.plugins import backends
    from augment.spec.places import located, places_of

    if name not in backends():
        raise BackendMissingError.from_unknown(name, backends())
    backend, places = backends()[name], places_of(program.pipeline)
    try:
        backend.check(program)
    except UnsupportedOpError as error:
        for mistake in mistakes(error, places):
            yield {"level": "error", "backend": name, "where": mistake.where, "message": mistake.message}
    for path, message in _approximations(backend, program):
        mistake = located(Mistake(path, message), places)
        yield {"level": "approximate", "backend": name, "where": mistake.where, "message": mistake.message}


def _approximations(backend: Backend, program: Program) -> dict[tuple[str, str], None]:
    kinds = {"image", *(target.kind for target in program.pipeline.targets.values())}
    return dict.fromkeys(
        (leaf.path, f"{leaf.op.name()} on {kind} is approximate on {backend.name}, within {s.bound}: {s.reason}")
        for leaf in program.leaves
        for kind in sorted(kinds)
        if (s := backend.support(type(leaf.op), kind)).level == "approximate"
    )


def _print(spec: Path, findings: list[Finding], wrong: int, names: list[str]) -> None:
    for finding in findings:
        level = finding["level"]
        label = click.style(level, fg="red" if level == "error" else "yellow", bold=True)
        click.echo(f"{label}: {finding['where']}{': ' if finding['where'] else ''}{finding['message']}", err=level == "error")
    if wrong:
        click.echo(f"{spec}: {wrong} mistake{'s' * (wrong > 1)}", err=True)
    else:
        where = f" on {', '.join(names)}" if names else ""
        click.echo(f"{spec}: {click.style('ok', fg='green')}{where}")


@click.command(short_help="Print what a spec becomes on a backend.")
@spec_argument
@backend_option()
@stage_option
@change_options
@json_option
def explain(spec: Path, backend: str, stage: str, changes: tuple[str, ...], seed: int | None, as_json: bool) -> None:
    """Print SPEC before and after the passes: each op with its line, its distributions and the primitive that it feeds, and each
    step with the kernel that runs it."""
    from augment.cli.console import print_json
    from augment.explain import explanation
    from augment.plugins import get_backend
    from augment.program.lower import lower

    program = lower(read_spec(spec, changes, seed), stage=stage)
    get_backend(backend).check(program)
    told = explanation(program, backend)
    if as_json:
        print_json(told.plain())
    else:
        click.echo(str(told))
