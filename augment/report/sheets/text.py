"""Texts before and after, word by word, and each change with what made it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from augment.engine.state import State
from augment.report.diff import TEXTS, diffs_of
from augment.report.draws import drawn
from augment.report.model import Change, Diff, Dropped, Group, Panel, Sheet
from augment.report.study import Study, Subject, edits_of


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
    state, _ = study.course(subject, epoch)
    result = study.result(study.engines[0], subject, epoch)
    diffs = diffs_of(study.samples[subject.at], result, study.targets(subject), edits_of(state))
    changes = {name: passage.changes for name, passage in state.passages.items()}
    diffs = tuple(replace(diff, changes=tuple(map(_change, changes.get(diff.name, ())))) for diff in diffs)
    told = "" if any(map(_differs, diffs)) else "unchanged in this draw"
    return Panel(
        f"epoch {epoch}", told, diffs=diffs, dropped=(*study.skipped(subject, epoch), *_unclear(state)),
        drawn=drawn(study, subject, epoch), command=study.command("text", subject, epoch),
    )  # fmt: skip


def _unclear(state: State) -> tuple[Dropped, ...]:
    """What was in doubt in a caption, and left as it was."""
    return tuple(Dropped(row["target"], "left as it is:", row["reason"]) for row in state.unclear)


def _change(row: dict[str, Any]) -> Change:
    return Change(row["op"], row["before"], row["after"])


def _differs(diff: Diff) -> bool:
    return any(piece.how != "same" for piece in diff.pieces)
