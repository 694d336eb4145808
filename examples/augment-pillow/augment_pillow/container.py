"""A compiled spec as a callable on Pillow images, or on samples that hold them."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from PIL import Image

from augment.engine.host import Executor
from augment.keyed import Opened, Over
from augment.program.lower import Program
from augment.sample import Items
from augment_pillow import kernels


class Transform(Opened):
    """``t(image)`` and ``t({"image": image, "boxes": boxes})`` draw anew each time; ``t.at(index, epoch)`` is keyed."""

    backend_name = "pillow"

    def __init__(self, program: Program):
        self.program = program
        self.executor = Executor(program, kernels)
        self.items = Items.of(program.pipeline.targets)

    def __reduce__(self):
        return Transform, (self.program,)

    def __call__(self, sample: Any) -> Any:
        return self.at(secrets.randbits(63))(sample)

    def at(self, index: int, epoch: int = 0) -> Callable[[Any], Any]:
        """Return the transform of one sample, drawn by its key."""
        return self.with_values(self.program.values(index, epoch))

    def with_values(self, values: Any) -> Callable[[Any], Any]:
        """Return the transform with given drawn values."""

        def transform(sample: Any) -> Any:
            entries = self.items.enter(sample)
            return self.items.leave(_restore(self.executor(entries, values), entries), sample)

        return transform

    def over(self, dataset: Any) -> Over:
        """Return a dataset of samples, augmented by key."""
        return Over(self, dataset)

    def keyed(self, dataset: Any, index: int, epoch: int) -> Any:
        """Return sample ``index`` of a dataset, augmented: what `Over` asks for."""
        return self.at(index, epoch)(dataset[index])

    def __repr__(self) -> str:
        return self.describe()


def _restore(out: dict[str, Any], sample: Mapping[str, Any]) -> dict[str, Any]:
    """What came as a Pillow image is one again, unless its values left 8 bits."""
    was = {key for key, value in sample.items() if isinstance(value, Image.Image)}
    return {key: Image.fromarray(value) if key in was and value.dtype == np.uint8 else value for key, value in out.items()}
