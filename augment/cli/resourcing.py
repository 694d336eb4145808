"""``augment resources``: what text ops need beyond the package, what of it is there, and what brings the rest."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from augment.cli.options import json_option, read_spec

if TYPE_CHECKING:
    from augment.text.resources import Resource


@click.group(invoke_without_command=True, short_help="List what text ops need.")
@json_option
@click.option("--spec", type=click.Path(path_type=Path), help="Only what this spec needs.")
@click.pass_context
def resources(context: click.Context, as_json: bool, spec: Path | None) -> None:
    """List the word lists, taggers and models that text ops need: for which ops, whether each is there, where it was looked for,
    and the command that brings it. Exits with 1 if a spec is given and something that it needs is missing."""
    if context.invoked_subcommand:
        return
    from augment.cli.console import print_json

    needed = _of_spec(spec) if spec else _of_catalogue()
    rows = [_row(resource, ops) for resource, ops in needed.items()]
    if as_json:
        print_json(rows)
    else:
        _print(rows)
    context.exit(1 if spec and not all(row["there"] for row in rows) else 0)


@resources.command()
@click.argument("names", nargs=-1, required=True)
def fetch(names: tuple[str, ...]) -> None:
    """Bring resources from the network: 'wordnet', or the NAMES of models on the Hugging Face hub."""
    from augment.text.fetching import fetch as bring

    for name in names:
        click.echo(f"{name}: {bring(name)}")


def _of_spec(path: Path) -> dict[Resource, list[str]]:
    from augment.program.lower import lower

    needed: dict[Resource, list[str]] = {}
    for leaf in lower(read_spec(path, (), None)).leaves:
        for resource in leaf.op.needs() if leaf.op.modality == "text" else ():  # type: ignore[attr-defined]
            needed.setdefault(resource, []).append(leaf.path)
    return needed


def _of_catalogue() -> dict[Resource, list[str]]:
    """Resources that have a name of their own; models and files are named by specs."""
    from augment.ops import catalogue
    from augment.ops.kinds import Text, stands_for
    from augment.text.resources import NAMED

    needed: dict[Resource, list[str]] = {make(): [] for make in NAMED.values()}
    for name, op in catalogue("text").items():
        unnamed = {field: f"({field})" for field, info in op.model_fields.items() if info.is_required()}
        example: Any = op.model_construct(None, **unnamed)
        parts = [part for part in stands_for(example) if isinstance(part, Text)]
        for resource in dict.fromkeys(resource for part in parts for resource in part.needs()):
            if resource in needed:
                needed[resource].append(name)
    return needed


def _row(resource: Resource, ops: list[str]) -> dict[str, Any]:
    place = resource.find()
    looked = list(resource.places)
    return {"name": resource.name, "about": resource.about, "ops": ops, "there": place, "looked": looked, "bring": resource.bring}


def _print(rows: list[dict[str, Any]]) -> None:
    from augment.cli.console import console, note, say, table

    made = table("resource", "state", "for", "what")
    for row in rows:
        made.add_row(row["name"], "there" if row["there"] else "missing", ", ".join(row["ops"]), row["about"])
    console().print(made)
    for row in rows:
        if row["there"]:
            note(f"{row['name']}: {row['there']}")
        else:
            say(f"{row['name']} is missing; looked in {', '.join(row['looked'])}\n  {row['bring']}", err=True, lines=True)
    note("models and files are named by the spec: 'augment resources --spec SPEC' says what it needs")
