"""A job in shards: planned by the source alone, run by any engine in any order, committed one by one, and reduced at the end."""

from __future__ import annotations

from augment.shards.engine import Engine, Work
from augment.shards.plan import Plan, Shard
from augment.shards.receipt import Receipt, Receipts, Row

__all__ = ["Engine", "Plan", "Receipt", "Receipts", "Row", "Shard", "Work"]
