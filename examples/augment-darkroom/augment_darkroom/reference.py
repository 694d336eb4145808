"""The primitive of this plugin in plain NumPy."""

import numpy as np

REACH = 3
"""Pixels on each side that count as the neighbourhood of a pixel."""


def dark_channel(image: np.ndarray) -> np.ndarray:
    """(H, W, 1): the least value of any channel in the neighbourhood of each pixel of (H, W, C), inside the image."""
    least = image.min(axis=2, keepdims=True)
    wide = np.pad(least, ((REACH, REACH), (REACH, REACH), (0, 0)), constant_values=np.inf)
    height, width = image.shape[:2]
    reach = range(2 * REACH + 1)
    return np.minimum.reduce([wide[i : i + height, j : j + width] for i in reach for j in reach])
