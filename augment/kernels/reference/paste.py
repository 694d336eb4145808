"""One picture over another: colours, rectangles, and mixes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from augment.engine.visible import paste
from augment.ops.kinds import Composition


def blend(image: np.ndarray, colour: Sequence[float], alpha: np.ndarray) -> np.ndarray:
    """Lay a colour, one number or one for each channel, over an image, as much of it as ``alpha`` (H, W) says."""
    share = np.asarray(alpha)[..., None]
    return np.clip(image * (1 - share) + np.array(colour) * share, 0, 1).astype(np.float32)


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
