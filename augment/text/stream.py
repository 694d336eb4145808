"""Random decisions about a text, from the words that its key gives an op.

How many there are depends on the text, so they cannot be planned: they come one after the other from BLAKE2b of the key and a
counter, which is the same everywhere, and made sixteen at a time; to seed one of Python's generators takes longer than most texts
need random numbers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from hashlib import blake2b
from struct import Struct
from typing import Any, TypeVar

from augment.random import slot

T = TypeVar("T")


_SIXTEEN = Struct("<16I").unpack
_UNIT = 2.0**-32


class Stream:
    """A sequence of uniforms in [0, 1), and decisions made of them."""

    __slots__ = ("_at", "_block", "_words")

    def __init__(self, seed: int):
        self._block = seed << 64
        self._words = self._next_sixteen()
        self._at = 0  # the next of them

    def uniform(self) -> float:
        """The next of the sequence: a multiple of 2⁻³²."""
        at = self._at
        if at == len(self._words):
            self._words, at = self._next_sixteen(), 0
        self._at = at + 1
        return self._words[at] * _UNIT

    def uniforms(self, count: int) -> list[float]:
        """The next ``count`` of the sequence."""
        at = self._at
        end = self._at = at + count
        if end > len(self._words):
            more = list(self._words[at:])
            while len(more) < count:
                more += self._next_sixteen()
            self._words, self._at, at, end = tuple(more), count, 0, count
        return [word * _UNIT for word in self._words[at:end]]

    def _next_sixteen(self) -> tuple[int, ...]:
        digest = blake2b(self._block.to_bytes(24, "little")).digest()
        self._block += 1
        return _SIXTEEN(digest)

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
        for j, uniform in zip(range(n - count, n), self.uniforms(count), strict=True):
            t = int(uniform * (j + 1))
            chosen.add(j if t in chosen else t)
        return sorted(chosen)

    def shuffled(self, items: Sequence[T]) -> list[T]:
        """All of them, every order equally likely (Fisher and Yates)."""
        out = list(items)
        for i in range(len(out) - 1, 0, -1):
            j = self.below(i + 1)
            out[i], out[j] = out[j], out[i]
        return out

    def count(self, n: int, rate: float, least: int = 0, most: int | None = None) -> int:
        """How many of ``n`` units: ``rate`` of them on average, exactly; then at least and at most, and never above ``n``."""
        number = int(n * rate + self.uniform())
        if number < least:
            number = least
        if most is not None and number > most:
            number = most
        return number if number < n else n


def stream(v: Mapping[str, Any], target: str = "text", number: int = 0) -> Stream:
    """Return the stream of an op for one text of a sample: the ``number``-th of a target."""
    return Stream((_place(target) + number << 48) | (int(v["key0"]) << 24) | int(v["key1"]))


@lru_cache(maxsize=256)
def _place(target: str) -> int:
    return slot(target) if target != "text" else 0
