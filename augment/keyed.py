"""Keyed use of compiled objects: by index and epoch, over a dataset, and what every compiled object shows of itself."""

from __future__ import annotations

import inspect
import multiprocessing
import operator
import os
import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from multiprocessing.context import get_spawning_popen
from typing import Any

from augment.errors import SampleError
from augment.program.lower import Program
from augment.random import whole
from augment.spec.node import Pipeline


class Opened:
    """Mixin of every compiled object: it opens up. Needs ``program`` and ``backend_name``.

    It is one transform and no sequence: libraries take apart what they can iterate over. The ops are in ``spec``.
    """

    program: Program
    backend_name: str
    text_backend: str = "builtin"
    """What edits the texts of samples that have images, too."""

    @property
    def _backends(self) -> str | dict[str, str]:
        return self.backend_name if self.text_backend == "builtin" else {"image": self.backend_name, "text": self.text_backend}

    def __repr__(self) -> str:
        return self.describe()

    def _repr_html_(self) -> str:
        from augment.report.previews import card

        return card(self.program, self.backend_name, self.describe())

    @property
    def spec(self) -> Pipeline:
        """The spec that it was compiled from: ``len(t.spec)``, ``t.spec[0]`` and iteration give its ops."""
        return self.program.pipeline

    def fresh(self) -> int:
        """Return an index that keys an unkeyed call: of 62 bits, so that those of a batch may follow it."""
        return int.from_bytes(os.urandom(8), "little") >> 2

    @property
    def draws(self) -> bool:
        """Whether anything is drawn for a sample."""
        return bool(self.program.plan.slots)

    def expect(self, keys: Iterable[tuple[int, int]]) -> None:
        """Draw at once for samples, (epoch, index), that will be asked for."""
        self.program.expect(keys)

    def explain(self) -> str:
        """Return the program before and after the passes, with the spec line behind each step and the kernel that runs it."""
        from augment.explain import explain

        return explain(self.program, self._backends)

    def record(self, *, index: int, epoch: int = 0) -> dict[str, Any]:
        """Return the drawn parameters of a sample as JSON data, which `augment.replay` runs on any backend."""
        from augment.records import record_of

        return record_of(self.program, index=index, epoch=epoch)

    def preview(self, *args: Any, **options: Any) -> Any:
        """Show what it does; see `augment.preview`."""
        from augment.report.previews import preview

        return preview(self.spec, *args, backend=self._backends, **options)

    def describe(self) -> str:
        """The ops, one a line, with the bracket of each fused step, the kernel, the seed, and where keys come from."""
        from augment.explain import describe

        return describe(self.program, self._backends)


class Epoch:
    """An epoch that workers see, and how much they have read in it.

    It lives in shared memory, because a copy in a persistent worker would never change.
    """

    def __init__(self, epoch: int = 0):
        whole("epochs", epoch)
        # without a lock, which could not go to workers that are spawned; one aligned word is written at once
        self._shared = multiprocessing.get_context("spawn").RawArray("q", [epoch, 0, 0])  # the epoch, entries read, told

    def __reduce__(self) -> Any:
        if get_spawning_popen() is None:  # saved or copied, not on its way to a worker
            return type(self), (self.get(),)
        return _attached, (self._shared,)

    def get(self) -> int:
        return self._shared[0]

    def set(self, epoch: int) -> None:
        whole("epochs", epoch)
        self._shared[0], self._shared[1] = int(epoch), 0

    def read(self, count: int) -> int:
        """Count entries that are read; returns how many were since the epoch was set, or fewer where workers count at once."""
        self._shared[1] += count
        return self._shared[1]

    def tell(self) -> bool:
        """Whether this is the first time, in any worker, that something is to be told."""
        first = not self._shared[2]
        self._shared[2] = 1
        return first


def _attached(shared: Any) -> Epoch:
    """The epoch of another process."""
    epoch = Epoch.__new__(Epoch)
    epoch._shared = shared
    return epoch


class Over:
    """A dataset under a compiled transform, every sample keyed by its index and the epoch.

    ``over[i]`` is the augmented sample i; ``over.set_epoch(e)`` is seen by workers, also persistent ones;
    ``over[(epoch, i)]`` lets a sampler say both. Mix ops draw their partners from the dataset. With ``copies``, entry ``i`` is
    copy ``i % copies`` of sample ``i // copies``; the copies of an epoch are the epochs ``epoch * copies`` and on.

    Whoever reads it a second time without `set_epoch` is warned, once. What the dataset knows beside its entries (``classes``,
    ``targets``, ``coco``) is to be had here; its methods, which know of no augmentation, are those of ``over.dataset``.
    """

    each_epoch = "call over.set_epoch(e) before each epoch"
    """How to say which epoch begins."""

    def __init__(self, transform: Any, dataset: Any, copies: int = 1):
        if copies < 1:
            raise SampleError(f"makes at least one copy of a sample, not {copies}")
        self._transform, self.dataset, self.copies = transform, dataset, copies
        self._entries = by_position(dataset)
        self._epoch = Epoch()

    @property
    def transform(self) -> Any:
        """The compiled spec. It stays: loaders that set a ``transform`` of their own on a dataset, as timm's do, are told."""
        return self._transform

    @transform.setter
    def transform(self, other: Any) -> None:
        if other is not self._transform:
            fix = "what shall run before it is over.dataset.transform; what shall run after it belongs into the spec"
            warnings.warn(
                f"over.transform stays the compiled spec, and the {type(other).__name__} that was set is not run: {fix}",
                stacklevel=2,
            )

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
        self._count(at)
        return self._transform.keyed(self._entries, sample, epoch)

    def __getitems__(self, batch: Sequence[Any]) -> list[Any]:
        """The entries of a batch, as a `DataLoader` asks for them: their draws are made at once."""
        keys = [self._key(at) for at in batch]
        self._count(*batch)
        if len(keys) > 1:
            self._transform.expect(keys)
        return [self._transform.keyed(self._entries, sample, epoch) for epoch, sample in keys]

    def _key(self, at: Any) -> tuple[int, int]:
        """The epoch and the index of the sample that an entry is made of."""
        epoch, index = at if isinstance(at, tuple) and len(at) == 2 else (self.epoch, at)
        whole("epochs", epoch)
        try:
            if isinstance(index, bool):
                raise TypeError
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

    def _count(self, *asked: Any) -> None:
        """Warn, once, where entries are read again under an epoch that nobody has set since: what is drawn for them is the same.

        Half of the entries may be looked at beside a reading of all.
        """
        if not self._transform.draws:
            return
        count, own = len(self), sum(not isinstance(at, tuple) for at in asked)
        if own and (read := self._epoch.read(own)) > 1.5 * count and self._epoch.tell():
            what = f"{read} entries of {count} were read in epoch {self.epoch}, so some came again with the same draws"
            warnings.warn(f"{what}: {self.each_epoch}", stacklevel=3)

    def __iter__(self) -> Iterator[Any]:
        return (self[i] for i in range(len(self)))

    def __getattr__(self, name: str) -> Any:
        """What the dataset knows beside its entries. Raises `AttributeError` on what would give them without augmentation."""
        dataset = self.__dict__.get("dataset")
        if name.startswith("_") or dataset is None or isinstance(dataset, list | tuple) or hasattr(dataset, "__array__"):
            raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")
        found = getattr(dataset, name)
        if inspect.isroutine(found) and getattr(found, "__self__", None) is not None:
            raise AttributeError(f"{name} is a method of the dataset, which knows of no augmentation: over.dataset.{name}")
        if self.copies > 1 and hasattr(found, "__len__") and len(found) == len(self._entries):
            raise AttributeError(
                f"{name} has an entry for each of the dataset, and there are {self.copies} copies: over.dataset.{name}"
            )
        return found

    def __repr__(self) -> str:
        return f"Over({type(self.dataset).__name__}, {len(self)} samples, epoch {self.epoch})\n{self._transform!r}"


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
