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
from augment.program.texts import edit_text


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

    def over(self, dataset: Any) -> Over:
        """Return the dataset, augmented by key."""
        return Over(self, dataset)

    def keyed(self, dataset: Any, index: int, epoch: int) -> Any:
        """Return entry ``index`` of a dataset, augmented."""
        if not self.program.mixes:
            return self.at(index, epoch)(dataset[index])
        donors = Donors(self.executor, dataset, epoch)
        return self.executor(dataset[index], self.program.values(index, epoch), donors.of(index))

    def collate(self, samples: list[Mapping[str, Any]], indices: Any = None, epoch: int = 0) -> list[dict[str, Any]]:
        """Augment a list of samples whose mix partners are each other."""
        return collate_samples(self.executor, samples, range(len(samples)) if indices is None else indices, epoch)

    def _edit(self, data: Any, drawn: Mapping[str, Any]) -> Any:
        """``drawn`` are the values of one entry, or of each of a list: their fields have a leading axis."""
        if not _is_list(data):
            return self._one(data, _row(drawn, 0))
        return [self._one(entry, _row(drawn, i)) for i, entry in enumerate(data)]

    def _one(self, entry: Any, values: Any) -> Any:
        if isinstance(entry, str):
            return edit_text(self._leaves, entry, values, self.executor.editor)
        if isinstance(entry, Mapping):
            return self.executor(entry, values)
        fix = "; decode it: .decode('utf-8')" if isinstance(entry, bytes) else ""
        raise SampleError(f"takes a text, a list of texts, or a sample such as {{'text': text}}, not {type(entry).__name__}{fix}")


def _is_list(data: Any) -> bool:
    return isinstance(data, list | tuple | np.ndarray)


def _row(drawn: Mapping[str, Any], i: int) -> dict[str, dict[str, Any]]:
    return {key: {name: values[i] for name, values in fields.items()} for key, fields in drawn.items()}
