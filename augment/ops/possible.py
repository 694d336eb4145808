"""What an op may draw, without a program: all its numbers at their lowest, at their highest, and in between."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

import numpy as np

from augment.ops.kinds import Draw, Drawn
from augment.random import threefry, uniform


def possible_values(op: Drawn, between: int) -> Iterator[dict[str, np.ndarray]]:
    """Yield the values of an op's fields; the same ones in every call."""
    draws = op.draws()
    for end in (0, 1):
        yield {draw.field: _shaped(draw, np.full((1, draw.count), draw.value.support[end], float))[0] for draw in draws}
    others = {draw.field: _others(draw, between, number) for number, draw in enumerate(draws)}  # for who comes this far
    for i in range(between):
        yield {field: column[i] for field, column in others.items()}


def _others(draw: Draw, between: int, number: int) -> np.ndarray:
    return _shaped(draw, draw.value.quantile(_uniforms(number, between * draw.count)).reshape(between, draw.count))


def _shaped(draw: Draw, values: np.ndarray) -> np.ndarray:
    """(n, count) as (n,) where each is one number."""
    return values[:, 0] if draw.count == 1 else values


@lru_cache(maxsize=64)
def _uniforms(number: int, count: int) -> np.ndarray:
    """(count,): those of the draw of this number, which are the same for all ops."""
    return uniform(threefry((0, number), (0, np.arange(count)))[0]).astype(float)
