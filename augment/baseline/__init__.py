"""Baselines: what a spec makes of some files, kept to be compared with what it makes of them later."""

from __future__ import annotations

from augment.baseline.changes import Change, Changes, find_changes
from augment.baseline.sheet import report_of
from augment.baseline.store import Baseline, read_baseline, write_baseline

__all__ = ["Baseline", "Change", "Changes", "find_changes", "read_baseline", "report_of", "write_baseline"]
