"""Text specs in training code: functions for the ``map`` of Hugging Face datasets and of ``tf.data``, keyed like all else."""

from __future__ import annotations

import sys
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from augment.errors import SampleError
from augment.random import whole
from augment.sample import claim

if TYPE_CHECKING:
    from augment.texts import KeyedTexts


class Examples:
    """A function of examples, as ``datasets.Dataset.map`` and ``with_transform`` call it.

    ``map(f, with_indices=True)`` keys each example by its index, with ``batched=True`` each of a batch; ``with_transform`` passes
    no index, so a column of whole numbers is named: ``f = t.examples(index="id")``. Without either, draws are new each time that
    it is called, which ``map`` does once, as its cache keeps the result; a warning says so. In batches with indices, ``copies``
    makes so many versions of every example; their epochs are ``epoch * copies`` and on.
    """

    def __init__(self, transform: KeyedTexts, epoch: int = 0, copies: int = 1, index: str | None = None):
        if copies < 1:
            raise SampleError(f"makes at least one copy of an example, not {copies}")
        whole("epochs", epoch)
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
        if indices is None and self.index is None and _is_kept():
            what = "the draws of this map have no key, and datasets keeps what it makes in a cache, which repeats it each epoch"
            fix = "map(..., with_indices=True, batched=True) keys them, one epoch each; with_transform draws at every access"
            warnings.warn(f"{what}: {fix}", stacklevel=2)
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
            whole("indices", indices)
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


def _is_kept() -> bool:
    """Whether it is `datasets.Dataset.map` that calls: it writes what comes to a cache, which it finds by the function's hash."""
    frame = sys._getframe(2)
    while frame.f_back is not None:
        if frame.f_code.co_name == "_map_single" and frame.f_globals.get("__name__") == "datasets.arrow_dataset":
            return True
        frame = frame.f_back
    return False


def tf_map(transform: KeyedTexts, dataset: Any, epoch: int = 0, epochs: int = 1) -> Any:
    """Return a ``tf.data.Dataset`` of texts, of (text, label) pairs or of mappings, not batched, each keyed by its place.

    It holds ``epochs`` epochs from ``epoch`` on, one after the other; iterated again it gives the same, so that Keras' ``fit``
    sees new draws in each of its epochs where it gets all of them and ``steps_per_epoch``. Texts are edited on the host, by
    ``tf.numpy_function``; what is no text passes as it is.

    Raises `SampleError` on what is no such dataset, and on samples with spans, whose number changes: `over` has them.
    """
    import tensorflow as tf

    whole("epochs", epoch)
    if not hasattr(dataset, "element_spec"):
        fix = "tf.data.Dataset.from_tensor_slices(texts) makes one"
        raise SampleError(f"tf_map takes a tf.data.Dataset, not {type(dataset).__name__}: {fix}")
    spec = dataset.element_spec
    first = spec[0] if isinstance(spec, tuple) else spec
    parts = list(first.values()) if isinstance(first, Mapping) else [first]
    _refuse_spans(transform, first if isinstance(first, Mapping) else {})
    if not any(part.dtype == tf.string for part in parts):
        raise SampleError(f"the dataset has no texts (tf.string): its elements are {spec}")
    if all(part.shape.rank for part in parts if part.dtype == tf.string):
        raise SampleError("the texts of the dataset are in batches: map before .batch()")

    def edited(epoch: Any, index: Any, value: Any, *rest: Any) -> Any:
        if not isinstance(value, Mapping):
            return edited(epoch, index, {"text": value}, *rest)["text"]
        names = [name for name, part in value.items() if part.dtype == tf.string and not part.shape.rank]
        beside = {**{key: part for key, part in value.items() if key not in names}, **dict(enumerate(rest, 1))}
        told = [(path, _dense(part)) for path, part in _parts(beside) if _may_tell(part)]
        edit = _edit(transform, names, [path for path, _ in told])
        inputs = [epoch, index, *(value[name] for name in names), *(part for _, part in told)]
        texts = tf.numpy_function(edit, inputs, [tf.string] * len(names))
        for text in texts:
            text.set_shape(())
        return {**value, **dict(zip(names, texts, strict=True))}

    def one_epoch(number: Any) -> Any:
        def keyed(index: Any, *parts: Any) -> Any:
            element = parts[0] if len(parts) == 1 else parts
            if isinstance(element, tuple):
                return edited(number, index, *element), *element[1:]
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


def _parts(entry: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], Any]]:
    """The tensors of an entry, with the keys and the places that lead to them."""
    inner = entry.items() if isinstance(entry, Mapping) else enumerate(entry) if isinstance(entry, list | tuple) else ()
    if not isinstance(entry, Mapping | list | tuple):
        yield path, entry
    for key, part in inner:
        yield from _parts(part, (*path, key))


def _may_tell(part: Any) -> bool:
    """Whether a tensor may hold places in a text, or labels of its words."""
    return (part.dtype.is_integer or part.dtype.name == "string") and part.shape.rank in (None, 1, 2)


def _dense(part: Any) -> Any:
    """A tensor as a dense one: what is missing in a row is -1, or no text."""
    import tensorflow as tf

    if isinstance(part, tf.RaggedTensor):
        return part.to_tensor("" if part.dtype == tf.string else tf.constant(-1, part.dtype))
    return tf.sparse.to_dense(part) if isinstance(part, tf.SparseTensor) else part


def _edit(transform: KeyedTexts, names: Sequence[str], told: Sequence[tuple[Any, ...]]) -> Callable[..., list[bytes]]:
    """What edits the texts of one element, alone if that is all there is of it, after a look at what stands beside them: ``told``
    are the ways to its parts."""

    def edit(epoch: Any, index: Any, *parts: Any) -> list[bytes]:
        texts = dict(zip(names, (text.decode() for text in parts[: len(names)]), strict=True))
        beside: dict[Any, Any] = {}
        for path, part in zip(told, parts[len(names) :], strict=True):
            inner = beside
            for key in path[:-1]:
                inner = inner.setdefault(key, {})
            inner[path[-1]] = np.char.decode(part.astype(bytes)) if part.dtype == object else part
        if beside:
            transform.executor.entrance.look_beside({**texts, **beside})
        keyed = transform.at(int(index), int(epoch))
        if tuple(names) == ("text",):
            return [keyed(texts["text"]).encode()]
        out = keyed(texts)
        return [out[name].encode() for name in names]

    return edit
