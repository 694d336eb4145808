"""The pages on migration, made from the tables: what was written there, what is written here, and the trap beside it."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from augment.native.arguments import arguments_of, said_of
from augment.native.call import Source
from augment.native.entry import Entry, Table, tables
from augment.native.reading import read
from augment.native.remark import WORDS
from augment.native.sources.calls import call_of
from augment.native.sources.literals import Scope

TITLES = {
    "albumentations": "Albumentations", "torchvision": "torchvision", "keras": "Keras", "keras_legacy": "ImageDataGenerator",
    "nlpaug": "nlpaug", "ultralytics": "Ultralytics",
}  # fmt: skip


def page(library: str) -> str:
    """Return the page on one library, as Markdown."""
    table = tables()[library]
    classes = [entry for name in table for entry in table[name]]
    lines = [
        f"# From {TITLES[library]}", "",
        f"Generated from the table that `augment import` reads by: {len({entry.name for entry in classes})} classes. "
        "What differs is told with each import, and so are arguments that are not shown here. [How to move](migrating.md) tells "
        "the rest.", "",
        "## What is written here instead", "",
    ]  # fmt: skip
    for entry in reversed({entry.meaning: entry for entry in reversed(classes)}.values()):
        for example in entry.examples:
            lines += _example(table, entry, example)
    lines += [
        "## Every class", "",
        "What becomes of each argument, found by asking the importer: a field of the op, an op where another one is needed, or "
        "*told* where it says in words what differs, or *with others* where it counts beside some values of another argument. "
        "Arguments that are not listed change nothing, here or there.", "",
        "| class | ours | arguments | beware |", "|---|---|---|---|", *_rows(table, classes),
    ]  # fmt: skip
    return "\n".join(lines) + "\n"


def _example(table: Table, entry: Entry, example: str) -> list[str]:
    from augment.spec.write import to_text

    era = entry.era or (table.eras[0] if table.eras else None)
    body = ast.parse(example, mode="eval").body
    assert isinstance(body, ast.Call)
    call = call_of(body, Scope(""), ())
    imported = read(Source(table.library, (call.replace(where=""),), {}, era))  # type: ignore[arg-type]
    text = to_text(imported.pipeline)
    steps = text.partition("pipeline:\n")[2] or "".join(text.partition("views:\n")[1:])
    label = f"{example}  # {table.library} {era}.x" if len(table[entry.name]) > 1 else example
    said = [f"- {WORDS[remark.verdict]}: {remark.message}" for remark in imported.remarks if remark.what != table.library]
    beware = [f"- beware: {entry.trap}"] if entry.trap else []
    written = [line.removeprefix("  ") for line in steps.rstrip().split("\n")] if steps.strip() else ["(nothing)"]
    told = [*beware, *said]
    return ["```text", label, "", *written, "```", "", *told, *([""] if told else [])]


def _rows(table: Table, entries: list[Entry]) -> Iterator[str]:
    for entry in entries:
        era = f" ({entry.era}.x)" if entry.era else ""
        ours = ", ".join(f"`{name}`" for name in entry.ours) or "-"
        arguments = "; ".join(f"{name}: {becomes}" for name, becomes in arguments_of(table, entry))
        beware = entry.trap or said_of(table, entry)
        yield f"| `{entry.name}`{era} | {ours} | {arguments} | {beware.replace('|', chr(92) + '|')} |"
