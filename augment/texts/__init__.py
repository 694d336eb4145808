"""Use of a compiled text spec: on a text, a list of texts or a sample, keyed or not, alone or over a dataset."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from augment.backend import Options
from augment.engine.host import Executor
from augment.engine.reading import entries_of, not_text
from augment.engine.texts import edit_texts, edit_together
from augment.errors import SampleError
from augment.keyed import Opened, Over
from augment.partners import Donors, collate_samples
from augment.plugins import editor_of
from augment.program.lower import Program, lower
from augment.random import check_key, keyed_index
from augment.sample import DEFAULT_TARGETS
from augment.sample.pointing import refuse_stale
from augment.texts.training import Examples, tf_map


class KeyedTexts(Opened):
    """Mixin of compiled text specs: what they are called on comes back in the form that it had.

    A text alone is the target ``text``, so ops that are ``on`` others leave it. A list of texts draws for each of them, and so
    does a column (an array, a `pandas.Series`, one of Arrow or `datasets`), of which a list comes back; in a sample, all texts
    share one key.
    """

    def __init__(self, program: Program, options: Options):
        self.program, self.options = program, options
        self.executor = Executor(program, None, editor_of(program, options.text))
        self._generator: tuple[int, np.random.Generator] | None = None
        every = [leaf for step in program.steps for leaf in step.leaves]
        targets = program.pipeline.targets or DEFAULT_TARGETS
        kind = targets.get("text", DEFAULT_TARGETS["text"]).kind
        self._leaves = [leaf for leaf in every if (kind == "text" if leaf.op.on is None else "text" in leaf.op.on)]
        """What edits a text alone."""
        texts = tuple(name for name, target in targets.items() if target.kind == "text")
        self._elsewhere = [name for leaf in every for name in leaf.op.on or texts] if not self._leaves else []
        """What is edited, where that is never a text alone."""

    def __reduce__(self) -> Any:
        from augment.language import dumps

        program = self.program
        how = {"stage": program.stage, "seed": program.seed, "fuse": program.fused}
        return _load, (type(self), dumps(program.pipeline, format="json"), how, self.options)

    def __call__(self, data: Any, *more: Any) -> Any:
        if more:
            fix = "dataset.map(edit.examples(), with_indices=True) passes an index; edit.at(index)(data) takes one"
            raise SampleError(f"is called on a text, a list of texts or a sample, and on nothing else: {fix}")
        several = entries_of(data)
        words = self._words(1 if several is None else len(several))
        return self._edit(data, several, self.program.plan.draw((words[0], words[1])))

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

    def fresh(self) -> int:
        words = self._words(1)[:, 0].tolist()
        return (words[0] << 32 | words[1]) >> 2

    def at(
        self, index: int | Sequence[int] | None = None, epoch: int | Sequence[int] = 0, *, key: str | Sequence[str] | None = None
    ) -> Any:  # fmt: skip
        """Return the transform under a key: of one text or sample, or of a list: those of ``index``, or from ``index`` on. A
        stable name is as good: ``key``, or a list of them."""
        index = keyed_index(index, key)
        check_key(index, epoch)

        def keyed(data: Any) -> Any:
            several = entries_of(data)
            count = 1 if several is None else len(several)
            indices = np.asarray(index) + (np.arange(count) if np.ndim(index) == 0 else 0)
            if indices.shape != (count,):
                raise SampleError(f"at: {indices.size} indices for {count} texts")
            return self._edit(data, several, self.program.values(indices, np.broadcast_to(np.asarray(epoch), (count,))))

        return keyed

    def over(self, dataset: Any, copies: int = 1) -> Over:
        """Return the dataset, augmented by key; with so many ``copies`` of every entry, which stand together."""
        return Over(self, dataset, copies)

    def examples(self, epoch: int = 0, copies: int = 1, index: str | None = None) -> Examples:
        """Return the function that ``datasets.Dataset.map`` and ``with_transform`` call: `augment.texts.training.Examples`."""
        return Examples(self, epoch, copies, index)

    def tf_map(self, dataset: Any, epoch: int = 0, epochs: int = 1) -> Any:
        """Return a ``tf.data.Dataset`` of texts, augmented by place; see `augment.texts.training.tf_map`."""
        return tf_map(self, dataset, epoch, epochs)

    def keyed(self, dataset: Any, index: int, epoch: int) -> Any:
        """Return entry ``index`` of a dataset, augmented; of a tuple, the first part, and the others pass as they are."""
        entry, values = dataset[index], self.program.values(index, epoch)
        try:
            if self.program.partnered:
                return self.executor(entry, values, Donors(self.executor, dataset, epoch).of(index))
            if not isinstance(entry, tuple):
                return self._entry(entry, values)
            self.look_beside(*entry)
            parts = (*(self._entry(part, values) for part in entry[:1]), *entry[1:])
            return type(entry)(*parts) if hasattr(entry, "_fields") else parts
        except SampleError as error:
            raise error.at(f"entry {index}") from None

    def look_beside(self, first: Any = None, *rest: Any) -> None:
        """Raise `SampleError` where a part of a tuple would be left wrong as the first, a text or a sample, is edited."""
        parts = dict(enumerate(rest, 1))
        if isinstance(first, Mapping):
            self.executor.entrance.look_beside({**first, **parts})
        elif self._leaves:
            for at, part in parts.items():
                refuse_stale(at, part, {"text": first})

    def collate(self, samples: list[Mapping[str, Any]], indices: Any = None, epoch: int = 0) -> list[dict[str, Any]]:
        """Augment a list of samples whose mix partners are each other."""
        return collate_samples(self.executor, samples, range(len(samples)) if indices is None else indices, epoch)

    def _edit(self, data: Any, several: Sequence[Any] | None, drawn: Mapping[str, Any]) -> Any:
        """``several`` are the entries of what is a list; ``drawn`` the values of each: their fields have a leading axis."""
        if several is None:
            return self._one(data, next(_entries(drawn, drawn, 1)))
        count = len(several)
        if set(map(type, several)) <= {str}:
            self._check_alone()
            return edit_texts(self._leaves, several, lambda keys: _entries(drawn, keys, count), self.executor.editor)
        each = zip(several, _entries(drawn, drawn, count), strict=True)
        return [self._one(entry, own, i) for i, (entry, own) in enumerate(each)]

    def _one(self, entry: Any, values: Any, at: int | None = None) -> Any:
        """Edit a text or a sample, which is number ``at`` of a list."""
        if isinstance(entry, str):
            self._check_alone()
            return edit_texts(self._leaves, [entry], lambda keys: [values], self.executor.editor)[0]
        if isinstance(entry, Mapping):
            return self.executor(entry, values)
        wrong = f", not {not_text(entry)}" if at is None else f", and [{at}] is {not_text(entry)}"
        raise SampleError(f"takes a text, a list of texts, or a sample such as {{'text': text}}{wrong}")

    def _entry(self, entry: Any, values: Any) -> Any:
        """Edit an entry of a dataset, whose texts share its key: a list of texts is one."""
        if entries_of(entry) is None:
            return self._one(entry, values)
        self._check_alone()
        return edit_together(self._leaves, entry, values, self.executor.editor)

    def _check_alone(self) -> None:
        if self._elsewhere:
            fix = f"give a sample, {{{self._elsewhere[0]!r}: text}}"
            raise SampleError(f"a text alone is the target 'text', and every op is for another: {fix}")


def _load(kind: Any, spec: str, how: dict[str, Any], options: Options) -> KeyedTexts:
    from augment.language import loads

    return kind(lower(loads(spec), **how), options)


def _entries(drawn: Mapping[str, Mapping[str, Any]], keys: Iterable[str], count: int) -> Iterator[dict[str, dict[str, Any]]]:
    """The values of each entry, of some keys, from those of all entries; each is made when its turn comes."""
    keys = tuple(keys)
    if len(keys) == 1:  # most often, and sooner
        return ({keys[0]: own} for own in _each(drawn[keys[0]]))
    return (dict(zip(keys, own, strict=True)) for _, *own in zip(range(count), *(_each(drawn[k]) for k in keys), strict=True))


def _each(fields: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """The fields of each entry; as plain numbers, with which Python is quicker than with NumPy's."""
    names = tuple(fields)
    columns = (column.tolist() if column.ndim == 1 else column for column in fields.values())
    return (dict(zip(names, numbers, strict=True)) for numbers in zip(*columns, strict=True))
