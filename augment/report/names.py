"""The names that users ask for sheets by, in the order of a report, and for the quickest backend. It imports nothing."""

from __future__ import annotations

SHEETS = ("summary", "samples", "text", "ops", "extremes", "stages", "backends", "targets", "mixes", "distributions")
AUTO = "auto"
"""The backend that `augment.plugins.quickest` chooses."""
