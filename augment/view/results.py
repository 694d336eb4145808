"""Results of a worker: as many as come in a moment, and those that are kept for the next sheet."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import Any

from augment.view import limits
from augment.view.budget import Watched

BY_DRAW = ("samples", "text", "targets")
"""Sheets with a panel for each draw, which can be shown before all of them are made."""


def begun(study: Watched) -> Watched:
    """The study of as many draws as come in a moment."""
    until = time.monotonic() + limits.MOMENT
    for count, epoch in enumerate(study.epochs, 1):
        for subject in study.subjects:
            for engine in study.engines:
                study.result(engine, subject, epoch)
        if time.monotonic() > until:
            return replace(study, n=count)
    return study


_results: dict[Any, dict[Any, Any]] = {}
MOST = 4
"""Specs whose results are kept, for the next sheet of the same."""


def made(study: Any, key: Any) -> dict[Any, Any]:
    """Results that were made before for the same spec and picture."""
    key = (key, study.program.seed)
    if key not in _results:
        while len(_results) >= MOST:
            _results.pop(next(iter(_results)))
        _results[key] = {}
    if len(_results[key]) > 4 * limits.DRAWS:
        _results[key].clear()
    return _results[key]
