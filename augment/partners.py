"""Who is mixed with whom: the partners of a sample, from its dataset or its batch, each brought to the step under its own key."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from augment.engine.host import Executor
from augment.engine.state import State
from augment.random import check_key


def partner_index(uniform: float, index: int, count: int) -> int:
    """Return which of ``count`` samples is mixed with sample ``index``: any other, equally likely."""
    if count < 2:
        return index
    return (index + 1 + int(np.float32(uniform) * np.float32(count - 1))) % count


def partner_indices(uniforms: Sequence[float], index: int, count: int) -> list[int]:
    """Return which of ``count`` samples sample ``index`` is joined with: all of them others than itself and each other, each
    equally likely, as long as there are so many; those beyond are any others."""
    taken: list[int] = []  # how far after the sample they stand, in order
    found = []
    for uniform in uniforms:
        left = count - 1 - len(taken)
        step = partner_index(uniform, 0, left + 1) - 1 if left > 0 else partner_index(uniform, 0, count) - 1
        for other in taken if left > 0 else ():
            step += step >= other
        if left > 0:
            taken = sorted([*taken, step])
        found.append((index + 1 + step) % count)
    return found


class Donors:
    """Brings other samples of a dataset to a step of a program, each under its own key.

    ``keyed`` returns the key of the sample at a place, where that is not the place itself.
    """

    def __init__(self, executor: Executor, samples: Any, epoch: int, keyed: Callable[[int], int] = int):
        self.executor, self.samples, self.epoch, self.keyed = executor, samples, epoch, keyed

    def of(self, index: int) -> Any:
        """Return the donor function of the sample at the place ``index``."""

        def bring(other: int, step: int) -> State:
            values = self.executor.program.values(self.keyed(other), self.epoch)
            state = self.executor.start(self.samples[other], values)
            return self.executor.bring(state, step, self.of(other))

        def donor(uniforms: Sequence[float], step: int) -> list[State]:
            return [bring(other, step) for other in partner_indices(uniforms, index, len(self.samples))]

        return donor


def collate_samples(executor: Executor, samples: Sequence[Mapping[str, Any]], indices: Any, epoch: int) -> list[dict[str, Any]]:
    """Run a program on a list of samples whose mix partners are each other; ``indices`` key them."""
    check_key(indices, epoch)
    return collate_drawn(executor, samples, [executor.program.values(int(i), epoch) for i in indices])


def collate_drawn(executor: Executor, samples: Sequence[Mapping[str, Any]], drawn: list[Any]) -> list[dict[str, Any]]:
    """The same with the drawn values of each sample."""
    count = len(samples)

    def donor_of(at: int) -> Any:
        def donor(uniforms: Sequence[float], step: int) -> list[State]:
            others = partner_indices(uniforms, at, count)
            return [executor.bring(executor.start(samples[j], drawn[j]), step, donor_of(j)) for j in others]

        return donor

    return [executor(sample, values, donor_of(i)) for i, (sample, values) in enumerate(zip(samples, drawn, strict=True))]
