"""What can be seen of a result: its picture, if it has one, and its texts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from augment.report.diff import TEXTS, diffs_of
from augment.report.study import Study, Subject, edits_of


def seen(
    study: Study, subject: Subject, result: Mapping[str, Any], alt: str, size: int | None = None, normalized: bool = True,
    epoch: int | None = None, before: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """Return the fields of a `Panel` that show a result; ``normalized`` says whether it has gone through all of the program, and
    ``epoch`` of which draw it is; ``before`` is what it was before its colours were changed."""
    targets = study.targets(subject)
    texts = epoch is not None and any(target.kind in TEXTS for target in targets.values())
    edits = edits_of(study.course(subject, epoch)[0]) if texts and epoch is not None else None
    out: dict[str, Any] = {"diffs": diffs_of(study.samples[subject.at], result, targets, edits)}
    if study.has_image(subject):
        out["figure"] = study.figure(result, subject, alt, size, normalized, before)
    return out
