"""The reference: every primitive in plain NumPy, slow and clear. It defines what the others must compute.

Images are float32 (H, W, C) with values in [0, 1]; masks keep their own type. All shapes are of one sample.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from augment.kernels.sampling import cubic_weights, triangle_weights
from augment.ops import kinds
from augment.ops.kinds import Curve, HueShift, Linear, LinearColour, Tail, Taps, Window
from augment.program.walk import HORIZON, Leg, Walk, sample_field

GREY = np.array(kinds.GREY)
NEAREST_BIAS = 2.0**-10
HALF_UP = 0.51
"""Levels are rounded to the 8-bit grid by floor(level + this). Halves are common (the mean of two pixels, or of four), and
float32 decides them one way here and another there; 0.49 is no level that averages of pixels often have."""

name = "reference"
kernels = {  # primitive -> what runs it, for `explain`
    "resample": "numpy gather", "resize": "numpy weight matrices", "pointwise": "numpy", "convolve": "numpy shifts",
    "noise": "numpy.random.Philox", "erase": "numpy slices", "mix": "numpy",
}  # fmt: skip


def enter(image: np.ndarray) -> np.ndarray:
    """Turn an image of a sample, uint8 or float in [0, 1], into what the primitives work on."""
    return image.astype(np.float32) / np.float32(255) if image.dtype == np.uint8 else image.astype(np.float32)


def leave(image: np.ndarray, dtype: np.dtype) -> np.ndarray:
    """Turn it back into ``dtype`` (uint8 or a float type): rounded once."""
    if dtype == np.uint8:
        return np.rint(np.clip(image, 0, 1) * 255).astype(np.uint8)
    return image.astype(dtype, copy=False)


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
    source = gather(image, at, nearest, wrap=walk.border == "wrap")
    out = offset + gain[..., None] * source if not nearest else np.where(gain[..., None] > 0, source, offset)
    return out.astype(image.dtype) if image.dtype.kind == "f" else np.rint(out).astype(image.dtype)


def gather(image: np.ndarray, at: np.ndarray, nearest: bool, wrap: bool = False) -> np.ndarray:
    """Read an image at coordinates relative to its centre; taps beyond the edge are those at the edge."""
    height, width = image.shape[:2]
    x, y = at[..., 0] + (width - 1) / 2, at[..., 1] + (height - 1) / 2

    def tap(yi: np.ndarray, xi: np.ndarray) -> np.ndarray:
        if wrap:
            return image[np.mod(yi, height), np.mod(xi, width)]
        return image[np.clip(yi, 0, height - 1), np.clip(xi, 0, width - 1)]

    if nearest:
        return tap(_index(y).astype(int), _index(x).astype(int))
    x0, y0 = np.floor(x).astype(int), np.floor(y).astype(int)
    fx, fy = (x - x0)[..., None], (y - y0)[..., None]
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
    return mask[window.y + np.clip(y, 0, window.height - 1)][:, window.x + np.clip(x, 0, window.width - 1)]


# Colour --------------------------------------------------------------------------------------------------------------


def pointwise(image: np.ndarray, chain: list[tuple[Any, Any]]) -> np.ndarray:
    """Run a chain of colour ops, each (op, its values)."""
    for op, v in chain:
        if isinstance(op, Tail):
            gain, offset = (np.asarray(a, np.float32) for a in op.affine())
            image = image * gain + offset
            continue
        channels = list(op.channels) if op.channels else slice(None)
        part = image[..., channels].astype(np.float64)
        if op.rounds:
            part = np.floor(part * 255 + HALF_UP) / 255
        match op:
            case LinearColour():
                part = linear(part, op.linear(v, np), op.statistic)
            case Curve():
                part = op.curve(part, v, np)
            case HueShift():
                part = turn_hue(part, op.turns(v, np))
        image = image.copy()
        image[..., channels] = np.clip(part, 0, 1)
    return image


def grey(image: np.ndarray) -> np.ndarray:
    """(H, W, 1): the grey image, BT.601; a single channel is its own."""
    return image if image.shape[2] == 1 else (image @ GREY)[..., None]


def linear(image: np.ndarray, f: Linear, statistic: str | None) -> np.ndarray:
    out = image * f.gain + f.offset
    if not _is_zero(f.gray):
        out = out + f.gray * grey(image)
    if statistic:
        base = grey(image) if statistic == "gray_mean" else image
        out = out + f.mean * base.mean(axis=(0, 1))
    return out


def _is_zero(x: Any) -> bool:
    return isinstance(x, float) and x == 0.0


def turn_hue(image: np.ndarray, turns: float) -> np.ndarray:
    """Turn the hue of HSV (Smith 1978) by a share of the circle."""
    r, g, b = np.moveaxis(image, -1, 0)
    high, low = image.max(-1), image.min(-1)
    chroma = high - low
    safe = np.where(chroma == 0, 1, chroma)
    hue = np.where(high == r, (g - b) / safe, np.where(high == g, 2 + (b - r) / safe, 4 + (r - g) / safe))
    hue = np.mod(hue + 6 * turns, 6)
    # each channel falls from high to low and back around the circle
    k = np.mod(np.stack([5 + hue, 3 + hue, 1 + hue], axis=-1), 6)
    return high[..., None] - chroma[..., None] * np.clip(np.minimum(k, 4 - k), 0, 1)


# The rest ------------------------------------------------------------------------------------------------------------


def convolve(image: np.ndarray, taps: Taps) -> np.ndarray:
    """Convolve with reflect101 borders, by adding shifted copies."""
    kernel = np.asarray(taps.kernel) if taps.kernel is not None else np.outer(taps.y, taps.x)  # type: ignore[arg-type]
    ry, rx = kernel.shape[0] // 2, kernel.shape[1] // 2
    height, width = image.shape[:2]
    rows, columns = mirror(np.arange(-ry, height + ry), height), mirror(np.arange(-rx, width + rx), width)
    wide = image[rows][:, columns].astype(np.float64)
    if taps.kernel is None:
        wide = sum(w * wide[i : i + height] for i, w in enumerate(np.asarray(taps.y)))
        out = sum(w * wide[:, i : i + width] for i, w in enumerate(np.asarray(taps.x)))
    else:
        places = ((i, j) for i in range(kernel.shape[0]) for j in range(kernel.shape[1]) if kernel[i, j])
        out = sum(kernel[i, j] * wide[i : i + height, j : j + width] for i, j in places)
    return np.asarray(out, np.float32)


def mirror(index: np.ndarray, extent: int) -> np.ndarray:
    """Fold whole numbers into 0..extent-1 by reflect101."""
    if extent == 1:
        return index * 0
    index = np.mod(index, 2 * (extent - 1))
    return np.minimum(index, 2 * (extent - 1) - index)


def noise(image: np.ndarray, std: float, key: tuple[int, int]) -> np.ndarray:
    """Add normal noise from a generator of the sample's key."""
    generator = np.random.Generator(np.random.Philox(key=np.array(key, np.uint64)))
    return np.clip(image + np.float32(std) * generator.standard_normal(image.shape, np.float32), 0, 1)


def erase(image: np.ndarray, rectangles: np.ndarray, colour: np.ndarray) -> np.ndarray:
    """Fill rectangles (n, 4), y0 x0 y1 x1, with a colour."""
    image = image.copy()
    for y0, x0, y1, x1 in rectangles.astype(int):
        image[y0:y1, x0:x1] = colour
    return image


def mix(image: np.ndarray, other: np.ndarray, weight: float, rectangle: np.ndarray | None) -> np.ndarray:
    """Blend two images by weight, or paste a rectangle of the other."""
    if rectangle is None:
        return (image * weight + other * (1 - weight)).astype(np.float32)
    y0, x0, y1, x1 = np.asarray(rectangle).astype(int)
    image = image.copy()
    image[y0:y1, x0:x1] = other[y0:y1, x0:x1]
    return image
