"""The names of the sheets, in the order of a report: what users ask for them by. It imports nothing."""

from __future__ import annotations

SHEETS = ("samples", "text", "ops", "extremes", "stages", "backends", "targets", "mixes", "distributions")
