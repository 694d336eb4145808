"""What a job will take, from a few of its samples, before anything is written."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from augment.data.form import Item
from augment.data.job import Runner
from augment.errors import AugmentError
from augment.shards import Shard

SOME = 10


@dataclass(frozen=True)
class Estimate:
    """Of one result."""

    samples: int
    """How many it is made from."""
    seconds: float
    size: int
    """Bytes of its files."""
    failed: int = 0
    """How many of the samples failed, and say nothing."""


def estimate(runner: Runner, shards: list[Shard]) -> Estimate:
    """Make some samples from all over the shards, and write none of them."""
    seconds, size, failed = [], [], 0
    for epoch, at, item in _chosen(runner, shards):
        begun = time.perf_counter()
        try:
            sample, _ = runner.make(item, at, epoch)
            files = runner.job.output.fields(runner.source, item, epoch, sample)
        except AugmentError:
            failed += 1
            continue
        seconds.append(time.perf_counter() - begun)
        size.append(sum(map(len, files.values())))
    seconds = seconds[1:] or seconds  # the first loads what it needs
    made = len(size)
    return Estimate(made, sum(seconds) / max(1, len(seconds)), sum(size) // max(1, made), failed)


def _chosen(runner: Runner, shards: list[Shard]) -> Iterator[tuple[int, int, Item]]:
    """Yield some samples with their epochs and places; of packs the first ones, since what stands behind is far to read."""
    places = [(shard.epoch, unit) for shard in shards for unit in (shard.start, shard.stop - 1)]
    chosen = sorted(set(places[:: max(1, len(places) // SOME)]))[:SOME]
    for epoch, unit in chosen:
        each = -(-SOME // len(chosen)) if runner.source.packed else 1
        items = enumerate(islice(runner.source.items_of(unit), each))
        yield from ((epoch, runner.place(unit, number), item) for number, item in items)
