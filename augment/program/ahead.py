"""Draws made ahead: those of a block of samples cost hardly more than those of three.

A draw depends on its key alone, so what waits here is what would be drawn: a guess at the samples that come next can be wrong
and cost time, but it cannot change a number. Each sample's draws are handed out once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import numpy as np

Values = dict[str, dict[str, Any]]
Key = tuple[int, int]  # epoch, index
Draw = Callable[[np.ndarray, np.ndarray], Values]
Coming = Callable[[int], Iterable[int]]
BLOCK = 64
_MOST = 2**63


class Ahead:
    """What was drawn for samples that have not been asked for yet; it stays behind when its owner is copied."""

    def __init__(self) -> None:
        self._waiting: dict[Key, Values] = {}
        self._following: Key | None = None

    def take(self, index: int, epoch: int, draw: Draw, coming: Coming | None = None) -> Values | None:
        """Return the draws of a sample if they wait, or can be made with those of a block: of the samples that are ``coming``, or
        of its neighbours, if the one before it was the last."""
        key = epoch, index
        if key not in self._waiting:
            if coming is not None:
                self.prepare([key, *((epoch, i) for i in coming(BLOCK - 1))], draw)
            elif key == self._following and index < _MOST:
                self.prepare([(epoch, i) for i in range(index, min(index + BLOCK, _MOST))], draw)
        self._following = epoch, index + 1
        return self._waiting.pop(key, None)

    def prepare(self, keys: Iterable[Key], draw: Draw) -> None:
        """Draw for samples that will be asked for; what still waits of others is dropped."""
        keys = list(keys)
        epochs, indices = np.array(keys).T
        self._waiting = dict(zip(keys, each(draw(indices, epochs), len(keys)), strict=True))

    def __reduce__(self) -> Any:
        return Ahead, ()


def each(drawn: Values, count: int) -> list[Values]:
    """The draws of each of ``count`` samples."""
    samples: list[Values] = [{} for _ in range(count)]
    for key, fields in drawn.items():
        own: list[dict[str, Any]] = [{} for _ in range(count)]
        for name, column in fields.items():  # in half the time of rows made by zip
            for row, number in zip(own, column, strict=True):
                row[name] = number
        for values, row in zip(samples, own, strict=True):
            values[key] = row
    return samples


__all__ = ["BLOCK", "Ahead", "each"]
