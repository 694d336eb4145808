"""Colour by what is no matrix: curves of every value, and turns of the hue."""

from __future__ import annotations

import cv2
import numpy as np

from augment.kernels.opencv.form import clip
from augment.ops.kinds import Bend, Turn

LEAST = 0.17
"""The least exponent under which a millionth comes from a float32."""


def curved(image: np.ndarray, bend: Bend, own: bool = False) -> np.ndarray:
    """Send an image through a curve, in place if it is ``own``. Its last bits may be outside [0, 1], where some are undefined."""
    if bend.exponent is not None and bend.exponent > LEAST:
        return _power(image, float(bend.exponent), image if own else None)
    # Python's own numbers keep float32 arrays float32
    v = {name: x.item() if getattr(x, "shape", None) == () else x for name, x in bend.values.items()}
    image = np.asarray(bend.curve(np.clip(image, 0, 1), v, np), np.float32)
    clip(image)
    return image


def _power(image: np.ndarray, exponent: float, out: np.ndarray | None) -> np.ndarray:
    """By logarithms, in a third of the time; what would become less than a millionth becomes that, as cv2's logarithm is twenty
    times as slow for zeros."""
    out = np.clip(image, 10 ** (-6 / exponent), 1, out=out)
    flat = out.reshape(len(out), -1)
    cv2.log(flat, flat)
    np.multiply(flat, np.float32(exponent), out=flat)
    cv2.exp(flat, flat)
    return out


def turn_hue(image: np.ndarray, form: Turn, own: bool = False) -> np.ndarray:
    """Turn the hue of HSV, and add to saturation and value, in place if the image is ``own``."""
    hsv = cv2.cvtColor(np.ascontiguousarray(image), cv2.COLOR_RGB2HSV, image if own else None)
    # cv2 takes hues from 0 up to any number of circles, but none below
    turn = np.array([[1, 0, 0, form.turns % 1 * 360], [0, 1, 0, form.saturation], [0, 0, 1, form.value]], float)
    turned = cv2.transform(hsv, turn)
    if not form.pure:
        np.clip(turned[..., 1:], 0, 1, out=turned[..., 1:])
        if form.saturation > 0:
            turned[..., 1][hsv[..., 1] == 0] = 0  # greys have no hue
    return cv2.cvtColor(turned, cv2.COLOR_HSV2RGB, hsv)
