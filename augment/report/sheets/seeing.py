"""What can be seen of a result: its picture, if it has one, and its texts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from augment.report.diff import diffs_of
from augment.report.study import Study, Subject


def seen(
    study: Study, subject: Subject, result: Mapping[str, Any], alt: str, size: int | None = None, normalized: bool = True
) -> dict[str, Any]:
    """Return the fields of a `Panel` that show a result; ``normalized`` says whether it has gone through all of the program."""
    out: dict[str, Any] = {"diffs": diffs_of(study.samples[subject.at], result, study.targets(subject))}
    if study.has_image(subject):
        out["figure"] = study.figure(result, subject, alt, size, normalized)
    return out
