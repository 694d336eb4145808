"""The sheets: each is a function from a study to a `Sheet`, in a module of its own that is imported when it is asked for.

A module has ``sheet(study)``, and ``fits(study)``: whether it has anything to show.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module

from augment.errors import SpecError, suggest
from augment.report.model import Sheet
from augment.report.names import SHEETS
from augment.report.study import Study


def default_sheets(study: Study) -> tuple[str, ...]:
    """Return the sheets that have something to show of a spec."""
    return tuple(name for name in SHEETS if _module(name).fits(study))


def short_sheets(study: Study) -> tuple[str, ...]:
    """Return what stands for a whole report where there is little room: the samples, or what became of their texts."""
    return tuple(name for name in default_sheets(study) if name != "summary")[:1]


def make_sheet(name: str, study: Study) -> Sheet:
    """Return one sheet; raises `SpecError` for a name that there is none of."""
    check_names([name])
    return _module(name).sheet(study)


def check_names(names: Sequence[str]) -> None:
    """Raise `SpecError` for a name that no sheet has."""
    for name in names:
        if name not in SHEETS:
            raise SpecError(f"there is no sheet {name!r}{suggest(name, SHEETS)} (there are: {', '.join(SHEETS)})")


def _module(name: str):  # type: ignore[no-untyped-def]  # modules have no types of their own
    return import_module(f"augment.report.sheets.{name}")
