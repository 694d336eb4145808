"""What a run would do before it does anything, and what stands of one: ``augment apply --plan`` and ``--status``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from augment.cli.options import AnyPath

if TYPE_CHECKING:
    from augment.data import Runner
    from augment.shards import Shard
    from augment.shards.status import Status


def tell_plan(runner: Runner, shards: list[Shard], workers: int, as_json: bool) -> None:
    """Print the shards that are to be worked, and what they take, from ten samples."""
    from augment.cli.console import print_json, say
    from augment.cli.watching import duration
    from augment.data.estimate import estimate

    plan, found = runner.plan, estimate(runner, shards)
    results = sum(map(len, shards))
    unit = runner.source.unit if runner.source.packed else "samples"
    seconds = found.seconds * results / max(1, workers)
    if as_json:
        print_json({
            "plan": plan.id, unit: plan.samples, "epochs": list(plan.epochs), "shards": len(plan), "size": plan.size,
            "left": {"shards": len(shards), "results": results},
            "estimate": {
                "samples": found.samples, "failed": found.failed, "seconds_each": round(found.seconds, 6),
                "bytes_each": found.size,
            } | ({} if runner.source.packed else {"seconds": round(seconds, 1), "bytes": found.size * results}),
        })  # fmt: skip
        return
    copies = f" x {len(plan.epochs)} copies" if len(plan.epochs) > 1 else ""
    say(f"plan {plan.id}: {plan.samples} {unit}{copies} in {len(plan)} shards of {plan.size}")
    if len(shards) < len(plan):
        say(f"left: {results} {'packs' if runner.source.packed else 'results'} in {len(shards)} shards")
    if found.samples:
        each = f"{1000 * found.seconds:.1f} ms and {size(found.size)} a result"
        many = "1 process" if workers < 2 else f"{workers} processes"
        every = f"about {duration(seconds)} in {many}, {size(found.size * results)}"
        say(f"from {found.samples} samples: {each}; {'packs tell how many they hold' if runner.source.packed else every}")
    if found.failed:
        say(f"{found.failed} of the samples that were tried fail; run it to see why")


def size(count: float) -> str:
    """Return a number of bytes in the unit that fits it."""
    for unit in ("B", "kB", "MB", "GB", "TB"):
        if count < 1000:
            return f"{count:.3g} {unit}"
        count /= 1000
    return f"{count:.4g} PB"


def status_option(command: Any) -> Any:
    """--status DST, which needs nothing else."""
    return click.option(
        "--status", type=AnyPath(), metavar="DST", is_eager=True,
        expose_value=False, callback=_status, help="Say what stands in DST, what failed and why, and do nothing else.",
    )(command)  # fmt: skip


def _status(context: click.Context, _: Any, root: Path | None) -> None:
    if root is None or context.resilient_parsing:
        return
    from augment.shards.status import status_of

    found = list(status_of(root))
    for status in found:
        _tell(status, root)
    context.exit(0 if all(status.whole for status in found) else 1)


def _tell(status: Status, root: Path) -> None:
    from augment.cli.console import say

    source = status.described.get("source", {})
    packs = "packs" in source  # of which it is not known before how many samples they hold
    of = "" if packs else f" of {status.samples * len(status.epochs)}"
    say(f"plan {status.id}: {status.made}{of} results of {source.get('source', '?')} stand in {root}")
    left = f", {status.begun} begun" if status.begun else ""
    say(f"  {status.done} of {status.shards} shards are done{left}")
    for name in status.gone:
        say(f"{root / name}: is gone; --resume makes it again", label="gone", colour="yellow")
    for row in status.failed:
        say(row.error, label="failed", colour="red")
    if status.missing:
        what = "packs are missing, or their results" if packs else "results are missing"
        say(f"  {status.missing} {what}: the same call with --resume makes them")
