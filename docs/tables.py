"""Writes the generated pages, docs/ops.md, docs/support.md and docs/kernels.md, and the table of docs/lint.md, from declarations.

Run ``python docs/tables.py`` after a change of either; the tests compare.
"""

from __future__ import annotations

import inspect
from functools import partial
from pathlib import Path
from typing import get_args

from augment.backend import Backend
from augment.kernels import protocol
from augment.language.catalogue import SHARED, FieldRow, field_rows, in_batches, moved_targets, support
from augment.lint import rules
from augment.native.pages import TITLES, page
from augment.ops import SPREADS, catalogue
from augment.plugins import backends, plugins
from augment.sample import Kind
from augment.spec.node import COMBINATORS, Op

COMMON = tuple(Op.model_fields)


def core_ops() -> list[type[Op]]:
    """The ops of this distribution, not those of other plugins that happen to be installed."""
    return [op for op in catalogue().values() if op.__module__.startswith("augment.")]


def ops_page() -> str:
    """Every op with its fields."""
    shared: dict[str, FieldRow] = {}
    for op in core_ops():
        for row in field_rows(op):
            if row.shared and row.default:
                shared.setdefault(row.name, row)
    lines = [
        "# Ops", "",
        "Generated from the declarations. Ranges are uniform unless a row says otherwise. Strengths have no default: what is "
        "needed must be written. The fields that many ops have are described once:", "",
        *table([shared[name] for name in SHARED if name in shared]),
        "## Ops on images", "",
    ]  # fmt: skip
    text = False
    for op in core_ops():
        if op.modality == "text" and not text:
            text = True
            lines += [
                "## Ops on texts", "",
                "They edit targets of the kind text, and captions where `on` names them; spans move along. "
                "What their rates mean is told in [text](text.md).", "",
            ]  # fmt: skip
        rows = list(field_rows(op))
        lines += [f"### {op.name()}", "", inspect.cleandoc(op.__doc__ or ""), ""]
        lines += table([row for row in rows if shared.get(row.name) != row and row.name not in COMMON])
        also = [f"`{row.name}`" for row in rows if shared.get(row.name) == row and row.name not in COMMON]
        changes = f"Changes {moved_targets(op)}." + (f" Also takes {', '.join(also)}." if also else "")
        lines += [f"{changes} `p` must be written." if op.needs_p else changes, ""]
    lines += ["## Combinators", ""]
    for node in (*COMBINATORS.values(), *SPREADS.values()):
        if node is next(iter(SPREADS.values())):
            lines += ["## In views", "", "They make several results of one sample, and stand in [views](views.md).", ""]
        lines += [f"### {node.name()}", "", inspect.cleandoc(node.__doc__ or ""), ""]
        lines += table([row for row in field_rows(node) if row.name not in COMMON])
    return "\n".join(lines).rstrip() + "\n"


def table(rows: list[FieldRow]) -> list[str]:
    """The lines of a table of fields."""

    def line(*cells: str) -> str:
        return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"

    if not rows:
        return []
    filled = [line(f"`{row.name}`", row.about, row.takes, f"`{row.default}`" if row.default else "needed") for row in rows]
    return [line("field", "what", "takes", "default"), "|---|---|---|---|", *filled, ""]


def support_page() -> str:
    """Every op on every backend of this distribution."""
    ours = {b.name for p in plugins() if p.distribution == "augment-spec" for b in p.adds.get("register_backends", ())}
    lines = [
        "# Support", "",
        "Generated from what each backend declares; the conformance tests read the same declarations. An op matches if it does "
        "on every kind of target that it changes: images within the [tolerance](meaning.md), texts edit by edit. Where it does "
        "not, the "
        "kinds are named, with the bound that tests hold it to, or with the reason and what to use instead. What batches of "
        "tensors cannot, or not always, is told beside it; Keras runs nothing else.",
        *targets_table([backends()[name] for name in sorted(ours) if backends()[name].modality == "image"]),
    ]  # fmt: skip
    notes: dict[str, int] = {}
    for title, modality in (("Images", "image"), ("Texts", "text")):
        names = sorted(name for name, backend in backends().items() if name in ours and backend.modality == modality)
        lines += ["", f"## {title}", "", f"| op | {' | '.join(names)} |", "|---|" + "---|" * len(names)]
        for op in core_ops():
            if op.modality == modality:
                cells = [cell(backends()[name], op, notes) for name in names]
                lines.append(f"| {op.name()} | {' | '.join(cells)} |")
    return "\n".join([*lines, *([""] if notes else []), *(f"{number}. {text}" for text, number in notes.items())]) + "\n"


def targets_table(found: list[Backend]) -> list[str]:
    """Which kinds of targets a backend moves; it refuses specs that declare others for ops that would move them."""
    lines = ["", "## Targets", "", f"| kind | {' | '.join(b.name for b in found)} |", "|---|" + "---|" * len(found)]
    for kind in get_args(Kind):
        if any(kind in backend.targets for backend in found):
            lines.append(f"| {kind} | {' | '.join(moves(b, kind) for b in found)} |")
    return lines


def moves(backend: Backend, kind: str) -> str:
    """Whether a backend moves a kind of target, and in batches too."""
    if kind not in backend.targets:
        return "refuses"
    return "moves" if backend.batches is None or kind in backend.batches.targets else "moves; refuses in batches"


def cell(backend: Backend, op: type[Op], notes: dict[str, int]) -> str:
    """What a backend makes of an op; what is to be said about it goes to the notes."""

    def noted(*parts: str) -> str:
        text = "; ".join(filter(None, parts))
        told = text if text.startswith(f"{backend.name} ") else f"{backend.name}: {text}"
        return f"[{notes.setdefault(told, len(notes) + 1)}]"

    states = [
        f"{found.level} ({kind}) {noted(found.bound, found.reason, found.instead)}"
        for kind, found in support(backend, op).items() if found.level != "matches"
    ]  # fmt: skip
    for kind, found in in_batches(backend, op).items():
        if found.level == "refuses":
            states.append(f"in batches refuses ({kind}) {noted(found.reason, found.instead)}")
        elif kind == op.modality:
            states.append(f"in batches {noted(f'a batch has one size, so it matches if {found.provided}')}")
    return ", ".join(states if states and not states[0].startswith("in batches") else ["matches", *states])


def kernels_page() -> str:
    """What kernel sets promise, from the protocol."""
    about = inspect.cleandoc(protocol.__doc__ or "").partition("\n\n")
    lines = [
        "# Kernel sets", "",
        "Generated from `augment.kernels.protocol`; [write a backend](write-a-backend.md) tells what they are for.", "",
        about[0].replace("What a kernel set promises", "It says what a kernel set promises"), "", about[2], "",
    ]  # fmt: skip
    every = {
        "what every set has": protocol.Layout, "sets of the host": protocol.Entering,
        "sets of the host for tensors": protocol.Planar, "sets that stand in for others": protocol.StandIn,
        "sets of batches": protocol.Batching, "sets of batches that join boxes and keypoints": protocol.MixingPoints,
    }  # fmt: skip
    for title, part in every.items():
        lines += [f"## {title[0].upper()}{title[1:]}", "", *_functions(part)]
    lines += ["## Primitives", ""]
    for name, part in protocol.HOST.items():
        other = protocol.BATCHES.get(name)
        both = [part] if other in (part, None) else [part, other]
        for one in both:
            lines += [f"### {name}{' of batches' if one is not part else ''}", "", *_functions(one)]
    return "\n".join(lines).rstrip().replace("``", "`") + "\n"


def _functions(part: type) -> list[str]:
    """What a protocol says, function by function."""
    lines = [inspect.cleandoc(part.__doc__ or ""), ""]
    for name in protocol.functions(part):
        function = getattr(part, name)
        takes = [p for p in inspect.signature(function).parameters.values() if p.name != "self"]
        said = ", ".join(p.name if p.default is p.empty else f"{p.name}={p.default}" for p in takes)
        lines += [f"- `{name}({said})`: {' '.join(inspect.cleandoc(function.__doc__ or '').split())}"]
    return [*lines, ""]


def lint_page() -> str:
    """The page on lint as it is, with the table of all rules."""
    start, end = "<!-- rules -->\n", "<!-- end of rules -->\n"
    page = (Path(__file__).parent / "lint.md").read_text(encoding="utf-8")
    head, tail = page.partition(start)[0], page.partition(end)[2]
    names = {name: f'<a id="{name}"></a>`{name}`' for name in rules()}
    rows = [f"| {names[rule.name]} | {rule.severity} | {rule.about} | {rule.needs} |" for rule in rules().values()]
    table = ["| rule | | what it tells | needs |", "|---|---|---|---|", *rows]
    return f"{head}{start}\n" + "\n".join(table) + f"\n\n{end}{tail}"


PAGES = {
    "ops.md": ops_page, "support.md": support_page, "kernels.md": kernels_page, "lint.md": lint_page,
    **{f"migrating-{library}.md": partial(page, library) for library in TITLES},
}  # fmt: skip

if __name__ == "__main__":
    for name, make in PAGES.items():
        (Path(__file__).parent / name).write_text(make(), encoding="utf-8")
