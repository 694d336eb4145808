"""Text specs in training code: functions for the ``map`` of Hugging Face datasets and of ``tf.data``, keyed like all else."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from augment.errors import SampleError

if TYPE_CHECKING:
    from augment.texts import KeyedTexts


class Examples:
    """A function of examples, as ``datasets.Dataset.map`` and ``with_transform`` call it.

    ``map(f, with_indices=True)`` keys each example by its index, with ``batched=True`` each of a batch; ``with_transform`` passes
    no index, so a column of whole numbers is named: ``f = t.examples(index="id")``. Without either, draws are new each time. In
    batches, ``copies`` makes so many versions of every example; their epochs are ``epoch * copies`` and on.
    """

    def __init__(self, transform: KeyedTexts, epoch: int = 0, copies: int = 1, index: str | None = None):
        if copies < 1:
            raise SampleError(f"makes at least one copy of an example, not {copies}")
        self.transform, self.epoch, self.copies, self.index = transform, epoch, copies, index

    def __call__(self, examples: Mapping[str, Any], indices: int | Sequence[int] | None = None) -> dict[str, Any]:
        if not isinstance(examples, Mapping):
            raise SampleError(f"takes an example, or a batch of them: a mapping of columns, not {type(examples).__name__}")
        if isinstance(indices, int | np.integer):
            return self._single(dict(examples), int(indices))
        columns = {name: list(column) for name, column in examples.items()}
        count = len(next(iter(columns.values()), []))
        keys = self._keys(columns, indices, count)
        made = [
            self._edited({name: column[i] for name, column in columns.items()}, None if keys is None else keys[i], copy)
            for i in range(count)
            for copy in range(self.copies)
        ]
        return {name: [sample[name] for sample in made] for name in columns}

    def _single(self, example: dict[str, Any], index: int) -> dict[str, Any]:
        if self.copies > 1:
            raise SampleError(f"makes {self.copies} examples of one, for which map needs batched=True")
        return self._edited(example, index, 0)

    def _keys(self, columns: Mapping[str, Sequence[Any]], indices: Sequence[int] | None, count: int) -> list[int] | None:
        if indices is not None:
            return [int(i) for i in indices]
        if self.index is None:
            return None
        if self.index not in columns:
            raise SampleError(f"the examples have no column {self.index!r} to key them by (they have: {', '.join(columns)})")
        return [int(i) for i in columns[self.index]]

    def _edited(self, example: dict[str, Any], index: int | None, copy: int) -> dict[str, Any]:
        if index is None:
            return self.transform(example)
        return self.transform.at(index, self.epoch * self.copies + copy)(example)


def tf_map(transform: KeyedTexts, dataset: Any, epoch: int = 0) -> Any:
    """Return a ``tf.data.Dataset`` of texts, of (text, label) pairs or of mappings, not batched, each keyed by its place.

    Texts are edited on the host, by ``tf.numpy_function``; what is no text passes as it is.
    """
    import tensorflow as tf

    spec = dataset.element_spec

    def text_of(index: Any, text: Any) -> Any:
        edited = tf.numpy_function(_edit_bytes(transform, epoch), [index, text], tf.string)
        edited.set_shape(text.shape)
        return edited

    def keyed(index: Any, *parts: Any) -> Any:
        element = parts[0] if len(parts) == 1 else parts
        if isinstance(element, tuple):
            return text_of(index, element[0]), *element[1:]
        if not isinstance(element, Mapping):
            return text_of(index, element)
        names = [name for name, part in element.items() if part.dtype == tf.string]
        edited = tf.numpy_function(
            _edit_sample(transform, epoch, names), [index, *(element[name] for name in names)], [tf.string] * len(names)
        )
        for name, text in zip(names, edited, strict=True):
            text.set_shape(element[name].shape)
        return {**element, **dict(zip(names, edited, strict=True))}

    first = spec[0] if isinstance(spec, tuple) else spec
    parts = first.values() if isinstance(first, Mapping) else [first]
    if not any(part.dtype == tf.string for part in parts):
        raise SampleError(f"the dataset has no texts (tf.string): its elements are {spec}")
    if any(part.dtype == tf.string and part.shape.rank for part in parts):
        raise SampleError("the texts of the dataset are in batches: map before .batch()")
    return dataset.enumerate().map(keyed, num_parallel_calls=tf.data.AUTOTUNE)


def _edit_bytes(transform: KeyedTexts, epoch: int) -> Callable[[Any, bytes], bytes]:
    return lambda index, text: transform.at(int(index), epoch)(text.decode()).encode()


def _edit_sample(transform: KeyedTexts, epoch: int, names: Sequence[str]) -> Callable[..., list[bytes]]:
    def edit(index: Any, *texts: bytes) -> list[bytes]:
        sample = dict(zip(names, (text.decode() for text in texts), strict=True))
        out = transform.at(int(index), epoch)(sample)
        return [out[name].encode() for name in names]

    return edit
