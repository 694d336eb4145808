"""What replaces or joins whole parts of images: erased rectangles, and mixing with another image."""

from __future__ import annotations

import cv2
import numpy as np

from augment.kernels.opencv.form import levels, wide


def erase(image: np.ndarray, rectangles: np.ndarray, colour: np.ndarray) -> np.ndarray:
    """Fill rectangles (n, 4), y0 x0 y1 x1, with a colour in fractions."""
    if image.dtype == np.uint8:
        grid = levels(colour)
        image, colour = (wide(image), colour) if grid is None else (image, np.array(grid, np.uint8))
    image = image if image.flags.writeable else image.copy()
    for y0, x0, y1, x1 in rectangles.astype(int).tolist():
        image[y0:y1, x0:x1] = colour
    return image


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
