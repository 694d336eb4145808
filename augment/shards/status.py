"""What stands in a folder of results, read from its receipts alone: nothing is compiled, and no source is read."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from augment.errors import FileError
from augment.files.remote import finder
from augment.shards.plan import Plan
from augment.shards.receipt import BEGUN, Receipts, Row

STATE = ".augment"
"""The folder, in that of the results, of what is known of each shard."""
PLAN = "plan.json"
RECORD = ".augment.json"
"""The file beside it that says what made the results. Hidden, so that no reader of them takes it for one."""


@dataclass
class Status:
    """Of one plan."""

    id: str
    described: dict[str, Any]
    epochs: tuple[int, ...]
    samples: int = 0
    """Of the source; where it is packs, how many those are."""
    shards: int = 0
    done: int = 0
    """Shards that have a receipt without failures."""
    begun: int = 0
    """Shards that were left on the way."""
    made: int = 0
    gone: list[str] = field(default_factory=list)
    """Files that a receipt tells of, and that are not there."""
    failed: list[Row] = field(default_factory=list)
    missing: int = 0
    """Samples that no receipt tells of; where the source is packs, how many of those."""

    @property
    def whole(self) -> bool:
        return not (self.missing or self.failed or self.gone)


def status_of(root: Path) -> Iterator[Status]:
    """Yield what stands of each plan below a folder of results; raises `FileError` where nothing tells of any."""
    states = sorted(place.parent for place in (root / STATE).glob(f"*/{PLAN}"))
    if not states:
        raise FileError(f"{root}: holds no results of 'augment apply' that receipts tell of")
    sources = _read(root / RECORD).get("sources", [])
    for state in states:
        described = _read(state / PLAN)
        epochs: list[int] = next((entry["epochs"] for entry in sources if entry["of"] == described.get("source")), [])
        try:
            plan = Plan(state.name, int(described["samples"]), int(described["size"]), tuple(epochs))
        except (KeyError, TypeError, ValueError):
            raise FileError(f"{state / PLAN}: is not what 'augment apply' writes; remove it with the results") from None
        yield _told(root, plan, Receipts(state), described)


def _told(root: Path, plan: Plan, receipts: Receipts, described: dict[str, Any]) -> Status:
    status = Status(plan.id, described, plan.epochs, plan.samples, len(plan))
    begun = receipts.folder / BEGUN
    status.begun = len(list(begun.iterdir())) if begun.is_dir() else 0
    exists = finder(root)
    for shard in plan:
        receipt = receipts.of(shard)
        if receipt is None:
            status.missing += len(shard)
            continue
        status.failed += receipt.failed
        status.done += not receipt.failed
        status.made += len(receipt.rows) - len(receipt.failed)
        names = [receipt.file] if receipt.file else [name for row in receipt.rows for name in row.files]
        status.gone += [name for name in names if not exists(root / name)]
    return status


def _read(path: Path) -> dict[str, Any]:
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise FileError(f"{path}: cannot be read ({error})") from None
    return data if isinstance(data, dict) else {}
