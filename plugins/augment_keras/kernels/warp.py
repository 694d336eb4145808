"""Sampling through a walk: coordinates in float32 relative to the centre of a canvas, and a gather that XLA compiles.

The same lines run on every engine; where Keras runs on torch, its ``grid_sample`` reads the pixels. Sizes are whole numbers where
they are known while tracing, else float32 scalars, or (B,) where samples differ inside a run.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import keras
import numpy as np

from augment.kernels.sampling import four_weights
from augment.ops.kinds import Entries
from augment.program.walk import HORIZON, Leg, Walk
from augment_keras import ops
from augment_keras.kernels.coordinates import ON_TORCH, axis, combine, constant, index, over, plane, planes, stretch

Tensor = Any
STEADY = 2.0**-12
"""Of a pixel. XLA computes a coordinate anew wherever it is used, and may round it otherwise there: the pixel that is read and
its weight then belong to two whole numbers. Where a map leaves pixels in their places every coordinate is close to one, so the
step from one pixel to the next stands that much before it."""


@dataclass
class Trail:
    """Where the pixels of an output come from, canvas by canvas: ``x`` and ``y``, and what is still to be done to them.

    The whole way is laid out before it is gone, so that the numbers of all its matrices are spread at once.
    """

    x: Tensor
    y: Tensor
    matrix: Entries | None = None
    """From the last stage to the canvas that was reached, relative to its centre."""
    projective: bool = False
    seen: Any = True
    started: bool = False
    """Whether ``x`` and ``y`` have left the pixels of the output."""
    stages: list[tuple[Entries | None, bool, Callable[[], None]]] = field(default_factory=list)
    """A matrix, whether it is projective, and what is done at the canvas that it reaches."""

    def pull(self, inverse: Any, projective: bool = False) -> None:
        """Go back through a matrix (3, 3) or (B, 3, 3)."""
        inverse = Entries.of(inverse)
        self.matrix = inverse if self.matrix is None else inverse @ self.matrix
        self.projective = self.projective or projective

    def settle(self, then: Callable[[], None]) -> None:
        """Bring ``x`` and ``y`` up to the canvas that was reached, and then do something."""
        self.stages.append((self.matrix, self.projective, then))
        self.matrix, self.projective = None, False

    def go(self) -> tuple[Tensor, Tensor]:
        """Go all the way; returns the coordinates at its end."""
        self.settle(lambda: None)
        matrices = iter(planes([matrix for matrix, _, _ in self.stages if matrix is not None]))
        for matrix, projective, then in self.stages:
            if matrix is not None:
                self._map(next(matrices), projective)
            then()
        return self.x, self.y

    def _map(self, matrix: Entries, projective: bool) -> None:
        x, y = (combine(matrix, row, self.x, self.y) for row in range(2))
        if projective:
            w = combine(matrix, 2, self.x, self.y)
            seen = w > HORIZON
            w = ops.where(seen, w, 1.0)
            x, y = x / w, y / w
            self.seen = seen if self.seen is True else ops.logical_and(self.seen, seen)
        self.x, self.y, self.started = x, y, True

    def bend(self, displacement: Tensor) -> None:
        """Add a displacement (B, h, w, 2) of the canvas that was reached."""

        def add() -> None:
            by = displacement
            if self.started:
                shape = ops.shape(self.x + self.y)
                at = ops.stack([ops.broadcast_to(a, shape) for a in (self.x, self.y)], axis=-1)
                by = ops.reshape(read_field(by, ops.reshape(at, (shape[0], -1, 2))), (-1, *shape[1:], 2))
            self.x, self.y, self.started = self.x + by[..., 0], self.y + by[..., 1], True

        self.settle(add)

    def fold(self, size: tuple[Any, Any], border: str, active: Any) -> None:
        """Bring the coordinates back into a canvas as its border says, where ``active``: True, or (B,)."""
        height, width = size
        reflects = border in ("reflect", "reflect101")

        def bring() -> None:
            if reflects:
                folded = tuple(ops.abs(a - ops.round(a)) for a in (self.x, self.y))
                old: Any = (-self.x, -self.y) if active is not True else ()
            else:
                folded = _bounded(self.x, width, border), _bounded(self.y, height, border)
                old = self.x, self.y
            if active is not True:
                folded = tuple(ops.where(plane(active), f, a) for f, a in zip(folded, old, strict=True))
            self.x, self.y, self.started = *folded, True

        if not reflects:
            return self.settle(bring)
        # on a circle of circumference 1 both are the distance from the nearest whole number
        across, down = (extent - (border == "reflect101") for extent in (width, height))
        self.pull(stretch(over(1, 2 * across), over(1, 2 * down), -0.25, -0.25))
        self.settle(bring)
        self.pull(stretch(-2 * across, -2 * down, across * 0.5, down * 0.5))


def _bounded(x: Tensor, extent: Any, border: str) -> Tensor:
    n = plane(extent)
    middle = (n - 1) * 0.5
    if border == "replicate":
        return ops.minimum(ops.maximum(x, -middle), middle)
    x = x + middle
    return x - n * ops.floor(x / n) - middle


def follow(walk: Walk, nearest: bool) -> tuple[Trail, list[tuple[Leg, Tensor]]]:
    """Lay out the way back to the source; the coverage (B, h, w) of each canvas that fades is known, last first, once it is
    gone."""
    height, width = walk.size
    trail = Trail(axis(width, (1, 1, -1)), axis(height, (1, -1, 1)))
    coverages: list[tuple[Leg, Tensor]] = []
    for leg in reversed(walk.legs):
        if leg.field is not None:
            trail.bend(leg.field)
        trail.pull(leg.inverse, leg.projective)
        if not walk.fades(leg):
            continue
        if walk.border == "constant":
            trail.settle(lambda leg=leg: coverages.append((leg, coverage(trail, leg, nearest))))  # type: ignore[misc]
        else:
            trail.fold(leg.size, walk.border, _active(leg.sides))
    return trail, coverages


def _active(sides: Any) -> Any:
    """Where a leg has any side that fades: True, or (B,)."""
    out: Any = False
    for side in sides if isinstance(sides, tuple) else (sides,):
        if side is True or side is np.True_:
            return True
        if side is not False and side is not np.False_:
            out = side if out is False else ops.logical_or(out, side)
    return out


def coverage(trail: Trail, leg: Leg, nearest: bool) -> Tensor:
    """(B, h, w): how much of the leg's input canvas lies under each coordinate, 0 to 1."""
    height, width = (plane(side) for side in leg.size)
    x, y = trail.x + (width - 1) * 0.5, trail.y + (height - 1) * 0.5
    if nearest:
        x, y = index(x), index(y)
    sides = leg.sides if isinstance(leg.sides, tuple) else (leg.sides,) * 4
    if isinstance(leg.sides, tuple):
        cov = 1.0
        for on, inside in zip(sides, (x + 1, y + 1, width - x, height - y), strict=True):
            if on is not False and on is not np.False_:
                part = ops.clip(inside, 0, 1)
                cov = cov * (part if on is True or on is np.True_ else ops.where(plane(on), part, 1.0))
    else:
        cov = ops.clip(ops.minimum(x + 1, width - x), 0, 1) * ops.clip(ops.minimum(y + 1, height - y), 0, 1)
        if leg.sides is not True:
            cov = ops.where(plane(leg.sides), cov, 1.0)
    return cov if trail.seen is True else cov * ops.cast(trail.seen, "float32")


def resample(image: Tensor, walk: Walk, fill: Any = None, nearest: bool | None = None) -> Tensor:
    """Sample images (B, H, W, C) through a walk. ``fill`` replaces the colours of the legs; for masks."""
    nearest = walk.interpolation == "nearest" if nearest is None else nearest
    trail, coverages = follow(walk, nearest)
    out = read(image, trail, "nearest" if nearest else walk.interpolation, wrap=walk.border == "wrap")
    if not coverages:
        return out
    if fill is None:
        return cover(out, [(leg.fill, cov) for leg, cov in coverages])
    # labels are chosen, never computed with
    return ops.where((_product([cov for _, cov in coverages]) > 0.5)[..., None], out, label(fill, out))


def label(fill: Any, like: Tensor) -> Tensor:
    """Labels, as a mask has them."""
    return ops.convert_to_tensor(np.array(fill).astype(keras.backend.standardize_dtype(like.dtype)))


def cover(source: Tensor, coverages: list[tuple[tuple[float, ...], Tensor]]) -> Tensor:
    """Put the colours of the canvases that were left over what was read."""
    if len({colour for colour, _ in coverages}) == 1:
        gain = _product([cov for _, cov in coverages])
        return source * gain[..., None] + (1 - gain)[..., None] * constant(coverages[0][0])
    gain, offset = None, 0.0
    for colour, cov in coverages:
        lost = 1 - cov if gain is None else gain * (1 - cov)
        offset = offset + lost[..., None] * constant(colour)
        gain = cov if gain is None else gain * cov
    return offset + source * gain[..., None]


def _product(factors: list[Tensor]) -> Tensor:
    out = factors[0]
    for factor in factors[1:]:
        out = out * factor
    return out


# Reading pixels ------------------------------------------------------------------------------------------------------


def read(image: Tensor, trail: Trail, interpolation: str, wrap: bool = False) -> Tensor:
    """Read images at coordinates relative to their centre; taps beyond the edge are those at the edge, or wrap around."""
    _, height, width, _ = ops.shape(image)
    size = tuple(n if isinstance(n, int) else ops.cast(n, "float32") for n in (height, width))
    if ON_TORCH and interpolation == "bilinear" and not wrap:
        return _grid_sample(image, trail)
    trail.pull(stretch(1.0, 1.0, (size[1] - 1) * 0.5, (size[0] - 1) * 0.5))
    x, y = trail.go()
    if not wrap:  # what lies further out reads the same pixel, and stays a whole number of 32 bits
        x, y = (ops.minimum(ops.maximum(a, -2.0), n + 1) for a, n in ((x, size[1]), (y, size[0])))
    bound = _wrapped if wrap else _clamped

    def place(at: Tensor, extent: Any) -> Tensor:
        return bound(ops.cast(at, "int32"), extent)

    at_row = picker(image)
    if interpolation == "nearest":
        return at_row(place(index(y), height))(place(index(x), width))
    left, top = ops.floor(x + STEADY), ops.floor(y + STEADY)
    fx, fy = (ops.expand_dims(ops.maximum(a, 0.0), -1) for a in (x - left, y - top))
    if interpolation == "bicubic":
        rows, columns = ([place(at + step, n) for step in range(-1, 3)] for at, n in ((top, height), (left, width)))
        down, across = four_weights(fy), four_weights(fx)
        lines = (sum(w * pixel(column) for w, column in zip(across, columns, strict=True)) for pixel in map(at_row, rows))
        return ops.clip(sum(w * line for w, line in zip(down, lines, strict=True)), 0, 1)
    x0, x1 = place(left, width), place(left + 1, width)
    upper, lower = at_row(place(top, height)), at_row(place(top + 1, height))
    gx = 1 - fx
    return (upper(x0) * gx + upper(x1) * fx) * (1 - fy) + (lower(x0) * gx + lower(x1) * fx) * fy


def _clamped(at: Tensor, extent: Any) -> Tensor:
    return ops.minimum(ops.maximum(at, 0), extent - 1)


def _wrapped(at: Tensor, extent: Any) -> Tensor:
    return ops.mod(at, extent)


def pick(image: Tensor, y: Tensor, x: Tensor) -> Tensor:
    """The pixels of images (B, H, W, C) at whole numbers, both broadcasting to (B, h, w)."""
    return picker(image)(y)(x)


def picker(image: Tensor) -> Callable[[Tensor], Callable[[Tensor], Tensor]]:
    """``pick``, row by row: what the pixels of images have in common is computed once."""
    batch, height, width, channels = ops.shape(image)
    if all(isinstance(n, int) for n in (batch, height, width)):
        first = ops.convert_to_tensor(np.reshape(np.arange(batch, dtype=np.int32) * (height * width), (-1, 1, 1)))
    else:
        first = ops.reshape(ops.cast(ops.arange(batch), "int32") * (height * width), (-1, 1, 1))
    pixels = ops.reshape(image, (-1, channels))

    def at_row(y: Tensor) -> Callable[[Tensor], Tensor]:
        line = first + y * width
        return lambda x: ops.take(pixels, line + x, axis=0)

    return at_row


def read_field(field: Tensor, at: Tensor) -> Tensor:
    """Read displacement fields (B, h, w, 2) at coordinates (B, n, 2) relative to their centre: bilinear, clamped to the edge."""
    _, height, width, _ = ops.shape(field)
    x, y = at[..., 0][:, None, :], at[..., 1][:, None, :]
    size = tuple(n if isinstance(n, int) else ops.cast(n, "float32") for n in (height, width))
    x = ops.minimum(ops.maximum(x, (size[1] - 1) * -0.5), (size[1] - 1) * 0.5)
    y = ops.minimum(ops.maximum(y, (size[0] - 1) * -0.5), (size[0] - 1) * 0.5)
    return read(field, Trail(x, y), "bilinear")[:, 0]


def _grid_sample(image: Tensor, trail: Trail) -> Tensor:
    import torch

    batch, height, width, _ = image.shape
    trail.pull(stretch(over(2, width - 1), over(2, height - 1), 0.0, 0.0))  # the centres of the corner pixels are at ±1
    grid = torch.stack(torch.broadcast_tensors(*trail.go()), dim=-1).expand(batch, -1, -1, -1)
    out = torch.nn.functional.grid_sample(image.movedim(-1, 1), grid, padding_mode="border", align_corners=True)
    return out.movedim(1, -1)
