"""The primitive of this plugin in plain NumPy."""

from typing import Protocol

import numpy as np

REACH = 3
"""Pixels on each side that count as the neighbourhood of a pixel."""


class DarkChannel(Protocol):
    """What a kernel set must have for it, to which mypy holds those of this plugin."""

    def dark_channel(self, image: np.ndarray, /) -> np.ndarray:
        """Return the least value of any channel in the neighbourhood of each pixel, inside the image: (H, W, 1) of (H, W, C)."""


def dark_channel(image: np.ndarray) -> np.ndarray:
    """The least of the channels, and then of the image moved by each step."""
    least = image.min(axis=2, keepdims=True)
    wide = np.pad(least, ((REACH, REACH), (REACH, REACH), (0, 0)), constant_values=np.inf)
    height, width = image.shape[:2]
    reach = range(2 * REACH + 1)
    return np.minimum.reduce([wide[i : i + height, j : j + width] for i in reach for j in reach])
