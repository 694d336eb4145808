"""Whether an op changes nothing, found from what it computes and not from its name."""

from __future__ import annotations

from typing import Any

import numpy as np

from augment.errors import SampleError
from augment.ops.kinds import Curve, Drawn, Filter, Geometric, HueShift, LinearColour, Noise, Policy, Taps, UnitEdit
from augment.ops.possible import possible_values
from augment.spec.node import Op

SIZE = (97, 131)
LEVELS = np.arange(256) / 255
BETWEEN = 3


def does_nothing(op: Op) -> bool:
    """Whether an op changes nothing, whatever it draws."""
    if isinstance(op, Policy):
        return all(does_nothing(part.op) for part in op.expand())
    if not isinstance(op, Drawn):
        return False
    try:
        return all(_neutral(op, v) for v in possible_values(op, BETWEEN))
    except SampleError:
        return False


def _neutral(op: Drawn, v: dict[str, Any]) -> bool:
    match op:
        case Geometric() if op.canvas in ("same", "drawn"):
            move = op.move(v, SIZE, np)
            still = move.field is None or np.abs(move.field).max() < 1e-6
            return still and tuple(map(int, move.size)) == SIZE and np.allclose(move.inverse, np.eye(3))
        case LinearColour():
            linear = op.linear(v, np)
            return all(np.allclose(x, y) for x, y in zip(linear, (1, 0, 0, 0), strict=True))
        case Curve():
            return np.allclose(op.curve(LEVELS, v, np), LEVELS, atol=1e-6)
        case HueShift():
            return bool(abs((op.turns(v, np) + 0.5) % 1 - 0.5) < 1e-9)
        case Filter():
            return _single(op.taps(v, SIZE, np))
        case Noise():
            return bool(np.all(op.deviation(v, np) == 0))
        case UnitEdit():
            return bool(v["rate"] == 0) and op.min_count == 0
    return False


def _single(taps: Taps) -> bool:
    """Whether only the middle tap of each part weighs anything."""
    parts = [np.asarray(part) for part in (taps.y, taps.x, taps.kernel) if part is not None]
    return all(np.isclose(part[tuple(n // 2 for n in part.shape)], part.sum(), atol=1e-6) and
               np.isclose(np.abs(part).sum(), part.sum(), atol=1e-6) for part in parts)  # fmt: skip
