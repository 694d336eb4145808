"""The primitives in ``keras.ops``, on batches of images (B, H, W, C) in float32 with values in [0, 1].

Each sample has its own parameters, numbers or tensors (B,) or (B, ...). `augment.engine.batch` says when they are called.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Sequence
from typing import Any

import keras
import numpy as np
from keras import ops

from augment.kernels import tiles as by_tiles
from augment.kernels.copies import copied
from augment.kernels.jpeg import jpeg as _jpeg
from augment.kernels.networks import median_of
from augment.kernels.reference import GREY, HALF_UP, mirror
from augment.kernels.still import displaced, zoomed
from augment.kernels.windows import Shape, extremes
from augment.ops.downscale import Down, Up
from augment.ops.kinds import Bend, Composition, Linear, Mixture, Taps, Turn
from augment.random import threefry_int32
from augment.values import TABLE_SIZE, Normal, Uniform, Value
from augment_keras.gated import each_open, one_by_one
from augment_keras.jit import compiling, settled
from augment_keras.targets import mix_points
from augment_keras.warp import constant, label, read_field, resample
from augment_keras.weights import mirrored, replicated, resize, resize_nearest, resize_onto

Tensor = Any

name = "keras"
SHIFTED = 225  # taps up to which XLA adds shifted images faster than it convolves
xp = ops

__all__ = [
    "affine", "blend", "clahe", "compose", "convolve", "curve", "displace", "downscale", "erase", "erase_mask", "fill",
    "fill_mask", "histogram", "is_float", "jpeg", "linear", "locate", "look_up", "median", "mix", "mix_labels", "mix_points",
    "mixture", "morphology", "name", "noise", "pack", "partners", "pick", "put_channels", "read_field", "resample", "resize",
    "resize_nearest", "round8", "spread", "take_channels", "turn_hue", "unpack", "where_open", "xp", "zoom",
]  # fmt: skip


def unpack(image: Tensor) -> Tensor:
    return image


def pack(image: Tensor) -> Tensor:
    return image


def spread(parameter: Any, like: Tensor | None = None) -> Any:
    """A parameter, a number or (B, ...), that broadcasts against (B, H, W, C): (B, 1, 1, 1, ...)."""
    return parameter[:, None, None, None] if len(getattr(parameter, "shape", ())) else parameter


def is_float(raster: Tensor) -> bool:
    return "float" in keras.backend.standardize_dtype(raster.dtype)


def where_open(open_: Tensor, make: Any, image: Tensor, v: Any, heavy: bool = False) -> Tensor:
    """``make(image, v)`` where a gate (B,) is open: of all samples, or one by one where that is cheaper."""
    if heavy and one_by_one():
        return each_open(open_, make, image, v)
    return ops.where(spread(open_), make(image, v), image)


def locate(mask: Tensor, uniform: Tensor, ignore: tuple[int, ...]) -> tuple[Tensor, Tensor, Tensor]:
    """As the reference's, of masks (B, H, W, C) and uniforms (B,)."""
    batch, _, width, _ = ops.shape(mask)
    filled = ops.not_equal(mask, 0)
    for one in ignore:
        filled = ops.logical_and(filled, ops.not_equal(mask, one))
    upto = ops.cumsum(ops.reshape(ops.cast(ops.any(filled, axis=-1), "int32"), (batch, -1)), axis=1)
    count = upto[:, -1]
    which = ops.minimum(ops.cast(ops.floor(uniform * ops.cast(count, "float32")), "int32"), count - 1)
    at = ops.sum(ops.cast(upto <= which[:, None], "int32"), axis=1)
    return count > 0, ops.cast(at // width, "float32"), ops.cast(at % width, "float32")


def downscale(image: Tensor, scale: Tensor, down: Down, up: Up) -> Tensor:
    """Reduce images to a share of their height and width, each to its own, and enlarge them again."""
    return copied(image, scale, down, up, sys.modules[__name__])


def zoom(image: Tensor, times: Tensor) -> Tensor:
    """Enlarge images about their centres, each by its own number."""
    return resample(image, zoomed(ops.shape(image)[1:3], times, ops))


def displace(image: Tensor, field: Tensor) -> Tensor:
    """Read each pixel of images so far from its place: (B, H, W, 2)."""
    return resample(image, displaced(ops.shape(image)[1:3], field, ops), None, None)


# Colour --------------------------------------------------------------------------------------------------------------


def take_channels(image: Tensor, channels: tuple[int, ...]) -> Tensor:
    return ops.stack([image[..., c] for c in channels], axis=-1)


def put_channels(image: Tensor, channels: tuple[int, ...], part: Tensor) -> Tensor:
    count = image.shape[-1]
    planes = [part[..., channels.index(c)] if c in channels else image[..., c] for c in range(count)]
    return ops.stack(planes, axis=-1)


def round8(image: Tensor) -> Tensor:
    """On the grid of 8 bits."""
    return ops.floor(image * 255 + HALF_UP) / 255


def affine(image: Tensor, gain: tuple[float, ...], offset: tuple[float, ...]) -> Tensor:
    """``gain·x + offset`` for each channel, without clipping."""
    return image * constant(gain) + constant(offset)


def grey(image: Tensor) -> Tensor:
    """(B, H, W, 1): the grey image, BT.601; a single channel is its own."""
    if image.shape[-1] == 1:
        return image
    return (image[..., 0] * float(GREY[0]) + image[..., 1] * float(GREY[1]) + image[..., 2] * float(GREY[2]))[..., None]


def linear(image: Tensor, f: Linear) -> Tensor:
    image = settled(image) if f.statistic else image
    out = image * spread(f.gain) + spread(f.offset)
    if not (isinstance(f.gray, float) and f.gray == 0):
        out = out + spread(f.gray) * grey(image)
    if f.statistic:
        base = grey(image) if f.statistic == "gray_mean" else image
        # row by row, as a long sum in float32 loses digits
        mean = ops.mean(ops.mean(base, axis=2, keepdims=True), axis=1, keepdims=True)
        if f.statistic == "mean":
            mean = ops.mean(mean, axis=3, keepdims=True)
        out = out + spread(f.mean) * settled(mean)
    return ops.clip(out, 0, 1)


def curve(image: Tensor, bend: Bend) -> Tensor:
    return ops.clip(bend.curve(image, {field: spread(drawn) for field, drawn in bend.values.items()}, ops), 0, 1)


def mixture(image: Tensor, f: Mixture) -> Tensor:
    """Each channel as a mixture of all: rows (n, n) or (B, n, n), offset (n,) or (B, n)."""
    count = image.shape[-1]
    planes = [image[..., k] for k in range(count)]
    mixed = [
        sum(_per_plane(f.rows[..., i, k]) * planes[k] for k in range(count)) + _per_plane(f.offset[..., i]) for i in range(count)
    ]
    return ops.clip(ops.stack(mixed, axis=-1), 0, 1)


def _per_plane(parameter: Any) -> Any:
    """A parameter, a number or (B,), that broadcasts against (B, H, W)."""
    if isinstance(parameter, np.generic | np.ndarray) and not parameter.ndim:  # torch makes arrays of what it meets
        return parameter.item()
    return parameter[:, None, None] if len(getattr(parameter, "shape", ())) else parameter


def turn_hue(image: Tensor, turn: Turn) -> Tensor:
    """Turn the hue of HSV (Smith 1978), and add to saturation and value."""
    r, g, b = (image[..., c] for c in range(3))
    high, low = ops.maximum(ops.maximum(r, g), b), ops.minimum(ops.minimum(r, g), b)
    chroma = high - low
    safe = ops.where(chroma == 0, 1.0, chroma)
    hue = ops.where(high == r, (g - b) / safe, ops.where(high == g, 2 + (b - r) / safe, 4 + (r - g) / safe))
    hue = hue + 6 * _per_plane(turn.turns)
    if not turn.pure:
        saturation = ops.clip(chroma / ops.where(high == 0, 1.0, high) + _per_plane(turn.saturation), 0, 1)
        high = ops.clip(high + _per_plane(turn.value), 0, 1)
        chroma = ops.where(chroma == 0, 0.0, saturation) * high

    def channel(phase: float) -> Tensor:  # falls from high to low and back around the circle
        k = hue + phase
        k = k - 6 * ops.floor(k * (1 / 6))
        return high - chroma * ops.clip(ops.minimum(k, 4 - k), 0, 1)

    return ops.clip(ops.stack([channel(5.0), channel(3.0), channel(1.0)], axis=-1), 0, 1)


# Filters and noise ---------------------------------------------------------------------------------------------------


def convolve(image: Tensor, taps: Taps) -> Tensor:
    """Convolve with reflect101 borders."""
    if taps.kernel is not None:
        return _correlate(image, taps.kernel)
    return _correlate(settled(_correlate(image, taps.y[..., :, None])), taps.x[..., None, :])  # type: ignore[index]


def _correlate(image: Tensor, kernel: Tensor) -> Tensor:
    """Weigh the neighbours of each pixel by a kernel (B, t, u), or (t, u) for all."""
    tall, wide = kernel.shape[-2:]
    batch, height, width, channels = ops.shape(image)
    kernel = ops.broadcast_to(kernel, (batch, tall, wide))
    image = mirrored(mirrored(image, tall // 2, 1), wide // 2, 2)
    if compiling() and tall * wide <= SHIFTED:
        shifts = ((i, j) for i in range(tall) for j in range(wide))
        return sum(spread(kernel[..., i, j]) * image[:, i : i + height, j : j + width] for i, j in shifts)
    # every sample and channel is a channel of its own
    planes = ops.reshape(ops.transpose(image, (1, 2, 0, 3)), (1, *ops.shape(image)[1:3], batch * channels))
    weights = ops.reshape(ops.repeat(ops.transpose(kernel, (1, 2, 0)), channels, axis=-1), (tall, wide, batch * channels, 1))
    out = ops.depthwise_conv(planes, weights, padding="valid", data_format="channels_last")
    return ops.transpose(ops.reshape(out, (height, width, batch, channels)), (2, 0, 1, 3))


def morphology(raster: Tensor, size: Tensor, sizes: Sequence[int], shape: Shape, highest: bool) -> Tensor:
    """The largest (or least) value of the neighbourhood of each pixel, of images or masks: every size that can be drawn is
    computed, and the sample's own taken."""
    pick = ops.maximum if highest else ops.minimum
    out, last, done = raster, raster, 1
    for n in sizes:
        source, step = (last, n - done + 1) if shape == "square" else (raster, n)  # the square of a square is a larger one
        last, done = extremes(replicated(source, step // 2), step, shape, (1, 2), pick), n
        out = last if n == sizes[0] else ops.where(spread(size) >= n, last, out)
    return out


def median(image: Tensor, size: Tensor, sizes: Sequence[int]) -> Tensor:
    """The median of the square around each pixel, on the 8-bit grid, of every size that can be drawn."""
    levels = ops.cast(ops.floor(image * 255 + HALF_UP), "uint8")
    out = levels
    for n in sizes:
        last = median_of(replicated(levels, n // 2), n, (1, 2), ops.minimum, ops.maximum)
        out = last if n == sizes[0] else ops.where(spread(size) >= n, last, out)
    return ops.cast(out, "float32") / 255


def _places(image: Tensor) -> tuple[Tensor, Tensor]:
    """The place (B, H, W, C) of each value among the levels of all channels, sample by sample; and how many there are."""
    batch, channels = ops.shape(image)[0], image.shape[-1]
    first = ops.reshape(ops.arange(batch * channels) * 256, (batch, 1, 1, channels))
    return ops.cast(ops.floor(image * 255 + HALF_UP), "int32") + ops.cast(first, "int32"), batch * channels * 256


def histogram(image: Tensor) -> Tensor:
    """(B, C, 256): how often each level of the 8-bit grid occurs in each channel."""
    places, count = _places(image)
    flat = ops.reshape(places, (-1,))
    counts = ops.segment_sum(ops.ones_like(flat), flat, num_segments=count)
    return ops.reshape(counts, (-1, image.shape[-1], 256))


def look_up(image: Tensor, levels: Tensor) -> Tensor:
    """What becomes of each level of the 8-bit grid: (B, C, 256), 0 to 255."""
    return ops.take(ops.cast(ops.reshape(levels, (-1,)), "float32"), _places(image)[0], axis=0) / 255


def clahe(image: Tensor, limit: Tensor, tiles: tuple[int, int]) -> Tensor:
    """Equalise each channel by tiles, with limited contrast; each sample has its limit."""
    levels = ops.cast(ops.floor(image * 255 + HALF_UP), "int32")
    (batch, height, width), channels = ops.shape(levels)[:3], image.shape[-1]
    rows, columns = tiles
    tall, wide = by_tiles.tile_size((height, width), tiles, ops)
    first = ops.reshape(ops.arange(batch * channels), (batch, 1, 1, channels)) * (rows * columns)
    first = ops.cast(first, "int32")
    wider = ops.take(ops.take(levels, _reflected(rows * tall, height), axis=1), _reflected(columns * wide, width), axis=2)
    row, column = (ops.cast(ops.arange(count * side) // side, "int32") for count, side in ((rows, tall), (columns, wide)))
    places = ops.reshape(wider + 256 * (first + (row[:, None] * columns + column)[..., None]), (-1,))
    counts = ops.segment_sum(ops.ones_like(places), places, num_segments=batch * channels * (rows * columns * 256))
    counts = ops.reshape(ops.cast(counts, "float32"), (batch, channels * rows * columns, 256))
    limits = ops.reshape(ops.cast(limit, "float32"), (-1, 1, 1))
    curves = ops.reshape(by_tiles.limited(counts, limits, ops.cast(tall * wide, "float32"), ops), (-1,))
    (above, below, down), (left, right, across) = (
        by_tiles.between(ops.cast(ops.arange(n), "float32"), ops.cast(side, "float32"), count, ops)
        for n, side, count in ((height, tall, rows), (width, wide, columns))
    )

    def at(row: Tensor, column: Tensor) -> Tensor:
        tile = ops.cast(row[:, None] * columns + column, "int32")[..., None]
        return ops.take(curves, levels + 256 * (first + tile), axis=0)

    down, across = down[:, None, None], across[:, None]
    top = at(above, left) * (1 - across) + at(above, right) * across
    return (top * (1 - down) + (at(below, left) * (1 - across) + at(below, right) * across) * down) / 255


def _reflected(count: Any, extent: Any) -> Tensor:
    """The places of ``count`` pixels along an axis of fewer, by reflect101."""
    if isinstance(count, int) and isinstance(extent, int):
        return ops.convert_to_tensor(mirror(np.arange(count), extent).astype(np.int32))
    period = ops.maximum(2 * (extent - 1), 1)
    at = ops.mod(ops.cast(ops.arange(count), "int32"), period)
    return ops.minimum(at, period - at)


def jpeg(image: Tensor, quality: Tensor) -> Tensor:
    """What JPEG leaves of images of one or three channels, on the 8-bit grid; each sample has its quality."""
    levels = ops.cast(ops.floor(image * 255 + HALF_UP), "int32")
    return ops.cast(_jpeg(levels, ops.cast(quality, "int32"), ops.shape(image)[1:3], ops), "float32") / 255


def blend(image: Tensor, colour: Sequence[float], alpha: Tensor) -> Tensor:
    """Lay a colour over images, as much of it as ``alpha`` (B, H, W) says."""
    return ops.clip(image + (constant(tuple(colour)) - image) * alpha[..., None], 0, 1)


def noise(raster: Tensor, value: Value, key: tuple[Tensor, Tensor], number: int = 0, pixel: bool = False) -> Tensor:
    """(B, H, W, C), or (B, H, W, 1) of each ``pixel``: numbers of a distribution. Threefry counts the values of each sample under
    its key; normal ones are Box and Muller's of two.
    """
    batch, height, width, channels = ops.shape(raster)
    sides = (height, width, 1 if pixel else channels)
    count = math.prod(sides) if all(isinstance(n, int) for n in sides) else sides[0] * sides[1] * sides[2]
    counter = ops.cast(ops.arange((count + 1) // 2), "int32")[None]
    key = tuple(ops.cast(word, "int32")[:, None] for word in key)  # type: ignore[assignment]
    words = threefry_int32(key, (counter, ops.zeros_like(counter) + number), ops)
    bits = [ops.cast(ops.bitwise_and(ops.right_shift(word, 8), 2**24 - 1), "float32") for word in words]
    if isinstance(value, Normal):
        radius = ops.sqrt(-2 * ops.log((bits[0] + 0.5) * 2.0**-24))  # one half added, for a logarithm that is finite
        angle = bits[1] * (2.0**-24 * 2 * math.pi)
        numbers = [radius * ops.cos(angle) * value.std + value.mean, radius * ops.sin(angle) * value.std + value.mean]
    elif isinstance(value, Uniform):
        numbers = [word * (2.0**-24 * (value.high - value.low)) + value.low for word in bits]
    else:
        table = ops.convert_to_tensor(value.table())
        numbers = [ops.take(table, ops.cast(word // (2**24 // TABLE_SIZE), "int32"), axis=0) for word in bits]
    return ops.reshape(ops.concatenate(numbers, axis=1)[:, :count], (batch, *sides))


# Erasing and mixing --------------------------------------------------------------------------------------------------


def erase(image: Tensor, rectangles: Tensor, colour: np.ndarray) -> Tensor:
    """Fill rectangles (B, n, 4), y0 x0 y1 x1, with a colour."""
    hit = ops.any(_inside(image, rectangles), axis=1)
    return ops.where(hit[..., None], label(np.atleast_1d(colour), image), image)


def erase_mask(mask: Tensor, rectangles: Tensor, label: int) -> Tensor:
    """Fill rectangles of masks with a label."""
    return erase(mask, rectangles, np.array([label]))


def fill(image: Tensor, where: Tensor, colour: Any) -> Tensor:
    """Give pixels (B, H, W) a colour: a number, one for each channel, or those of other images."""
    other = label(np.atleast_1d(colour), image) if isinstance(colour, int | float | tuple | np.ndarray) else colour
    return ops.where(where[..., None], other, image)


fill_mask = fill


def _inside(image: Tensor, rectangles: Tensor) -> Tensor:
    """(B, n, H, W): which pixels lie in each rectangle."""
    height, width = ops.shape(image)[1:3]
    y, x = (ops.cast(ops.arange(n), "float32") for n in (height, width))
    y0, x0, y1, x1 = (ops.cast(rectangles[..., i], "float32")[..., None] for i in range(4))
    rows, columns = ops.logical_and(y >= y0, y < y1), ops.logical_and(x >= x0, x < x1)
    return ops.logical_and(rows[..., :, None], columns[..., None, :])


def partners(uniforms: Tensor) -> list[Tensor]:
    """(B,) each: which samples of the batch each is joined with, chosen by (B, n) uniforms, as `augment.keyed.partner_indices`
    has it; itself where it is alone."""
    count = ops.shape(uniforms)[0]
    row = ops.cast(ops.arange(count), "int32")
    others = ops.cast(count - 1, "float32") + 0 * uniforms[:, 0]
    taken: list[Tensor] = []  # how far after the sample they stand, in order
    found = []
    for k in range(uniforms.shape[1]):
        enough = others > k
        step = ops.floor(uniforms[:, k] * ops.where(enough, others - k, others))
        for other in taken:
            step = step + ops.cast(ops.logical_and(enough, step >= other), "float32")
        found.append(ops.mod(row + ops.cast(step, "int32") + 1, count))
        last = ops.where(enough, step, 1e9)
        for i, other in enumerate(taken):
            taken[i], last = ops.minimum(other, last), ops.maximum(other, last)
        taken.append(last)
    return found


def pick(rows: Tensor, partner: Tensor) -> Tensor:
    return ops.take(rows, partner, axis=0)


def mix(image: Tensor, other: Tensor, weight: Tensor, rectangle: Tensor | None) -> Tensor:
    """Blend images by weight (B,), or paste a rectangle (B, 4) of the other."""
    if rectangle is not None:
        return ops.where(_inside(image, rectangle[:, None])[:, 0, ..., None], other, image)
    if not is_float(image):
        return ops.where(spread(weight) >= 0.5, image, other)
    share = ops.cast(spread(weight), image.dtype)
    return image * share + other * (1 - share)


def compose(images: Sequence[Tensor], composition: Composition, fill: Sequence[float], mask: bool = False) -> Tensor:
    """Paste windows of images, or of masks, onto canvases of the fill, each over those before it."""
    batch, height, width, channels = ops.shape(images[0])
    dtype = keras.backend.standardize_dtype(images[0].dtype)
    out = ops.cast(constant(fill), dtype) + ops.zeros_like(images[0])
    y, x = (ops.cast(ops.arange(n), "int32") for n in (height, width))
    first = ops.cast(ops.arange(batch), "int32")[:, None, None] * (height * width)
    for placement in composition.placements:
        window, top, left = placement.window, _whole(placement.y), _whole(placement.x)
        rows, columns = y - top, x - left  # (B, H) and (B, W): in the window
        tall, wide = (ops.logical_and(at >= 0, at < _whole(n)) for at, n in zip((rows, columns), placement.size, strict=True))
        if placement.resized is not None:
            pixels = resize_onto(images[placement.source], window, (rows, columns), placement.size, mask)
        else:
            rows, columns = ops.clip(rows + _whole(window.y), 0, height - 1), ops.clip(columns + _whole(window.x), 0, width - 1)
            at = first + rows[:, :, None] * width + columns[:, None, :]
            pixels = ops.take(ops.reshape(images[placement.source], (-1, channels)), at, axis=0)
        out = ops.where(ops.logical_and(tall[:, :, None], wide[:, None, :])[..., None], pixels, out)
    return out


def _whole(n: Any) -> Tensor:
    """(B, 1) or (1, 1): a number of pixels."""
    return ops.reshape(ops.cast(ops.convert_to_tensor(n), "int32"), (-1, 1))


def mix_labels(groups: Sequence[Tensor], weights: Sequence[Tensor]) -> Tensor:
    """Blend labels (B, ...) by weights."""
    shape = (-1,) + (1,) * (len(groups[0].shape) - 1)
    return sum(rows * ops.cast(ops.reshape(w, shape), rows.dtype) for rows, w in zip(groups, weights, strict=True))
