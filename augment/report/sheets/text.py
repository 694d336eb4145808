"""Texts before and after, word by word, and each change with what made it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from augment.report.diff import TEXTS
from augment.report.draws import applied, drawn
from augment.report.model import Change, Diff, Group, Panel, Sheet
from augment.report.sheets.seeing import seen
from augment.report.study import Study, Subject


def fits(study: Study) -> bool:
    return any(target.kind in TEXTS for subject in study.subjects for target in study.targets(subject).values())


def sheet(study: Study) -> Sheet:
    """A group for each sample, with every draw."""
    lead = "What was taken out is struck through, what was put in is underlined; everything else is kept, letter by letter."
    return Sheet("text", "Text", lead, tuple(_group(study, subject) for subject in study.subjects))


def _group(study: Study, subject: Subject) -> Group:
    heading = f"{subject.name}, index {subject.index}" if len(study.subjects) > 1 else ""
    return Group(tuple(_panel(study, subject, epoch) for epoch in study.epochs), heading, columns=1)


def _panel(study: Study, subject: Subject, epoch: int) -> Panel:
    values = study.values(subject, epoch)
    state, _, result = study.end(subject, epoch)
    diffs = seen(study, subject, result, "")["diffs"]
    changes = {name: passage.changes for name, passage in state.passages.items()}
    diffs = tuple(replace(diff, changes=tuple(map(_change, changes.get(diff.name, ())))) for diff in diffs)
    return Panel(
        f"epoch {epoch}", "" if any(map(_differs, diffs)) else "unchanged in this draw", diffs=diffs,
        drawn=drawn(study.program, values), command=study.command("text", subject, epoch),
        note="" if diffs else f"no text came out; applied: {', '.join(applied(study.program, values)) or 'nothing'}",
    )  # fmt: skip


def _change(row: dict[str, Any]) -> Change:
    return Change(str(row.get("rule") or row.get("op", "")), row["before"], row["after"])


def _differs(diff: Diff) -> bool:
    return any(piece.how != "same" for piece in diff.pieces)
