"""The walk of a batch: one map for each sample from the output to the input, and points that go the other way."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from augment.engine.gates import Array, Values, gate
from augment.ops.kinds import Entries, Geometric, matrix
from augment.program.alternatives import Group
from augment.program.steps import Step
from augment.program.unbend import unbend
from augment.program.walk import HORIZON, Leg, Walk, whole_pixel

IDENTITY = np.eye(3, dtype=np.float32)


def batch_walk(groups: Iterable[Group], values: Values, size: tuple[Any, Any], step: Step, xp: Any) -> Walk:
    """Build the walk of a batch: matrices (B, 3, 3), or (3, 3) where nothing is drawn."""
    border, interpolation = step.border
    if step.free:
        interpolation = "nearest"  # whole pixels move: there is nothing to weigh
    legs = []
    for group in groups:
        if len(group) > 1:
            legs.append(_alternative_leg(group, values, size, xp))
            size = legs[-1].output
            continue
        (leaf,) = group
        op = leaf.op
        assert isinstance(op, Geometric)
        move = op.move(values.get(leaf.key, {}), size, xp)
        open_ = gate(leaf, values, xp)
        inverse, sides, out, bend = move.inverse, move.sides, move.size, move.field
        if open_ is not True:
            inverse = _chosen(open_, inverse, IDENTITY, xp)
            sides = _both(sides, open_, xp)
            bend = None if bend is None else xp.where(open_[:, None, None, None], bend, xp.zeros_like(bend))
            if _keeps(op, out, size):
                out = size
            else:
                out = tuple(xp.where(open_, a * 1.0, b * 1.0) for a, b in zip(out, size, strict=True))
        out = _settled(out[0]), _settled(out[1])
        onward = move.onward
        if onward is not None and open_ is not True:
            onward = xp.where(open_[:, None, None, None], onward, xp.zeros_like(onward))
        legs.append(Leg(inverse, size, sides, op.fill, bend, out, leaf.path, op.projective, onward))
        size = out
    return Walk(tuple(legs), size, border, interpolation)


def _chosen(open_: Array, inverse: Any, other: Any, xp: Any) -> Any:
    """A matrix where a gate (B,) is open, and another elsewhere."""
    if isinstance(inverse, Entries):
        return inverse.where(open_, other, xp)
    return xp.where(open_[:, None, None], inverse, xp.array(other) if other is IDENTITY else other)


Row = tuple[int, str, int]
"""A leg, and what it has of each sample: a field, and which of several."""
OF_EACH = {"inverse": (1, 3), "field": (4,), "onward": (4,), "sides": (1,)}
"""The dimensions of what a leg has of each sample; what has fewer is the same for all."""


def _parts(leg: Leg, name: str) -> tuple[Any, ...]:
    found = getattr(leg, name)
    if isinstance(found, Entries):
        return found.numbers
    return found if isinstance(found, tuple) else (found,)


def rows_of(walk: Walk) -> dict[Row, Array]:
    """What a walk has of each sample, (B, ...) each."""
    return {
        (i, name, k): part
        for i, leg in enumerate(walk.legs)
        for name, dimensions in OF_EACH.items()
        for k, part in enumerate(_parts(leg, name))
        if len(getattr(part, "shape", ())) in dimensions
    }


def with_rows(walk: Walk, rows: Mapping[Row, Array]) -> Walk:
    """The walk of some of the samples, from what it has of these."""
    legs = []
    for i, leg in enumerate(walk.legs):
        parts = {name: tuple(rows.get((i, name, k), part) for k, part in enumerate(_parts(leg, name))) for name in OF_EACH}
        own: dict[str, Any] = {n: found if isinstance(getattr(leg, n), tuple) else found[0] for n, found in parts.items()}
        if isinstance(leg.inverse, Entries):
            own["inverse"] = Entries(parts["inverse"])
        legs.append(replace(leg, **own))
    return replace(walk, legs=tuple(legs))


def _alternative_leg(group: Group, values: Values, size: tuple[Any, Any], xp: Any) -> Leg:
    """One leg for ops that exclude each other, and keep the canvas or go to one size."""
    inverse: Any = IDENTITY
    sides: Any = False
    out = size
    for leaf in group:
        op = leaf.op
        assert isinstance(op, Geometric)
        move, open_ = op.move(values.get(leaf.key, {}), size, xp), gate(leaf, values, xp)
        inverse = _chosen(open_, move.inverse, inverse, xp)
        sides = _either(sides, _both(move.sides, open_, xp), xp)
        out = op.fixed_size or out
    first = group[0].op
    assert isinstance(first, Geometric)
    projective = any(leaf.op.projective for leaf in group)  # type: ignore[attr-defined]
    return Leg(inverse, size, sides, first.fill, None, out, group[0].path, projective)


def _either(a: Any, b: Any, xp: Any) -> Any:
    if isinstance(a, tuple) or isinstance(b, tuple):
        a, b = (x if isinstance(x, tuple) else (x,) * 4 for x in (a, b))
        return tuple(_either(x, y, xp) for x, y in zip(a, b, strict=True))
    if a is False or b is False:
        return b if a is False else a
    return xp.logical_or(a, b)


def _keeps(op: Geometric, out: tuple[Any, Any], size: tuple[Any, Any]) -> bool:
    """Whether the canvas stays: the op says so, or its sides are known; those that are tensors never tell."""
    known = all(isinstance(side, int) for side in (*out, *size))
    return op.canvas == "same" or (known and out == size)


def _settled(extent: Any) -> Any:
    """A side that is known on the host and the same for all samples is a number."""
    if isinstance(extent, np.ndarray | np.generic) and np.all(extent == np.ravel(extent)[0]):
        return int(np.ravel(extent)[0])
    return extent


def _both(sides: Any, open_: Array, xp: Any) -> Any:
    if isinstance(sides, tuple):
        return tuple(_both(s, open_, xp) for s in sides)
    if isinstance(sides, bool | np.bool_):
        return open_ if sides else False
    return xp.logical_and(sides, open_)


def inverse3(m: Array, xp: Any) -> Array:
    """The inverse of (..., 3, 3) matrices by cofactors: there is no such kernel that every compiler has."""
    a, b, c, d, e, f, g, h, i = (m[..., r, k] for r in range(3) for k in range(3))
    rows = (
        (e * i - f * h, c * h - b * i, b * f - c * e),
        (f * g - d * i, a * i - c * g, c * d - a * f),
        (d * h - e * g, b * g - a * h, a * e - b * d),
    )
    determinant = a * rows[0][0] + b * rows[1][0] + c * rows[2][0]
    if isinstance(m, Entries):
        return matrix(xp, *(tuple(x / determinant for x in row) for row in rows))
    return xp.stack([xp.stack([x / determinant for x in row], axis=-1) for row in rows], axis=-2)


def _beside_points(number: Any) -> Any:
    return number[..., None] if hasattr(number, "shape") else number


def through(leg: Leg, at: Array, xp: Any, read_field: Any) -> tuple[Array, Array]:
    """Carry points (B, n, 2), relative to the centre of a leg's input canvas, to its output: as `walk.through`, batched.

    ``read_field(field, at)`` samples a displacement field (B, h, w, 2) at (B, n, 2).
    """
    m = inverse3(leg.inverse, xp)
    a, b, c, d, e, f, g, h, i = (_beside_points(m[..., r, k]) for r in range(3) for k in range(3))
    x, y = at[..., 0], at[..., 1]
    w = g * x + h * y + i
    seen = xp.logical_and(w > 0, w < 1 / HORIZON)
    w = xp.where(seen, w, xp.ones_like(w))
    moved = xp.stack([(a * x + b * y + c) / w, (d * x + e * y + f) / w], axis=-1)
    field = leg.field
    if leg.onward is not None:
        return at + read_field(leg.onward, whole_pixel(at, leg.size, xp)), seen
    return moved if field is None else unbend(moved, lambda at: read_field(field, at), xp), seen
