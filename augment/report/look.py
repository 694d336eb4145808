"""Turns samples into figures: the first image, small enough to look at, with masks, boxes and keypoints as layers over it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from augment.engine.boxes import to_xyxy
from augment.report.model import Box, Figure, Layer
from augment.sample import Target

if TYPE_CHECKING:
    from PIL import Image

COLOURS = ("#19c3e6", "#ffd23f", "#a06be8", "#3fcf7f", "#ff7a3d", "#e8457c", "#4d8df7")
Legend = dict[str, int]
"""The number of each label's colour; filled as labels are first seen, so that a name keeps its colour in a report."""
FINE = 3  # shapes are drawn this much larger and reduced, which smooths their edges
GAP = 2.0
"""Of reductions: pixels are averaged first, to twice what is wanted, in a quarter of the time and with the same to be seen."""
TINT = 60
"""The opacity of masks, of 255. Where a caption speaks of colours they are not tinted: masks are outlines alone."""


def look(
    sample: Mapping[str, Any], targets: Mapping[str, Target], size: int, legend: Legend, tail: Any = None, alt: str = ""
) -> Figure:
    """Return the first image of a sample, at most ``size`` pixels long, with everything else as layers.

    ``tail`` is gain and offset of a normalize, which is undone for looking.
    """
    name = next(name for name, target in targets.items() if target.kind == "image")
    pixels = as_bytes(sample[name], tail)
    shape = pixels.shape[:2]
    layers = _layers(sample, targets, shape, fitted(shape, size), legend)
    return Figure(shrunk(pixels, size), shape, alt, tuple(layers))


def as_bytes(image: Any, tail: Any = None) -> np.ndarray:
    """Return an image of any type and number of channels as (H, W, 3) of bytes: of more than three channels the first three."""
    image = np.asarray(image)
    image = image[..., None] if image.ndim == 2 else image
    if tail is not None:
        gain, offset = (np.asarray(x, np.float32) for x in tail)
        image = (image - offset) / gain
    if image.dtype != np.uint8:
        scale = 255 if image.dtype.kind == "f" else 255 / np.iinfo(image.dtype).max
        image = np.rint(np.clip(np.nan_to_num(image * scale), 0, 255)).astype(np.uint8)
    return np.ascontiguousarray(image[..., :3] if image.shape[2] >= 3 else np.repeat(image[..., :1], 3, axis=2))


def fitted(shape: tuple[int, int], size: int) -> tuple[int, int]:
    """Return width and height of an image of this height and width when its longer side is ``size``."""
    height, width = shape
    scale = size / max(height, width)
    return max(1, round(width * scale)), max(1, round(height * scale))


def shrunk(pixels: np.ndarray, size: int) -> np.ndarray:
    """Return an image (h, w, 3 or 4) of bytes whose longer side is at most ``size``."""
    from PIL import Image

    if max(pixels.shape[:2]) <= size:
        return pixels
    return np.asarray(Image.fromarray(pixels).resize(fitted(pixels.shape[:2], size), Image.Resampling.LANCZOS, reducing_gap=GAP))


def _layers(
    sample: Mapping[str, Any], targets: Mapping[str, Target], shape: tuple[int, int], shown: tuple[int, int], legend: Legend
) -> Iterator[Layer]:
    from PIL import Image

    tint = 0 if any(target.kind == "caption" and name in sample for name, target in targets.items()) else TINT
    for name, target in targets.items():
        if name not in sample:
            continue
        if target.kind == "mask":
            large = _mask_layer(np.asarray(sample[name]), (shown[0] * FINE, shown[1] * FINE), tint)
            yield Layer("mask", name, np.asarray(large.resize(shown, Image.Resampling.BOX)))
        elif target.kind == "boxes":
            yield Layer("boxes", name, boxes=tuple(_boxes(sample, name, target, shape, legend)))
        elif target.kind == "keypoints":
            rows = np.asarray(sample[name], float)
            rows = rows.reshape(len(rows), -1)[:, :2] + 0.5 if rows.size else rows.reshape(0, 2)
            yield Layer("keypoints", name, points=tuple((x, y) for x, y in rows.tolist()))


def _boxes(sample: Mapping[str, Any], name: str, target: Target, shape: tuple[int, int], legend: Legend) -> Iterator[Box]:
    rows = to_xyxy(np.asarray(sample[name], float).reshape(-1, 4), target.format, shape)
    labels = sample.get(target.carry[0]) if target.carry else None
    for i, (x0, y0, x1, y1) in enumerate(rows.tolist()):
        label = "" if labels is None else str(labels[i])
        yield Box(x0, y0, x1, y1, label, legend.setdefault(label, len(legend)) % len(COLOURS))


def _mask_layer(mask: np.ndarray, size: tuple[int, int], tint: int) -> Image.Image:
    """The labels of a mask as tints, of that opacity, with firm outlines; label 0 is clear."""
    from PIL import Image

    labels = mask_labels(mask)
    small = np.where(labels > 0, (labels - 1) % len(COLOURS) + 1, 0).astype(np.uint8)
    columns = (np.arange(size[0]) * labels.shape[1] // size[0]).clip(0, labels.shape[1] - 1)
    rows = (np.arange(size[1]) * labels.shape[0] // size[1]).clip(0, labels.shape[0] - 1)
    large, names = (array[rows][:, columns] for array in (small, (labels % 251).astype(np.uint8)))  # colours come again sooner
    edge = np.zeros(large.shape, bool)
    for ahead, back in ((np.s_[FINE:], np.s_[:-FINE]), (np.s_[:, FINE:], np.s_[:, :-FINE])):
        differs = names[ahead] != names[back]
        edge[ahead] |= differs
        edge[back] |= differs
    table = np.array([(0, 0, 0, 0), *((*rgb(colour), alpha) for alpha in (tint, 235) for colour in COLOURS)], np.uint8)
    return Image.fromarray(table[large + np.uint8(len(COLOURS)) * (edge & (large > 0))])


def mask_labels(mask: np.ndarray) -> np.ndarray:
    """(H, W) whole numbers: layers count from one, colours by their order, fractions as on or off."""
    if mask.dtype.kind == "f":
        mask = mask >= 0.5
    if mask.ndim == 2 or mask.shape[2] == 1:
        mask = mask.reshape(mask.shape[:2])
        return mask.astype(np.int64) if mask.dtype.kind != "b" else mask * 1
    if mask.max() <= 1:  # layers of yes and no: what stands last is on top
        count = mask.shape[2]
        return np.where(mask.any(axis=2), count - np.argmax(mask[..., ::-1] != 0, axis=2), 0)
    flat, inverse = np.unique(mask.reshape(-1, mask.shape[2]), axis=0, return_inverse=True)
    return np.reshape(inverse, mask.shape[:2]) + (0 if not flat[0].any() else 1)


def rgb(colour: str) -> tuple[int, int, int]:
    """Return '#rrggbb' as three numbers."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
