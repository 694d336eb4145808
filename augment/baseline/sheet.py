"""Shows what has changed since a baseline: each draw as it was, as it is, and the difference, amplified."""

from __future__ import annotations

from typing import Any

import numpy as np

from augment.baseline.changes import Change, Changes
from augment.baseline.store import Baseline
from augment.language import dumps
from augment.report.compare import compare
from augment.report.diff import diffs_of
from augment.report.look import look
from augment.report.model import Fact, Figure, Group, Panel, Report, Sheet, Table
from augment.report.sheets.backends import AMPLIFIED, difference_figure
from augment.report.sheets.samples import original_panel
from augment.report.sheets.seeing import seen
from augment.report.study import Study, name_of
from augment.sample import DEFAULT_TARGETS

SHOWN = 16
"""The most draws that are shown; all are counted."""


def report_of(study: Study, changes: Changes, baseline: Baseline, title: str = "") -> Report:
    """Return a report of what has changed since a baseline."""
    counts = (("changed", len(changes.changed)), ("new", len(changes.new)), ("missing", len(changes.missing)))
    facts = [Fact(name, str(count), "bad" if count else "good") for name, count in counts]
    facts += [Fact("compared", f"{changes.compared} draws"), Fact("backend", name_of(study.engines[0]))]
    lead = f"Original, baseline, now, and the difference {AMPLIFIED} times amplified: black is equal."
    if len(changes.changed) > SHOWN:
        lead += f" The first {SHOWN} of {len(changes.changed)} draws that changed."
    groups = [_group(study, change) for change in changes.changed[:SHOWN]]
    groups += [_new(study, name) for name in changes.new[:SHOWN]]
    groups += [_missing(study, name, baseline) for name in changes.missing[:SHOWN]]
    sheet = Sheet("changes", "Changes", lead, (*_words(changes), *groups))
    pipeline = study.pipeline
    return Report(title or pipeline.name or "Changes", pipeline.about or "", tuple(facts), dumps(pipeline), (sheet,))


def _words(changes: Changes) -> list[Group]:
    """What stands above the pictures: files that came and went, and how the spec changed."""
    rows: list[tuple[Fact | str, ...]] = []
    rows += [(name, "is new: the baseline does not have it") for name in changes.new]
    rows += [(name, "is missing: only the baseline has it") for name in changes.missing]
    words = {"-": "the spec said", "+": "it says now"}
    rows += [(words[line[0]], line[1:].strip(" -")) for line in changes.spec[2:] if line[0] in words]
    rows += [("made with", note) for note in changes.notes]
    return [Group((), table=Table(("what", "how"), tuple(rows)))] if rows else []


def _group(study: Study, change: Change) -> Group:
    panels = [original_panel(study, change.subject)]
    panels += [_panel(study, change, name, entries) for name, entries in (("baseline", change.before), ("now", change.after))]
    found = _difference(study, change)
    facts = tuple(Fact(name, how, "bad") for name, _, how in (text.partition(": ") for text in change.differences))
    panels.append(Panel("difference", facts=facts, figure=found, note="" if found else "its shape is another one"))
    name = f"{change.subject.name}, epoch {change.epoch}"
    return Group(tuple(panels), name, change.reason, columns=4)


def _new(study: Study, name: str) -> Group:
    subject = next(subject for subject in study.subjects if subject.name == name)
    result = study.result(study.engines[0], subject, study.epoch)
    now = Panel("now", **seen(study, subject, result, f"{name}, epoch {study.epoch}, now"))
    return Group((original_panel(study, subject), now), f"{name}, epoch {study.epoch}: new", columns=4)


def _missing(study: Study, name: str, baseline: Baseline) -> Group:
    epoch, draw = next(iter(baseline.files[name].draws.items()))
    entries = {entry: baseline.entry(name, draw, entry) for entry in draw.entries}
    # of a file that was not given, the spec alone tells what its entries are
    targets = {entry: t for entry, t in (study.pipeline.targets or DEFAULT_TARGETS).items() if entry in entries}
    shown = any(target.kind == "image" for target in targets.values())
    alt = f"{name}, epoch {epoch}, baseline"
    figure = look(entries, targets, study.size, study.legend, study.tail, alt) if shown else None
    return Group((Panel("baseline", figure=figure),), f"{name}, epoch {epoch}: missing", columns=4)


def _panel(study: Study, change: Change, title: str, entries: dict[str, Any]) -> Panel:
    figure: Figure | None = None
    if _image(study, change) in entries:
        figure = study.figure(entries, change.subject, f"{change.subject.name}, epoch {change.epoch}, {title}")
    diffs = diffs_of(study.samples[change.subject.at], entries, study.targets(change.subject))
    return Panel(title, figure=figure, diffs=diffs)


def _difference(study: Study, change: Change) -> Figure | None:
    name = _image(study, change)
    before, after = change.before.get(name), change.after.get(name)
    if before is None or after is None or np.shape(before) != np.shape(after):
        return None
    return difference_figure(compare(before, after, study.tail), study.size)


def _image(study: Study, change: Change) -> str:
    return next((name for name, target in study.targets(change.subject).items() if target.kind == "image"), "")
