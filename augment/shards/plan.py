"""What is done in one piece: samples in their order, in shards whose size does not depend on the workers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

MOST = 1000
"""Samples of a shard, unless another size is asked for."""
PIECES = 64
"""How many shards a small source is cut into at least, so that many workers have something to do."""


def size_for(count: int) -> int:
    """Return how many samples a shard has, for so many samples."""
    return max(1, min(MOST, -(-count // PIECES)))


@dataclass(frozen=True, order=True)
class Shard:
    """The samples from ``start`` up to ``stop``, the end excluded, in one epoch."""

    epoch: int
    number: int
    start: int
    stop: int

    @property
    def name(self) -> str:
        """What its receipt is called; that of its results, too, where they are one file."""
        return f"{self.epoch}-{self.number:06}"

    def __len__(self) -> int:
        return self.stop - self.start


@dataclass(frozen=True)
class Plan(Sequence[Shard]):
    """All shards of a job, epoch by epoch. Each is made when it is asked for, so a plan of any size takes no memory.

    ``id`` stands for all that decides on the bytes of results: spec, seed, stage, backends, encoding and the source.
    """

    id: str
    samples: int
    size: int
    epochs: tuple[int, ...] = (0,)

    @property
    def each(self) -> int:
        """How many shards an epoch has."""
        return -(-self.samples // self.size)

    def __len__(self) -> int:
        return self.each * len(self.epochs)

    def __getitem__(self, at):  # type: ignore[no-untyped-def]
        if isinstance(at, slice):
            return [self[i] for i in range(*at.indices(len(self)))]
        if not -len(self) <= at < len(self):
            raise IndexError(at)
        epoch, number = divmod(at % len(self), self.each)
        start = number * self.size
        return Shard(self.epochs[epoch], number, start, min(start + self.size, self.samples))

    def __iter__(self) -> Iterator[Shard]:
        return (self[i] for i in range(len(self)))
