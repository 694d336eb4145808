"""``augment init`` and ``augment schema``: what editors and beginners need."""

from __future__ import annotations

from pathlib import Path

import click


@click.command(short_help="Write a spec to begin with.")
@click.argument("path", type=click.Path(path_type=Path), default="augment.yaml")
@click.option("--force", is_flag=True, help="Replace files that exist.")
def init(path: Path, force: bool) -> None:
    """Write a commented spec to PATH (augment.yaml), and beside it the JSON Schema from which editors complete and check it."""
    from augment.cli.console import note, say
    from augment.errors import FileError
    from augment.files.whole import write_whole
    from augment.spec.starter import SCHEMA_FILE, starter

    if path.suffix.lower() not in (".yaml", ".yml"):
        raise FileError(f"{path}: a spec with comments is YAML; name it {path.with_suffix('.yaml')}")
    schema = path.with_name(SCHEMA_FILE)
    if path.exists() and not force:
        raise FileError(f"{path}: exists; --force replaces it")
    write_whole(path, starter(SCHEMA_FILE).encode())
    # the schema is generated, so a newer one may always take its place
    write_whole(schema, _schema_text().encode())
    say(str(path))
    note(f"with its schema, {schema}; next: augment preview {path}")
    note("it ends in floats, for training, which 'augment apply' writes as .npy; without normalize it writes pictures")


@click.command(short_help="Print the JSON Schema of a spec.")
def schema() -> None:
    """Print the JSON Schema of a spec, with all ops of the installed plugins, for editors and other tools."""
    click.echo(_schema_text(), nl=False)


def _schema_text() -> str:
    import json

    from augment.language import json_schema

    return json.dumps(json_schema(), indent=1, ensure_ascii=False) + "\n"
