"""Random decisions about a text, from the words that its key gives an op.

How many there are depends on the text, so they cannot be planned: they come one after the other from Python's Mersenne Twister,
whose ``random()`` gives the same numbers for the same seed on every version. Nothing else of it is used.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from random import Random
from typing import Any, TypeVar

from augment.random import slot

T = TypeVar("T")


class Stream:
    """A sequence of uniforms in [0, 1), and decisions made of them."""

    __slots__ = ("uniform",)

    def __init__(self, seed: int):
        self.uniform = Random(seed).random

    def below(self, n: int) -> int:
        """A whole number from 0 to ``n - 1``."""
        return int(self.uniform() * n)

    def choice(self, options: Sequence[T]) -> T:
        """One of several, equally likely."""
        return options[int(self.uniform() * len(options))]

    def weighted(self, options: Sequence[T], weights: Sequence[float]) -> T:
        """One of several, by weight."""
        left = self.uniform() * sum(weights)
        for option, weight in zip(options, weights, strict=True):
            left -= weight
            if left < 0:
                return option
        return options[-1]

    def sample(self, n: int, count: int) -> list[int]:
        """``count`` different numbers below ``n``, in order."""
        if count >= n:
            return list(range(n))
        # Floyd's algorithm: as many uniforms as there are numbers to choose
        chosen: set[int] = set()
        for j in range(n - count, n):
            t = int(self.uniform() * (j + 1))
            chosen.add(j if t in chosen else t)
        return sorted(chosen)

    def shuffled(self, items: Sequence[T]) -> list[T]:
        """All of them, every order equally likely (Fisher and Yates)."""
        out = list(items)
        for i in range(len(out) - 1, 0, -1):
            j = int(self.uniform() * (i + 1))
            out[i], out[j] = out[j], out[i]
        return out

    def count(self, n: int, rate: float, least: int = 0, most: int | None = None) -> int:
        """How many of ``n`` units: ``rate`` of them on average, exactly; then at least and at most, and never above ``n``."""
        number = int(n * rate + self.uniform())
        number = max(number, least)
        return min(number, n) if most is None else min(number, n, most)


def stream(v: Mapping[str, Any], target: str = "text", number: int = 0) -> Stream:
    """Return the stream of an op for one text of a sample: the ``number``-th of a target."""
    return Stream((_place(target) + number << 48) | (int(v["key0"]) << 24) | int(v["key1"]))


@lru_cache(maxsize=256)
def _place(target: str) -> int:
    return slot(target) if target != "text" else 0
