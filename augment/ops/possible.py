"""What an op may draw, without a program: all its numbers at their lowest, at their highest, and in between."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from augment.ops.kinds import Draw, Drawn
from augment.random import slot, threefry, uniform


def possible_values(op: Drawn, between: int) -> Iterator[dict[str, np.ndarray]]:
    """Yield the values of an op's fields; the same ones in every call."""
    columns = {draw.field: _column(draw, between) for draw in op.draws()}
    for i in range(2 + between):
        yield {field: column[i] for field, column in columns.items()}


def _column(draw: Draw, between: int) -> np.ndarray:
    """(2 + between,), or (2 + between, count): the lowest, the highest, and others."""
    ends = [np.full(draw.count, end, float) for end in draw.value.support]
    bits, _ = threefry((0, 0), (slot(draw.field), np.arange(between * draw.count)))
    others = draw.value.quantile(uniform(bits).astype(float)).reshape(between, draw.count)
    values = np.concatenate([ends, np.asarray(others, float)])
    return values[:, 0] if draw.count == 1 else values
