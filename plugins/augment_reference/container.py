"""A compiled spec as a callable on samples."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from augment.backend import Backend, Options
from augment.engine.state import Donor, Values
from augment.errors import SampleError, SpecError
from augment.keyed import Opened, Over
from augment.partners import Donors, collate_samples
from augment.program.lower import Program
from augment.random import check_key, keyed_index
from augment.sample import Items, Samples, in_braces


class Callable(Opened):
    """``transform(sample)`` draws anew each time; ``transform.at(index, epoch)(sample)`` and ``.over(dataset)`` are keyed.

    A sample is a mapping of entries by name, an image, or a pair of an image and its label, and comes out as it came in.
    """

    def __init__(self, backend: Backend, program: Program, options: Options):
        if options.output not in (None, "torch"):
            raise SpecError(f"output is None or 'torch', not {options.output!r}")
        self.program, self.options, self.text_backend = program, options, options.text
        self.backend, self.backend_name = backend, backend.name
        executor = backend.executor(program, options)
        assert executor is not None
        self.executor, self.items = executor, Items.of(program.pipeline.targets)

    def __reduce__(self):
        return Callable, (self.backend, self.program, self.options)

    def __call__(self, sample: Any = None, /, **entries: Any) -> Any:
        if sample is None or entries:
            raise SampleError(f"a call takes one sample, entries by name, an image, or a pair{in_braces(entries)}")
        key = np.frombuffer(os.urandom(8), np.uint32)
        return self._run(sample, self.program.plan.draw((key[0], key[1])))

    def at(self, index: int | None = None, epoch: int = 0, *, key: str | None = None) -> Any:
        """Return the transform of one sample, drawn by its index, or by its name, ``key``."""
        index = keyed_index(index, key)
        check_key(index, epoch)
        return lambda sample: self._run(sample, self.program.values(index, epoch))

    def over(self, dataset: Any) -> Over:
        """Return the dataset, augmented by key."""
        return Over(self, dataset)

    def keyed(self, dataset: Any, index: int, epoch: int) -> Any:
        """Return sample ``index`` of a dataset, augmented; its mix partners are from the dataset."""
        donors = Donors(self.executor, Samples(dataset, self.items), epoch)
        return self._run(dataset[index], self.program.values(index, epoch), donors.of(index))

    def collate(self, samples: Sequence[Any], indices: Any = None, epoch: int = 0) -> list[Any]:
        """Augment a list of samples whose mix partners are each other."""
        entries = [self.items.enter(sample) for sample in samples]
        outs = collate_samples(self.executor, entries, range(len(samples)) if indices is None else indices, epoch)
        each = zip(outs, entries, samples, strict=True)
        return [self.items.leave(self._tensors(out, own), sample) for out, own, sample in each]

    def _run(self, sample: Any, values: Values, donor: Donor | None = None) -> Any:
        entries = self.items.enter(sample)
        return self.items.leave(self._tensors(self.executor(entries, values, donor), entries), sample)

    def _tensors(self, out: dict[str, Any], sample: Mapping[str, Any]) -> dict[str, Any]:
        """The result, with images and masks as tensors where these are asked for."""
        if self.options.output is None:
            return out
        kinds = {name: target.kind for name, target in self.executor.entrance.targets(sample).items()}
        return {
            name: _tensor(entry, kinds[name]) if kinds.get(name) in ("image", "mask") else entry for name, entry in out.items()
        }


def _tensor(raster: np.ndarray, kind: str) -> Any:
    """(C, H, W) of an image or of a mask with layers; a mask without stays (H, W)."""
    import torch

    if raster.ndim == 2:
        return torch.from_numpy(np.ascontiguousarray(raster[None] if kind == "image" else raster))
    return torch.from_numpy(np.ascontiguousarray(raster.transpose(2, 0, 1)))
