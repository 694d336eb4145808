"""Runs a pipeline and the spec that was made of it on photographs, and compares how their results are distributed.

Of every draw the image is averaged over a grid, and for each place and channel the two samples are compared by the two-sample
Kolmogorov-Smirnov test, at a level that all places together exceed by chance once in a thousand times; and the means and
deviations of all draws are told.
"""

from __future__ import annotations

import math
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from augment.errors import AugmentError, FileError
from augment.native.building import build
from augment.native.reading import Imported
from augment.spec.node import Pipeline

GRID = 8
LEVEL = 1e-3
SIDES = (240, 320)


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


@dataclass(frozen=True)
class Verified:
    """What a comparison found; ``why`` tells why there was none."""

    imported: Imported
    n: int
    found: tuple[Compared, ...] = ()
    why: str = ""

    @property
    def agrees(self) -> bool:
        """Whether no difference was found beyond what the report tells."""
        return not self.found or all(one.agrees for one in self.found) or not self.imported.same

    def summary(self) -> str:
        """Return what was found, a line for each photograph."""
        if self.why:
            return f"not compared: {self.why}"
        lines = []
        for one in self.found:
            state = "no difference" if one.agrees else f"differs in {one.apart:.0%} of the places (up to {one.worst:.2f})"
            told = "" if one.agrees or self.imported.same else ", as the report tells"
            means, stds = ("{:.3g} and {:.3g}".format(*pair) for pair in (one.means, one.stds))
            lines.append(f"{one.photograph}: {state}{told}; {self.n} draws of each, means {means}, deviations {stds}")
        return "\n".join(lines)

    def plain(self) -> dict[str, Any]:
        keys = ("photograph", "shapes", "means", "stds", "apart", "worst")
        return {"agrees": self.agrees, "why": self.why, "found": [{key: getattr(one, key) for key in keys} for one in self.found]}

    def save(self, path: Path) -> None:
        """Write the pictures: draws of the library above those of the spec. Raises `FileError` where there are none."""
        from PIL import Image

        if not self.found:
            raise FileError(f"{path}: there are no pictures: {self.why}")
        rows = [np.concatenate([_framed(p) for p in side], axis=1) for one in self.found for side in one.pictures]
        width = min(row.shape[1] for row in rows)
        try:
            Image.fromarray(np.concatenate([row[:, :width] for row in rows])).save(path, format="PNG")
        except OSError as error:
            raise FileError(f"{path}: cannot be written: {error.strerror or error}") from None


def verify(imported: Imported, *, n: int = 200) -> Verified:
    """Compare what a pipeline of a library makes of the photographs of this package with what the spec makes of them.

    Nothing is compared, and the result says why, where the library that is installed does not build the pipeline, or it holds
    what works on texts or on several samples.
    """
    source = imported.source
    settings = {"p": source.settings["p"]} if source.library == "albumentations" and "p" in source.settings else {}
    if source.library in ("nlpaug", "ultralytics"):
        return Verified(imported, n, why=f"what {source.library} makes is no image")
    if imported.pipeline.views:
        return Verified(imported, n, why="it makes several results of a picture, and two of one kind are compared")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            native = build(source.library, source.calls, settings)
            theirs, ours = _theirs(source.library, native), _ours(imported.pipeline)
            found = tuple(_compare(name, image, theirs, ours, n) for name, image in _photographs())
        except AugmentError as error:
            return Verified(imported, n, why=" ".join(str(error).split()))
        except Exception as error:  # whatever a library raises on its own pipeline
            return Verified(imported, n, why=f"{source.library}: {type(error).__name__}: {' '.join(str(error).split())[:200]}")
    return Verified(imported, n, found)


def _photographs() -> list[tuple[str, np.ndarray]]:
    from PIL import Image

    from augment.data.bundled import NAMES, bundled

    height, width = SIDES
    samples = bundled({})
    pictures = (Image.fromarray(sample["image"]).resize((width, height), Image.Resampling.LANCZOS) for sample in samples)
    return [(name, np.asarray(picture)) for name, picture in zip(NAMES, pictures, strict=True)]


Draw = Callable[[np.ndarray, int], np.ndarray]


def _theirs(library: str, native: Any) -> Draw:
    if library == "albumentations":
        return lambda image, i: _array(native(image=image, mask=image[..., 0])["image"])
    if library == "torchvision":
        from PIL import Image

        return lambda image, i: _array(native(Image.fromarray(image)))
    if library == "keras_legacy":
        return lambda image, i: native.standardize(native.random_transform(image.astype("float32")))
    return lambda image, i: np.asarray(native(image[None].astype("float32"), training=True))[0]


def _ours(pipeline: Pipeline) -> Draw:
    import augment

    compiled = augment.compile(pipeline.replace(targets={}), "reference")
    return lambda image, i: np.asarray(compiled.at(index=i)({"image": image, "mask": image[..., 0]})["image"])


def _array(found: Any) -> np.ndarray:
    """A picture, a tensor of channels first, or an array, as (H, W, C)."""
    if hasattr(found, "numpy"):
        array = found.numpy()
        return array.transpose(1, 2, 0) if array.ndim == 3 and array.shape[0] in (1, 3) else array
    return np.asarray(found)


def _compare(name: str, image: np.ndarray, theirs: Draw, ours: Draw, n: int) -> Compared:
    sides = [[draw(image, i) for i in range(n)] for draw in (theirs, ours)]
    scale = [_scale(draws[0]) for draws in sides]
    grids = [np.stack([_grid(one) * factor for one in draws]) for draws, factor in zip(sides, scale, strict=True)]
    distances = _distances(grids[0], grids[1], _least(grids))
    limit = math.sqrt(-math.log(LEVEL / distances.size / 2) / n)
    means, stds = ([float(f(g)) for g in grids] for f in (np.mean, np.std))
    shapes = [_shapes(draws) for draws in sides]
    apart = distances > limit
    pictures = tuple(tuple(draws[:6]) for draws in sides)
    return Compared(
        name, (shapes[0], shapes[1]), (means[0], means[1]), (stds[0], stds[1]),
        float(apart.mean()) if shapes[0] == shapes[1] else 1.0,
        float(distances.max()), (pictures[0], pictures[1]),
    )  # fmt: skip


def _shapes(draws: list[np.ndarray]) -> str:
    shapes = {one.shape[:2] for one in draws}
    return "x".join(map(str, shapes.pop())) if len(shapes) == 1 else "several sizes"


def _least(grids: list[np.ndarray]) -> float:
    """A level and a half of 255, in the units of the result."""
    return 1.5 / 255 * max(float(np.abs(grids[0]).max()), 1e-6)


def _scale(image: np.ndarray) -> float:
    """To floats of 0 to 1 from levels, whatever the type."""
    return 1 / 255 if image.dtype == np.uint8 or float(np.max(image)) > 20 else 1.0


def _grid(image: np.ndarray) -> np.ndarray:
    """(GRID, GRID, C): means over equal parts of an image."""
    array = np.asarray(image, float)
    array = array if array.ndim == 3 else array[..., None]
    for axis in (0, 1):
        edges = np.linspace(0, array.shape[axis], GRID + 1).astype(int)
        parts = [array.take(range(a, max(b, a + 1)), axis).mean(axis) for a, b in pairwise(edges)]
        array = np.stack(parts, axis)
    return array[..., :3]


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


def _framed(image: np.ndarray) -> np.ndarray:
    from PIL import Image

    array = np.asarray(image, float)
    low, high = (0, 255) if image.dtype == np.uint8 or array.max() > 20 else (min(array.min(), 0), max(array.max(), 1))
    levels = np.clip((array - low) / (high - low) * 255, 0, 255).astype(np.uint8)
    levels = levels.reshape(*levels.shape[:2], -1)
    levels = levels[..., :3] if levels.shape[-1] >= 3 else np.repeat(levels[..., :1], 3, -1)
    return np.asarray(Image.fromarray(levels).resize((160, 120)))
