"""Two samples of pictures, and whether they are of one distribution.

Of every draw two things are averaged over a grid: the image, and its detail, which is how far neighbouring pixels are apart (what
blurs and noise change). For each place and channel the two samples are compared by the two-sample Kolmogorov-Smirnov test, at a
level that all places together exceed by chance once in a thousand times; and the means and deviations of all draws are told.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np

GRID = 8
PLACES = 2 * GRID * GRID * 3
LEVEL = 1e-3
SHOWN = 6
LEAST = (1.5, 0.75)
"""Levels of 255 by which a mean, and a detail, may be off: libraries round, and sample, otherwise."""

Draw = Callable[[np.ndarray, int], Iterable[np.ndarray]]
"""Gives so many draws of an image, one after another."""


@dataclass(frozen=True)
class Compared:
    """One photograph on both sides: ``means`` and ``stds`` are (theirs, ours) over all draws, in units of the result."""

    photograph: str
    shapes: tuple[str, str]
    means: tuple[float, float]
    stds: tuple[float, float]
    apart: float
    """Share of the places whose distributions differ."""
    worst: float
    """The largest distance of two distributions, 0 to 1."""
    pictures: tuple[tuple[np.ndarray, ...], tuple[np.ndarray, ...]] = ((), ())

    @property
    def agrees(self) -> bool:
        return self.apart == 0


def compare(name: str, image: np.ndarray, theirs: Draw, ours: Draw, n: int) -> Compared:
    """Return how two ways to draw from an image compare over n draws of each."""
    samples = _sample(image, theirs, n), _sample(image, ours, n)
    first, second = (sample.grids for sample in samples)
    full = max(float(np.abs(first).max()), 1e-6)
    distances = np.stack([_distances(first[:, i], second[:, i], least / 255 * full) for i, least in enumerate(LEAST)])
    apart = distances > limit(n, distances.size)
    means, stds = ((float(f(first[:, 0])), float(f(second[:, 0]))) for f in (np.mean, np.std))
    shapes = samples[0].shape, samples[1].shape
    return Compared(
        name, shapes, means, stds, float(apart.mean()) if shapes[0] == shapes[1] else 1.0, float(distances.max()),
        (samples[0].pictures, samples[1].pictures),
    )  # fmt: skip


@dataclass(frozen=True)
class Sample:
    """Draws of one side: (n, 2, GRID, GRID, C) of their means and details from 0 to 1, their shape, and some of them."""

    grids: np.ndarray
    shape: str
    pictures: tuple[np.ndarray, ...]


def _sample(image: np.ndarray, draw: Draw, n: int) -> Sample:
    grids: list[np.ndarray] = []
    pictures: list[np.ndarray] = []
    shapes = set()
    for one in draw(image, n):
        grids.append(_grids(one))
        shapes.add(one.shape[:2])
        if len(pictures) < SHOWN:
            pictures.append(one)
    shape = "x".join(map(str, shapes.pop())) if len(shapes) == 1 else "several sizes"
    return Sample(np.stack(grids) * _scale(pictures[0]), shape, tuple(pictures))


def limit(n: int, places: int = PLACES) -> float:
    """The distance that samples of one distribution exceed, in any of so many places, with the probability `LEVEL` at most."""
    return math.sqrt(-math.log(LEVEL / places / 2) / n)


def _scale(image: np.ndarray) -> float:
    """To floats of 0 to 1 from levels, whatever the type."""
    return 1 / 255 if image.dtype == np.uint8 or float(np.max(image)) > 20 else 1.0


def _grids(image: np.ndarray) -> np.ndarray:
    """(2, GRID, GRID, C): means over equal parts of an image, and of how far its neighbouring pixels are apart."""
    array = np.asarray(image, float)
    array = (array if array.ndim == 3 else array[..., None])[..., :3]
    across, down = (np.abs(np.diff(array, axis=axis, append=array.take([-1], axis))) for axis in (1, 0))
    return np.stack([_means(array), _means((across + down) / 2)])


def _means(array: np.ndarray) -> np.ndarray:
    counts = []
    for axis in (0, 1):
        extent = array.shape[axis]
        starts = np.minimum(np.linspace(0, extent, GRID + 1).astype(int), extent - 1)
        array = np.add.reduceat(array, starts[:-1], axis)
        counts.append(np.maximum(np.diff([*starts[:-1], extent]), 1))
    return array / (counts[0][:, None, None] * counts[1][:, None])


def _distances(a: np.ndarray, b: np.ndarray, least: float) -> np.ndarray:
    """The Kolmogorov-Smirnov distance of two samples (n, ...), place by place; what is nearer than ``least`` counts as equal."""
    channels = min(a.shape[-1], b.shape[-1])
    a, b = (np.sort(x[..., :channels].reshape(len(x), -1), axis=0) for x in (a, b))
    out = np.zeros(a.shape[1])
    for place in range(a.shape[1]):
        pair = a[:, place], b[:, place]
        out[place] = max(_above(*pair, least), _above(*pair[::-1], least))
    return out.reshape(GRID, GRID, channels)


def _above(a: np.ndarray, b: np.ndarray, least: float) -> float:
    """How far the share of ``a`` below any number is above that of ``b`` below the same and a little more."""
    below = np.searchsorted(b, a + least, "right") / len(b)
    return float(np.max(np.arange(1, len(a) + 1) / len(a) - below))
