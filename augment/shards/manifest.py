"""What stands at the end: one file that tells of all receipts, and that is the same for the same results."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from augment.files.whole import write_whole
from augment.shards.plan import Plan
from augment.shards.receipt import Receipts, total

MANIFEST = "manifest.json"
DISTRIBUTIONS = {
    "augment": ("augment-spec",), "PIL": ("pillow",), "cv2": ("opencv-python-headless", "opencv-python"),
    "tensorflow": ("tensorflow", "tensorflow-cpu"),
}  # fmt: skip
"""Of modules that are not called as they are installed; to look for all takes half a second."""


def versions(backends: Iterable[Any]) -> dict[str, str]:
    """Return the versions of what results depend on: this library, what it reads with, and what the backends are made of."""
    modules = {"augment", "numpy", "PIL", *(module.partition(".")[0] for one in backends for module in one.requires)}
    found = {}
    for name in sorted(name for module in modules for name in DISTRIBUTIONS.get(module, (module,))):
        with suppress(PackageNotFoundError):
            found[name] = version(name)
    return found


def write_manifest(receipts: Receipts, plan: Plan, described: Mapping[str, Any]) -> dict[str, Any]:
    """Write and return the manifest: how many samples were made, what was dropped, and the digest of each receipt and of all.

    Receipts are read one by one, so it takes memory for one of them, and for a line for each shard. Raises `FileError`.
    """
    made, failed, missing = 0, 0, 0
    dropped: dict[str, dict[str, int]] = {}
    shards: dict[str, str] = {}
    for shard in plan:
        end = receipts.ending(shard)
        if end is None:
            missing += len(shard)
            continue
        failed += end.failed
        made += end.rows - end.failed
        dropped = total((dropped, end.dropped)) if end.dropped else dropped
        shards[shard.name] = end.sha256
    data = {
        **described, "epochs": list(plan.epochs), "made": made, "failed": failed, "missing": missing,
        "dropped": dropped,
        "digest": hashlib.sha256("".join(shards.values()).encode()).hexdigest(), "shards": shards,
    }  # fmt: skip
    write_whole(receipts.folder / MANIFEST, (json.dumps(data, indent=1) + "\n").encode(), receipts.mark)
    return data


def manifest_at(folder: Path) -> dict[str, Any] | None:
    """Return the manifest in a folder of receipts, if it is written."""
    try:
        return json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
