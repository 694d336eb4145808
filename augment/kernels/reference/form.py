"""What images are while primitives work on them: as they enter and leave, and with channels last."""

from __future__ import annotations

from typing import Any

import numpy as np


def enter(image: np.ndarray) -> np.ndarray:
    """Turn an image of a sample, uint8 or float in [0, 1], into what the primitives work on."""
    return image.astype(np.float32) / np.float32(255) if image.dtype == np.uint8 else image.astype(np.float32)


def leave(image: np.ndarray, dtype: np.dtype) -> np.ndarray:
    """Turn it back into ``dtype`` (uint8 or a float type): rounded once."""
    if dtype == np.uint8:
        image = np.rint(np.clip(image, 0, 1) * 255)
    return np.ascontiguousarray(image, dtype)


def unpack(image: np.ndarray) -> np.ndarray:
    return image


def pack(image: np.ndarray) -> np.ndarray:
    return np.asarray(image, np.float32)


def spread(drawn: Any, like: np.ndarray) -> Any:
    return drawn
