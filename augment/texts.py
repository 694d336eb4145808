"""Use of a compiled text spec: on a text, a list of texts or a sample, keyed or not, alone or over a dataset."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
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
        self._leaves = [leaf for step in program.steps for leaf in step.leaves]

    def __call__(self, data: Any) -> Any:
        count = len(data) if _is_list(data) else 1
        words = np.frombuffer(os.urandom(8 * count), np.uint32).reshape(2, count)
        return self._edit(data, self.program.plan.draw((words[0], words[1])))

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

    def tf_map(self, dataset: Any, epoch: int = 0) -> Any:
        """Return a ``tf.data.Dataset`` of texts, augmented by place; see `augment.training.tf_map`."""
        return tf_map(self, dataset, epoch)

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
            return self._one(data, *_rows(drawn, 1))
        rows = _rows(drawn, len(data))
        if all(type(entry) is str for entry in data):
            return edit_texts(self._leaves, data, rows, self.executor.editor)
        return [self._one(entry, values) for entry, values in zip(data, rows, strict=True)]

    def _one(self, entry: Any, values: Any) -> Any:
        if isinstance(entry, str):
            return edit_texts(self._leaves, [entry], [values], self.executor.editor)[0]
        if isinstance(entry, Mapping):
            return self.executor(entry, values)
        fix = "; decode it: .decode('utf-8')" if isinstance(entry, bytes) else ""
        raise SampleError(f"takes a text, a list of texts, or a sample such as {{'text': text}}, not {type(entry).__name__}{fix}")


def _is_list(data: Any) -> bool:
    return isinstance(data, list | tuple | np.ndarray)


def _rows(drawn: Mapping[str, Mapping[str, Any]], count: int) -> list[dict[str, dict[str, Any]]]:
    """The values of each entry, from those of all of them; as plain numbers, with which Python is quicker than with NumPy's."""
    rows: list[dict[str, dict[str, Any]]] = [{} for _ in range(count)]
    for key, fields in drawn.items():
        names = tuple(fields)
        columns = (column.tolist() if column.ndim == 1 else column for column in fields.values())
        for row, numbers in zip(rows, zip(*columns, strict=True), strict=True):
            row[key] = dict(zip(names, numbers, strict=True))
    return rows
