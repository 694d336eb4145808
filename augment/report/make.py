"""Makes the report of a study from the sheets that are asked for."""

from __future__ import annotations

from collections.abc import Sequence

from augment.language import dumps
from augment.report.model import Fact, Report
from augment.report.sheets import check_names, default_sheets, make_sheet
from augment.report.study import Study, name_of


def make_report(study: Study, sheets: Sequence[str] = (), title: str = "") -> Report:
    """Return the report of a study; without names of sheets, those that have something to show."""
    check_names(sheets)
    made = tuple(make_sheet(name, study) for name in sheets or default_sheets(study))
    pipeline = study.pipeline
    return Report(
        title or pipeline.name or "Preview", pipeline.about or "", tuple(_facts(study)), dumps(pipeline), made,
    )  # fmt: skip


def _facts(study: Study) -> list[Fact]:
    last = study.epochs[-1]
    index = [Fact("index", str(study.subjects[0].index))] if len(study.subjects) == 1 else []
    if 1 < len(study.subjects) < len(study.samples):
        index = [Fact("shown", f"the first {len(study.subjects)} of {len(study.samples)} samples")]
    return [
        Fact("backend" if len(study.engines) == 1 else "backends", ", ".join(map(name_of, study.engines))),
        Fact("seed", str(study.program.seed)), *index,
        Fact("epochs", f"{study.epoch} to {last}") if study.n > 1 else Fact("epoch", str(last)),
        Fact("stage", study.program.stage),
    ]  # fmt: skip
