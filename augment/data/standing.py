"""What stands of a job where its results go, by the names that they have, and by receipts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from augment.data.folder import Folder
from augment.data.opening import Job
from augment.data.packed import Packs
from augment.data.packs import PACKS
from augment.data.source import Source
from augment.data.tree import real
from augment.data.unpacking import stem_of
from augment.errors import FileError
from augment.files.remote import finder
from augment.shards import Plan, Receipts, Row, Shard
from augment.shards.status import STATE


class Standing:
    """What stands of a job, as it was when that was last asked as a whole."""

    def __init__(self, job: Job, source: Source, plan: Plan, receipts: Receipts):
        self.job, self.source, self.plan, self.receipts = job, source, plan, receipts
        self.pack = PACKS.get(job.output.pack)
        self.exists = finder(job.output.root)

    def taken(self) -> list[Path]:
        """Return what stands where results may go; raises `FileError` where that is what they are made from."""
        self.exists = finder(self.job.output.root)
        taken = [place for place in self._places() if self.exists(place)]
        sources = {real(path) for path in self._inputs()} if taken else ()
        if own := next((place for place in taken if real(place) in sources), None):
            raise FileError(f"{own}: the result would replace the file that it is made from; choose another folder")
        return taken

    def _inputs(self) -> Iterator[Path]:
        """The files that samples are made from."""
        if isinstance(self.source, Packs):
            yield from self.source.files
        elif isinstance(self.source, Folder):
            files = (file for item in self.source.items for file in (item.image, item.mask, item.labels))
            yield from (file for file in files if isinstance(file, Path))

    def _places(self) -> Iterator[Path]:
        """Where results may go: for files that come of packs, those of former runs, since their names are not known before."""
        if self.pack:
            yield from map(self.packed, self.plan)
        elif isinstance(self.source, Folder):
            for epoch in self.job.epochs:
                for item in self.source.items:
                    yield from self.job.output.places(self.source, item, epoch)
        else:
            yield from (self.job.output.root / name for _, row in self._former() for name in row.files)

    def _former(self) -> Iterator[tuple[int, Row]]:
        """Yield what former calls made where results of these packs go, with the epoch, of whatever source that was."""
        assert isinstance(self.source, Packs)
        stems, at = set(map(stem_of, self.source.files)), int(self.job.output.parted)
        for state in (self.job.output.root / STATE).glob("*"):
            for receipt in Receipts(state).every():
                for row in receipt.rows:
                    if any(stems.intersection(name.split("/")[at : at + 1]) for name in row.files):
                        yield receipt.shard.epoch, row

    def packed(self, shard: Shard) -> Path:
        """Where the file of a shard goes."""
        assert self.pack
        return self.job.output.root / self.pack.file(shard, self.job.output.numbered)

    def is_done(self, shard: Shard) -> bool:
        """Whether a shard is done, and all that its receipt tells of is still there."""
        if self.pack:
            end = self.receipts.ending(shard)
            return end is not None and not end.failed and self.exists(self.packed(shard))
        receipt = self.receipts.of(shard)
        return receipt is not None and not receipt.failed and all(map(self.is_whole, receipt.rows))

    def is_whole(self, row: Row) -> bool:
        return all(self.exists(self.job.output.root / name) for name in row.files)

    def of(self, epoch: int) -> Iterator[bool]:
        """For each sample, whether its picture, which is written last, is there."""
        if self.pack:
            shards = (shard for shard in self.plan if shard.epoch == epoch)
            return (there for shard in shards for there in [self.exists(self.packed(shard))] * len(shard))
        if isinstance(self.source, Folder):
            return (any(map(self.exists, self.job.output.images(item, epoch))) for item in self.source.items)
        return (self.is_whole(row) for own, row in self._former() if own == epoch)

    def kept(self, shards: list[Shard]) -> int:
        """Return how many results are kept where these shards are worked."""
        if not self.source.packed:
            return self.source.units * len(self.job.epochs) - sum(map(len, shards))
        left = set(shards)
        ends = (self.receipts.ending(shard) for shard in self.plan if shard not in left)
        return sum(end.rows for end in ends if end)

    def count(self) -> int:
        """Return how many results are there."""
        self.exists = finder(self.job.output.root)
        return sum(found for epoch in self.job.epochs for found in self.of(epoch))
