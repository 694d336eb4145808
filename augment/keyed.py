"""Keyed use of compiled objects: by index and epoch, over a dataset, and what every compiled object shows of itself."""

from __future__ import annotations

import multiprocessing
import operator
from collections.abc import Iterator, Mapping, Sequence
from multiprocessing.context import get_spawning_popen
from typing import Any

import numpy as np

from augment.errors import SampleError
from augment.program.execute import Executor, State
from augment.program.lower import Program
from augment.random import whole
from augment.spec.node import Node, Pipeline


class Opened:
    """Mixin of every compiled object: it opens up. Needs ``program`` and ``backend_name``."""

    program: Program
    backend_name: str
    text_backend: str = "builtin"
    """What edits the texts of samples that have images, too."""

    @property
    def _backends(self) -> str | dict[str, str]:
        return self.backend_name if self.text_backend == "builtin" else {"image": self.backend_name, "text": self.text_backend}

    def __len__(self) -> int:
        return len(self.spec)

    def __bool__(self) -> bool:
        return True

    def __iter__(self) -> Iterator[Node]:
        return iter(self.spec)

    def __getitem__(self, at: int | slice) -> Any:
        return self.spec[at]

    def __repr__(self) -> str:
        return self.describe()

    def _repr_html_(self) -> str:
        from augment.previews import card

        return card(self.program, self.backend_name, self.describe())

    @property
    def spec(self) -> Pipeline:
        """The spec that it was compiled from."""
        return self.program.pipeline

    def explain(self) -> str:
        """Return the program before and after the passes, with the spec line behind each step and the kernel that runs it."""
        from augment.explain import explain

        return explain(self.program, self._backends)

    def record(self, *, index: int, epoch: int = 0) -> dict[str, Any]:
        """Return the drawn parameters of a sample as JSON data, which `augment.replay` runs on any backend."""
        from augment.compiler import record_of

        return record_of(self.program, index=index, epoch=epoch)

    def preview(self, *args: Any, **options: Any) -> Any:
        """Show what it does; see `augment.preview`."""
        from augment.previews import preview

        return preview(self.spec, *args, backend=self._backends, **options)

    def describe(self) -> str:
        """The ops, one a line, with the bracket of each fused step, the kernel, the seed, and where keys come from."""
        from augment.explain import describe

        return describe(self.program, self._backends)


class Epoch:
    """An epoch that workers see: it lives in shared memory, because a copy in a persistent worker would never change."""

    def __init__(self, epoch: int = 0):
        whole("epochs", epoch, 2**32)
        # without a lock, which could not go to workers that are spawned; one aligned word is written at once
        self._value = multiprocessing.get_context("spawn").RawValue("q", epoch)

    def __reduce__(self) -> Any:
        if get_spawning_popen() is None:  # saved or copied, not on its way to a worker
            return type(self), (self.get(),)
        return _attached, (self._value,)

    def get(self) -> int:
        return self._value.value

    def set(self, epoch: int) -> None:
        whole("epochs", epoch, 2**32)
        self._value.value = int(epoch)


def _attached(value: Any) -> Epoch:
    """The epoch of another process."""
    epoch = Epoch.__new__(Epoch)
    epoch._value = value
    return epoch


def partner_index(uniform: float, index: int, count: int) -> int:
    """Return which of ``count`` samples is mixed with sample ``index``: any other, equally likely."""
    if count < 2:
        return index
    return (index + 1 + int(np.float32(uniform) * np.float32(count - 1))) % count


class Donors:
    """Brings other samples of a dataset to a step of a program, each under its own key."""

    def __init__(self, executor: Executor, samples: Any, epoch: int):
        self.executor, self.samples, self.epoch = executor, samples, epoch

    def of(self, index: int) -> Any:
        """Return the donor function of sample ``index``."""

        def donor(uniform: float, step: int) -> State:
            other = partner_index(uniform, index, len(self.samples))
            values = self.executor.program.values(other, self.epoch)
            state = self.executor.start(self.samples[other], values)
            return self.executor.bring(state, step, self.of(other))

        return donor


class Over:
    """A dataset under a compiled transform, every sample keyed by its index and the epoch.

    ``over[i]`` is the augmented sample i; ``over.set_epoch(e)`` is seen by workers, also persistent ones;
    ``over[(epoch, i)]`` lets a sampler say both. Mix ops draw their partners from the dataset. With ``copies``, entry ``i`` is
    copy ``i % copies`` of sample ``i // copies``; the copies of an epoch are the epochs ``epoch * copies`` and on.
    """

    def __init__(self, transform: Any, dataset: Any, copies: int = 1):
        if copies < 1:
            raise SampleError(f"makes at least one copy of a sample, not {copies}")
        self.transform, self.dataset, self.copies = transform, dataset, copies
        self._entries = by_position(dataset)
        self._epoch = Epoch()

    def set_epoch(self, epoch: int) -> None:
        """Use another epoch, a whole number from 0 on, in all workers."""
        self._epoch.set(epoch)

    @property
    def epoch(self) -> int:
        return self._epoch.get()

    def __len__(self) -> int:
        return len(self._entries) * self.copies

    def __getitem__(self, at: Any) -> Any:
        epoch, sample = self._key(at)
        return self.transform.keyed(self._entries, sample, epoch)

    def __getitems__(self, batch: Sequence[Any]) -> list[Any]:
        """The entries of a batch, as a `DataLoader` asks for them: their draws are made at once."""
        keys = [self._key(at) for at in batch]
        if len(keys) > 1:
            self.transform.program.expect(keys)
        return [self.transform.keyed(self._entries, sample, epoch) for epoch, sample in keys]

    def _key(self, at: Any) -> tuple[int, int]:
        """The epoch and the index of the sample that an entry is made of."""
        epoch, index = at if isinstance(at, tuple) and len(at) == 2 else (self.epoch, at)
        try:
            index = operator.index(index)
        except TypeError:
            fix = "; of several: [over[i] for i in range(2)]" if isinstance(index, slice) else ""
            raise SampleError(f"over[i] and over[epoch, i] take whole numbers, not {index!r}{fix}") from None
        if index < 0:
            index += len(self)
        if not 0 <= index < len(self):
            raise IndexError(index)
        sample, copy = divmod(index, self.copies)
        return epoch * self.copies + copy, sample

    def __iter__(self) -> Iterator[Any]:
        return (self[i] for i in range(len(self)))

    def __repr__(self) -> str:
        return f"Over({type(self.dataset).__name__}, {len(self)} samples, epoch {self.epoch})\n{self.transform!r}"


def by_position(dataset: Any) -> Any:
    """Return what gives entry i of a dataset by ``[i]``, from 0 on; a pandas Series would go by its labels.

    Raises `SampleError` on what has no entries in an order.
    """
    kind = type(dataset).__name__
    if hasattr(dataset, "iloc"):
        if dataset.ndim == 1:
            return dataset.array
        raise SampleError(f"over: a {kind} has columns, not samples: frame['text'], or frame.to_dict('records')")
    if isinstance(dataset, str | bytes):
        raise SampleError(f"over: a text is no dataset ({dataset[:20]!r}): call the transform on it, or give a list of texts")
    if isinstance(dataset, Mapping):
        fix = f"give one of its entries ({', '.join(map(str, dataset))}), or a list of samples"
        raise SampleError(f"over: a mapping ({kind}) has no order: {fix}")
    if not hasattr(dataset, "__len__") or not hasattr(dataset, "__getitem__"):
        fix = "list(it) makes a dataset; a stream of datasets has map(t.examples(), with_indices=True)"
        raise SampleError(f"over: takes what has a length and gives entry i by [i], not {kind}: {fix}")
    return dataset


def collate_samples(executor: Executor, samples: list[Mapping[str, Any]], indices: Any, epoch: int) -> list[dict[str, Any]]:
    """Run a program on a list of samples whose mix partners are each other; ``indices`` key them."""
    return collate_drawn(executor, samples, [executor.program.values(int(i), epoch) for i in indices])


def collate_drawn(executor: Executor, samples: list[Mapping[str, Any]], drawn: list[Any]) -> list[dict[str, Any]]:
    """The same with the drawn values of each sample."""
    count = len(samples)

    def donor_of(at: int) -> Any:
        def donor(uniform: float, step: int) -> State:
            other = partner_index(uniform, at, count)
            state = executor.start(samples[other], drawn[other])
            return executor.bring(state, step, donor_of(other))

        return donor

    return [executor(sample, values, donor_of(i)) for i, (sample, values) in enumerate(zip(samples, drawn, strict=True))]
