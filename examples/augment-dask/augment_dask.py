"""Dask as an engine of ``augment apply``: ``--engine dask``, on this machine or on a cluster (``--address tcp://...``)."""

from __future__ import annotations

from collections.abc import Generator, Iterable

from augment import hookimpl
from augment.shards import Engine, Receipt, Shard, Work
from augment.shards.engine import Means


class Dask(Engine):
    name = "dask"
    about = "Dask, on this machine or on a cluster (--address)"
    requires = ("distributed",)
    install = "pip install distributed"

    def map(self, work: Work, shards: Iterable[Shard], means: Means) -> Generator[Receipt, None, None]:
        from distributed import Client, as_completed

        local = {"n_workers": means.workers or None, "threads_per_worker": 1, "dashboard_address": None}
        with Client(means.address) if means.address else Client(**local) as client:
            futures = client.map(work, list(shards), pure=False, retries=3)
            for future in as_completed(futures):
                yield future.result()
                future.release()


@hookimpl
def register_engines() -> list[Engine]:
    return [Dask()]
