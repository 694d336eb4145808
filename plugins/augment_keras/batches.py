"""A dataset of samples as a `keras.utils.PyDataset` of augmented batches, every sample keyed by its index and the epoch."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from typing import Any

import keras
import numpy as np

from augment.errors import SampleError
from augment.keyed import Epoch, by_position
from augment.sample import DEFAULT_TARGETS, Items, Target


class Batches(keras.utils.PyDataset):
    """Batches of a dataset under a layer, augmented on the host, for `fit` on every engine.

    Samples are those that `augment.apply` takes; batches are of the same form, (B, ...) for each entry. Mix ops draw their
    partners from the dataset. Floats are in the layer's ``value_range``. ``fit(batches, callbacks=[batches.epochs])`` has the
    epochs of `fit`; ``shuffle`` puts the samples in an order that is drawn for each epoch. ``workers``, ``use_multiprocessing``
    and ``max_queue_size`` are those of `keras.utils.PyDataset`.
    """

    def __init__(self, layer: Any, dataset: Any, batch_size: int, shuffle: bool = False, **options: Any):
        super().__init__(**options)
        if batch_size < 1:
            raise SampleError(f"a batch has at least one sample, not {batch_size}")
        self.layer, self.dataset, self.batch_size, self.shuffle = layer, dataset, batch_size, shuffle
        self._entries = _Samples(by_position(dataset), layer)
        self._epoch, self._told, self._read = Epoch(), False, 0

    @property
    def epoch(self) -> int:
        return self._epoch.get()

    @property
    def epochs(self) -> keras.callbacks.Callback:
        """The callback by which `fit` says which epoch begins; Keras calls `on_epoch_end` for other reasons, too."""
        return keras.callbacks.LambdaCallback(on_epoch_begin=lambda epoch, logs: self.set_epoch(epoch))

    def set_epoch(self, epoch: int) -> None:
        """Use another epoch, a whole number from 0 on, in all workers."""
        self._epoch.set(epoch)
        self._told = True

    def on_epoch_begin(self) -> None:
        """Warn, once, where Keras reads an epoch again that nobody has named."""
        self._read += 1
        if self._read == 2 and not self._told and self.layer.program.plan.slots:
            fix = "fit(batches, callbacks=[batches.epochs]), or batches.set_epoch(e) before each"
            warnings.warn(f"epoch {self.epoch} is read again, with the same draws: {fix}", stacklevel=2)

    def __len__(self) -> int:
        return -(-len(self._entries) // self.batch_size)

    def __getitem__(self, index: int) -> Any:
        if not 0 <= index < len(self):
            raise IndexError(index)
        epoch, count = self.epoch, len(self._entries)
        order = np.arange(count)
        if self.shuffle:
            order = np.random.default_rng((self.layer.program.seed % 2**64, epoch)).permutation(count)
        at = [int(i) for i in order[index * self.batch_size : (index + 1) * self.batch_size]]
        samples = [self._entries.restore(i, self.layer.keyed(self._entries, i, epoch)) for i in at]
        return keras.tree.map_structure(lambda *rows: _stacked(rows), *samples)


class _Samples:
    """The samples of a dataset as mappings, with float images in [0, 1]."""

    def __init__(self, samples: Any, layer: Any):
        self.samples = samples
        self.targets: Mapping[str, Target] = dict(layer.spec.targets) or DEFAULT_TARGETS
        self.items = Items.of(layer.spec.targets)
        runner = layer._runner(True)
        self.low, self.span = runner.low, runner.high - runner.low
        self.scaled = runner.program.full_scale is None and (self.low, self.span) != (0, 1)
        self.float_out = runner.program.floats

    def __len__(self) -> int:
        return len(self.samples)

    def __getitem__(self, index: int) -> dict[str, Any]:
        sample = self.items.enter(self.samples[index])
        if not self.scaled:
            return sample
        return {name: self._enter(entry) if self._is_image(name, entry) else entry for name, entry in sample.items()}

    def restore(self, index: int, out: dict[str, Any]) -> Any:
        """Bring an augmented sample into the form and the range of the one that came."""
        if self.scaled and not self.float_out:
            out = {name: self._leave(entry) if self._is_image(name, entry) else entry for name, entry in out.items()}
        return self.items.leave(out, self.samples[index])

    def _is_image(self, name: str, entry: Any) -> bool:
        floats = isinstance(entry, np.ndarray) and entry.dtype.kind == "f"
        return floats and name in self.targets and self.targets[name].kind == "image"

    def _enter(self, image: np.ndarray) -> np.ndarray:
        return (image.astype(np.float32) - np.float32(self.low)) / np.float32(self.span)

    def _leave(self, image: np.ndarray) -> np.ndarray:
        return image * np.float32(self.span) + np.float32(self.low)


def _stacked(rows: tuple[Any, ...]) -> np.ndarray:
    shapes = {np.shape(row) for row in rows}
    if len(shapes) > 1:
        found = " and ".join(map(str, sorted(shapes)[:2]))
        raise SampleError(f"entries of {found} make no batch: resize images to one size by the spec, and pad rows in the dataset")
    return np.stack([np.asarray(row) for row in rows])
