"""A compiled spec with views: one sample becomes several, each with its targets, all under one key."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from augment.keyed import Over
from augment.random import keyed_index
from augment.spec.node import Pipeline
from augment.spec.views import told_of


class Views:
    """``t(sample)`` draws anew each time; ``t.at(index, epoch)(sample)`` and ``t.over(dataset)`` are keyed.

    It is called as what the backend compiles of a spec without views, and returns a mapping: what becomes of the sample in each
    view, by its name, and a list where the spec makes several of the name. What is drawn for the common pipeline is the same in
    all of them. ``t.parts`` has the objects of the views, each of which is complete without the others.
    """

    def __init__(self, spec: Pipeline, parts: Mapping[str, Any]):
        self.spec, self.parts = spec, dict(parts)

    @property
    def _every(self) -> list[Any]:
        return [one for part in self.parts.values() for one in (part if isinstance(part, list) else [part])]

    def _each(self, run: Callable[[Any], Any]) -> dict[str, Any]:
        """What a function makes of the object of each view; its errors tell paths of the whole spec."""
        common = len(self.spec.pipeline)
        out: dict[str, Any] = {}
        for name, part in self.parts.items():
            told = told_of(name, common)(run)
            out[name] = list(map(told, part)) if isinstance(part, list) else told(part)
        return out

    # Calls -----------------------------------------------------------------------------------------------------------

    def __call__(self, *sample: Any, **entries: Any) -> Any:
        return self.at(self.fresh())(*sample, **entries)

    def at(self, index: Any = None, epoch: Any = 0, *, key: Any = None) -> Callable[..., dict[str, Any]]:
        """Return the transform of one sample (or batch, where the backend takes one), drawn by its index, or by its
        name, ``key``."""
        index = keyed_index(index, key)
        keyed = {id(part): part.at(index, epoch) for part in self._every}
        return lambda *sample, **entries: self._each(lambda part: keyed[id(part)](*sample, **entries))

    def fresh(self) -> int:
        """Return an index that keys an unkeyed call, from where the backend draws its own."""
        return next((part for part in self._every if part.draws), self._every[0]).fresh()

    # Datasets --------------------------------------------------------------------------------------------------------

    def over(self, dataset: Any) -> Any:
        """Return the dataset, augmented by key: its entries are mappings of views."""
        return Over(self, dataset)

    def keyed(self, dataset: Any, index: int, epoch: int) -> dict[str, Any]:
        """Return entry ``index`` of a dataset, augmented; it is read once for all views."""
        once = Once(dataset)
        return self._each(lambda part: part.keyed(once, index, epoch))

    def collate(self, samples: list[Any], indices: Any = None, epoch: int = 0) -> dict[str, Any]:
        """Augment a list of samples whose mix partners are each other; of each view comes what the backend's own `collate`
        returns."""
        if indices is None:
            first = self.fresh()
            indices = range(first, first + len(samples))
        return self._each(lambda part: part.collate(samples, indices, epoch))

    @property
    def draws(self) -> bool:
        """Whether anything is drawn for a sample."""
        return any(part.draws for part in self._every)

    def expect(self, keys: Iterable[tuple[int, int]]) -> None:
        """Draw at once for samples, (epoch, index), that will be asked for."""
        keys = list(keys)
        for part in self._every:
            part.expect(keys)

    # What it shows of itself -----------------------------------------------------------------------------------------

    def explain(self) -> str:
        """Return the program of each view, under its name."""
        return _titled(self._each(lambda part: part.explain()))

    def record(self, *, index: int, epoch: int = 0) -> dict[str, Any]:
        """Return the drawn parameters of a sample as JSON data, which `augment.replay` runs on any backend."""
        return {"version": 1, "views": self._each(lambda part: part.record(index=index, epoch=epoch))}

    def describe(self) -> str:
        """The ops of each view, one a line; of several of a name, those of the first."""
        return _titled({name: part[:1] if isinstance(part, list) else part for name, part in self._each(_described).items()})

    def __repr__(self) -> str:
        return self.describe()


class Once:
    """A dataset of which each entry is read once."""

    def __init__(self, dataset: Any):
        self.dataset = dataset
        self._read: dict[Any, Any] = {}

    def __len__(self) -> int:
        return len(self.dataset)

    def __getitem__(self, index: Any) -> Any:
        if index not in self._read:
            self._read[index] = self.dataset[index]
        return self._read[index]


def _described(part: Any) -> str:
    return part.describe()


def _titled(texts: Mapping[str, Any]) -> str:
    rows = []
    for name, text in texts.items():
        several = text if isinstance(text, list) else [text]
        rows += [f"{name if several is not text or len(text) == 1 else f'{name}[{i}]'}: {one}" for i, one in enumerate(several)]
    return "\n".join(rows)


__all__ = ["Views"]
