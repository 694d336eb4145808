"""The primitives in Pillow's own calls; where it has none, the kernel of the reference is named in the table.

Images are float32 (H, W, C) between the steps. Pillow warps, resizes and pastes single channels of floats (mode F); its colour
operations read 8 bits.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from PIL import Image, ImageStat

from augment.kernels import reference
from augment.kernels.reference import NEAREST_BIAS, enter, erase_mask, fill, fill_mask, leave, noise, pack, spread, unpack
from augment.ops.kinds import Bend, Linear, Mixture, Scale, Stroke, Turn, Window
from augment.program.walk import Walk

name = "pillow"
xp = np
RESAMPLING = {"bilinear": Image.Resampling.BILINEAR, "bicubic": Image.Resampling.BICUBIC}


def _channels(image: np.ndarray) -> list[Image.Image]:
    return [Image.fromarray(np.ascontiguousarray(image[..., i], np.float32)) for i in range(image.shape[2])]


def _stack(channels: list[Image.Image]) -> np.ndarray:
    return np.stack([np.asarray(channel) for channel in channels], axis=2)


# Geometry ------------------------------------------------------------------------------------------------------------


def resample(image: np.ndarray, walk: Walk, fill: Any = None, nearest: bool | None = None) -> np.ndarray:
    """Sample an image through a walk: Pillow reads the pixels, what fades at the borders is arithmetic."""
    nearest = walk.interpolation == "nearest" if nearest is None else nearest
    if walk.border != "constant" or walk.interpolation == "bicubic" or any(leg.field is not None for leg in walk.legs):
        return reference.resample(image, walk, fill, nearest)
    inverse = np.eye(3)
    for leg in walk.legs:
        inverse = inverse @ np.asarray(leg.inverse, np.float64)
    if nearest:
        pixels = _nearest(image, inverse, walk.size)
    else:
        # one pixel more on each side, as Pillow gives nothing beyond half a pixel from the outermost centres
        wide = np.pad(image, ((1, 1), (1, 1), (0, 0)), mode="edge")
        pixels = _stack([_warp(channel, inverse, walk.size, Image.Resampling.BILINEAR) for channel in _channels(wide)])
    return _fade(pixels, walk, fill, nearest).astype(image.dtype)


def _warp(channel: Image.Image, inverse: np.ndarray, size: tuple[int, int], how: Image.Resampling) -> Image.Image:
    """Take a map between centred coordinates to Pillow's, whose origin is the corner of the first pixel."""
    to_centre = np.array([[1, 0, -size[1] / 2], [0, 1, -size[0] / 2], [0, 0, 1]])
    from_centre = np.array([[1, 0, channel.width / 2], [0, 1, channel.height / 2], [0, 0, 1]])
    matrix = from_centre @ inverse @ to_centre
    # PERSPECTIVE also for affine maps: AFFINE has a path in 16-bit fixed point
    eight = (matrix / matrix[2, 2]).ravel()[:8]
    return channel.transform((size[1], size[0]), Image.Transform.PERSPECTIVE, tuple(eight), how)


def _nearest(image: np.ndarray, inverse: np.ndarray, size: tuple[int, int]) -> np.ndarray:
    """Warp the numbers of the pixels, and look the pixels up: masks may be of any type."""
    height, width = image.shape[:2]
    numbers = np.arange(height * width, dtype=np.int32).reshape(height, width)
    bias = np.array([[1, 0, -NEAREST_BIAS], [0, 1, -NEAREST_BIAS], [0, 0, 1]])
    wide = Image.fromarray(np.pad(numbers, 1, mode="edge"))
    found = np.asarray(_warp(wide, bias @ inverse, size, Image.Resampling.NEAREST))
    return image.reshape(height * width, -1)[found]


def _fade(pixels: np.ndarray, walk: Walk, fill: Any, nearest: bool) -> np.ndarray:
    """Blend with the fill where a canvas was left on the way to the source."""
    at = reference.grid(walk.size)
    gain, offset = np.ones(walk.size), np.zeros(pixels.shape)
    for leg in reversed(walk.legs):
        at, seen = reference.back(leg, at)
        covered = reference.coverage(at, leg, nearest) * seen
        offset += (gain * (1 - covered))[..., None] * np.broadcast_to(leg.fill if fill is None else fill, pixels.shape[2:])
        gain = gain * covered
    return offset + np.where(gain[..., None] > 0, gain[..., None] * pixels, 0)


def resize(image: np.ndarray, window: Window, size: tuple[int, int], interpolation: str) -> np.ndarray:
    """Resize a window, antialiased: the weights are Pillow's to begin with."""
    y, x, height, width = window
    parts = _channels(image[y : y + height, x : x + width])
    return np.clip(_stack([part.resize((size[1], size[0]), RESAMPLING[interpolation]) for part in parts]), 0, 1)


def resize_nearest(mask: np.ndarray, window: Window, size: tuple[int, int]) -> np.ndarray:
    """Resize a window of a mask."""
    y, x, height, width = window
    scale = np.diag([width / size[1], height / size[0], 1])
    return _nearest(mask[y : y + height, x : x + width], scale, size)


# Colour --------------------------------------------------------------------------------------------------------------


def pointwise(image: np.ndarray, chain: Sequence[Stroke]) -> np.ndarray:
    """Run a chain of pointwise ops; each reads the image rounded to 8 bits."""
    for form, own, _ in chain:
        if isinstance(form, Scale):
            image = image * np.asarray(form.gain, np.float32) + np.asarray(form.offset, np.float32)
            continue
        channels = list(own) if own else list(range(image.shape[2]))
        eight = [Image.fromarray(np.rint(image[..., c] * 255).astype(np.uint8)) for c in channels]
        match form:
            case Bend():
                new = [_look_up(channel, lambda x: form.curve(x, form.values, np)) for channel in eight]  # noqa: B023
            case Linear():
                new = _linear(eight, form)
            case Mixture():
                new = _channels(np.clip(reference.mixture(_stack(eight) / 255, form), 0, 1))
            case Turn() if form.pure:
                new = _turn(eight, float(form.turns))
            case Turn():  # Pillow has no way to add to saturation and value apart
                new = _channels(np.clip(reference.turn_hue(_stack(eight) / 255, form), 0, 1))
            case _:
                raise TypeError(f"Pillow has no kernel for {form}")
        image = image.copy()
        image[..., channels] = _stack(new)
    return image


def _look_up(channel: Image.Image, curve: Any) -> Image.Image:
    table = np.clip(curve(np.arange(256) / 255), 0, 1)
    return channel.point(table.tolist(), "F")


def _linear(channels: list[Image.Image], f: Linear) -> list[Image.Image]:
    means = [0.0] * len(channels)
    if f.statistic:
        means = [ImageStat.Stat(channel).mean[0] / 255 for channel in channels]
        if f.statistic == "gray_mean" and len(channels) == 3:
            means = [float(np.dot(reference.GREY, means))] * 3
        elif f.statistic == "mean":
            means = [float(np.mean(means))] * len(channels)
    if len(channels) == 1:  # a single channel is its own grey image
        gain, gray = float(f.gain + f.gray), 0.0
    else:
        gain, gray = float(f.gain), float(f.gray)
    if not gray:
        pairs = zip(channels, means, strict=True)
        return [_look_up(channel, lambda x, m=mean: x * gain + f.offset + f.mean * m) for channel, mean in pairs]
    rows = np.eye(3) * gain + gray * reference.GREY
    matrix = np.concatenate([rows, np.full((3, 1), float(f.offset) * 255)], axis=1)
    mixed = Image.merge("RGB", channels).convert("RGB", tuple(matrix.ravel()))
    return [_look_up(channel, lambda x: x) for channel in mixed.split()]


def _turn(channels: list[Image.Image], turns: float) -> list[Image.Image]:
    hue, saturation, value = Image.merge("RGB", channels).convert("HSV").split()
    turned = hue.point([round(level + turns * 256) % 256 for level in range(256)])
    mixed = Image.merge("HSV", (turned, saturation, value)).convert("RGB")
    return [_look_up(channel, lambda x: x) for channel in mixed.split()]


# The rest ------------------------------------------------------------------------------------------------------------


def erase(image: np.ndarray, rectangles: np.ndarray, colour: np.ndarray) -> np.ndarray:
    """Paste a colour into rectangles (n, 4), y0 x0 y1 x1."""
    channels = _channels(image)
    for channel, level in zip(channels, np.broadcast_to(colour, len(channels)), strict=True):
        for y0, x0, y1, x1 in rectangles.astype(int).tolist():
            channel.paste(float(level), (x0, y0, x1, y1))
    return _stack(channels)


__all__ = [
    "enter", "erase", "erase_mask", "fill", "fill_mask", "leave", "name", "noise", "pack", "pointwise", "resample", "resize",
    "resize_nearest", "spread", "unpack", "xp",
]  # fmt: skip
