"""Where unkeyed draws come from: the generator of the composition, made anew in every process that it is copied to.

Albumentations keeps a generator in each object, so forked DataLoader workers would all draw the same, and every epoch again.
"""

from __future__ import annotations

import copy
import os
import sys

import numpy as np


class Source:
    """Draws the index of an unkeyed sample: 63 bits that `Program.values` turns into the sample's key."""

    def __init__(self) -> None:
        self.use(np.random.default_rng(), seeded=False)

    def use(self, generator: np.random.Generator, *, seeded: bool) -> None:
        """Draw from a generator from now on; ``seeded``: somebody chose its state."""
        self.generator, self.seeded, self.process = generator, seeded, os.getpid()

    def index(self) -> int:
        bits = self._here().bit_generator
        # what integers(2**63) draws of the generator that Albumentations has, in a tenth of its time
        return bits.random_raw() >> 1 if type(bits) is np.random.PCG64 else int(self.generator.integers(2**63))

    def coming(self, count: int) -> list[tuple[int, int]]:
        """Epoch and index of the next ``count`` samples, unless somebody else draws in between; the generator stays as it is."""
        return [(0, index) for index in copy.deepcopy(self._here()).integers(2**63, size=count).tolist()]

    def coin(self, p: float) -> bool:
        return bool(self._here().random() < p)

    def _here(self) -> np.random.Generator:
        if os.getpid() != self.process:
            self.use(np.random.default_rng(self._entropy()), seeded=self.seeded)
        return self.generator

    def _entropy(self) -> list[int] | None:
        """What a copy in another process starts from: torch's generator in a DataLoader worker, else the process."""
        own = [int(self.generator.integers(2**63))] if self.seeded else []
        data = sys.modules.get("torch.utils.data")
        if data is not None and data.get_worker_info() is not None:
            # seeded by torch per worker and epoch; drawing from it keeps two compositions of one worker apart
            return own + sys.modules["torch"].randint(2**31, (4,)).tolist()
        return [*own, os.getpid()] if own else None
