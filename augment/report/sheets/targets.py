"""Masks, boxes and keypoints over the picture, and what was dropped of them and why."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from augment.report.look import COLOURS, mask_labels
from augment.report.model import Fact, Group, Panel, Sheet
from augment.report.sheets.samples import draw_panel, original_panel
from augment.report.study import Study, Subject

SIZE = 320
KINDS = ("mask", "boxes", "keypoints")
MOST = 12  # labels of a mask that are named


def fits(study: Study) -> bool:
    return any(target.kind in KINDS for subject in study.subjects for target in study.targets(subject).values())


def sheet(study: Study) -> Sheet:
    """A group for each sample, with every draw."""
    lead = (
        "Everything that belongs to the picture moves with it. What leaves the image, or falls below the limits of its target, "
        "is dropped, and below each draw stands what and why. The switches above take the layers away."
    )
    return Sheet("targets", "Targets", lead, tuple(_group(study, subject) for subject in study.subjects))


def _group(study: Study, subject: Subject) -> Group:
    first = original_panel(study, subject, SIZE)
    first = replace(first, facts=_counts(study, subject, study.samples[subject.at]))
    draws = tuple(_draw(study, subject, epoch) for epoch in study.epochs)
    heading = f"{subject.name}, index {subject.index}" if len(study.subjects) > 1 else ""
    return Group((first, *draws), heading, columns=3, legend=_legend(study, subject))


def _draw(study: Study, subject: Subject, epoch: int) -> Panel:
    engine = study.engines[0]
    panel = draw_panel(study, "targets", subject, engine, epoch, SIZE)
    counts = _counts(study, subject, study.result(engine, subject, epoch))
    return replace(panel, facts=counts, drawn=(), dropped=(*panel.dropped, *study.dropped(subject, epoch)))


def _counts(study: Study, subject: Subject, sample: object) -> tuple[Fact, ...]:
    """How many boxes and keypoints there are, and how much of the image each mask covers."""
    facts = []
    for name, target in study.targets(subject).items():
        if target.kind == "mask":
            share = float((mask_labels(np.asarray(sample[name])) > 0).mean())  # type: ignore[index]
            facts.append(Fact(name, f"{100 * share:.3g} % labelled"))
        elif target.kind in KINDS:
            facts.append(Fact(name, str(len(sample[name]))))  # type: ignore[index]
    return tuple(facts)


def _legend(study: Study, subject: Subject) -> tuple[tuple[str, int], ...]:
    """The labels of masks and their colours."""
    found: dict[str, int] = {}
    for name, target in study.targets(subject).items():
        if target.kind == "mask":
            labels = np.unique(mask_labels(np.asarray(study.samples[subject.at][name])))
            found |= {f"{name} {label}": (label - 1) % len(COLOURS) for label in labels.tolist() if label}
    return tuple(found.items())[:MOST]
