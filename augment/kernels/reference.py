"""The reference: every primitive in plain NumPy, slow and clear. It defines what the others must compute.

Images are float32 (H, W, C) with values in [0, 1]; masks keep their own type. All shapes are of one sample.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Any

import numpy as np

from augment.engine.visible import paste
from augment.kernels import tiles as by_tiles
from augment.kernels.copies import copied
from augment.kernels.jpeg import jpeg as _jpeg
from augment.kernels.sampling import cubic_weights, four_weights, triangle_weights
from augment.kernels.still import displaced, zoomed
from augment.kernels.windows import Shape, element
from augment.ops import kinds
from augment.ops.downscale import Down, Up
from augment.ops.kinds import Bend, Composition, Linear, Mixture, Scale, Stroke, Taps, Turn, Window
from augment.program.walk import HORIZON, Leg, Walk, sample_field
from augment.values import TABLE_SIZE, Normal, Uniform, Value

GREY = np.array(kinds.GREY)
NEAREST_BIAS = 2.0**-10
HALF_UP = kinds.HALF_UP

name = "reference"
xp = np


def enter(image: np.ndarray) -> np.ndarray:
    """Turn an image of a sample, uint8 or float in [0, 1], into what the primitives work on."""
    return image.astype(np.float32) / np.float32(255) if image.dtype == np.uint8 else image.astype(np.float32)


def leave(image: np.ndarray, dtype: np.dtype) -> np.ndarray:
    """Turn it back into ``dtype`` (uint8 or a float type): rounded once."""
    if dtype == np.uint8:
        image = np.rint(np.clip(image, 0, 1) * 255)
    return np.ascontiguousarray(image, dtype)


def unpack(image: np.ndarray) -> np.ndarray:
    return image


def pack(image: np.ndarray) -> np.ndarray:
    return np.asarray(image, np.float32)


def spread(drawn: Any, like: np.ndarray) -> Any:
    return drawn


# Geometry ------------------------------------------------------------------------------------------------------------


def grid(size: tuple[int, int]) -> np.ndarray:
    """(h, w, 2): x and y of each pixel, relative to the centre."""
    y, x = np.meshgrid(np.arange(size[0]) - (size[0] - 1) / 2, np.arange(size[1]) - (size[1] - 1) / 2, indexing="ij")
    return np.stack([x, y], axis=-1)


def back(leg: Leg, at: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Take coordinates (h, w, 2) on a leg's output to its input canvas; also returns which lie in front of the camera."""
    if leg.field is not None:
        at = at + sample_field(leg.field, at)
    m = np.asarray(leg.inverse, np.float64)
    w = at @ m[2, :2] + m[2, 2]
    seen = w > HORIZON
    return (at @ m[:2, :2].T + m[:2, 2]) / np.where(seen, w, 1)[..., None], seen


def coverage(at: np.ndarray, leg: Leg, nearest: bool) -> np.ndarray:
    """(h, w): how much of the leg's input canvas lies under each coordinate, 0 to 1."""
    height, width = leg.size
    x, y = at[..., 0] + (width - 1) / 2, at[..., 1] + (height - 1) / 2
    if nearest:
        x, y = _index(x), _index(y)
    cov = np.ones(x.shape)
    sides = leg.sides if isinstance(leg.sides, tuple) else (leg.sides,) * 4
    for on, inside in zip(sides, (x + 1, y + 1, width - x, height - y), strict=True):
        if on:
            cov = cov * np.clip(inside, 0, 1)
    return cov


def _index(x: np.ndarray) -> np.ndarray:
    return np.floor(x + 0.5 - NEAREST_BIAS)


def fold(at: np.ndarray, size: tuple[int, int], border: str) -> np.ndarray:
    """Bring coordinates, relative to the centre, back into a canvas as its border says."""
    out = np.empty_like(at)
    for axis, extent in ((0, size[1]), (1, size[0])):
        x = at[..., axis] + (extent - 1) / 2
        match border:
            case "reflect":  # d c b a | a b c d
                x = np.mod(x + 0.5, 2 * extent)
                x = np.minimum(x, 2 * extent - x) - 0.5
            case "reflect101":  # d c b | a b c d
                period = max(2 * (extent - 1), 1)
                x = np.mod(x, period)
                x = np.minimum(x, period - x) if extent > 1 else x * 0
            case "replicate":
                x = np.clip(x, 0, extent - 1)
            case "wrap":
                x = np.mod(x, extent)
        out[..., axis] = x - (extent - 1) / 2
    return out


def resample(image: np.ndarray, walk: Walk, fill: Any = None, nearest: bool | None = None) -> np.ndarray:
    """Sample an image (H, W, C) through a walk. ``fill`` replaces the colours of the legs (one per channel); for masks."""
    nearest = walk.interpolation == "nearest" if nearest is None else nearest
    at = grid(walk.size)
    gain, offset = np.ones(walk.size), np.zeros((*walk.size, image.shape[2]))
    for leg in reversed(walk.legs):
        at, seen = back(leg, at)
        if walk.border == "constant":
            cov = coverage(at, leg, nearest) * seen
            colour = np.broadcast_to(leg.fill if fill is None else fill, image.shape[2:])
            offset += (gain * (1 - cov))[..., None] * colour
            gain = gain * cov
        elif walk.fades(leg):
            at = fold(at, leg.size, walk.border)
    source = gather(image, at, "nearest" if nearest else walk.interpolation, wrap=walk.border == "wrap")
    if nearest:  # labels are chosen, never computed with: float64 has not all of 64 bits
        return np.where(gain[..., None] > 0, source, _as(offset, image.dtype))
    return _as(offset + gain[..., None] * source, image.dtype)


def _as(numbers: np.ndarray, dtype: np.dtype) -> np.ndarray:
    return numbers.astype(dtype) if dtype.kind == "f" else np.rint(numbers).astype(dtype)


def gather(image: np.ndarray, at: np.ndarray, interpolation: str, wrap: bool = False) -> np.ndarray:
    """Read an image at coordinates relative to its centre; taps beyond the edge are those at the edge."""
    height, width = image.shape[:2]
    x, y = at[..., 0] + (width - 1) / 2, at[..., 1] + (height - 1) / 2

    def tap(yi: np.ndarray, xi: np.ndarray) -> np.ndarray:
        if wrap:
            return image[np.mod(yi, height), np.mod(xi, width)]
        return image[np.clip(yi, 0, height - 1), np.clip(xi, 0, width - 1)]

    if interpolation == "nearest":
        return tap(_index(y).astype(int), _index(x).astype(int))
    x0, y0 = np.floor(x).astype(int), np.floor(y).astype(int)
    fx, fy = (x - x0)[..., None], (y - y0)[..., None]
    if interpolation == "bicubic":
        down, across = (list(enumerate(four_weights(share), -1)) for share in (fy, fx))
        return np.clip(sum(wy * wx * tap(y0 + j, x0 + i) for j, wy in down for i, wx in across), 0, 1)
    top = tap(y0, x0) * (1 - fx) + tap(y0, x0 + 1) * fx
    return top * (1 - fy) + (tap(y0 + 1, x0) * (1 - fx) + tap(y0 + 1, x0 + 1) * fx) * fy


def resize(image: np.ndarray, window: Window, size: tuple[int, int], interpolation: str) -> np.ndarray:
    """Resize a window of an image with antialiasing: two products with a matrix of weights."""
    weights = cubic_weights if interpolation == "bicubic" else triangle_weights
    part = image[window.y : window.y + window.height, window.x : window.x + window.width].astype(np.float64)
    rows, columns = weights(window.height, size[0]), weights(window.width, size[1])
    out = np.einsum("yh,hwc,xw->yxc", rows, part, columns, optimize=True)
    # the cubic kernel overshoots; the triangle is a mean, and also resizes what normalize has taken out of [0, 1]
    return (np.clip(out, 0, 1) if interpolation == "bicubic" else out).astype(np.float32)


def resize_nearest(mask: np.ndarray, window: Window, size: tuple[int, int]) -> np.ndarray:
    """Resize a window of a mask: the pixel under the centre of each output pixel."""
    y = _index((np.arange(size[0]) + 0.5) * window.height / size[0] - 0.5).astype(int)
    x = _index((np.arange(size[1]) + 0.5) * window.width / size[1] - 0.5).astype(int)
    rows, columns = window.y + np.clip(y, 0, window.height - 1), window.x + np.clip(x, 0, window.width - 1)
    return np.ascontiguousarray(mask[rows][:, columns])


def locate(mask: np.ndarray, uniform: Any, ignore: tuple[int, ...]) -> tuple[bool, int, int]:
    """A pixel of a mask (H, W, C) by a uniform, of those that are neither 0 nor ignored: whether there is one, its y and x."""
    found = np.flatnonzero(((mask != 0) & ~np.isin(mask, ignore)).any(axis=-1))
    if not found.size:
        return False, 0, 0
    # a product of two float32, the same everywhere
    which = min(int(np.float32(uniform) * np.float32(found.size)), found.size - 1)
    y, x = divmod(int(found[which]), mask.shape[1])
    return True, y, x


def components(mask: np.ndarray, ignore: tuple[int, ...]) -> np.ndarray:
    """(H, W): the objects of a mask (H, W, C), pixels of one label that touch, also at a corner: numbered from 1 in the order of
    their first pixels; 0 where the label is 0 or ignored."""
    labels = classes(mask, ignore)
    numbers, parents = np.zeros(labels.shape, np.int64), [0]
    above: list[tuple[int, int, int]] = []

    def root(number: int) -> int:
        while parents[number] != number:
            number = parents[number]
        return number

    for y, row in enumerate(labels):
        edges = np.flatnonzero(np.diff(row, prepend=-1, append=-1))
        runs = []
        for start, stop in zip(edges.tolist(), edges[1:].tolist(), strict=False):
            if not row[start]:
                continue
            parents.append(len(parents))
            own = len(parents) - 1
            for first, last, number in above:  # of the row before
                if first <= stop and last >= start and labels[y - 1, first] == row[start]:
                    low, high = sorted((root(own), root(number)))
                    parents[high] = low
            numbers[y, start:stop] = own
            runs.append((start, stop, own))
        above = runs
    roots = np.array([root(number) for number in range(len(parents))])
    return in_order(roots[numbers])


def classes(mask: np.ndarray, ignore: tuple[int, ...]) -> np.ndarray:
    """(H, W): the labels of a mask (H, W, C) as numbers from 1, 0 where all its channels have 0 or what is ignored."""
    empty = ((mask == 0) | np.isin(mask, ignore)).all(axis=-1)
    rows = mask.reshape(-1, mask.shape[2])
    _, found = np.unique(rows[:, 0], return_inverse=True) if rows.shape[1] == 1 else np.unique(rows, axis=0, return_inverse=True)
    return np.where(empty, 0, found.reshape(empty.shape) + 1)


def in_order(numbers: np.ndarray) -> np.ndarray:
    """Numbers of objects, 0 where there is none, as those from 1 in the order of their first pixels."""
    found, first = np.unique(numbers, return_index=True)
    there = found > 0
    order = np.zeros(int(found.max()) + 1, np.int32)
    order[found[there][np.argsort(first[there])]] = np.arange(1, there.sum() + 1)
    return order[numbers]


def downscale(image: np.ndarray, scale: Any, down: Down, up: Up) -> np.ndarray:
    """Reduce an image to a share of its height and width, drawn, of at least a pixel, and enlarge it again."""
    return copied(image, scale, down, up, sys.modules[__name__])


def zoom(image: np.ndarray, times: Any) -> np.ndarray:
    """Enlarge an image about its centre by ``times``, drawn, from 1 on; its size stays."""
    return resample(image, zoomed(image.shape[:2], times, np))


def displace(image: np.ndarray, field: np.ndarray) -> np.ndarray:
    """Read each pixel of an image so far from its place, x and y in pixels (H, W, 2); beyond the edge lies its copy."""
    return resample(image, displaced(image.shape[:2], field, np))


# Colour --------------------------------------------------------------------------------------------------------------


def pointwise(image: np.ndarray, chain: Sequence[Stroke]) -> np.ndarray:
    """Run a chain of pointwise ops."""
    for form, own, rounds in chain:
        if isinstance(form, Scale):
            image = image * np.asarray(form.gain, np.float32) + np.asarray(form.offset, np.float32)
            continue
        channels = list(own) if own else slice(None)
        part = image[..., channels].astype(np.float64)
        if rounds:
            part = round8(part)
        match form:
            case Linear():
                part = linear(part, form)
            case Bend():
                part = form.curve(part, form.values, np)
            case Mixture():
                part = mixture(part, form)
            case Turn():
                part = turn_hue(part, form)
            case _:
                raise TypeError(f"the reference has no kernel for {form}")
        image = image.copy()
        image[..., channels] = np.clip(part, 0, 1)
    return image


def grey(image: np.ndarray) -> np.ndarray:
    """(H, W, 1): the grey image, BT.601; a single channel is its own."""
    return image if image.shape[2] == 1 else (image @ GREY)[..., None]


def linear(image: np.ndarray, f: Linear) -> np.ndarray:
    out = image * f.gain + f.offset
    if not _is_zero(f.gray):
        out = out + f.gray * grey(image)
    if f.statistic:
        base = grey(image) if f.statistic == "gray_mean" else image
        out = out + f.mean * base.mean(axis=None if f.statistic == "mean" else (0, 1))
    return out


def mixture(image: np.ndarray, f: Mixture) -> np.ndarray:
    return image @ np.asarray(f.rows).T + np.asarray(f.offset)


def _is_zero(x: Any) -> bool:
    return isinstance(x, float) and x == 0.0


def turn_hue(image: np.ndarray, turn: Turn) -> np.ndarray:
    """Turn the hue of HSV (Smith 1978), and add to saturation and value."""
    r, g, b = np.moveaxis(image, -1, 0)
    high, low = image.max(-1), image.min(-1)
    chroma = high - low
    safe = np.where(chroma == 0, 1, chroma)
    hue = np.where(high == r, (g - b) / safe, np.where(high == g, 2 + (b - r) / safe, 4 + (r - g) / safe))
    hue = np.mod(hue + 6 * turn.turns, 6)
    if not turn.pure:
        saturation = np.where(chroma == 0, 0, np.clip(chroma / np.where(high == 0, 1, high) + turn.saturation, 0, 1))
        high = np.clip(high + turn.value, 0, 1)
        chroma = saturation * high
    # each channel falls from high to low and back around the circle
    k = np.mod(np.stack([5 + hue, 3 + hue, 1 + hue], axis=-1), 6)
    return high[..., None] - chroma[..., None] * np.clip(np.minimum(k, 4 - k), 0, 1)


# The rest ------------------------------------------------------------------------------------------------------------


def convolve(image: np.ndarray, taps: Taps) -> np.ndarray:
    """Convolve with reflect101 borders, by adding shifted copies."""
    height, width = image.shape[:2]
    wide = image.astype(np.float64)
    if taps.kernel is None:
        tall = wide[_mirrored(taps.y, height)]
        wide = sum(w * tall[i : i + height] for i, w in enumerate(np.asarray(taps.y)))[:, _mirrored(taps.x, width)]
        out = sum(w * wide[:, i : i + width] for i, w in enumerate(np.asarray(taps.x)))
    else:
        kernel = np.asarray(taps.kernel)
        wide = wide[_mirrored(kernel, height)][:, _mirrored(kernel[0], width)]
        out = sum(kernel[i, j] * wide[i : i + height, j : j + width] for i, j in zip(*np.nonzero(kernel), strict=True))
    return np.asarray(out, np.float32)


def _mirrored(taps: Any, extent: int) -> np.ndarray:
    """The indices of what lies under so many taps along an axis."""
    radius = len(taps) // 2
    return mirror(np.arange(-radius, extent + radius), extent)


def morphology(raster: np.ndarray, size: float, sizes: Sequence[int], shape: Shape, highest: bool) -> np.ndarray:
    """The largest (or least) value of the neighbourhood of each pixel, each channel alone; what lies beyond the edge does not
    count. Of images and of masks of any type.

    ``size`` is drawn: one of ``sizes``, odd numbers, known to a graph.
    """
    near = element(int(size), shape)
    reach, (height, width) = int(size) // 2, raster.shape[:2]
    # a neighbourhood that holds the edge's copy holds the edge
    wide = np.pad(raster, ((reach, reach), (reach, reach), (0, 0)), mode="edge")
    pick = np.maximum if highest else np.minimum
    return pick.reduce([wide[y : y + height, x : x + width] for y, x in np.argwhere(near)])


def median(image: np.ndarray, size: float, sizes: Sequence[int]) -> np.ndarray:
    """The median of the square around each pixel, on the 8-bit grid; beyond the edge lies its copy."""
    reach = int(size) // 2
    wide = np.pad(round8(image), ((reach, reach), (reach, reach), (0, 0)), mode="edge")
    squares = np.lib.stride_tricks.sliding_window_view(wide, (int(size), int(size)), axis=(0, 1))
    return np.median(squares, axis=(-2, -1)).astype(np.float32)


def round8(image: np.ndarray) -> np.ndarray:
    """On the 8-bit grid."""
    return np.floor(image * 255 + HALF_UP) / 255


def histogram(image: np.ndarray) -> np.ndarray:
    """(C, 256): how often each level of the 8-bit grid occurs in each channel."""
    levels = np.rint(round8(image) * 255).astype(int)
    return np.stack([np.bincount(levels[..., c].ravel(), minlength=256) for c in range(image.shape[2])])


def look_up(image: np.ndarray, levels: np.ndarray) -> np.ndarray:
    """What becomes of each level of the 8-bit grid: (C, 256), 0 to 255."""
    at = np.rint(round8(image) * 255).astype(int)
    return np.stack([levels[c][at[..., c]] for c in range(image.shape[2])], axis=-1).astype(np.float32) / np.float32(255)


def clahe(image: np.ndarray, limit: float, tiles: tuple[int, int]) -> np.ndarray:
    """Equalise each channel by tiles, with limited contrast: between the curves of the four nearest tiles lies that of a pixel.

    ``limit`` is drawn: how often a level counts at most, as a multiple of the mean. The image is first rounded to the 8-bit grid.
    """
    levels = np.rint(round8(image) * 255).astype(int)
    (height, width), (rows, columns) = levels.shape[:2], tiles
    tall, wide = by_tiles.tile_size((height, width), tiles, np)
    y, x = mirror(np.arange(rows * tall), height), mirror(np.arange(columns * wide), width)
    tile = (np.arange(rows * tall) // tall)[:, None] * columns + np.arange(columns * wide) // wide
    (above, below, down), (left, right, across) = (
        by_tiles.between(np.arange(n, dtype=np.float32), np.float32(side), count, np)
        for n, side, count in ((height, tall, rows), (width, wide, columns))
    )
    down, across = down[:, None], across[None, :]
    out = np.empty(image.shape, np.float32)
    for c in range(image.shape[2]):
        places = levels[..., c][y][:, x] + 256 * tile
        counts = np.bincount(places.ravel(), minlength=256 * rows * columns).reshape(-1, 256).astype(np.float32)
        curves = by_tiles.limited(counts, np.float32(limit), np.float32(tall * wide), np)

        def at(rows_: np.ndarray, columns_: np.ndarray, c: int = c, curves: np.ndarray = curves) -> np.ndarray:
            return curves[(rows_[:, None] * columns + columns_).astype(int), levels[..., c]]

        top = at(above, left) * (1 - across) + at(above, right) * across
        out[..., c] = top * (1 - down) + (at(below, left) * (1 - across) + at(below, right) * across) * down
    return out / np.float32(255)


def jpeg(image: np.ndarray, quality: float) -> np.ndarray:
    """What JPEG leaves of an image of one or three channels, on the 8-bit grid."""
    levels = np.rint(round8(image) * 255).astype(np.int32)
    return _jpeg(levels, np.int32(quality), image.shape[:2], np).astype(np.float32) / np.float32(255)


def blend(image: np.ndarray, colour: Sequence[float], alpha: np.ndarray) -> np.ndarray:
    """Lay a colour, one number or one for each channel, over an image, as much of it as ``alpha`` (H, W) says."""
    share = np.asarray(alpha)[..., None]
    return np.clip(image * (1 - share) + np.array(colour) * share, 0, 1).astype(np.float32)


def mirror(index: np.ndarray, extent: int) -> np.ndarray:
    """Fold whole numbers into 0..extent-1 by reflect101."""
    if extent == 1:
        return index * 0
    index = np.mod(index, 2 * (extent - 1))
    return np.minimum(index, 2 * (extent - 1) - index)


def noise(
    raster: np.ndarray, value: Value, key: tuple[int, int], number: int = 0, pixel: bool = False
) -> np.ndarray:
    """(H, W, C), or (H, W, 1) of each ``pixel``: numbers of a distribution, from a generator of the sample's key.

    It depends on nothing of the raster but its shape; fields of several ``number``s are independent.
    """
    bits = np.random.Philox(key=np.array(key, np.uint64), counter=np.array([0, 0, 0, number], np.uint64))
    generator, shape = np.random.Generator(bits), (*raster.shape[:2], 1) if pixel else raster.shape
    if isinstance(value, Normal):
        field = generator.standard_normal(shape, np.float32)
        return field if (value.mean, value.std) == (0, 1) else field * np.float32(value.std) + np.float32(value.mean)
    unit = generator.random(shape, np.float32)
    if isinstance(value, Uniform):
        return unit * np.float32(value.high - value.low) + np.float32(value.low)
    return value.table()[(unit * TABLE_SIZE).astype(np.int32)]


def erase(image: np.ndarray, rectangles: np.ndarray, colour: np.ndarray) -> np.ndarray:
    """Fill rectangles (n, 4), y0 x0 y1 x1, with a colour."""
    image = image.copy()
    for y0, x0, y1, x1 in rectangles.astype(int):
        image[y0:y1, x0:x1] = colour
    return image


def erase_mask(mask: np.ndarray, rectangles: np.ndarray, label: int) -> np.ndarray:
    """Fill rectangles of a mask with a label."""
    return erase(mask, rectangles, np.array([label]))


def fill(image: np.ndarray, where: np.ndarray, colour: Any) -> np.ndarray:
    """Give pixels (H, W) of an image a colour: a number, one for each channel, or those of another image."""
    return np.where(np.asarray(where)[..., None], np.asarray(colour, image.dtype), image)


def fill_mask(mask: np.ndarray, where: np.ndarray, label: int) -> np.ndarray:
    """Give pixels (H, W) of a mask a label."""
    return fill(mask, where, label)


def fade(image: np.ndarray, other: np.ndarray, alpha: np.ndarray) -> np.ndarray:
    """Fade to another image, as much of it as ``alpha`` (H, W) says."""
    return (image + (other - image) * alpha[..., None]).astype(np.float32)


def compose(images: Sequence[np.ndarray], composition: Composition, fill: Sequence[float]) -> np.ndarray:
    """Paste windows of images onto a canvas of the fill, each over those before it."""
    canvas = np.empty((*composition.size, images[0].shape[2]), np.float32)
    canvas[:] = np.asarray(fill, np.float32)
    for placement in composition.placements:
        paste(canvas, images[placement.source], placement)
    return canvas


def mix(image: np.ndarray, other: np.ndarray, weight: float, rectangle: np.ndarray | None) -> np.ndarray:
    """Blend two images by weight, or paste a rectangle of the other."""
    if rectangle is None:
        return (image * weight + other * (1 - weight)).astype(np.float32)
    y0, x0, y1, x1 = np.asarray(rectangle).astype(int)
    image = image.copy()
    image[y0:y1, x0:x1] = other[y0:y1, x0:x1]
    return image
