"""Mixed samples: the two that come in, what comes out, and what becomes of their labels."""

from __future__ import annotations

from collections.abc import Sequence as Row
from typing import Any

import numpy as np

from augment.engine.state import State
from augment.program.leaf import Leaf
from augment.report.draws import op_words, said
from augment.report.model import Fact, Group, Panel, Share, Sheet
from augment.report.sheets.seeing import seen
from augment.report.study import Study, Subject, fork

LEAST = 0.005  # of a label that is named


def fits(study: Study) -> bool:
    return study.program.partnered


def sheet(study: Study) -> Sheet:
    """A group for each draw of each sample, with a row of panels for each op that mixes."""
    lead = (
        "The sample and its partners as they come to the op, each under its own key, then what they become. "
        "Labels go by their share."
    )
    idle: list[str] = []
    groups = [group for subject in study.subjects for epoch in study.epochs for group in _groups(study, subject, epoch, idle)]
    if idle:
        groups.append(Group((), about=f"Not applied: {'; '.join(idle)}."))
    return Sheet("mixes", "Mixes", lead, tuple(groups))


def _groups(study: Study, subject: Subject, epoch: int, idle: list[str]) -> list[Group]:
    """A group for each op that mixes; the headings of those that a draw leaves out go to ``idle``."""
    state, donor = study.begin(subject, epoch)
    groups = []
    for i, step in enumerate(study.program.steps):
        if not step.partnered:
            state = study.executor.advance(state, i, i + 1, donor)
            continue
        partners: list[State] = []

        def watched(uniforms: Row[float], at: int, found: list[State] = partners) -> list[State]:
            others = donor(uniforms, at)
            found += map(fork, others)
            return others

        before = fork(state)
        state = study.executor.advance(state, i, i + 1, watched)
        leaf = step.leaves[0]
        heading = f"{leaf.op.name().replace('_', ' ')}, epoch {epoch}"
        heading = f"{subject.name}: {heading}" if len(study.subjects) > 1 else heading
        if leaf.active(state.values):
            groups.append(_group(study, subject, epoch, leaf, heading, (before, partners, state)))
        else:
            idle.append(heading)
    return groups


def _group(
    study: Study, subject: Subject, epoch: int, leaf: Leaf, heading: str, states: tuple[State, list[State], State]
) -> Group:
    before, partners, after = states
    names = ["partner"] if len(partners) == 1 else [f"partner {i + 1}" for i in range(len(partners))]
    come = [_panel(study, subject, *one) for one in zip((before, *partners), ("sample", *names), strict=True)]
    words = op_words(leaf, said(study, subject, epoch))
    out = _panel(study, subject, after, "mixed", words, study.command("mixes", subject, epoch))
    return Group((*come, out), heading, columns=len(come) + 1)


def _panel(study: Study, subject: Subject, state: State, title: str, detail: str = "", command: str = "") -> Panel:
    result = study.executor.finish(fork(state))
    labels = {name: result[name] for name, target in state.targets.items() if target.kind == "labels" and name in state.labels}
    shares = tuple(share for name, label in labels.items() for share in label_shares(name, label, study.classes.get(name, ())))
    shown = seen(study, subject, result, title, normalized=bool(state.tails))
    counts = {name: len(result[name]) for name, target in state.targets.items() if target.kind == "boxes"}
    facts = tuple(Fact(name, str(count)) for name, count in counts.items())
    return Panel(title, detail, shares=shares, facts=facts, command=command, **shown)


def label_shares(name: str, label: Any, classes: Row[str] = ()) -> list[Share]:
    """How much of each class a label has, largest first: a row of shares, or one class; ``classes`` are their names."""
    row = np.asarray(label)

    def called(number: Any) -> str:
        known = isinstance(number, int) and 0 <= number < len(classes)
        return classes[number] if known else f"{name} {number}"

    if row.ndim == 0:
        return [Share(called(row.item()), 1.0)]
    if row.ndim != 1 or row.dtype.kind not in "fiub":
        return []
    order = np.argsort(-row, kind="stable")
    return [Share(called(int(i)), float(row[i])) for i in order if row[i] > LEAST]
