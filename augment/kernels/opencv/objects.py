"""The objects of a mask, by OpenCV."""

from __future__ import annotations

import cv2
import numpy as np

from augment.kernels.reference import classes, in_order


def components(mask: np.ndarray, ignore: tuple[int, ...]) -> np.ndarray:
    """(H, W): pixels of one label that touch, numbered from 1 in the order of their first pixels."""
    labels = classes(mask, ignore)
    numbers, count = np.zeros(labels.shape, np.int64), 0
    for label in np.unique(labels[labels > 0]):
        found, own = cv2.connectedComponents((labels == label).astype(np.uint8), connectivity=8)
        numbers[own > 0] = own[own > 0] + count
        count += found - 1
    return in_order(numbers)
