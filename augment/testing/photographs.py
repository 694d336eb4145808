"""Photographs to test with: those that the package brings along, in sizes that no op is at home in."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files
from typing import Any

import numpy as np
from PIL import Image

SIZES = ((96, 128), (131, 84))


@lru_cache(maxsize=8)
def photographs(sizes: tuple[tuple[int, int], ...] = SIZES) -> tuple[np.ndarray, ...]:
    """Return one uint8 RGB photograph (height, width, 3) for each size."""
    paths = sorted((p for p in files("augment").joinpath("photos").iterdir() if p.name.endswith(".jpg")), key=lambda p: p.name)
    found = []
    for i, (height, width) in enumerate(sizes):
        with paths[i % len(paths)].open("rb") as file, Image.open(file) as image:
            found.append(np.asarray(image.convert("RGB").resize((width, height), Image.Resampling.LANCZOS)))
    return tuple(found)


def sample_of(image: np.ndarray, kinds: Sequence[str] = ("mask", "boxes", "keypoints")) -> dict[str, Any]:
    """Return a sample with the targets of these kinds: a mask of bright parts, boxes with labels, instances, keypoints."""
    height, width = image.shape[:2]
    grey = image.reshape(height, width, -1).mean(-1) * (1 if image.dtype == np.uint8 else 255)
    sample: dict[str, Any] = {"image": image}
    if "mask" in kinds:
        sample["mask"] = np.digitize(grey, [64, 128, 192]).astype(np.uint8)
    if "boxes" in kinds:
        shares = np.array([[0.3, 0.3, 0.7, 0.6], [0.05, 0.1, 0.4, 0.35], [0.45, 0.4, 0.95, 0.9]])
        sample["boxes"] = shares * [width, height, width, height]
        sample["labels"] = np.array([3, 1, 2])
    if "instances" in kinds:
        y, x = ((np.arange(n) + 0.5) / n for n in (height, width))
        ellipses = ((0.5, 0.45, 0.2, 0.15), (0.2, 0.2, 0.15, 0.1), (0.7, 0.65, 0.2, 0.25))
        sample["instances"] = np.stack([((x - a) / w) ** 2 + ((y[:, None] - b) / h) ** 2 < 1 for a, b, w, h in ellipses])
    if "keypoints" in kinds:
        sample["keypoints"] = np.array([[0.5, 0.5], [0.3, 0.4], [0.7, 0.65]]) * [width, height]
    return sample


def as_type(image: np.ndarray, dtype: Any) -> np.ndarray:
    """Return a uint8 image as uint8, or as floats in [0, 1]."""
    return image if dtype == np.uint8 else (image / np.float32(255)).astype(dtype)


def crop(image: np.ndarray, height: int, width: int) -> np.ndarray:
    """Return the top left corner of an image."""
    return np.ascontiguousarray(image[:height, :width])
