"""What the plan, the resume and the reduce of many samples take, when the samples themselves take nothing.

    python tests/shards/simulate.py 10000000
"""

from __future__ import annotations

import argparse
import json
import resource
import shutil
import tempfile
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any

from augment.shards import Plan, Receipt, Receipts, Row
from augment.shards.manifest import MANIFEST, write_manifest


def simulate(samples: int, folder: Path, size: int = 1000, *, traced: bool = False) -> dict[str, Any]:
    """Plan, work half of the shards, resume and work the rest, and reduce; returns seconds, and bytes at the peak of each."""
    plan, receipts = Plan("0", samples, size), Receipts(folder, "0")
    told: dict[str, Any] = {"samples": samples, "shards": len(plan)}

    def timed(name: str, run: Callable[[], Any]) -> Any:
        if traced:
            tracemalloc.start()
        begun = time.process_time()
        made = run()
        told[name] = {"seconds": round(time.process_time() - begun, 3)}
        if traced:
            told[name]["peak"] = tracemalloc.get_traced_memory()[1]
            tracemalloc.stop()
        return made

    def work(shards: Any) -> None:
        for shard in shards:
            rows = tuple(Row(i, f"train/{i:09}", {"png": "0" * 64}) for i in range(shard.start, shard.stop))
            receipts.write(Receipt(shard, rows, f"shard-{shard.number:06}.tar", "0" * 64))

    def left() -> int:
        done = receipts.names()
        return sum(shard.name not in done or receipts.ending(shard) is None for shard in plan)

    timed("plan", lambda: sum(len(shard) for shard in plan))
    timed("work, half", lambda: work(shard for shard in plan if shard.number % 2))
    assert timed("resume", left) == (len(plan) + 1) // 2
    timed("work, the rest", lambda: work(shard for shard in plan if not shard.number % 2))
    manifest = timed("reduce", lambda: write_manifest(receipts, plan, {}))
    assert (manifest["made"], manifest["missing"]) == (samples, 0)
    told["manifest"] = (folder / MANIFEST).stat().st_size
    told["receipts"] = sum(path.stat().st_size for path in folder.glob("*.jsonl"))
    return told


if __name__ == "__main__":
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("samples", type=int)
    words.add_argument("--within", type=Path, help="a folder for the receipts, which are deleted at the end")
    words.add_argument("--size", type=int, default=1000, help="of a shard")
    words.add_argument("--traced", action="store_true", help="tell the bytes of Python at the peak of each step")
    given = words.parse_args()
    place = Path(tempfile.mkdtemp(dir=given.within))
    try:
        result = simulate(given.samples, place, given.size, traced=given.traced)
        print(json.dumps({**result, "resident_kB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss}, indent=1))
    finally:
        shutil.rmtree(place)
