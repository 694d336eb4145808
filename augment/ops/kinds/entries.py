"""Matrices of a batch number by number, for engines that build graphs: zeros and ones that are known cost nothing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np


class Entries:
    """A matrix (3, 3), or one for each sample: each number is a float that is known, or an array () or (B,)."""

    def __init__(self, numbers: Iterable[Any]):
        """``numbers`` row by row."""
        self.numbers = tuple(map(_known, numbers))

    @classmethod
    def of(cls, matrix: Any) -> Entries:
        """The entries of a matrix (..., 3, 3)."""
        return matrix if isinstance(matrix, cls) else cls(matrix[..., row, column] for row in range(3) for column in range(3))

    def __getitem__(self, at: tuple[Any, int, int]) -> Any:
        """``[..., row, column]``."""
        _, row, column = at
        return self.numbers[3 * row + column]

    def __matmul__(self, other: Any) -> Entries:
        other = Entries.of(other)
        return Entries(
            plus(plus(times(self[..., i, 0], other[..., 0, j]), times(self[..., i, 1], other[..., 1, j])),
                 times(self[..., i, 2], other[..., 2, j]))
            for i in range(3) for j in range(3)
        )  # fmt: skip

    def __rmatmul__(self, other: Any) -> Entries:
        return Entries.of(other) @ self

    def where(self, open_: Any, other: Any, xp: Any) -> Entries:
        """This where a gate (B,) is open, and another elsewhere."""
        pairs = zip(self.numbers, Entries.of(other).numbers, strict=True)
        return Entries(n if n is o or (_is_known(n) and _is_known(o) and n == o) else xp.where(open_, n, o) for n, o in pairs)

    @property
    def drawn(self) -> dict[int, Any]:
        """What differs from sample to sample, (B,) each, by its identity."""
        return {id(n): n for n in self.numbers if not _is_known(n) and len(n.shape)}

    def put(self, drawn: dict[int, Any]) -> Entries:
        """With others in the place of what was ``drawn``."""
        return Entries(drawn.get(id(n), n) for n in self.numbers)


def _is_known(number: Any) -> bool:
    return isinstance(number, float)


def _known(number: Any) -> Any:
    scalar = isinstance(number, int | np.generic) or (isinstance(number, np.ndarray) and not number.ndim)
    return float(number) if scalar else number


def times(a: Any, b: Any) -> Any:
    """A product; nothing is computed where a factor is known to be 0 or 1."""
    for one, other in ((a, b), (b, a)):
        if _is_known(one) and one in (0.0, 1.0):
            return other if one else 0.0
    return a * b


def plus(a: Any, b: Any) -> Any:
    """A sum; nothing is computed where one of both is known to be 0."""
    for one, other in ((a, b), (b, a)):
        if _is_known(one) and one == 0:
            return other
    return a + b
