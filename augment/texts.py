"""Use of a compiled text spec: on a text, a list of texts or a sample, keyed or not, alone or over a dataset."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from augment.backend import Options
from augment.errors import SampleError
from augment.keyed import Donors, Opened, Over, collate_samples
from augment.plugins import editor_of
from augment.program.execute import Executor
from augment.program.lower import Program
from augment.program.texts import edit_texts
from augment.training import Examples, tf_map


class KeyedTexts(Opened):
    """Mixin of compiled text specs: what they are called on comes back in the form that it had.

    A text alone is the target ``text``. A list of texts draws for each of them; in a sample, all texts share one key.
    """

    def __init__(self, program: Program, options: Options):
        self.program, self.options = program, options
        self.executor = Executor(program, None, editor_of(program, options.text))
        self._generator: tuple[int, np.random.Generator] | None = None
        self._leaves = [leaf for step in program.steps for leaf in step.leaves]

    def __call__(self, data: Any) -> Any:
        count = len(data) if _is_list(data) else 1
        words = self._words(count)
        return self._edit(data, self.program.plan.draw((words[0], words[1])))

    def set_random_seed(self, seed: int | None) -> None:
        """Seed the unkeyed draws of this object, as Albumentations' objects have it; None draws from the operating system again.

        The spec's seed is for keys. A copy in a worker draws anew: what must be the same there is keyed, by `at` or `over`.
        """
        self._generator = None if seed is None else (os.getpid(), np.random.default_rng(seed))

    def _words(self, count: int) -> np.ndarray:
        """Fresh key words (2, count)."""
        if self._generator is not None and self._generator[0] == os.getpid():
            return self._generator[1].integers(2**32, size=(2, count), dtype=np.uint32)
        return np.frombuffer(os.urandom(8 * count), np.uint32).reshape(2, count)

    def at(self, index: int | Sequence[int], epoch: int | Sequence[int] = 0) -> Any:
        """Return the transform under a key: of one text or sample, or of a list: those of ``index``, or from ``index`` on."""

        def keyed(data: Any) -> Any:
            count = len(data) if _is_list(data) else 1
            indices = np.asarray(index) + (np.arange(count) if np.ndim(index) == 0 else 0)
            if indices.shape != (count,):
                raise SampleError(f"at: {indices.size} indices for {count} texts")
            return self._edit(data, self.program.values(indices, np.broadcast_to(np.asarray(epoch), (count,))))

        return keyed

    def over(self, dataset: Any, copies: int = 1) -> Over:
        """Return the dataset, augmented by key; with so many ``copies`` of every entry, which stand together."""
        return Over(self, dataset, copies)

    def examples(self, epoch: int = 0, copies: int = 1, index: str | None = None) -> Examples:
        """Return the function that ``datasets.Dataset.map`` and ``with_transform`` call; see `augment.training.Examples`."""
        return Examples(self, epoch, copies, index)

    def tf_map(self, dataset: Any, epoch: int = 0, epochs: int = 1) -> Any:
        """Return a ``tf.data.Dataset`` of texts, augmented by place; see `augment.training.tf_map`."""
        return tf_map(self, dataset, epoch, epochs)

    def keyed(self, dataset: Any, index: int, epoch: int) -> Any:
        """Return entry ``index`` of a dataset, augmented."""
        entry = dataset[index]
        if self.program.mixes:
            return self.executor(entry, self.program.values(index, epoch), Donors(self.executor, dataset, epoch).of(index))
        return self.at(index, epoch)(entry) if _is_list(entry) else self._one(entry, self.program.values(index, epoch))

    def collate(self, samples: list[Mapping[str, Any]], indices: Any = None, epoch: int = 0) -> list[dict[str, Any]]:
        """Augment a list of samples whose mix partners are each other."""
        return collate_samples(self.executor, samples, range(len(samples)) if indices is None else indices, epoch)

    def _edit(self, data: Any, drawn: Mapping[str, Any]) -> Any:
        """``drawn`` are the values of one entry, or of each of a list: their fields have a leading axis."""
        if not _is_list(data):
            return self._one(data, *_entries(drawn, drawn, 1))
        count = len(data)
        if set(map(type, data)) <= {str}:
            return edit_texts(self._leaves, data, lambda keys: _entries(drawn, keys, count), self.executor.editor)
        return [self._one(entry, values) for entry, values in zip(data, _entries(drawn, drawn, count), strict=True)]

    def _one(self, entry: Any, values: Any) -> Any:
        if isinstance(entry, str):
            return edit_texts(self._leaves, [entry], lambda keys: [values], self.executor.editor)[0]
        if isinstance(entry, Mapping):
            return self.executor(entry, values)
        fix = "; decode it: .decode('utf-8')" if isinstance(entry, bytes) else ""
        raise SampleError(f"takes a text, a list of texts, or a sample such as {{'text': text}}, not {type(entry).__name__}{fix}")


def _is_list(data: Any) -> bool:
    return isinstance(data, list | tuple | np.ndarray)


def _entries(drawn: Mapping[str, Mapping[str, Any]], keys: Iterable[str], count: int) -> Iterator[dict[str, dict[str, Any]]]:
    """The values of each entry, of some keys, from those of all entries; each is made when its turn comes."""
    keys = tuple(keys)
    return (dict(zip(keys, own, strict=True)) for _, *own in zip(range(count), *(_each(drawn[k]) for k in keys), strict=True))


def _each(fields: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """The fields of each entry; as plain numbers, with which Python is quicker than with NumPy's."""
    names = tuple(fields)
    columns = (column.tolist() if column.ndim == 1 else column for column in fields.values())
    return (dict(zip(names, numbers, strict=True)) for numbers in zip(*columns, strict=True))
