"""Geometry: coordinates, what a canvas covers, and reading at fractional places."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch
from torch import Tensor

from augment.kernels.reference import NEAREST_BIAS
from augment.kernels.still import displaced, zoomed
from augment.program.walk import Walk, sample_field
from augment_torchvision.kernels.form import by_channel
from augment_torchvision.kernels.trail import Trail, coverage, sampled


def resample(image: Tensor, walk: Walk, fill: Any = None, nearest: bool | None = None) -> Tensor:
    """Sample a batch through a walk. ``fill`` replaces the colours of the legs; for masks, which keep their type."""
    nearest = walk.interpolation == "nearest" if nearest is None else nearest
    height, width = walk.size
    trail = Trail((height, width), image)
    gain: Tensor | None = None
    offset: Any = 0.0
    for leg in reversed(walk.legs):
        if leg.field is not None:
            trail.bend(leg.field)
        trail.pull(leg.inverse)
        if walk.border == "constant":
            cov = coverage(trail, leg, nearest)
            if cov is not None:
                colour = leg.fill if fill is None else fill
                if fill is None and any(colour):
                    lost = 1 - cov if gain is None else gain * (1 - cov)
                    offset = offset + lost[..., None, :, :] * by_channel(colour, image)
                gain = cov if gain is None else gain * cov
        elif walk.fades(leg):
            trail.fold(leg, walk.border)
    out = _read(image, trail, "nearest" if nearest else walk.interpolation, wrap=walk.border == "wrap")
    if fill is not None:
        outside = torch.as_tensor(fill[0], dtype=out.dtype, device=out.device)
        return out if gain is None else torch.where(gain[..., None, :, :] > 0, out, outside)
    return offset + (out if gain is None else gain[..., None, :, :] * out)


def _read(image: Tensor, trail: Trail, interpolation: str, wrap: bool) -> Tensor:
    """A batch at the coordinates of a trail; taps beyond the edge are those at the edge, or wrap around."""
    height, width = image.shape[2:]
    shape = len(image), *trail.size
    x, y = (a.expand(shape) for a in trail.at())
    whole = trail.whole((height, width))
    if interpolation != "nearest" and whole.any() and not whole.all():
        out = image.new_empty(len(image), image.shape[1], *trail.size)
        for rows, exact in ((np.flatnonzero(whole), True), (np.flatnonzero(~whole), False)):
            at = torch.from_numpy(rows).to(image.device)
            out[at] = _gather(image[at], x[at], y[at], interpolation, wrap, exact)
        return out
    return _gather(image, x, y, interpolation, wrap, bool(whole.all()))


def _gather(image: Tensor, x: Tensor, y: Tensor, interpolation: str, wrap: bool, exact: bool) -> Tensor:
    height, width = image.shape[2:]
    if interpolation == "nearest" or exact:
        bias = NEAREST_BIAS if interpolation == "nearest" else 0.0
        column = torch.floor(x + (width / 2 - bias)).to(torch.int64)
        row = torch.floor(y + (height / 2 - bias)).to(torch.int64)
        if wrap:
            row, column = torch.remainder(row, height), torch.remainder(column, width)
        return take(image, row.clamp(0, height - 1), column.clamp(0, width - 1))
    beyond = 2 if interpolation == "bicubic" else 1
    if wrap:
        rows, columns = (torch.arange(-beyond, n + beyond, device=image.device) % n for n in (height, width))
        image = image[:, :, rows][..., columns]
    return sampled(image, x, y, interpolation)


def take(image: Tensor, row: Tensor, column: Tensor) -> Tensor:
    """Pixels at whole coordinates (B, h, w), of any type."""
    batch, channels, height, width = image.shape
    at = (row * width + column).reshape(batch, 1, -1).expand(batch, channels, -1)
    return image.reshape(batch, channels, height * width).gather(2, at).reshape(batch, channels, *row.shape[1:])


def read_field(field: Any, at: Any) -> np.ndarray:
    """A displacement field (B, h, w, 2) at points (B, n, 2), on the host."""
    return np.stack([sample_field(f, a) for f, a in zip(field, at, strict=True)])


def zoom(image: Tensor, times: Any) -> Tensor:
    """Enlarge images about their centres, each by its own number."""
    return resample(image, zoomed((image.shape[2], image.shape[3]), np.broadcast_to(times, len(image)), np))


def displace(image: Tensor, field: Any) -> Tensor:
    """Read each pixel of images so far from its place: (B, H, W, 2), of the host."""
    return resample(image, displaced((image.shape[2], image.shape[3]), field, np), None, None)
