"""The same in OpenCV."""

import cv2
import numpy as np

from augment_darkroom.reference import REACH

NEIGHBOURHOOD = np.ones((2 * REACH + 1, 2 * REACH + 1), np.uint8)


def dark_channel(image: np.ndarray) -> np.ndarray:
    """As that of the reference, of float32."""
    return cv2.erode(image.min(axis=2), NEIGHBOURHOOD)[..., None]
