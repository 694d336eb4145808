"""What an op may draw, without a program: all its numbers at their lowest, at their highest, and in between."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from augment.ops.kinds import Draw, Drawn


def possible_values(op: Drawn, between: int) -> Iterator[dict[str, np.ndarray]]:
    """Yield the values of an op's fields; the same ones in every call."""
    draws = op.draws()
    for end in (0, 1):
        yield {draw.field: _shaped(draw, np.full(draw.count, draw.value.support[end], float)) for draw in draws}
    random = np.random.default_rng(0)  # imported by who comes this far
    for _ in range(between):
        yield {draw.field: _shaped(draw, draw.value.quantile(random.random(draw.count))) for draw in draws}


def _shaped(draw: Draw, values: np.ndarray) -> np.ndarray:
    return np.asarray(values[0] if draw.count == 1 else values, float)
