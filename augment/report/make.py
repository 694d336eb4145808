"""Makes the report of a study from the sheets that are asked for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from augment.language import dumps
from augment.plugins import backends
from augment.report.model import Fact, Report
from augment.report.sheets import check_names, default_sheets, make_sheet
from augment.report.study import Study, name_of

if TYPE_CHECKING:
    from augment.lint import Finding


def make_report(study: Study, sheets: Sequence[str] = (), title: str = "", lint: bool = False) -> Report:
    """Return the report of a study; without names of sheets, those that have something to show. ``lint`` adds its findings."""
    check_names(sheets)
    made = tuple(make_sheet(name, study) for name in sheets or default_sheets(study))
    pipeline = study.pipeline
    name, about, found = title or pipeline.name or "Preview", pipeline.about or "", _findings(study) if lint else ()
    return Report(name, about, tuple(_facts(study)), dumps(pipeline), made, found)


def _findings(study: Study) -> tuple[Finding, ...]:
    """What lint says of the spec on these backends; measured as ``augment check`` does, on all samples of the user."""
    from augment.lint import findings

    names = dict.fromkeys(one.name for engine in study.engines for one in engine)
    used = [name for name in names if backends()[name].modality == "image" or _edits(study)]
    return findings(study.pipeline, study.program, samples=study.samples if study.given else None, backends=used)


def _edits(study: Study) -> bool:
    return any(leaf.op.modality == "text" for leaf in study.program.leaves)


def _facts(study: Study) -> list[Fact]:
    last = study.epochs[-1]
    index = [Fact("index", str(study.subjects[0].index))] if len(study.subjects) == 1 else []
    if 1 < len(study.subjects) < len(study.samples):
        index = [Fact("shown", f"{len(study.subjects)} of {len(study.samples)} samples, evenly spread")]
    return [
        Fact("backend" if len(study.engines) == 1 else "backends", ", ".join(map(name_of, study.engines))),
        Fact("seed", str(study.program.seed)), *index,
        Fact("epochs", f"{study.epoch} to {last}") if study.n > 1 else Fact("epoch", str(last)),
        Fact("stage", study.program.stage),
    ]  # fmt: skip
