"""The way of a batch's pixels from the output of a run back to its source, canvas by canvas."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from augment.kernels.reference import NEAREST_BIAS
from augment.program.walk import HORIZON, Leg


def per_sample(value: Any, like: Tensor, axes: int) -> Any:
    """A parameter as a number, or as a float32 tensor (B, 1, ...) with ``axes`` trailing ones on the device of ``like``."""
    value = np.asarray(value)
    if not value.ndim:
        return value.item()
    return torch.from_numpy(value.astype(np.float32)).to(like.device).reshape(-1, *[1] * axes)


class Trail:
    """Where the pixels of an output come from, canvas by canvas: x and y relative to the centre of the canvas that was reached.

    While only affine maps were met, it is a matrix on the host and the axes of the output.
    """

    def __init__(self, size: tuple[int, int], like: Tensor):
        self.size, self.like = size, like
        self.matrix = np.eye(3)
        self.seen: Tensor | None = None
        self._at: tuple[Tensor, Tensor] | None = None
        self._start: tuple[Tensor, Tensor] | None = None

    def pull(self, inverse: Any) -> None:
        """Go back through a matrix (3, 3) or (B, 3, 3)."""
        self.matrix, self._at = np.asarray(inverse, np.float64) @ self.matrix, None
        last = self.matrix[..., 2, :]
        self.seen = None
        if np.any(last[..., :2]):
            x, y, w = (self._row(r) for r in range(3))
            self.seen = w > HORIZON
            w = torch.where(self.seen, w, 1.0)
            self._set(x / w, y / w)
        elif np.any(last[..., 2] != 1):
            self.matrix = self.matrix / last[..., None, 2:]

    def bend(self, field: Any) -> None:
        """Add a displacement (B, h, w, 2) of the canvas that was reached."""
        dx, dy = torch.from_numpy(np.moveaxis(np.asarray(field, np.float32), -1, 0).copy()).to(self.like.device)
        x, y = self.at()
        if not (self._start is None and np.array_equal(self.matrix, np.eye(3)) and dx.shape[-2:] == tuple(self.size)):
            read = sampled(torch.stack((dx, dy), 1), x, y, "bilinear")
            dx, dy = read[:, 0], read[:, 1]
        self._set(x + dx, y + dy)

    def fold(self, leg: Leg, border: str) -> None:
        """Bring the coordinates back into the input canvas of a leg, in the samples where that leg is active."""
        x, y = self.at()
        folded = [_fold(a, _extent(n, a), border) for a, n in ((x, leg.size[1]), (y, leg.size[0]))]
        flags = [s for s in (leg.sides if isinstance(leg.sides, tuple) else (leg.sides,)) if s is not False]
        if all(np.ndim(s) for s in flags):
            active = torch.from_numpy(np.any(np.stack(flags), axis=0)).to(x.device)[:, None, None]
            folded = [torch.where(active, f, a) for f, a in zip(folded, (x, y), strict=True)]
        self._set(*folded)

    def at(self) -> tuple[Tensor, Tensor]:
        """X and y, each of a shape that broadcasts to (B, h, w)."""
        if self._at is None:
            self._at = self._row(0), self._row(1)
        return self._at

    def whole(self, source: tuple[int, int]) -> Any:
        """(B or 1,): in which samples every pixel of the output falls on one of the source, so that nothing is interpolated."""
        matrix = self.matrix.reshape(-1, 3, 3)
        if self._start is not None:
            return np.zeros(len(matrix), bool)
        found = np.isin(matrix[:, :2, :2], (-1, 0, 1)).all(axis=(1, 2))
        for row, extent in ((0, source[1]), (1, source[0])):
            across, down = self._axes(row)
            first = np.atleast_1d(across[..., 0] + down[..., 0] + (extent - 1) / 2)  # of the others, it is whole pixels away
            found &= first == np.rint(first)
        return found

    def _set(self, x: Tensor, y: Tensor) -> None:
        self._start = self._at = (x, y)
        self.matrix = np.eye(3)

    def _axes(self, r: int) -> tuple[np.ndarray, np.ndarray]:
        m, (height, width) = self.matrix, self.size
        across = m[..., r, 0, None] * (np.arange(width) - (width - 1) / 2)
        down = m[..., r, 1, None] * (np.arange(height) - (height - 1) / 2) + m[..., r, 2, None]
        return across, down

    def _row(self, r: int) -> Tensor:
        if self._start is not None:
            a, b, c = (per_sample(self.matrix[..., r, k], self.like, 2) for k in range(3))
            return a * self._start[0] + b * self._start[1] + c
        # in float64 as long as it is two axes and not yet a plane
        across, down = (torch.from_numpy(a.astype(np.float32)).to(self.like.device) for a in self._axes(r))
        return across[..., None, :] + down[..., :, None]


def _extent(n: Any, like: Tensor) -> Any:
    return per_sample(n, like, 2)


def _fold(x: Tensor, extent: Any, border: str) -> Tensor:
    x = x + (extent - 1) / 2
    match border:
        case "reflect":
            x = torch.remainder(x + 0.5, 2 * extent)
            x = torch.minimum(x, 2 * extent - x) - 0.5
        case "reflect101":
            period = extent * 2 - 2
            if isinstance(period, Tensor):
                x = torch.where(period > 0, torch.remainder(x, period.clamp(min=1)), 0.0)
            else:
                x = torch.remainder(x, period) if period else x * 0
            x = torch.minimum(x, period - x)
        case "replicate":
            x = torch.minimum(x.clamp(min=0), torch.as_tensor(extent - 1, dtype=x.dtype, device=x.device))
        case "wrap":
            x = torch.remainder(x, extent)
    return x - (extent - 1) / 2


def coverage(trail: Trail, leg: Leg, nearest: bool) -> Tensor | None:
    """How much of a leg's input canvas lies under each coordinate, 0 to 1; None where it is 1 throughout."""
    sides = leg.sides if isinstance(leg.sides, tuple) else (leg.sides,) * 4
    cov = None if trail.seen is None else trail.seen.to(torch.float32)
    for axis, (low, high) in enumerate(((sides[0], sides[2]), (sides[1], sides[3]))):
        if low is False and high is False:
            continue
        at = trail.at()[axis]
        half = (_extent(leg.size[1 - axis], at) + 1) / 2
        if nearest:
            at = torch.floor(at + (half - 0.5 - NEAREST_BIAS)) - (half - 1)
        for side, inside in [(low, half - at.abs())] if low is high else [(low, half + at), (high, half - at)]:
            if side is False:
                continue
            factor = inside.clamp(0, 1)
            if np.ndim(side):
                factor = torch.maximum(factor, 1 - per_sample(side, at, 2))
            cov = factor if cov is None else cov * factor
    return cov


def sampled(image: Tensor, x: Tensor, y: Tensor, interpolation: str) -> Tensor:
    """Read at coordinates (B, h, w) relative to the centre; taps beyond the edge are those at the edge."""
    height, width = image.shape[2:]
    if interpolation == "bicubic":  # further out nothing but the edge is read, and numbers of pixels stay small
        x, y = (at.clamp(-extent / 2 - 2, extent / 2 + 2) for at, extent in ((x, width), (y, height)))
    grid = torch.stack(torch.broadcast_tensors(x * (2 / width), y * (2 / height)), dim=-1)
    grid = grid.expand(len(image), *grid.shape[-3:])
    out = F.grid_sample(image, grid, mode=interpolation, padding_mode="border", align_corners=False)
    return out.clamp(0, 1) if interpolation == "bicubic" else out
