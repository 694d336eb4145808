"""``augment ops`` and ``augment backends``: what there is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from augment.cli.options import json_option

if TYPE_CHECKING:
    from augment.backend import Backend, Support
    from augment.spec.node import Node


@click.command(short_help="List the ops, or show one.")
@click.argument("name", required=False)
@json_option
def ops(name: str | None, as_json: bool) -> None:
    """List all ops with the fields of their own, or show everything about the op NAME."""
    from augment.cli.console import print_json

    known = _known()
    if name is None:
        if as_json:
            print_json([_op_data(op) for op in known.values()])
        else:
            _print_ops(known)
        return
    if name not in known:
        from augment.errors import UnknownOpError

        raise UnknownOpError.from_name(name, known)
    if as_json:
        print_json(_op_data(known[name]))
    else:
        _print_op(known[name])


def _known() -> dict[str, type[Node]]:
    from augment.ops import SPREADS, catalogue
    from augment.spec.node import COMBINATORS

    return {**catalogue(), **COMBINATORS, **SPREADS}


def _op_data(op: type[Node]) -> dict[str, Any]:
    from dataclasses import asdict

    from augment.language.catalogue import field_rows, moved_targets, summary

    support = {backend: {kind: s.level for kind, s in levels.items()} for backend, levels in _support(op).items()}
    batches = {backend: {kind: s.reason or s.provided for kind, s in found.items()} for backend, found in _in_batches(op).items()}
    fields = [{k: v for k, v in asdict(row).items() if k != "shared"} for row in field_rows(op)]
    told = {"name": op.name(), "about": summary(op), "targets": moved_targets(op)}
    return {**told, "fields": fields, "support": support, "batches": batches}


def _support(op: type[Node]) -> dict[str, dict[str, Support]]:
    """What differs from a match: backend -> kind of target -> support."""
    from augment.language.catalogue import support
    from augment.plugins import backends
    from augment.spec.node import Op

    if not issubclass(op, Op):
        return {}
    found = {name: support(backend, op) for name, backend in backends().items() if backend.modality == op.modality}
    differs = {name: {kind: s for kind, s in levels.items() if s.level != "matches"} for name, levels in found.items()}
    return {name: levels for name, levels in differs.items() if levels}


def _in_batches(op: type[Node]) -> dict[str, dict[str, Support]]:
    """What a batch differs in from a sample: backend -> kind of target -> support."""
    from augment.language.catalogue import in_batches
    from augment.plugins import backends
    from augment.spec.node import Op

    found = {name: in_batches(backend, op) if issubclass(op, Op) else {} for name, backend in backends().items()}
    return {name: differs for name, differs in found.items() if differs}


def _print_ops(known: dict[str, type[Node]]) -> None:
    from augment.cli.console import console, table
    from augment.language.catalogue import field_rows, summary

    out = console()
    images = {name: op for name, op in known.items() if getattr(op, "modality", "image") == "image"}
    texts = {name: op for name, op in known.items() if name not in images}
    for title, some in (("", images), ("Texts", texts)):
        rows = table("op", "what it does, and what its fields take", "default")
        for name, op in some.items():
            rows.add_row(f"[cyan]{name}[/]", _plain(summary(op)), "")
            for row in field_rows(op):
                if not row.shared:
                    rows.add_row(f"  {row.name}", f"[dim]{_plain(row.takes)}[/]", f"[dim]{_plain(row.default) or '(needed)'}[/]")
        if title:
            out.print(f"\n[bold]{title}[/]")
        out.print(rows)
    out.print("\n[dim]All take p, id, stage, on and weight, those that move pixels also border, fill and interpolation.[/]")
    out.print("[dim]'augment ops NAME' shows everything about one.[/]")


def _print_op(op: type[Node]) -> None:
    import inspect

    from augment.cli.console import console, table
    from augment.language.catalogue import field_rows, moved_targets

    out = console()
    out.print(f"[bold cyan]{op.name()}[/]")
    out.print(inspect.cleandoc(op.__doc__ or ""), markup=False)
    out.print(f"\n[dim]changes[/]   {moved_targets(op)}")
    if op.bare and not any(info.is_required() for name, info in op.model_fields.items() if name != op.bare):
        out.print(f"[dim]in short[/]  {op.name()}: {{{op.bare}: X}} may be written {op.name()}: X", markup=True)
    out.print()
    rows = table("field", "takes", "default", "meaning")
    for row in field_rows(op):
        default = _plain(row.default) or "(needed)"
        rows.add_row(f"[cyan]{row.name}[/]", _plain(row.takes), default, f"[dim]{_plain(row.about)}[/]")
    out.print(rows)
    for name, levels in _support(op).items():
        for kind, s in levels.items():
            reason = "; ".join(text for text in (s.bound, s.reason, s.instead) if text)
            out.print(f"[yellow]{name}[/] {s.level} on {kind}: {_plain(reason)}")
    for name, levels in _in_batches(op).items():
        for s in dict.fromkeys(levels.values()):
            said = f"{s.reason}; {s.instead}" if s.level == "refuses" else f"a batch has one size, so it matches if {s.provided}"
            out.print(f"[yellow]{name}[/] in batches: {_plain(said)}")


def _plain(text: str) -> str:
    from rich.markup import escape

    return escape(text)


@click.command(short_help="List the backends and plugins.")
@json_option
def backends(as_json: bool) -> None:
    """List every plugin with its version and state, and what its backends refuse or approximate.

    It is ready, or misses something (and the line that installs it), or is broken (and why). Nothing is imported to find out.
    """
    from augment.cli.console import console, print_json, table

    rows = list(_rows())
    if as_json:
        print_json(rows)
        return
    shown = table("name", "plugin", "version", "state", "limits")
    colours = {"ready": "green", "missing": "yellow", "broken": "red"}
    for row in rows:
        state = f"[{colours[row['state']]}]{row['state']}[/] {_plain(row['detail'])}".rstrip()
        shown.add_row(f"[cyan]{row['name']}[/]", row["plugin"], row["version"], state, f"[dim]{_plain(_limits(row))}[/]")
    console().print(shown)
    console().print(f"[dim]Images on the host run on {_plain(_host())}.[/]")


def _host() -> str:
    """What runs images on the host, and what would be quicker."""
    from augment.kernels.native import library
    from augment.plugins import backends

    opencv = backends()["opencv"]
    if opencv.missing():
        return f"NumPy alone, without OpenCV, which the fused kernels need, too: {opencv.install}"
    return library.state()


def _rows() -> Iterator[dict[str, Any]]:
    from augment.plugins import plugins

    for plugin in plugins():
        shared = {"plugin": plugin.distribution or plugin.name, "version": plugin.version}
        if plugin.error or plugin.module is None:
            yield {"name": plugin.name, **shared, "state": "broken", "detail": plugin.error, "refuses": [], "approximates": []}
            continue
        own = plugin.adds.get("register_backends", ())
        for backend in own:
            missing = backend.missing()
            state = "missing" if missing else "ready"
            detail = f"{', '.join(missing)}: {backend.install}" if missing else _found(backend)
            yield {"name": backend.name, **shared, "state": state, "detail": detail, **_exceptions(backend)}
        if not own:
            added = ", ".join(op.name() for op in plugin.adds.get("register_ops", ())) or "nothing"
            yield {"name": plugin.name, **shared, "state": "ready", "detail": f"adds {added}", "refuses": [], "approximates": []}


def _found(backend: Backend) -> str:
    """The versions of what a backend needs, as far as the distributions are called like the modules."""
    from importlib.metadata import PackageNotFoundError, version

    found = []
    for module in backend.requires:
        try:
            found.append(f"{module} {version(module)}")
        except PackageNotFoundError:
            continue
    return ", ".join(found)


def _exceptions(backend: Backend) -> dict[str, list[str]]:
    """What a backend refuses and what it approximates, as 'elastic (keypoints)'."""
    from augment.language.catalogue import support
    from augment.ops import catalogue

    told: dict[str, list[str]] = {"refuses": [], "approximate": []}
    for name, op in catalogue(backend.modality).items():
        levels = {kind: s.level for kind, s in support(backend, op).items()}
        for level, rows in told.items():
            which = [kind for kind in levels if levels[kind] == level]
            if which:
                rows.append(name if len(which) == len(levels) else f"{name} ({', '.join(which)})")
    return {"refuses": told["refuses"], "approximates": told["approximate"]}


def _limits(row: dict[str, Any]) -> str:
    return "; ".join(f"{word} {', '.join(row[word])}" for word in ("refuses", "approximates") if row[word])
