"""Reports: what a spec does, on sheets, as data (`make_report`) and as pages, pictures and notebooks that show it.

Names are loaded on first use: the command line reads the list of sheets without anything else.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from augment.report.names import SHEETS

if TYPE_CHECKING:
    from augment.report.make import make_report
    from augment.report.model import Report, Sheet
    from augment.report.preparing import prepare
    from augment.report.sheets import default_sheets, make_sheet
    from augment.report.study import Study, Subject

_HOMES = {
    "Report": "model", "Sheet": "model", "Study": "study", "Subject": "study", "default_sheets": "sheets", "make_report": "make",
    "make_sheet": "sheets", "prepare": "preparing",
}  # fmt: skip


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'augment.report' has no attribute {name!r}")
    return getattr(import_module(f"augment.report.{_HOMES[name]}"), name)


__all__ = ["SHEETS", "Report", "Sheet", "Study", "Subject", "default_sheets", "make_report", "make_sheet", "prepare"]
