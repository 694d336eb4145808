"""Each op of a spec alone, always applied."""

from __future__ import annotations

from augment.errors import AugmentError
from augment.report.model import Group, Panel, Sheet
from augment.report.sheets.samples import original_panel
from augment.report.sheets.single import SIZE, Single, alone, single_panel, singles
from augment.report.study import Study

DRAWS = 4


def fits(study: Study) -> bool:
    return any(True for _ in singles(study.pipeline))


def sheet(study: Study) -> Sheet:
    """A group for each op, with a few draws of it; of an op that draws nothing, its one result."""
    lead = "Every op by itself, always applied, on the first sample. What it does in the spec, it does here undisturbed."
    study = study.closely(1 + DRAWS * sum(1 for _ in singles(study.pipeline)))
    first = Group((original_panel(study, study.subjects[0], SIZE),), beside=True, columns=DRAWS)
    return Sheet("ops", "Ops", lead, (first, *(_group(study, single) for single in singles(study.pipeline))))


def _group(study: Study, single: Single) -> Group:
    subject = study.subjects[0]
    try:
        own = alone(study, single.op)
    except AugmentError as error:
        return Group((Panel("", note=str(error)),), single.name, single.about, beside=True)
    epochs = study.epochs[: DRAWS if own.program.plan.entries else 1]
    panels = tuple(
        single_panel(own, subject, epoch, f"epoch {epoch}" if own.program.plan.entries else "always", "",
                     study.command("ops", subject, epoch))
        for epoch in epochs
    )  # fmt: skip
    return Group(panels, single.name, single.about, columns=DRAWS, beside=True)
