"""What replaces or joins whole parts of images: erased rectangles, and mixing with another image."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import cv2
import numpy as np

from augment.engine.visible import paste
from augment.kernels.opencv.form import clip, levels, wide
from augment.ops.kinds import Composition


def erase(image: np.ndarray, rectangles: np.ndarray, colour: np.ndarray) -> np.ndarray:
    """Fill rectangles (n, 4), y0 x0 y1 x1, with a colour in fractions."""
    if image.dtype == np.uint8:
        grid = levels(colour)
        image, colour = (wide(image), colour) if grid is None else (image, np.array(grid, np.uint8))
    image = image if image.flags.writeable else image.copy()
    for y0, x0, y1, x1 in rectangles.astype(int).tolist():
        image[y0:y1, x0:x1] = colour
    return image


def fill(image: np.ndarray, where: np.ndarray, colour: Any) -> np.ndarray:
    """Give pixels (H, W) a colour in fractions: a number, one for each channel, or those of another image."""
    if np.ndim(colour) > 1:
        image, colour = (image, colour) if image.dtype == colour.dtype else (wide(image), wide(colour))
    elif image.dtype == np.uint8:
        grid = levels(np.atleast_1d(colour))
        image, colour = (wide(image), colour) if grid is None else (image, grid)
    return np.where(np.asarray(where)[..., None], np.asarray(colour, image.dtype), image)


def compose(images: Sequence[np.ndarray], composition: Composition, fill: Sequence[float]) -> np.ndarray:
    """Paste windows of images onto a canvas of the fill, each over those before it; 8 bits stay where all of it has them."""
    grid = levels(fill) if all(image.dtype == np.uint8 for image in images) else None
    if grid is None:
        images = [wide(image) for image in images]
    canvas = np.empty((*composition.size, images[0].shape[2]), images[0].dtype)
    canvas[:] = np.asarray(fill if grid is None else grid, canvas.dtype)
    for placement in composition.placements:
        paste(canvas, images[placement.source], placement)
    return canvas


def blend(image: np.ndarray, colour: Sequence[float], alpha: np.ndarray) -> np.ndarray:
    """Lay a colour over an image, as much of it as ``alpha`` (H, W) says: ``x + (colour − x)·alpha``."""
    image = wide(image)
    out = np.subtract(np.array(colour, np.float32), image)
    out *= np.asarray(alpha, np.float32)[..., None]
    out += image
    clip(out)
    return out


def fade(image: np.ndarray, other: np.ndarray, alpha: np.ndarray) -> np.ndarray:
    """Fade to another image, as much of it as ``alpha`` (H, W) says."""
    image = wide(image)
    out = np.subtract(wide(other), image)
    out *= np.asarray(alpha, np.float32)[..., None]
    out += image
    return out


def mix(image: np.ndarray, other: np.ndarray, weight: float, rectangle: np.ndarray | None) -> np.ndarray:
    """Blend two images by weight, or paste a rectangle of the other."""
    if rectangle is None:
        one, two = (wide(part).reshape(len(part), -1) for part in (image, other))
        return cv2.addWeighted(one, weight, two, 1 - weight, 0).reshape(image.shape)
    y0, x0, y1, x1 = np.asarray(rectangle).astype(int).tolist()
    if image.dtype != other.dtype:
        image, other = wide(image), wide(other)
    image = image.copy()
    image[y0:y1, x0:x1] = other[y0:y1, x0:x1]
    return image
