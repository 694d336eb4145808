"""Functions of the colour of one pixel."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from augment.ops import kinds
from augment.ops.kinds import Bend, Linear, Mixture, Scale, Stroke, Turn

GREY = np.array(kinds.GREY)


HALF_UP = kinds.HALF_UP


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
    r, g, b = np.ascontiguousarray(np.moveaxis(image, -1, 0))
    # pair by pair, since NumPy reduces a short last axis in ten times the time
    high, low = np.maximum(np.maximum(r, g), b), np.minimum(np.minimum(r, g), b)
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


def round8(image: np.ndarray) -> np.ndarray:
    """On the 8-bit grid."""
    return np.floor(image * 255 + HALF_UP) / 255
