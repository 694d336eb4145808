"""Batched kernels in torch: every primitive on (B, C, H, W) tensors of any device, each sample with its own parameters.

Parameters are NumPy arrays of the host, of shape (B,) or (B, ...), or numbers that hold for all. Matrices are composed there in
float64; coordinates are float32, relative to the centre of a canvas.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from typing import Any

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from augment.kernels import opencv
from augment.kernels import tiles as by_tiles
from augment.kernels.copies import copied
from augment.kernels.jpeg import jpeg as _jpeg
from augment.kernels.networks import median_of
from augment.kernels.reference import GREY, HALF_UP, NEAREST_BIAS, mirror
from augment.kernels.still import displaced, zoomed
from augment.kernels.windows import Shape, extremes
from augment.keyed import partner_indices
from augment.ops.downscale import Down, Up
from augment.ops.kinds import Bend, Composition, Linear, Mixture, Taps, Turn, Window
from augment.program.walk import Walk, sample_field
from augment.random import threefry_words
from augment.values import TABLE_SIZE, Normal, Uniform, Value
from augment_torchvision.trail import Trail, coverage, per_sample, sampled

name = "torch"
xp = torch


def unpack(image: Tensor) -> Tensor:
    """(B, H, W, C), a view."""
    return image.movedim(1, -1)


def pack(image: Tensor) -> Tensor:
    return image.movedim(-1, 1).contiguous()


def spread(drawn: Any, like: Tensor) -> Any:
    """Numbers of the host, (B,) or (B, n), as tensors beside the image."""
    drawn = np.asarray(drawn)
    if drawn.dtype == np.float64:
        drawn = drawn.astype(np.float32)
    tensor = torch.from_numpy(np.ascontiguousarray(drawn)).to(like.device)
    return tensor.reshape(*drawn.shape[:1], 1, 1, 1, *drawn.shape[1:]) if drawn.ndim else tensor


# Geometry ------------------------------------------------------------------------------------------------------------


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
                    offset = offset + lost[..., None, :, :] * _channels(colour, image)
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


def locate(mask: Tensor, uniform: Any, ignore: tuple[int, ...]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """As the reference's, of masks (B, C, H, W) and uniforms (B,); the answers are on the host."""
    filled = mask != 0
    for label in ignore:
        filled &= mask != label
    upto = filled.any(1).flatten(1).cumsum(1)
    count = upto[:, -1].cpu().numpy()
    which = np.minimum(np.floor(np.asarray(uniform, np.float32) * count.astype(np.float32)).astype(np.int64), count - 1)
    at = torch.searchsorted(upto, torch.from_numpy(which + 1).to(mask.device)[:, None])[:, 0].cpu().numpy()
    return count > 0, at // mask.shape[3], at % mask.shape[3]


def downscale(image: Tensor, scale: Any, down: Down, up: Up) -> Tensor:
    """Reduce images to a share of their height and width, each to its own, and enlarge them again."""
    return copied(image, scale, down, up, sys.modules[__name__])


def zoom(image: Tensor, times: Any) -> Tensor:
    """Enlarge images about their centres, each by its own number."""
    return resample(image, zoomed((image.shape[2], image.shape[3]), np.broadcast_to(times, len(image)), np))


def displace(image: Tensor, field: Any) -> Tensor:
    """Read each pixel of images so far from its place: (B, H, W, 2), of the host."""
    return resample(image, displaced((image.shape[2], image.shape[3]), field, np), None, None)


# Colour --------------------------------------------------------------------------------------------------------------


def _channels(values: Any, like: Tensor) -> Tensor:
    """One number for all channels or one for each, as (1 or C, 1, 1)."""
    return torch.as_tensor(np.atleast_1d(values), dtype=torch.float32, device=like.device)[:, None, None]


def grey(image: Tensor) -> Tensor:
    if image.shape[1] == 1:
        return image
    r, g, b = image.unbind(1)
    return (r * float(GREY[0]) + g * float(GREY[1]) + b * float(GREY[2]))[:, None]


def linear(image: Tensor, f: Linear) -> Tensor:
    """``clip(gain·x + gray·grey(x) + offset + mean·statistic(x))``."""
    gain, gray, offset, mean = (per_sample(p, image, 3) for p in f[:4])
    needs_grey = isinstance(gray, Tensor) or gray != 0.0 or f.statistic == "gray_mean"
    level = grey(image) if needs_grey else image
    out = image * gain
    if isinstance(gray, Tensor) or gray != 0.0:
        out = out + gray * level
    if f.statistic:
        base = level if f.statistic == "gray_mean" else image
        offset = offset + mean * base.mean(dim=(1, 2, 3) if f.statistic == "mean" else (2, 3), keepdim=True)
    return (out + offset).clamp_(0, 1)


def curve(image: Tensor, bend: Bend) -> Tensor:
    """A function of each channel's value, stated by the op."""
    values = {name: per_sample(x, image, 3) for name, x in bend.values.items() if np.ndim(x) < 2}
    return bend.curve(image, values, torch).clamp(0, 1)


def mixture(image: Tensor, f: Mixture) -> Tensor:
    """Each channel as a mixture of all: rows (n, n) or (B, n, n), offset (n,) or (B, n)."""
    rows, offset = (torch.from_numpy(np.asarray(part, np.float32)).to(image.device) for part in f)
    planes = image.flatten(2)
    out = torch.matmul(rows.expand(len(image), *rows.shape[-2:]), planes) + offset[..., None]
    return out.reshape(image.shape).clamp_(0, 1)


def turn_hue(image: Tensor, turn: Turn) -> Tensor:
    """Turn the hue of HSV, and add to saturation and value."""
    r, g, b = image.unbind(1)
    high, low = image.amax(1), image.amin(1)
    chroma = high - low
    safe = torch.where(chroma == 0, 1.0, chroma)
    hue = torch.where(high == r, (g - b) / safe, torch.where(high == g, 2 + (b - r) / safe, 4 + (r - g) / safe))
    hue = hue + 6 * per_sample(turn.turns, image, 2)
    if not turn.pure:
        saturation = (chroma / torch.where(high == 0, 1.0, high) + per_sample(turn.saturation, image, 2)).clamp(0, 1)
        high = (high + per_sample(turn.value, image, 2)).clamp(0, 1)
        chroma = torch.where(chroma == 0, 0.0, saturation) * high
    k = torch.remainder(torch.stack([5 + hue, 3 + hue, 1 + hue], 1), 6)
    return (high[:, None] - chroma[:, None] * torch.minimum(k, 4 - k).clamp_(0, 1)).clamp_(0, 1)


def affine(image: Tensor, gain: Any, offset: Any) -> Tensor:
    """``gain·x + offset`` for each channel, without clipping."""
    return image * _channels(gain, image) + _channels(offset, image)


def round8(image: Tensor) -> Tensor:
    """Round to the 8-bit grid."""
    return torch.floor(image * 255 + HALF_UP) / 255


def where_open(open_: np.ndarray, make: Any, image: Tensor, v: Mapping[str, np.ndarray], heavy: bool = False) -> Tensor:
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


def by_value(image: Tensor, drawn: Any, make: Callable[[Tensor, Any], Tensor]) -> Tensor:
    """``make(images, value)`` for each value that was drawn (B,), on the samples that drew it."""
    drawn = np.broadcast_to(np.asarray(drawn), (len(image),))
    values = np.unique(drawn)
    if len(values) == 1:
        return make(image, values[0])
    out = torch.empty_like(image, memory_format=torch.contiguous_format)
    for value in values:
        at = torch.from_numpy(np.flatnonzero(drawn == value)).to(image.device)
        out[at] = make(image[at], value)
    return out


def morphology(raster: Tensor, size: Any, sizes: Sequence[int], shape: Shape, highest: bool) -> Tensor:
    """The largest (or least) value of the neighbourhood of each pixel, of images or masks; each sample has its size."""
    pick = torch.maximum if highest else torch.minimum
    return by_value(raster, size, lambda part, n: extremes(replicated(part, int(n) // 2), int(n), shape, (2, 3), pick))


def median(image: Tensor, size: Any, sizes: Sequence[int]) -> Tensor:
    """The median of the square around each pixel, on the 8-bit grid; each sample has its size."""

    def of(part: Tensor, n: Any) -> Tensor:
        return median_of(replicated(part, int(n) // 2), int(n), (2, 3), torch.minimum, torch.maximum)

    return _fractions(by_value(bytes8(image), size, of), image)


def _fractions(levels: Tensor, image: Tensor, full: float = 255) -> Tensor:
    """Levels as fractions; what was rounded has no slope, so the gradient of the image is zero, and not lost."""
    fractions = levels if full == 1 else levels / full
    return fractions + image * 0 if image.requires_grad else fractions


def bytes8(image: Tensor) -> Tensor:
    """Levels of the 8-bit grid: minima and maxima of bytes are quick."""
    return torch.floor(image.detach() * 255 + HALF_UP).to(torch.uint8)


def _planes(image: Tensor) -> np.ndarray:
    """(B·C, H, W, 1): the channels of a batch on the host, in 8 bits."""
    return bytes8(image).reshape(-1, *image.shape[2:], 1).numpy()


def _places(image: Tensor) -> Tensor:
    """(B, C, H, W): the place of each value among the levels of all channels, sample by sample."""
    first = torch.arange(0, 256 * image.shape[0] * image.shape[1], 256, device=image.device)
    return bytes8(image).to(torch.int64) + first.reshape(*image.shape[:2], 1, 1)


def histogram(image: Tensor) -> Tensor:
    """(B, C, 256): how often each level of the 8-bit grid occurs in each channel."""
    batch, channels = image.shape[:2]
    if image.device.type == "cpu":  # plane by plane on the host: several times as quick as to count and to take all at once
        counts = [opencv.histogram(plane) for plane in _planes(image)]
        return torch.from_numpy(np.concatenate(counts).reshape(batch, channels, 256))
    return torch.bincount(_places(image).ravel(), minlength=batch * channels * 256).reshape(batch, channels, 256)


def look_up(image: Tensor, levels: Tensor) -> Tensor:
    """What becomes of each level of the 8-bit grid: (B, C, 256), 0 to 255."""
    if image.device.type == "cpu":
        curves = levels.to(torch.float64).reshape(-1, 1, 256).numpy()
        out = np.stack([opencv.unpack(opencv.look_up(*pair)) for pair in zip(_planes(image), curves, strict=True)])
        return _fractions(torch.from_numpy(out).reshape(image.shape), image, 1)
    return _fractions(levels.to(torch.float32).ravel()[_places(image)], image)


def clahe(image: Tensor, limit: Any, tiles: tuple[int, int]) -> Tensor:
    """Equalise each channel by tiles, with limited contrast; each sample has its limit."""
    levels = bytes8(image).to(torch.int64)
    batch, channels, height, width = levels.shape
    rows, columns = tiles
    tall, wide = by_tiles.tile_size((height, width), tiles, torch)
    sides = (rows * tall, height), (columns * wide, width)
    y, x = (torch.from_numpy(mirror(np.arange(n), extent)).to(image.device) for n, extent in sides)
    plane = torch.arange(batch * channels, device=image.device).reshape(batch, channels, 1, 1) * (rows * columns)
    row, column = (torch.arange(count * side, device=image.device) // side for count, side in ((rows, tall), (columns, wide)))
    places = levels[:, :, y][..., x] + 256 * (plane + row[:, None] * columns + column)
    counts = torch.bincount(places.ravel(), minlength=256 * batch * channels * rows * columns).to(torch.float32)
    limits = torch.from_numpy(np.broadcast_to(np.asarray(limit, np.float32), (batch,)).copy()).to(image.device)
    shape = batch, channels * rows * columns, 256
    curves = by_tiles.limited(counts.reshape(shape), limits[:, None, None], float(tall * wide), torch).ravel()
    (above, below, down), (left, right, across) = (
        by_tiles.between(torch.arange(n, dtype=torch.float32, device=image.device), float(side), count, torch)
        for n, side, count in ((height, tall, rows), (width, wide, columns))
    )

    def at(row: Tensor, column: Tensor) -> Tensor:
        return curves[levels + 256 * (plane + row.to(torch.int64)[:, None] * columns + column.to(torch.int64))]

    down = down[:, None]
    top = at(above, left) * (1 - across) + at(above, right) * across
    out = top * (1 - down) + (at(below, left) * (1 - across) + at(below, right) * across) * down
    return _fractions(out, image)


def jpeg(image: Tensor, quality: Any) -> Tensor:
    """What JPEG leaves of images of one or three channels, on the 8-bit grid; each sample has its quality."""
    qualities = np.broadcast_to(quality, len(image)).astype(np.int32)
    if image.device.type == "cpu":  # libjpeg itself: the same bits in a third of the time
        rows = zip(unpack(bytes8(image)).contiguous().numpy(), qualities, strict=True)
        return _fractions(pack(torch.from_numpy(np.stack([opencv.jpeg(one, q) for one, q in rows]))), image)
    drawn = torch.from_numpy(qualities).to(image.device)
    levels = unpack(bytes8(image)).to(torch.int32)
    return _fractions(pack(_jpeg(levels, drawn, (image.shape[2], image.shape[3]), torch).to(torch.float32)), image)


def blend(image: Tensor, colour: Sequence[float], alpha: Any) -> Tensor:
    """Lay a colour over images, as much of it as ``alpha`` (B, H, W), of the host, says."""
    share = torch.from_numpy(np.asarray(alpha, np.float32)).to(image.device)[..., None, :, :]
    return (image + (_channels(colour, image) - image) * share).clamp_(0, 1)


def replicated(raster: Tensor, reach: int) -> Tensor:
    """Widen by the pixels at the edge, of any type."""
    rows, columns = (torch.arange(-reach, n + reach, device=raster.device).clamp_(0, n - 1) for n in raster.shape[2:])
    return raster[:, :, rows][..., columns]


def noise(raster: Tensor, value: Value, key: tuple[Any, Any], number: int = 0, pixel: bool = False) -> Tensor:
    """(B, C, H, W), or (B, 1, H, W) of each ``pixel``: numbers of a distribution, each sample from a generator of its key."""
    batch, channels, height, width = raster.shape
    field = torch.empty((batch, 1 if pixel else channels, height, width), device=raster.device)
    for one, high, low in zip(field, *(np.broadcast_to(word, batch) for word in key), strict=True):
        seed, rest = threefry_words((int(high), int(low)), (number, 0))  # on a CPU, generators take 32 bits of a seed
        generator = torch.Generator(raster.device).manual_seed(rest << 32 | seed)
        if isinstance(value, Normal):
            one.normal_(value.mean, value.std, generator=generator)
        else:
            one.uniform_(generator=generator)
    if isinstance(value, Normal):
        return field
    if isinstance(value, Uniform):
        return field * (value.high - value.low) + value.low
    return torch.from_numpy(value.table()).to(raster.device)[(field * TABLE_SIZE).to(torch.int64)]


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


def erase_mask(mask: Tensor, rectangles: Any, label: int) -> Tensor:
    """Fill rectangles of masks (B, n, 4) with a label."""
    return erase(mask, rectangles, label)


def fill(image: Tensor, where: Any, colour: Any) -> Tensor:
    """Give pixels (B, H, W), of the host or of tensors, a colour: a number, one for each channel, or those of other images."""
    if not isinstance(colour, Tensor):
        colour = torch.as_tensor(np.atleast_1d(colour), dtype=image.dtype, device=image.device)[:, None, None]
    return torch.where(torch.as_tensor(where, device=image.device)[:, None], colour, image)


fill_mask = fill


def mix(image: Tensor, other: Tensor, weight: Any, rectangle: Any) -> Tensor:
    """Blend by weight (B,), or paste a rectangle (B, 4) of the other."""
    if rectangle is not None:
        return torch.where(inside(np.asarray(rectangle)[..., None, :], image), other, image)
    share = per_sample(weight, image, 3)
    if not image.is_floating_point():
        return torch.where(share >= 0.5, image, other)
    return (image * share + other * (1 - share)).to(image.dtype)


def compose(images: Sequence[Tensor], composition: Composition, fill: Sequence[float], mask: bool = False) -> Tensor:
    """Paste windows of images, or of masks, onto canvases of the fill, each over those before it."""
    first = images[0]
    out = _channels(fill, first).to(first.dtype).expand(len(first), first.shape[1], *composition.size).clone()
    for placement in composition.placements:
        entries = (*placement.window, placement.y, placement.x, *placement.size)
        rows = np.stack([np.broadcast_to(np.asarray(n), len(out)).astype(int) for n in entries], axis=1)
        for canvas, image, (y, x, height, width, top, left, tall, wide) in zip(out, images[placement.source], rows, strict=True):
            shown = image[:, y : y + height, x : x + width]
            if placement.resized and shown.numel():
                window = Window(0, 0, height, width)
                size = int(tall), int(wide)
                one = shown[None]
                shown = (resize_nearest(one, window, size) if mask else resize(one, window, size, "bilinear"))[0]
            canvas[:, top : top + tall, left : left + wide] = shown
    return out


def mix_labels(groups: Sequence[Tensor], weights: Sequence[Any]) -> Tensor:
    """Blend rows of labels (B, ...) by weights (B,)."""
    shares = (per_sample(weight, rows, rows.ndim - 1) for rows, weight in zip(groups, weights, strict=True))
    return sum(rows * share for rows, share in zip(groups, shares, strict=True))  # type: ignore[return-value]


def pick(raster: Tensor, partner: Any) -> Tensor:
    return raster[torch.from_numpy(np.asarray(partner)).to(raster.device)]


def partners(uniforms: Any) -> list[np.ndarray]:
    """(B,) each: where the partners of each sample, chosen by (B, n) uniforms, stand in the batch; see `partner_indices`."""
    return list(np.array([partner_indices(own, i, len(uniforms)) for i, own in enumerate(uniforms)]).T)


def is_float(raster: Tensor) -> bool:
    return raster.is_floating_point()
