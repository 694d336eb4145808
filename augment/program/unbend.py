"""The way of points through a displacement field, which says where pixels come from and not where they go.

Newton's method, a step of which is halved where it would lead further away: fields that stretch and squeeze by any factor are
inverted as long as nothing folds over itself. Where something does, a point has several images, or none: it ends where it is
nearest to one.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

Array = Any
TURNS = 16
"""Steps at most: fields without kinks need four."""
NEAR = 1e-4
"""Of a pixel: where the host stops."""
SPAN = 0.25
"""Of a pixel, over which a slope is read: fields are bilinear between pixels."""
FLAT = 0.02
"""Below this determinant the slopes of a field say nothing; a step is then as long as the miss."""


def unbend(moved: Array, read: Callable[[Array], Array], xp: Any) -> Array:
    """Return ``at`` with ``at + read(at) = moved``, (..., n, 2); ``read`` samples the field, and ``xp`` is numpy or keras.ops."""

    def turn(_: Any, state: tuple[Array, Array, Array]) -> tuple[Array, Array, Array]:
        at, shift, stride = state
        miss = at + shift - moved
        right, down = (read(at + aside) - shift for aside in (east, south))
        a, b, c, d = 1 + right[..., 0] / SPAN, down[..., 0] / SPAN, right[..., 1] / SPAN, 1 + down[..., 1] / SPAN
        determinant = a * d - b * c
        flat = xp.abs(determinant) < FLAT
        whole = xp.where(flat, 1.0, determinant)
        x, y = miss[..., 0], miss[..., 1]
        x, y = xp.where(flat, x, (d * x - b * y) / whole), xp.where(flat, y, (a * y - c * x) / whole)
        trial = at - stride[..., None] * xp.stack([x, y], axis=-1)
        there = read(trial)
        nearer = _square(trial + there - moved, xp) < _square(miss, xp)
        both = nearer[..., None]
        stride = xp.where(nearer, xp.minimum(2 * stride, xp.ones_like(stride)), stride / 2)
        return xp.where(both, trial, at), xp.where(both, there, shift), stride

    east, south = (xp.array(np.array(way, np.float32) * SPAN) for way in ((1, 0), (0, 1)))
    state = moved, read(moved), xp.ones_like(moved[..., 0])
    if hasattr(xp, "fori_loop"):  # a graph then holds one turn, not all
        return xp.fori_loop(0, TURNS, turn, state)[0]
    for i in range(TURNS):
        if _square(state[0] + state[1] - moved, xp).max(initial=0) < NEAR**2:
            break
        state = turn(i, state)
    return state[0]


def _square(way: Array, xp: Any) -> Array:
    return xp.sum(way * way, axis=-1)
