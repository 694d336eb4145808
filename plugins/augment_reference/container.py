"""A compiled spec as a callable on samples."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

import numpy as np

from augment.backend import Backend, Options
from augment.errors import SampleError, SpecError
from augment.keyed import Opened, Over
from augment.partners import Donors, collate_samples
from augment.program.lower import Program
from augment.random import check_key, keyed_index
from augment.sample import in_braces


class Callable(Opened):
    """``transform(sample)`` draws anew each time; ``transform.at(index, epoch)(sample)`` and ``.over(dataset)`` are keyed."""

    def __init__(self, backend: Backend, program: Program, options: Options):
        if options.output not in (None, "torch"):
            raise SpecError(f"output is None or 'torch', not {options.output!r}")
        self.program, self.options, self.text_backend = program, options, options.text
        self.backend, self.backend_name = backend, backend.name
        executor = backend.executor(program, options)
        assert executor is not None
        self.executor = executor

    def __reduce__(self):
        return Callable, (self.backend, self.program, self.options)

    def __call__(self, sample: Mapping[str, Any] | None = None, /, **entries: Any) -> dict[str, Any]:
        if sample is None or entries:
            raise SampleError(f"a call takes one sample, a mapping of entries by name{in_braces(entries)}")
        key = np.frombuffer(os.urandom(8), np.uint32)
        return self._leave(self.executor(sample, self.program.plan.draw((key[0], key[1]))), sample)

    def at(self, index: int | None = None, epoch: int = 0, *, key: str | None = None) -> Any:
        """Return the transform of one sample, drawn by its index, or by its name, ``key``."""
        index = keyed_index(index, key)
        check_key(index, epoch)
        return lambda sample: self._leave(self.executor(sample, self.program.values(index, epoch)), sample)

    def over(self, dataset: Any) -> Over:
        """Return the dataset, augmented by key."""
        return Over(self, dataset)

    def keyed(self, dataset: Any, index: int, epoch: int) -> dict[str, Any]:
        """Return sample ``index`` of a dataset, augmented; its mix partners are from the dataset."""
        donors = Donors(self.executor, dataset, epoch)
        sample = dataset[index]
        return self._leave(self.executor(sample, self.program.values(index, epoch), donors.of(index)), sample)

    def collate(self, samples: list[Mapping[str, Any]], indices: Any = None, epoch: int = 0) -> list[dict[str, Any]]:
        """Augment a list of samples whose mix partners are each other."""
        outs = collate_samples(self.executor, samples, range(len(samples)) if indices is None else indices, epoch)
        return [self._leave(out, sample) for out, sample in zip(outs, samples, strict=True)]

    def _leave(self, out: dict[str, Any], sample: Mapping[str, Any]) -> dict[str, Any]:
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
