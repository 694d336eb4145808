"""Batched kernels in torch: every primitive on (B, C, H, W) tensors of any device, each sample with its own parameters.

Parameters are NumPy arrays of the host, of shape (B,) or (B, ...), or numbers that hold for all. Matrices are composed there in
float64; coordinates are float32, relative to the centre of a canvas.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import nullcontext
from typing import Any

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from augment.kernels.reference import GREY, HALF_UP, NEAREST_BIAS, mirror
from augment.keyed import partner_index
from augment.ops.kinds import Linear, Taps, Window
from augment.program.walk import Walk, sample_field
from augment_torchvision.trail import Trail, bilinear, coverage, per_sample

name = "torch"
kernels = {  # primitive -> what runs it, for `explain`
    "resample": "torch grid_sample", "resize": "torch interpolate (antialias)", "pointwise": "torch", "convolve": "torch conv2d",
    "noise": "torch.Generator", "erase": "torch where", "mix": "torch lerp",
}  # fmt: skip


# Geometry ------------------------------------------------------------------------------------------------------------


def resample(image: Tensor, walk: Walk, fill: Any, nearest: bool | None) -> Tensor:
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
                    offset = offset + lost[..., None, :, :] * _channels(colour, image)
                gain = cov if gain is None else gain * cov
        elif walk.fades(leg):
            trail.fold(leg, walk.border)
    out = _read(image, trail, nearest, wrap=walk.border == "wrap")
    if fill is not None:
        outside = torch.as_tensor(fill[0], dtype=out.dtype, device=out.device)
        return out if gain is None else torch.where(gain[..., None, :, :] > 0, out, outside)
    return offset + (out if gain is None else gain[..., None, :, :] * out)


def _read(image: Tensor, trail: Trail, nearest: bool, wrap: bool) -> Tensor:
    """A batch at the coordinates of a trail; taps beyond the edge are those at the edge, or wrap around."""
    height, width = image.shape[2:]
    shape = len(image), *trail.size
    x, y = (a.expand(shape) for a in trail.at())
    whole = trail.whole((height, width))
    if not nearest and whole.any() and not whole.all():
        out = image.new_empty(len(image), image.shape[1], *trail.size)
        for rows, exact in ((np.flatnonzero(whole), True), (np.flatnonzero(~whole), False)):
            at = torch.from_numpy(rows).to(image.device)
            out[at] = _gather(image[at], x[at], y[at], nearest, wrap, exact)
        return out
    return _gather(image, x, y, nearest, wrap, bool(whole.all()))


def _gather(image: Tensor, x: Tensor, y: Tensor, nearest: bool, wrap: bool, exact: bool) -> Tensor:
    height, width = image.shape[2:]
    if nearest or exact:
        bias = NEAREST_BIAS if nearest else 0.0
        column = torch.floor(x + (width / 2 - bias)).to(torch.int64)
        row = torch.floor(y + (height / 2 - bias)).to(torch.int64)
        if wrap:
            row, column = torch.remainder(row, height), torch.remainder(column, width)
        return take(image, row.clamp(0, height - 1), column.clamp(0, width - 1))
    if wrap:
        image = torch.cat([image[:, :, -1:], image, image[:, :, :1]], 2)
        image = torch.cat([image[..., -1:], image, image[..., :1]], 3)
    return bilinear(image, x, y)


def take(image: Tensor, row: Tensor, column: Tensor) -> Tensor:
    """Pixels at whole coordinates (B, h, w), of any type."""
    batch, channels, height, width = image.shape
    at = (row * width + column).reshape(batch, 1, -1).expand(batch, channels, -1)
    return image.reshape(batch, channels, height * width).gather(2, at).reshape(batch, channels, *row.shape[1:])


def read_field(field: Any, at: Any) -> np.ndarray:
    """A displacement field (B, h, w, 2) at points (B, n, 2), on the host."""
    return np.stack([sample_field(f, a) for f, a in zip(field, at, strict=True)])


def _windows(window: Window, batch: int) -> np.ndarray:
    """(B or 1, 4): y, x, height, width; one row where it is the same for all."""
    rows = np.stack([np.broadcast_to(np.asarray(e), (batch,)) for e in window], axis=1).astype(int)
    return rows[:1] if (rows == rows[0]).all() else rows


def resize(image: Tensor, window: Window, size: tuple[int, int], interpolation: str) -> Tensor:
    """Resize a window of each image, antialiased."""
    rows = _windows(window, len(image))
    parts = []
    for i, (y, x, height, width) in enumerate(rows):
        part = (image if len(rows) == 1 else image[i : i + 1])[:, :, y : y + height, x : x + width]
        parts.append(F.interpolate(part, size=tuple(size), mode=interpolation, antialias=True, align_corners=False))
    out = torch.cat(parts) if len(parts) > 1 else parts[0]
    return out.clamp_(0, 1) if interpolation == "bicubic" else out


def resize_nearest(mask: Tensor, window: Window, size: tuple[int, int]) -> Tensor:
    """Resize a window of each mask: the pixel under the centre of each output pixel."""
    rows = _windows(window, len(mask))

    def axis(start: np.ndarray, extent: np.ndarray, count: int) -> Tensor:
        at = np.floor((np.arange(count) + 0.5) * extent[:, None] / count - NEAREST_BIAS).astype(int)
        return torch.from_numpy(start[:, None] + np.clip(at, 0, extent[:, None] - 1)).to(mask.device)

    row, column = axis(rows[:, 0], rows[:, 2], size[0]), axis(rows[:, 1], rows[:, 3], size[1])
    shape = len(mask), *size
    return take(mask, row[:, :, None].expand(shape), column[:, None, :].expand(shape))


# Colour --------------------------------------------------------------------------------------------------------------


def _channels(values: Any, like: Tensor) -> Tensor:
    """One number for all channels or one for each, as (1 or C, 1, 1)."""
    return torch.as_tensor(np.atleast_1d(values), dtype=torch.float32, device=like.device)[:, None, None]


def grey(image: Tensor) -> Tensor:
    if image.shape[1] == 1:
        return image
    r, g, b = image.unbind(1)
    return (r * float(GREY[0]) + g * float(GREY[1]) + b * float(GREY[2]))[:, None]


def linear(image: Tensor, f: Linear, statistic: str | None) -> Tensor:
    """``clip(gain·x + gray·grey(x) + offset + mean·statistic(x))``."""
    gain, gray, offset, mean = (per_sample(p, image, 3) for p in f)
    needs_grey = isinstance(gray, Tensor) or gray != 0.0 or statistic == "gray_mean"
    level = grey(image) if needs_grey else image
    out = image * gain
    if isinstance(gray, Tensor) or gray != 0.0:
        out = out + gray * level
    if statistic:
        base = level if statistic == "gray_mean" else image
        offset = offset + mean * base.mean(dim=(2, 3), keepdim=True)
    return (out + offset).clamp_(0, 1)


def curve(image: Tensor, op: Any, v: Any) -> Tensor:
    """A function of each channel's value, stated by the op."""
    values = {name: per_sample(x, image, 3) for name, x in v.items() if np.ndim(x) < 2}
    return op.curve(image, values, torch).clamp(0, 1)


def turn_hue(image: Tensor, turns: Any) -> Tensor:
    """Turn the hue of HSV by a share of the circle."""
    r, g, b = image.unbind(1)
    high, low = image.amax(1), image.amin(1)
    chroma = high - low
    safe = torch.where(chroma == 0, 1.0, chroma)
    hue = torch.where(high == r, (g - b) / safe, torch.where(high == g, 2 + (b - r) / safe, 4 + (r - g) / safe))
    hue = hue + 6 * per_sample(turns, image, 2)
    k = torch.remainder(torch.stack([5 + hue, 3 + hue, 1 + hue], 1), 6)
    return (high[:, None] - chroma[:, None] * torch.minimum(k, 4 - k).clamp_(0, 1)).clamp_(0, 1)


def affine(image: Tensor, gain: Any, offset: Any) -> Tensor:
    """``gain·x + offset`` for each channel, without clipping."""
    return image * _channels(gain, image) + _channels(offset, image)


def round8(image: Tensor) -> Tensor:
    """Round to the 8-bit grid."""
    return torch.floor(image * 255 + HALF_UP) / 255


def where_open(open_: np.ndarray, make: Any, image: Tensor, v: Mapping[str, np.ndarray]) -> Tensor:
    """``make(image, v)`` of the samples where the gate is open; nothing is computed of the others."""
    rows = np.flatnonzero(open_)
    if len(rows) == len(image):
        return make(image, v)
    if not len(rows):
        return image
    at = torch.from_numpy(rows).to(image.device)
    return image.index_copy(0, at, make(image[at], {name: drawn[rows] for name, drawn in v.items()}))


def take_channels(image: Tensor, channels: tuple[int, ...]) -> Tensor:
    return image[:, list(channels)]


def put_channels(image: Tensor, channels: tuple[int, ...], part: Tensor) -> Tensor:
    image = image.clone()
    image[:, list(channels)] = part
    return image


# The rest ------------------------------------------------------------------------------------------------------------


def convolve(image: Tensor, taps: Taps) -> Tensor:
    """Convolve each image with its own taps, with reflect101 borders."""
    passes = [taps.kernel] if taps.kernel is not None else [taps.y[..., :, None], taps.x[..., None, :]]  # type: ignore[index]
    batch, channels, height, width = image.shape
    # depthwise kernels of cuDNN may round to TF32, which is a level off
    exact = torch.backends.cudnn.flags(enabled=False) if image.is_cuda else nullcontext()
    with exact:
        for kernel in passes:
            kernel = np.broadcast_to(kernel, (batch, *np.shape(kernel)[-2:]))
            wide = _mirrored(image, kernel.shape[1] // 2, kernel.shape[2] // 2)
            weight = torch.from_numpy(kernel.astype(np.float32)).to(image.device).repeat_interleave(channels, 0)[:, None]
            out = F.conv2d(wide.reshape(1, batch * channels, *wide.shape[2:]), weight, groups=batch * channels)
            image = out.reshape(batch, channels, height, width)
    return image


def _mirrored(image: Tensor, ry: int, rx: int) -> Tensor:
    """Pad by reflect101, also further than the image is wide."""
    height, width = image.shape[2:]
    if ry < height and rx < width:
        return F.pad(image, (rx, rx, ry, ry), mode="reflect")
    rows, columns = (torch.from_numpy(mirror(np.arange(-r, n + r), n)).to(image.device) for r, n in ((ry, height), (rx, width)))
    return image[:, :, rows][..., columns]


def noise(image: Tensor, std: Any, key: tuple[Any, Any]) -> Tensor:
    """Add normal noise, each sample from a generator of its own key."""
    field = torch.empty_like(image, memory_format=torch.contiguous_format)
    for one, high, low in zip(field, *np.broadcast_arrays(*map(np.atleast_1d, key)), strict=True):
        generator = torch.Generator(image.device).manual_seed(int(high) << 24 | int(low))
        one.normal_(generator=generator)
    return (image + per_sample(std, image, 3) * field).clamp_(0, 1)


def inside(rectangles: Any, like: Tensor) -> Tensor:
    """(B, 1, H, W) bool: the pixels of rectangles (B, n, 4), drawn on the host."""
    rectangles = np.asarray(rectangles).astype(int)
    rectangles = np.broadcast_to(rectangles, (len(like), *rectangles.shape[-2:]))
    covered = np.zeros((len(like), 1, *like.shape[2:]), bool)
    for plane, rows in zip(covered, rectangles, strict=True):
        for y0, x0, y1, x1 in rows:
            plane[0, y0:y1, x0:x1] = True
    return torch.from_numpy(covered).to(like.device)


def erase(image: Tensor, rectangles: Any, colour: Any) -> Tensor:
    """Fill rectangles (B, n, 4) with a colour."""
    return torch.where(inside(rectangles, image), _channels(colour, image).to(image.dtype), image)


def mix(image: Tensor, other: Tensor, weight: Any, rectangle: Any) -> Tensor:
    """Blend by weight (B,), or paste a rectangle (B, 4) of the other."""
    if rectangle is not None:
        return torch.where(inside(np.asarray(rectangle)[..., None, :], image), other, image)
    share = per_sample(weight, image, 3)
    if not image.is_floating_point():
        return torch.where(share >= 0.5, image, other)
    return (image * share + other * (1 - share)).to(image.dtype)


def mix_labels(rows: Tensor, other: Tensor, weight: Any) -> Tensor:
    """Blend rows of labels (B, ...) by weight (B,)."""
    share = per_sample(weight, rows, rows.ndim - 1)
    return rows * share + other * (1 - share)


def pick(raster: Tensor, partner: Any) -> Tensor:
    return raster[torch.from_numpy(np.asarray(partner)).to(raster.device)]


def partners(uniform: Any) -> np.ndarray:
    """(B,): where each sample's partner stands in the batch; never the sample itself."""
    return np.array([partner_index(u, i, len(uniform)) for i, u in enumerate(uniform)])


def is_float(raster: Tensor) -> bool:
    return raster.is_floating_point()
