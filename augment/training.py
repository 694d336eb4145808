"""Text specs in training code: functions for the ``map`` of Hugging Face datasets and of ``tf.data``, keyed like all else."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from augment.errors import SampleError
from augment.sample import claim

if TYPE_CHECKING:
    from augment.texts import KeyedTexts


class Examples:
    """A function of examples, as ``datasets.Dataset.map`` and ``with_transform`` call it.

    ``map(f, with_indices=True)`` keys each example by its index, with ``batched=True`` each of a batch; ``with_transform`` passes
    no index, so a column of whole numbers is named: ``f = t.examples(index="id")``. Without either, draws are new each time. In
    batches with indices, ``copies`` makes so many versions of every example; their epochs are ``epoch * copies`` and on.
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
        if indices is None and self.copies > 1:
            fix = "dataset.map(f, with_indices=True, batched=True) does; with_transform gives a row for each that it reads"
            raise SampleError(f"makes {self.copies} examples of one only where it may return more rows than it is given: {fix}")
        if any(isinstance(column, str) or not hasattr(column, "__len__") for column in examples.values()):
            fix = "map(..., with_indices=True), or batched=True for draws that are new"
            raise SampleError(f"one example has no key of its own: {fix}")
        columns = {name: list(column) for name, column in examples.items()}
        count = len(next(iter(columns.values()), []))
        keys = self._keys(columns, indices, count)
        made = [
            self._edited({name: column[i] for name, column in columns.items()}, None if keys is None else keys[i], copy, i)
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
        keys = columns[self.index]
        if wrong := [key for key in keys if not isinstance(key, int | np.integer)]:
            raise SampleError(f"the column {self.index!r} holds {wrong[0]!r}; whole numbers key examples")
        return [int(key) for key in keys]

    def _edited(self, example: dict[str, Any], index: int | None, copy: int, row: int | None = None) -> dict[str, Any]:
        """One example, which is in a ``row`` of a batch."""
        try:
            if index is None:
                return self.transform(example)
            return self.transform.at(index, self.epoch * self.copies + copy)(example)
        except SampleError as error:
            raise error.at(f"example {index}" if index is not None else f"row {row} of the batch") from None


def tf_map(transform: KeyedTexts, dataset: Any, epoch: int = 0, epochs: int = 1) -> Any:
    """Return a ``tf.data.Dataset`` of texts, of (text, label) pairs or of mappings, not batched, each keyed by its place.

    It holds ``epochs`` epochs from ``epoch`` on, one after the other; iterated again it gives the same, so that Keras' ``fit``
    sees new draws in each of its epochs where it gets all of them and ``steps_per_epoch``. Texts are edited on the host, by
    ``tf.numpy_function``; what is no text passes as it is.

    Raises `SampleError` on what is no such dataset, and on samples with spans, whose number changes: `over` has them.
    """
    import tensorflow as tf

    if not hasattr(dataset, "element_spec"):
        fix = "tf.data.Dataset.from_tensor_slices(texts) makes one"
        raise SampleError(f"tf_map takes a tf.data.Dataset, not {type(dataset).__name__}: {fix}")
    spec = dataset.element_spec
    first = spec[0] if isinstance(spec, tuple) else spec
    parts = list(first.values()) if isinstance(first, Mapping) else [first]
    _refuse_spans(transform, first if isinstance(first, Mapping) else {})
    if not any(part.dtype == tf.string for part in parts):
        raise SampleError(f"the dataset has no texts (tf.string): its elements are {spec}")
    if any(part.dtype == tf.string and part.shape.rank for part in parts):
        raise SampleError("the texts of the dataset are in batches: map before .batch()")

    def edited(epoch: Any, index: Any, value: Any) -> Any:
        if not isinstance(value, Mapping):
            return edited(epoch, index, {"text": value})["text"]
        names = [name for name, part in value.items() if part.dtype == tf.string]
        texts = tf.numpy_function(_edit(transform, names), [epoch, index, *(value[n] for n in names)], [tf.string] * len(names))
        for text in texts:
            text.set_shape(())
        return {**value, **dict(zip(names, texts, strict=True))}

    def one_epoch(number: Any) -> Any:
        def keyed(index: Any, *parts: Any) -> Any:
            element = parts[0] if len(parts) == 1 else parts
            if isinstance(element, tuple):
                return edited(number, index, element[0]), *element[1:]
            return edited(number, index, element)

        return dataset.enumerate().map(keyed, num_parallel_calls=tf.data.AUTOTUNE)

    return tf.data.Dataset.range(epoch, epoch + epochs).flat_map(one_epoch)


def _refuse_spans(transform: KeyedTexts, entries: Mapping[str, Any]) -> None:
    """Raise `SampleError` on spans that the spec declares or the elements hold, and on entries that could hold some."""
    declared = transform.program.pipeline.targets
    targets = {**declared, **claim(entries, declared)}
    spans = [name for name, target in targets.items() if target.kind == "spans"]
    nested = [name for name, part in entries.items() if not hasattr(part, "dtype")]
    if spans or nested:
        what = f"{spans[0]} is spans" if spans else f"{nested[0]!r} holds entries of its own"
        fix = "edit before: edit.over(samples), as tf.data.Dataset.from_generator reads it"
        raise SampleError(f"{what}, which tf_map would leave as they are while the text changes: {fix}")


def _edit(transform: KeyedTexts, names: Sequence[str]) -> Callable[..., list[bytes]]:
    """What edits the texts of one element, alone if that is all there is of it."""

    def edit(epoch: Any, index: Any, *texts: bytes) -> list[bytes]:
        keyed = transform.at(int(index), int(epoch))
        if tuple(names) == ("text",):
            return [keyed(texts[0].decode()).encode()]
        out = keyed(dict(zip(names, (text.decode() for text in texts), strict=True)))
        return [out[name].encode() for name in names]

    return edit
